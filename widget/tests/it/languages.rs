//! Guards the languages: in each of them a person writes, sends, waits and is refused, all by what the
//! window says, and nothing it says is cut in a narrow window.

use std::path::Path;

use egui::{Pos2, Rect, Shape};
use egui_kittest::Harness;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

use super::receiver::{Answer, Receiver};
use super::stage::Stage;

const NARROW: [f32; 2] = [320.0, 720.0];

/// What the window says in one language, read from its file.
struct Spoken {
    tag: String,
    bundle: FluentBundle<FluentResource>,
}

impl Spoken {
    /// Every language there is a file of.
    fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("languages");
        let files = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path());
        let mut all: Vec<Self> = files.map(|file| Self::read(&file)).collect();
        all.sort_by(|a, b| a.tag.cmp(&b.tag));
        all
    }

    fn read(file: &Path) -> Self {
        let tag = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut bundle = FluentBundle::new(vec![tag.parse().unwrap()]);
        bundle.set_use_isolating(false);
        let source = std::fs::read_to_string(file).unwrap();
        bundle
            .add_resource(FluentResource::try_new(source).unwrap())
            .unwrap();
        Self { tag, bundle }
    }

    fn say(&self, id: &str) -> String {
        self.say_with(id, &[])
    }

    fn say_with(&self, id: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
        let arguments: FluentArgs<'_> = arguments.iter().cloned().collect();
        let pattern = self.bundle.get_message(id).unwrap().value().unwrap();
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(&arguments), &mut errors);
        assert!(errors.is_empty(), "{} {id}: {errors:?}", self.tag);
        said.into_owned()
    }

    /// The name of a button of the first report in the list.
    fn of_first(&self, button: &str) -> String {
        let button = self.say(button);
        self.say_with("of_report", &[("button", button.into()), ("number", 1.into())])
    }
}

#[test]
fn a_person_finds_the_way_in_every_language_and_reads_all_of_it() {
    let languages = Spoken::all();
    assert!(languages.len() >= 14);
    for spoken in &languages {
        let receiver = Receiver::in_turn(&[Answer::Receipt("FB-1042"), Answer::Busy, Answer::Status(401)]);
        let builder = Harness::builder().with_size(NARROW).allow_missing_glyphs();
        let mut stage = Stage::with(&receiver.endpoint, |config| config, builder);
        stage.app().dialog.set_language(&spoken.tag);
        assert_eq!(stage.app().dialog.language(), spoken.tag);
        stage.harness.run();
        write(&mut stage, spoken);
        look_at_what_will_be_sent(&mut stage, spoken);
        stage.click(&spoken.say("send"));
        stage.wait_for(&spoken.say_with("number", &[("number", "FB-1042".into())]));
        assert_eq!(receiver.arrived().manifest["message"], "Ждём 日本語");
        nothing_is_cut(&stage, spoken);
        stage.click(&spoken.say("close"));
        wait_and_be_refused(&mut stage, spoken);
    }
}

#[test]
fn a_change_of_language_leaves_the_keyboard_where_it_is() {
    let receiver = Receiver::new(Answer::Receipt("FB-1042"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("x");
    stage.click("Send");
    stage.wait_for("Thank you");
    assert!(stage.has_focus("Close"));
    stage.app().dialog.set_language("de");
    stage.harness.run();
    assert!(stage.has_focus("Schließen"));
}

/// Writes, with every mistake that the form tells of.
fn write(stage: &mut Stage, spoken: &Spoken) {
    stage.click(&spoken.say("button"));
    nothing_is_cut(stage, spoken);
    stage.click(&spoken.say("reply_to"));
    stage.write("anna@gmial.com");
    stage.click(&spoken.say("message"));
    let meant = spoken.say_with("did_you_mean", &[("address", "anna@gmail.com".into())]);
    nothing_is_cut(stage, spoken);
    stage.click(&meant);
    assert_eq!(stage.app().dialog.reply_to().as_deref(), Some("anna@gmail.com"));

    let folder = stage.folder.path().join("folder");
    std::fs::create_dir(&folder).unwrap();
    stage.app().dialog.attach(folder);
    stage.wait_for(&spoken.say("attachment_not_a_file"));
    stage.click(&spoken.say("attach"));
    nothing_is_cut(stage, spoken);
    stage.click(&spoken.say("path_cancel"));
    stage.click(&spoken.say_with("remove", &[("name", "folder".into())]));
    stage.click(&spoken.say("message"));
    stage.write("Ждём 日本語");
}

fn look_at_what_will_be_sent(stage: &mut Stage, spoken: &Spoken) {
    let contents = spoken.say("contents");
    stage.click(&contents);
    stage.wait_for(&spoken.say("save_copy"));
    nothing_is_cut(stage, spoken);
    stage.click(&contents);
}

fn wait_and_be_refused(stage: &mut Stage, spoken: &Spoken) {
    stage.click(&spoken.say("button"));
    stage.write("two");
    stage.click(&spoken.say("send"));
    stage.wait_for(&spoken.say("waiting"));
    nothing_is_cut(stage, spoken);
    stage.click(&spoken.say("close"));
    stage.click(&spoken.say("button"));
    let list = spoken.say_with("earlier_count", &[("count", 1.into())]);
    stage.click_when_there(&list);
    nothing_is_cut(stage, spoken);
    stage.click(&spoken.of_first("delete"));
    nothing_is_cut(stage, spoken);
    stage.click(&spoken.of_first("keep"));
    stage.click(&spoken.of_first("send_now"));
    stage.wait_for(&spoken.say("refused_version"));
    nothing_is_cut(stage, spoken);

    stage.click(&spoken.say("leave_list"));
    stage.write("three");
    stage.click(&spoken.say("send"));
    stage.wait_for(&spoken.say("kept"));
    nothing_is_cut(stage, spoken);
}

/// Nothing of ours ends in an ellipsis that was not written, or at an edge.
#[track_caller]
fn nothing_is_cut(stage: &Stage, spoken: &Spoken) {
    let window = Rect::from_min_size(Pos2::ZERO, NARROW.into());
    for clipped in &stage.harness.output().shapes {
        let seen = clipped.clip_rect.intersect(window);
        each_text(&clipped.shape, &mut |text| {
            let (rect, words) = (text.visual_bounding_rect(), text.galley.text());
            let is_seen = rect.intersects(seen) && !words.is_empty();
            let fits = seen.x_range().expand(1.0).contains(rect.left())
                && seen.x_range().expand(1.0).contains(rect.right());
            assert!(
                !is_seen || (fits && !text.galley.elided),
                "{}: “{words}” at {rect} is cut by {seen}",
                spoken.tag
            );
        });
    }
}

fn each_text(shape: &Shape, look: &mut impl FnMut(&egui::epaint::TextShape)) {
    match shape {
        Shape::Text(text) => look(text),
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| each_text(shape, look)),
        _ => {}
    }
}
