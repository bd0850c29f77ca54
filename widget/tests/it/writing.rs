//! Guards the person's words: any language, never lost before they are in safe hands.

use egui::accesskit::{Action, ActionData, ActionRequest, Live, TreeId};
use egui::{Event, ImeEvent, Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};

use super::hands;
use super::receiver::{Answer, Receiver};
use super::stage::Stage;

#[test]
fn opens_ready_to_type_and_says_what_it_is() {
    let mut stage = Stage::open(&Receiver::nowhere());
    assert_eq!(stage.app().opened, 1);
    let dialog = stage.harness.get_by_role_and_label(Role::Dialog, "Write to us");
    assert!(dialog.accesskit_node().is_modal());
    stage.harness.get_by_role_and_label(Role::Heading, "Write to us");
    let field = stage.harness.get_by_label("Your message");
    assert!(field.is_focused());
    assert_eq!(
        field.accesskit_node().placeholder(),
        Some("What happened? What did you expect?")
    );
    stage.harness.get_by_label("Your e-mail, if you want an answer");
}

#[test]
fn takes_any_language_as_typed() {
    let builder = Harness::builder().allow_missing_glyphs();
    let mut stage = Stage::with(&Receiver::nowhere(), |config| config, builder);
    stage.click("Write to us…");
    let words = "Экспорт пуст. エクスポートが空です。 الملف فارغ";
    stage.write(words);
    assert_eq!(stage.message(), words);
}

#[test]
fn words_survive_closing_by_button_by_escape_and_by_the_app() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write("half a sen");
    stage.click("Close");
    assert!(!stage.sees("Send"));
    assert_eq!(stage.app().closed, 1);

    stage.click("Write to us…");
    assert_eq!(stage.message(), "half a sen");
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(!stage.app().dialog.is_open());

    stage.click("Write to us…");
    stage.write("tence");
    stage.app().dialog.close();
    stage.harness.run();
    stage.click("Write to us…");
    assert_eq!(stage.message(), "half a sentence");
    assert_eq!((stage.app().opened, stage.app().closed), (4, 2));
}

/// As after a slow frame, or in a window that was covered.
#[test]
fn words_typed_just_before_a_key_that_goes_away_are_kept() {
    for key in [Key::Escape, Key::Tab] {
        let mut stage = Stage::open(&Receiver::nowhere());
        stage.write("half a sen");
        let events = &mut stage.harness.input_mut().events;
        events.push(Event::Text("tence".to_owned()));
        events.extend(hands::key(Modifiers::NONE, key));
        stage.harness.run();
        assert_eq!(stage.app().dialog.draft().message, "half a sentence", "{key:?}");
        assert_eq!(stage.app().dialog.is_open(), key == Key::Tab);
        assert!(key == Key::Escape || !stage.has_focus("Your message"));
    }
}

#[test]
fn a_click_beside_the_dialog_does_not_close_it() {
    let mut stage = Stage::open(&Receiver::nowhere());
    for pos in [egui::pos2(3.0, 3.0), egui::pos2(795.0, 595.0)] {
        stage.harness.hover_at(pos);
        stage.harness.drag_at(pos);
        stage.harness.drop_at(pos);
        stage.harness.run();
    }
    assert!(stage.app().dialog.is_open());
}

#[test]
fn send_waits_for_something_to_send_and_says_so() {
    const HINT: &str = "Write something, or add a picture or file.";
    let mut stage = Stage::open(&Receiver::nowhere());
    assert!(!stage.is_enabled("Send"));
    assert!(stage.sees(HINT));
    stage.write("  \n");
    assert!(!stage.is_enabled("Send"));
    stage.write("x");
    assert!(stage.is_enabled("Send"));
    assert!(!stage.sees(HINT));
}

#[test]
fn a_text_too_long_for_the_field_is_sent_whole() {
    let receiver = Receiver::new(Answer::Receipt("FB-10"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("This is the log:");
    let log = "one line of many\n".repeat(60_000);
    stage.harness.event(Event::Paste(log.clone()));
    stage.harness.run();
    assert_eq!(stage.message(), "This is the log:", "the field stays quick");
    assert!(stage.sees("This text is long"));
    assert!(stage.sees("Remove Long text 1"));
    stage.write(" see below");
    stage.click("Send");
    stage.wait_for("FB-10");
    let arrived = receiver.arrived();
    let message = format!("This is the log: see below\n\n{log}");
    assert!(arrived.content("message.txt").starts_with(message.as_bytes()));
}

#[test]
fn a_text_too_long_for_any_other_field_is_kept_beside_the_message() {
    for field in ["Your e-mail, if you want an answer", "Path of the file"] {
        let mut stage = Stage::open(&Receiver::nowhere());
        stage.click("Attach a file…");
        stage.reach(field);
        stage.write("a");
        let words = "This belongs into the field above.\n".repeat(200);
        stage.harness.event(Event::Paste(words.clone()));
        stage.harness.run();
        let value = stage
            .harness
            .get_by_role_and_label(Role::TextInput, field)
            .value();
        assert_eq!(value.as_deref(), Some("a"));
        assert!(stage.sees("This text is long"));
        assert_eq!(stage.app().dialog.draft().message, words);
    }
}

#[test]
fn a_text_pasted_over_another_takes_its_place() {
    let long = "long ".repeat(2_000);
    for (pasted, message) in [
        ("new ".repeat(200), "new ".repeat(200)),
        (long.clone(), String::new()),
    ] {
        let mut stage = Stage::open(&Receiver::nowhere());
        stage.write(&"o".repeat(4_900));
        stage.press(Modifiers::COMMAND, Key::A);
        stage.harness.event(Event::Paste(pasted.clone()));
        stage.harness.run();
        assert_eq!(stage.message(), message);
        assert_eq!(stage.app().dialog.draft().message, pasted);
    }
}

#[test]
fn two_texts_pasted_in_one_frame_are_both_whole() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let (one, other) = ("a".repeat(3_000), "b".repeat(3_000));
    let pastes = [&one, &other].map(|text| Event::Paste(text.clone()));
    stage.harness.input_mut().events.extend(pastes);
    stage.harness.run();
    assert_eq!(stage.message(), one);
    assert_eq!(stage.app().dialog.draft().message, format!("{one}\n\n{other}"));
}

/// Each has the letters that fit, and one more.
#[test]
fn a_text_that_does_not_fit_is_whole_whatever_way_it_comes() {
    let full = "x".repeat(4_998);
    let words = "日本語";
    let ways: [fn(&Node<'_>, String) -> Event; 4] = [
        |_, words| Event::Text(words),
        |_, words| Event::Ime(ImeEvent::Commit(words)),
        // With the middle button of the mouse, as on X11 and Wayland.
        |field, text| Event::MiddleClickPaste {
            pos: field.rect().center_bottom() - egui::vec2(0.0, 20.0),
            text,
        },
        |field, words| {
            Event::AccessKitActionRequest(ActionRequest {
                action: Action::ReplaceSelectedText,
                target_tree: TreeId::ROOT,
                target_node: field.accesskit_node().locate().0,
                data: Some(ActionData::Value(words.into())),
            })
        },
    ];
    for way in ways {
        let builder = Harness::builder().allow_missing_glyphs();
        let mut stage = Stage::with(&Receiver::nowhere(), |config| config, builder);
        stage.click("Write to us…");
        stage.write(&full);
        let end = stage.rect("Your message").center_bottom() - egui::vec2(0.0, 20.0);
        stage.harness.hover_at(end);
        stage.harness.run();
        let event = way(&stage.harness.get_by_label("Your message"), words.to_owned());
        stage.harness.event(event);
        stage.harness.run();
        assert_eq!(stage.app().dialog.draft().message, format!("{full}\n\n{words}"));
        assert!(stage.sees("This text is long"));
    }
}

/// Whether the person sees where they write: the caret stands between the title and what is below the field.
#[track_caller]
fn the_caret_is_in_sight(stage: &Stage, after: &str) {
    let ime = stage.harness.output().platform_output.ime;
    let caret = ime.expect("the field has the keyboard").cursor_rect;
    let title = stage.harness.get_by_role_and_label(Role::Heading, "Write to us");
    let (title, below) = (title.rect().bottom(), stage.rect("Attach a file…").top());
    let (top, bottom) = (caret.top(), caret.bottom());
    assert!(
        title <= top && bottom <= below,
        "{after}: {title} {caret} {below}"
    );
}

#[test]
fn the_caret_is_in_sight_whatever_way_a_text_comes() {
    let text = "one line of many\n".repeat(100);
    let ways: [fn(String) -> Event; 3] = [Event::Paste, Event::Text, |text| {
        Event::Ime(ImeEvent::Commit(text))
    }];
    for way in ways {
        let mut stage = Stage::open(&Receiver::nowhere());
        stage.harness.event(way(text.clone()));
        stage.harness.run();
        the_caret_is_in_sight(&stage, "into the empty field");
        stage.harness.event(way(text.clone()));
        stage.harness.run();
        the_caret_is_in_sight(&stage, "to other text");
        // Away with the wheel, and back by the keyboard.
        stage
            .harness
            .hover_at(stage.rect("Attach a file…").center_top() - egui::vec2(0.0, 30.0));
        stage.harness.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Page,
            delta: egui::vec2(0.0, 9.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
        stage.harness.run();
        stage.harness.get_by_label("Attach a file…").focus();
        stage.harness.run();
        stage.harness.get_by_label("Your message").focus();
        stage.harness.run();
        the_caret_is_in_sight(&stage, "after a jump back");
    }
}

/// The field has more lines than the window.
#[test]
fn the_caret_is_in_sight_in_a_small_window() {
    let builder = Harness::builder().with_size([320.0, 170.0]);
    let mut stage = Stage::with(&Receiver::nowhere(), |config| config, builder);
    stage.click("Write to us…");
    stage.harness.event(Event::Paste("line\n".repeat(40)));
    stage.harness.run();
    for key in [Key::Home, Key::End] {
        stage.press(Modifiers::COMMAND, key);
        let ime = stage.harness.output().platform_output.ime;
        let caret = ime.expect("the field has the keyboard").cursor_rect;
        let send = stage.rect("Send").top();
        assert!(
            caret.top() >= 0.0 && caret.bottom() <= send,
            "{key:?}: {caret} {send}"
        );
    }
}

/// A screen reader gives the whole value, also without the keyboard.
#[test]
fn a_value_too_long_for_the_field_is_whole() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write("before");
    let value = "y".repeat(5_001);
    stage
        .harness
        .get_by_label("Your message")
        .set_text_value_accesskit(&value);
    stage.harness.run();
    assert_eq!(stage.app().dialog.draft().message, value);
}

/// Whether how much is left is read out in this frame, where that is told.
fn tells_what_is_left(stage: &Stage, count: u32) -> Option<bool> {
    let left = format!("{count} characters left");
    let told = stage.harness.query_by_label(&left)?;
    Some(told.accesskit_node().live() == Live::Polite)
}

#[test]
fn how_much_a_field_still_takes_is_told_where_it_is_little_and_read_out_at_steps() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write(&"é".repeat(4_799));
    assert!(!stage.sees("left"));
    for (left, is_read_out) in [(200, true), (199, false), (198, false)] {
        stage.harness.event(Event::Text("é".to_owned()));
        stage.harness.step();
        assert_eq!(tells_what_is_left(&stage, left), Some(is_read_out), "{left}");
    }
    for (more, left) in [(100, 98), (78, 20), (10, 10)] {
        stage.harness.event(Event::Text("é".repeat(more)));
        stage.harness.step();
        assert_eq!(tells_what_is_left(&stage, left), Some(true), "{left}");
        stage.harness.run();
        assert_eq!(tells_what_is_left(&stage, left), Some(false), "{left}");
    }
    stage.press(Modifiers::COMMAND, Key::A);
    stage.write("short");
    assert!(!stage.sees("left"));
}

#[test]
fn a_full_field_says_so() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write(&"é".repeat(4_999));
    assert!(!stage.sees("This field is full."));
    stage.write("x");
    stage.write("y");
    assert!(stage.sees("This field is full."));
    assert_eq!(stage.message().chars().count(), 5_000);
}

#[test]
fn an_app_can_ask_whether_something_would_be_lost() {
    let receiver = Receiver::new(Answer::Never);
    let mut stage = Stage::open(&receiver.endpoint);
    assert!(!stage.app().dialog.has_draft());
    stage.write("half a sen");
    assert!(stage.app().dialog.has_draft());
    stage.click("Close");
    assert!(stage.app().dialog.has_draft(), "also while it is closed");
    stage.click("Write to us…");
    assert!(!stage.app().dialog.is_sending());
    stage.click("Send");
    stage.wait_for("Waiting for the answer…");
    let dialog = &stage.app().dialog;
    assert!(dialog.is_sending() && !dialog.has_draft());
}
