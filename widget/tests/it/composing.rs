//! Guards input methods, by which Chinese, Japanese and Korean are written: what is being composed is not sent, its
//! keys neither send nor close, and what is committed lands at the caret.

use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::Harness;

use super::hands::preedit;
use super::receiver::{Answer, Receiver};
use super::stage::Stage;

fn open(endpoint: &str) -> Stage {
    let builder = Harness::builder().allow_missing_glyphs();
    let mut stage = Stage::with(endpoint, |config| config, builder);
    stage.click("Write to us…");
    stage
}

fn compose(stage: &mut Stage, text: &str) {
    stage.harness.event(preedit(text));
    stage.harness.run();
}

fn commit(stage: &mut Stage, text: &str) {
    // As on X11: first what was composed goes, then the text comes.
    stage.harness.event(preedit(""));
    stage.harness.event(Event::Ime(ImeEvent::Commit(text.to_owned())));
    stage.harness.run();
}

#[test]
fn what_is_being_composed_is_not_sent_by_a_key() {
    let receiver = Receiver::new(Answer::Receipt("FB-1"));
    let mut stage = open(&receiver.endpoint);
    for part in ["に", "にほ", "にほん", "にほんご", "日本語"] {
        compose(&mut stage, part);
        assert_eq!(stage.message(), part);
        stage.press(Modifiers::COMMAND, Key::Enter);
    }
    assert_eq!(stage.app().sending, []);
    commit(&mut stage, "日本語");
    assert_eq!(stage.message(), "日本語");
    stage.press(Modifiers::COMMAND, Key::Enter);
    stage.wait_for("Thank you");
    assert_eq!(receiver.arrived().manifest["message"], "日本語");
}

#[test]
fn escape_is_the_input_methods_while_it_composes() {
    for taken_back in [true, false] {
        let mut stage = open(&Receiver::nowhere());
        compose(&mut stage, "にほん");
        let escape = Event::Key {
            key: Key::Escape,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        // In one frame.
        let events = &mut stage.harness.input_mut().events;
        events.extend(taken_back.then(|| preedit("")));
        events.push(escape);
        stage.harness.run();
        assert!(stage.app().dialog.is_open(), "{taken_back}");
        stage.press(Modifiers::NONE, Key::Escape);
        assert!(!stage.app().dialog.is_open(), "{taken_back}");
    }
}

#[test]
fn what_is_committed_lands_at_the_caret() {
    let mut stage = open(&Receiver::nowhere());
    stage.write("ab");
    stage.press(Modifiers::NONE, Key::ArrowLeft);
    compose(&mut stage, "に");
    assert_eq!(stage.message(), "aにb");
    commit(&mut stage, "日");
    stage.write("c");
    assert_eq!(stage.message(), "a日cb");
}

/// The end of a long sentence: what is composed counts as free, and is gone once it is kept beside the message.
#[test]
fn what_is_committed_into_a_full_field_is_whole() {
    let full = "x".repeat(4_998);
    for (committed, message, words) in [
        ("日本", format!("{full}日本"), format!("{full}日本")),
        ("日本語", full.clone(), format!("{full}\n\n日本語")),
    ] {
        let mut stage = open(&Receiver::nowhere());
        stage.write(&full);
        compose(&mut stage, "にほんご");
        assert!(!stage.sees("This text is long"), "it is no text yet");
        stage
            .harness
            .event(Event::Ime(ImeEvent::Commit(committed.to_owned())));
        stage.harness.run();
        assert_eq!(stage.message(), message);
        assert_eq!(stage.app().dialog.draft().message, words);
    }
}

#[test]
fn what_stands_in_the_field_at_a_click_on_send_is_sent() {
    let receiver = Receiver::new(Answer::Receipt("FB-1"));
    let mut stage = open(&receiver.endpoint);
    stage.write("はい、");
    // Windows and macOS say nothing more when the keyboard goes elsewhere.
    compose(&mut stage, "にほん");
    stage.click("Send");
    stage.wait_for("Thank you");
    assert_eq!(receiver.arrived().manifest["message"], "はい、にほん");
}

#[test]
fn writing_from_right_to_left_arrives_as_it_was_typed() {
    let words = "الملف \u{200f}فارغ، version 1.4 עברית\u{200e} – שלום 12:30 \u{2067}לא\u{2069}";
    let receiver = Receiver::new(Answer::Receipt("FB-1"));
    let mut stage = open(&receiver.endpoint);
    for letter in words.chars() {
        stage.harness.event(Event::Text(letter.to_string()));
    }
    stage.harness.run();
    assert_eq!(stage.message(), words);
    stage.click("Send");
    stage.wait_for("Thank you");
    let arrived = receiver.arrived();
    assert_eq!(arrived.manifest["message"], words);
    assert!(arrived.content("message.txt").starts_with(words.as_bytes()));
}
