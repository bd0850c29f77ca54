//! Guards “no boxes”: letters that the app's fonts lack are drawn with a font that is found off the app's thread and
//! stands behind the app's own; where there is none, the window says once which to install.

use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

use egui::accesskit::Live;
use egui::{Event, FallbackRequest, FontData, FontDefinitions, FontFamily, FontId, FontProvider};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drawn::Drawn;
use super::font::{self, Source};
use super::receiver::Receiver;
use super::stage::Stage;

const FAMILIES: [FontFamily; 2] = [FontFamily::Proportional, FontFamily::Monospace];

/// An app whose fonts have no Japanese, with the dialog closed.
fn stage(fonts: Arc<dyn FontProvider>) -> Stage {
    let builder = Harness::builder().allow_missing_glyphs();
    Stage::with_fonts(&Receiver::nowhere(), fonts, builder)
}

fn has(stage: &Stage, letters: &str) -> bool {
    FAMILIES.into_iter().all(|family| {
        let font = FontId::new(14.0, family);
        stage
            .harness
            .ctx
            .fonts_mut(|fonts| fonts.has_glyphs(&font, letters))
    })
}

fn own_fonts(stage: &Stage) -> Vec<Vec<String>> {
    let families = stage
        .harness
        .ctx
        .fonts(|fonts| fonts.definitions().families.clone());
    FAMILIES
        .into_iter()
        .map(|family| families[&family].clone())
        .collect()
}

#[test]
fn an_app_that_sets_its_fonts_while_the_dialog_is_open_takes_none_of_its_letters() {
    let (fonts, _) = Source::new(Some(font::with("日本語")));
    let mut stage = stage(fonts);
    stage.click("Write to us…");
    stage.write("日本語");
    for _ in 0..2 {
        stage.wait_until("a font", |stage| has(stage, "日本語"));
        stage.harness.ctx.set_fonts(FontDefinitions::default());
        stage.harness.step();
        assert!(!has(&stage, "日本語"));
    }
    stage.wait_until("a font", |stage| has(stage, "日本語"));
}

#[test]
fn a_font_for_what_is_typed_goes_behind_those_of_the_app() {
    let (fonts, asked) = Source::new(Some(font::with("日本語")));
    let mut stage = stage(fonts);
    stage.click("Write to us…");
    let before = own_fonts(&stage);
    assert!(!has(&stage, "日"));
    stage.write("日本語 é");
    stage.wait_until("a font", |stage| has(stage, "日本語"));
    assert_eq!(stage.message(), "日本語 é");
    for (mut before, after) in before.into_iter().zip(own_fonts(&stage)) {
        before.push("fallback".to_owned());
        assert_eq!(before, after);
    }
    assert!(!stage.sees("font"));
    // One font had all of them, in each family, and nothing was asked of the frame's thread.
    let asked: Vec<_> = asked.try_iter().collect();
    let asked = asked
        .iter()
        .map(|(letter, thread)| (&**letter, thread.as_deref()));
    assert!(asked.eq([("日", Some("feedback-fonts")); 2]));
}

#[test]
fn no_frame_waits_for_a_font() {
    let (release, released) = channel::<()>();
    let released = Mutex::new(released);
    let source = font::with("日本語");
    let slow = move |_: &FallbackRequest<'_>| {
        // Not before the test says so, and then every time at once.
        let _ = released.lock().unwrap().recv();
        Some(egui::FontInsert::new("slow", source.clone(), Vec::new()))
    };
    let mut stage = stage(Arc::new(slow));
    stage.click("Write to us…");
    stage.write("日");
    stage.write("本");
    assert_eq!(stage.message(), "日本");
    assert!(!has(&stage, "日"));
    drop(release);
    stage.wait_until("a font", |stage| has(stage, "日本"));
}

#[test]
fn an_app_that_has_the_letters_is_left_alone() {
    let (fonts, asked) = Source::new(None);
    let mut stage = stage(fonts);
    stage
        .harness
        .ctx
        .add_font_provider(Source::new(Some(font::with("日本語"))).0);
    stage.click("Write to us…");
    let before = own_fonts(&stage);
    stage.write("日本語");
    // What nobody has is asked about. So is, before it, all that was lacking before.
    stage.write("한");
    let (letter, _) = asked.recv().unwrap();
    assert_eq!(letter, "한");
    assert_eq!(own_fonts(&stage), before);
}

#[test]
fn what_no_font_has_is_told_once_with_the_font_to_install() {
    let (fonts, asked) = Source::new(None);
    let mut stage = stage(fonts);
    stage.click("Write to us…");
    stage.write("الملف فارغ");
    let told = "This computer has no font for some of the letters here. To see them, install one, such as Noto Sans \
                Arabic. What you write is sent as you write it.";
    stage.wait_for(told);
    let line = stage.harness.get_by_label(told);
    assert_eq!(line.accesskit_node().live(), Live::Polite);
    assert_eq!(stage.message(), "الملف فارغ");

    stage.reopen();
    assert!(!stage.sees("no font"));
    // It is looked for again. The next search begins when this one has ended.
    stage.write("א");
    let is_hebrew = |letter: &str| letter == "א";
    stage.wait_until("a search for Hebrew", |_| {
        asked.try_iter().any(|(letter, _)| is_hebrew(&letter))
    });
    assert!(!stage.sees("no font"));
}

#[test]
fn a_letter_that_cannot_be_drawn_is_a_dot_and_no_box() {
    let letters = "日本語";
    for font in [None, Some(font::with(letters))] {
        let is_dot = font.is_none();
        let (fonts, _asked) = Source::new(font);
        let mut stage = stage(fonts);
        stage.click("Write to us…");
        stage.write(letters);
        stage.wait_until("a font or none", |stage| {
            has(stage, letters) || stage.sees("no font")
        });
        let drawn = Drawn::of(stage.harness.output());
        let letters = drawn
            .letters
            .iter()
            .filter(|letter| letters.contains(letter.sign));
        let are_dots: Vec<bool> = letters.map(|letter| letter.is_dot).collect();
        assert_eq!(are_dots, [is_dot; 3]);
    }
}

/// What a terminal has shown is full of them.
#[test]
fn what_is_no_letter_is_a_dot_and_no_font_is_looked_for() {
    let (fonts, asked) = Source::new(None);
    let mut stage = stage(fonts);
    stage.click("Write to us…");
    let pasted = "ding\u{7} \u{1b}[31mred\u{7f} \u{81}\tend\n";
    stage.harness.event(Event::Paste(pasted.to_owned()));
    stage.harness.run();
    assert_eq!(stage.message(), pasted);
    let drawn = Drawn::of(stage.harness.output());
    let signs = drawn.letters.iter().filter(|letter| letter.text == pasted);
    let dots: String = signs
        .filter(|letter| letter.is_dot)
        .map(|letter| letter.sign)
        .collect();
    assert_eq!(dots, "\u{7}\u{1b}\u{7f}\u{81}");
    // What nobody has is asked about, and nothing before it.
    stage.write("한");
    let (letter, _) = asked.recv().unwrap();
    assert_eq!(letter, "한");
}

#[test]
fn a_font_that_cannot_be_read_does_no_harm() {
    let (fonts, _asked) = Source::new(Some(FontData::from_static(b"not a font")));
    let mut stage = stage(fonts);
    stage.click("Write to us…");
    let before = own_fonts(&stage);
    stage.write("日本語");
    stage.wait_for("Noto Sans CJK");
    assert_eq!(own_fonts(&stage), before);
}

#[test]
fn the_window_speaks_its_language_once_that_can_be_drawn() {
    let mut stage = stage(Source::for_all_languages());
    stage.app().dialog.set_language("ja");
    stage.harness.step();
    assert!(stage.is_there("Write to us…"));
    stage.wait_for("お問い合わせ…");
    stage.click("お問い合わせ…");
    assert!(stage.is_there("送信"));
    stage.app().dialog.set_language("de");
    stage.harness.run();
    assert!(stage.is_there("Senden"));
}

#[test]
fn the_window_speaks_english_where_its_language_cannot_be_drawn() {
    let (fonts, _asked) = Source::new(None);
    let mut stage = stage(fonts);
    stage.app().dialog.set_language("ko");
    stage.harness.step();
    stage.click("Write to us…");
    stage.wait_for("install one, such as Noto Sans CJK.");
    assert!(stage.is_there("Send"));
    assert_eq!(stage.app().dialog.language(), "ko");
}
