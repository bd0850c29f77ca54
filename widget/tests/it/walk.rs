//! The way of a person through every screen of the dialog, in any language, with a look at each.

use std::sync::Arc;

use egui::{Color32, ColorImage, Event, Key, Modifiers};
use egui_kittest::Harness;
use feedback_sdk::Picture;

use super::receiver::{Answer, Receiver};
use super::sending::crash;
use super::spoken::Spoken;
use super::stage::{Stage, noise};

/// Somebody on the way, and who looks over their shoulder.
pub(crate) struct Walk<'a> {
    stage: Stage,
    spoken: &'a Spoken,
    look: &'a mut dyn FnMut(&mut Stage, &str),
}

impl<'a> Walk<'a> {
    /// Goes the whole way. `look` is given each screen, and what it is called.
    pub(crate) fn go(spoken: &'a Spoken, look: &'a mut dyn FnMut(&mut Stage, &str)) {
        let answers = [Answer::Receipt("FB-1042"), Answer::Busy, Answer::Status(401)];
        let receiver = Receiver::in_turn(&answers);
        let mut walk = Walk::start(&receiver, spoken, look);
        walk.write();
        walk.read();
        walk.send_until("sent");
        assert_eq!(receiver.arrived().manifest["message"], "Ждём 日本語");
        walk.wait_and_be_refused();

        let receiver = Receiver::new(Answer::LogInPage);
        let mut walk = Walk::start(&receiver, spoken, walk.look);
        walk.send_until("waiting");

        for (answer, end) in [(Answer::Never, "sending"), (Answer::Busy, "not_sent")] {
            let receiver = Receiver::new(answer);
            walk = Walk::start(&receiver, spoken, walk.look);
            walk.stage.file("spool", b"in the way");
            walk.send_until(end);
        }

        let receiver = Receiver::in_turn(&[Answer::TooLarge(200_000), Answer::Receipt("FB-1042")]);
        let mut walk = Walk::start(&receiver, spoken, walk.look);
        walk.meet_what_is_seldom();
    }

    fn start(receiver: &Receiver, spoken: &'a Spoken, look: &'a mut dyn FnMut(&mut Stage, &str)) -> Self {
        let mut stage = Stage::with(
            &receiver.endpoint,
            |config| config.log("/nowhere/app.log"), // a gap
            Harness::builder().allow_missing_glyphs(),
        );
        stage.app().dialog.set_language(&spoken.tag);
        assert_eq!(stage.app().dialog.language(), spoken.tag);
        stage.harness.run();
        stage.reach(&spoken.say("button"));
        Self { stage, spoken, look }
    }

    fn look(&mut self, screen: &str) {
        self.stage.harness.run();
        (self.look)(&mut self.stage, screen);
    }

    fn press(&mut self, id: &str) {
        let label = self.spoken.say(id);
        self.stage.reach(&label);
    }

    fn wait_for(&mut self, id: &str) {
        let sentence = self.spoken.say(id);
        self.stage.wait_for(&sentence);
    }

    /// Writes something, sends it, and looks at what becomes of it.
    fn send_until(&mut self, heading: &str) {
        let field = self.spoken.say("message");
        self.stage.reach(&field);
        self.stage.write("Ждём 日本語");
        self.press("send");
        self.wait_for(heading);
        self.look(heading);
    }

    /// Makes every mistake that the form tells of.
    fn write(&mut self) {
        let spoken = self.spoken;
        self.look("empty");
        self.press("message");
        self.stage.write("ሰላም");
        self.wait_for_part("no_font", "font");
        self.look("letters without a font");
        self.press("message");
        self.stage.press(Modifiers::COMMAND, Key::A);
        self.stage.press(Modifiers::NONE, Key::Delete);
        self.press("reply_to");
        self.stage.write("anna");
        self.press("message");
        self.look("no address");
        self.press("reply_to");
        self.stage.press(Modifiers::COMMAND, Key::A);
        self.stage.write("anna@gmial.com");
        self.press("message");
        self.look("address with a slip");
        let meant = spoken.say_with("did_you_mean", &[("address", "anna@gmail.com".into())]);
        self.stage.reach(&meant);
        assert_eq!(
            self.stage.app().dialog.reply_to().as_deref(),
            Some("anna@gmail.com")
        );

        let folder = self.stage.folder.path().join("folder");
        std::fs::create_dir(&folder).unwrap();
        self.stage.app().dialog.attach(folder);
        self.wait_for("attachment_not_a_file");
        self.press("attach");
        self.look("problem and path");
        self.press("path_cancel");
        self.stage
            .reach(&spoken.say_with("remove", &[("name", "folder".into())]));
        self.press("message");
        let image = ColorImage::filled([30, 20], Color32::RED);
        self.stage.harness.event(Event::PasteImage(Arc::new(image)));
        let picture = spoken.say_with("picture", &[("number", 1.into())]);
        self.stage.wait_for(&picture);
        let line = ColorImage::filled([1600, 30], Color32::BLUE);
        self.stage.harness.event(Event::PasteImage(Arc::new(line)));
        let wide = spoken.say_with("picture", &[("number", 2.into())]);
        self.stage
            .wait_for(&spoken.say_with("edit_picture", &[("name", wide.clone().into())]));
        self.look("pictures, one of them wide and low");
        self.stage
            .reach(&spoken.say_with("remove", &[("name", wide.into())]));
        self.look("picture");
        self.edit(&picture);
        self.stage
            .reach(&spoken.say_with("remove", &[("name", picture.into())]));
        self.press("message");
        self.stage
            .harness
            .event(Event::Paste("a long line\n".repeat(3000)));
        self.look("long text");
        let name = spoken.say_with("long_text", &[("number", 1.into())]);
        self.stage
            .reach(&spoken.say_with("remove", &[("name", name.into())]));
    }

    /// Makes a mark on a picture and gives it up; adds one that cannot be read.
    fn edit(&mut self, picture: &str) {
        let spoken = self.spoken;
        let edit = |name: &str| spoken.say_with("edit_picture", &[("name", name.into())]);
        self.stage.reach(&edit(picture));
        self.wait_for("canvas");
        self.look("editor");
        self.press("canvas");
        for key in [Key::Space, Key::ArrowLeft, Key::Space] {
            self.stage.press(Modifiers::NONE, key);
        }
        self.press("path_cancel");
        self.look("editor with the question");
        self.press("discard");

        let broken = Picture::from_png(b"\x89PNG\r\n\x1a\nbroken".to_vec()).unwrap();
        self.stage.app().dialog.add_picture(broken);
        let broken = spoken.say_with("picture", &[("number", 2.into())]);
        self.wait_for("picture_unreadable");
        self.look("a picture that cannot be read");
        let remove = spoken.say_with("remove", &[("name", broken.into())]);
        self.stage.reach(&remove);
    }

    /// Looks at what will be sent, and reads a file of it.
    fn read(&mut self) {
        let file = self.stage.file("export.log", LINES);
        self.stage.app().dialog.attach(file);
        self.press("contents");
        self.wait_for("save_copy");
        self.look("contents");
        self.stage.reach("attachments/export.log");
        self.stage.wait_until("the lines", |stage| stage.sees("12:00:01"));
        self.look("reading");
        self.stage.press(Modifiers::NONE, Key::Escape);
        self.press("contents");
    }

    fn wait_and_be_refused(&mut self) {
        let spoken = self.spoken;
        self.press("close");
        self.press("button");
        self.send_until("waiting");
        self.press("close");
        self.press("button");
        let list = spoken.say_with("earlier_count", &[("count", 1.into())]);
        self.stage.wait_for(&list);
        self.look("form with the list");
        self.stage.reach(&list);
        self.look("list");
        self.stage.reach(&spoken.of_report("delete", 1));
        self.look("list with the question");
        self.stage.reach(&spoken.of_report("keep", 1));
        self.stage.reach(&spoken.of_report("send_now", 1));
        self.wait_for("refused_version");
        self.look("list with a refusal");
        self.press("leave_list");
        self.send_until("refused");
    }

    fn meet_what_is_seldom(&mut self) {
        let spoken = self.spoken;
        self.stage.app().dialog.attach_crash(crash(true));
        self.look("crash");
        let named = self.stage.file("a.txt", b"hello");
        let pasted = Event::Paste(named.to_string_lossy().into_owned());
        self.stage.harness.event(pasted);
        let attach = spoken.say_with("attach_named", &[("name", "a.txt".into())]);
        self.stage.wait_for(&attach);
        self.look("the name of a file");
        self.stage.reach(&attach);

        self.stage.write(&"word ".repeat(1000));
        self.wait_for("is_full");
        self.look("full");
        self.stage.press(Modifiers::COMMAND, Key::A);
        self.stage.write("x");

        let noise = self.stage.file("noise.bin", &noise(400_000));
        self.stage.app().dialog.attach(noise.clone());
        self.stage.harness.run();
        self.send_until("sent");
        self.press("close");
        self.press("button");
        self.stage.app().dialog.attach(noise);
        self.wait_for_part("over_limit", "limit");
        self.press("contents");
        self.wait_for("save_copy");
        self.look("over the limit");

        self.stage.app().dialog.close();
        self.stage.app().is_leaving = true;
        self.look("the question before it goes");
    }

    /// Waits for a sentence with something in it.
    fn wait_for_part(&mut self, id: &str, argument: &str) {
        let whole = self.spoken.say_with(id, &[(argument, "\u{1}".into())]);
        let (before, _) = whole.split_once('\u{1}').unwrap();
        self.stage.wait_for(before);
    }
}

const LINES: &[u8] = b"12:00:01 INFO  export for anna@example.org\n\
    12:00:02 WARN  a line that is too long for the window goes on in the next row, so that all of it can be read\n\
    12:00:03 ERROR nothing to export\n";
