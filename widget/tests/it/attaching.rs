//! Guards attachments: a problem is a sentence beside its file, never a lost report.

use std::sync::Arc;

use egui::ColorImage;
use egui_kittest::kittest::Queryable as _;
use feedback_sdk::Picture;

use super::receiver::{Answer, Receiver};
use super::stage::Stage;

/// The smallest picture that there is.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82";

#[test]
fn a_file_shows_its_name_and_size_and_can_be_taken_out() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let path = stage.file("report.txt", &[b'x'; 1234]);
    stage.app().dialog.attach(path.clone());
    stage.app().dialog.attach(path);
    stage.wait_for("1.2 kB");
    assert!(stage.sees("report.txt"));
    assert!(stage.is_enabled("Send"), "a file is something to send");
    stage.click("Remove report.txt");
    assert!(!stage.sees("Remove report.txt"));
    assert!(!stage.is_enabled("Send"));
}

#[test]
fn a_folder_gets_a_sentence_and_the_rest_stays() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let folder = stage.folder.path().join("photos");
    std::fs::create_dir(&folder).unwrap();
    let good = stage.file("good.txt", b"good");
    stage.app().dialog.attach(folder);
    stage.app().dialog.attach(good);
    stage.wait_for("This is not a file.");
    assert!(stage.sees("Remove photos"));
    assert!(stage.sees("Remove good.txt"));
    stage.click("Remove good.txt");
    assert!(
        !stage.is_enabled("Send"),
        "what cannot be read is nothing to send"
    );
}

#[test]
fn a_file_that_vanished_is_told_before_anything_is_sent() {
    let receiver = Receiver::new(Answer::Receipt("FB-8"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("see the file");
    let path = stage.file("report.txt", b"hello");
    stage.app().dialog.attach(path.clone());
    stage.wait_for("5 bytes");
    std::fs::remove_file(path).unwrap();
    stage.click("Send");
    stage.wait_for("There is no such file");
    assert_eq!(stage.message(), "see the file");
    assert!(stage.sees("Remove report.txt"));
    assert_eq!(stage.spooled(), 0);

    stage.click("Send");
    stage.wait_for("FB-8");
    let arrived = receiver.arrived();
    assert_eq!(arrived.manifest["message"], "see the file");
    let gaps = arrived.manifest["gaps"].to_string();
    assert!(gaps.contains("report.txt"), "{gaps}");
}

/// A person lets go of a file over the dialog.
fn drop_file(stage: &mut Stage, name: &str) {
    let path = stage.file(name, b"hello");
    stage.drop_file(path);
    stage.harness.run();
}

#[test]
fn files_dropped_on_the_dialog_are_attached() {
    let mut stage = Stage::open(&Receiver::nowhere());
    drop_file(&mut stage, "dropped.txt");
    stage.wait_for("5 bytes");
    assert!(stage.sees("Remove dropped.txt"));
}

#[test]
fn a_file_dropped_on_what_is_read_shows_the_form_with_it() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.click("What will be sent");
    stage.click_when_there("system.json");
    stage.wait_for("Text of system.json");
    drop_file(&mut stage, "dropped.txt");
    assert!(stage.sees("Remove dropped.txt"));
    assert!(stage.has_focus("Your message"));
}

#[test]
fn a_file_dropped_where_there_is_no_form_waits_for_the_next_message() {
    let (receiver, answer) = Receiver::when_told();
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("first");
    stage.click("Send");
    stage.wait_for("Waiting for the answer…");
    drop_file(&mut stage, "late.txt");
    assert!(stage.sees("This is kept for your next message."));
    answer.send(Answer::Receipt("FB-12")).unwrap();
    stage.wait_for("FB-12");
    assert!(!receiver.arrived().has("attachments/late.txt"));
    drop_file(&mut stage, "later.txt");
    assert!(stage.app().dialog.has_draft());
    stage.reopen();
    assert!(stage.sees("Remove late.txt") && stage.sees("Remove later.txt"));
}

#[test]
fn what_is_hidden_in_a_file_of_ones_own_can_be_sent_as_it_is() {
    let receiver = Receiver::new(Answer::Receipt("FB-13"));
    let mut stage = Stage::open(&receiver.endpoint);
    let text = b"for anna@example.org";
    let paths = ["contact.txt", "other.txt"].map(|name| stage.file(name, text));
    for path in paths {
        stage.app().dialog.attach(path);
    }
    stage.app().dialog.attach("/nowhere/gone.txt");
    stage.harness.run();
    stage.click("What will be sent");
    stage.wait_for("1 e-mail address was hidden");
    let choice = "Hide nothing in attachments/other.txt";
    stage.harness.get_by_label(choice).focus();
    stage.harness.run();
    stage.press(egui::Modifiers::NONE, egui::Key::Space);
    stage.wait_until("its own size", |stage| {
        stage.size_of("attachments/other.txt") == "20 bytes"
    });
    stage.wait_for("Fingerprint");
    assert!(stage.has_focus(choice), "the note above it is another one");
    stage.click("Send");
    stage.wait_for("FB-13");
    let arrived = receiver.arrived();
    assert!(arrived.manifest["gaps"].to_string().contains("no log files"));
    assert_eq!(arrived.content("attachments/other.txt"), text);
    assert_eq!(arrived.content("attachments/contact.txt"), b"for [email-1]");
    assert_eq!(arrived.manifest["masked"]["email"], 1);
}

#[test]
fn where_nothing_was_hidden_nothing_is_asked() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.attach("plain.txt", b"nothing private");
    stage.harness.run();
    stage.click("What will be sent");
    stage.wait_for("Fingerprint");
    assert!(stage.is_there("attachments/plain.txt"));
    assert!(!stage.sees("as it is") && !stage.sees("Hide nothing"));
    assert!(
        !stage.sees("Missing"),
        "that this app has no logs is its makers' business"
    );
}

/// egui hands in a paste as this event alone.
fn paste(stage: &mut Stage, text: &str) {
    stage.harness.event(egui::Event::Paste(text.to_owned()));
    stage.harness.run();
}

#[test]
fn files_whose_names_are_pasted_are_offered_and_the_text_stays_until_then() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let (one, two) = (stage.file("a b.txt", b"hello"), stage.file("c.txt", b"x"));
    stage.write("It is ");
    let address = format!("file://{}", one.display()).replace(' ', "%20");
    paste(&mut stage, &address);
    assert_eq!(stage.message(), format!("It is {address}"));
    stage.click_when_there("Attach the file a b.txt in place of its name");
    stage.wait_for("5 bytes");
    assert!(stage.sees("Remove a b.txt"));
    assert_eq!(stage.message(), "It is ");
    assert!(stage.has_focus("Your message"));
    assert!(!stage.sees("in place of"));

    let both = format!("{}\n{}", one.display(), two.display());
    paste(&mut stage, &both);
    stage.wait_for("Attach the 2 files in place of their names");
    paste(&mut stage, " or not");
    assert!(!stage.sees("in place of"), "they go on writing");
    assert_eq!(stage.message(), format!("It is {both} or not"));
}

#[test]
fn names_too_long_for_the_field_are_not_sent_beside_the_file_either() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let file = stage.file("a.txt", b"hello");
    let written = "x".repeat(4_999);
    stage.write(&written);
    paste(&mut stage, &file.display().to_string());
    stage.wait_for("Remove Long text 1");
    stage.click_when_there("Attach the file a.txt in place of its name");
    stage.wait_for("Remove a.txt");
    assert_eq!(stage.app().dialog.draft().message, written);
    assert!(!stage.sees("This text is long"));
}

#[test]
fn text_that_names_no_file_that_is_there_is_text() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let gone = stage.folder.path().join("gone.txt");
    let text = format!("{}\n{}", stage.file("here.txt", b"x").display(), gone.display());
    paste(&mut stage, &text);
    // Asked after each of them, and answered after it.
    for (asked, size) in [("after-one.txt", 5), ("after-two.txt", 6)] {
        stage.attach(asked, &vec![b'x'; size]);
        stage.wait_for(&format!("{size} bytes"));
    }
    assert!(!stage.sees("in place of"));
    assert_eq!(stage.message(), text);
}

#[test]
fn a_pasted_picture_is_attached() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let image = ColorImage::filled([30, 20], egui::Color32::RED);
    stage.harness.event(egui::Event::PasteImage(Arc::new(image)));
    stage.wait_for("30 × 20");
    assert!(stage.sees("Remove Picture 1"));
}

#[test]
fn a_picture_still_being_made_ready_goes_with_its_own_report() {
    let receiver = Receiver::new(Answer::Receipt("FB-11"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("look");
    let image = ColorImage::filled([1500, 1500], egui::Color32::RED);
    stage.harness.event(egui::Event::PasteImage(Arc::new(image)));
    stage
        .harness
        .key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Enter);
    stage.wait_for("FB-11");
    assert!(receiver.arrived().has("screenshots/1.png"));
    stage.reopen();
    assert!(!stage.sees("Picture 1"), "nor with the next one");
}

#[test]
fn a_picture_that_was_told_to_be_lost_is_not_sent_when_its_file_is_whole_by_then() {
    let receiver = Receiver::new(Answer::Receipt("FB-15"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("look");
    let path = stage.file("shot.png", &PNG[..20]); // the app still writes it
    stage.app().dialog.add_picture(Picture::from_file(&path));
    stage.wait_for("This picture cannot be read, so it is not sent.");
    std::fs::write(&path, PNG).unwrap();
    let kept = Picture::from_file(&path).numbered(1);
    assert_eq!(stage.app().dialog.draft().pictures, [kept]);
    stage.click("Send");
    stage.wait_for("FB-15");
    let arrived = receiver.arrived();
    assert!(!arrived.has("screenshots/1.png"));
    let gaps = arrived.manifest["gaps"].to_string();
    assert!(gaps.contains("picture 1.png"), "{gaps}");
}

#[test]
fn what_the_app_adds_after_send_is_for_the_next_report() {
    let receiver = Receiver::new(Answer::Never);
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("first");
    stage.click("Send");
    stage.wait_for("Waiting for the answer…");
    stage.attach("next.txt", b"hello");
    stage.reopen();
    assert!(stage.sees("Remove next.txt"));
    assert_eq!(stage.message(), "");
}

#[test]
fn files_of_the_same_name_can_be_told_apart() {
    let mut stage = Stage::open(&Receiver::nowhere());
    for folder in ["a", "b"] {
        std::fs::create_dir(stage.folder.path().join(folder)).unwrap();
        stage.attach(&format!("{folder}/report.txt"), b"hello");
    }
    stage.harness.run();
    stage.click("Remove report.txt (2)");
    assert!(stage.sees("Remove report.txt"));
    assert!(!stage.sees("Remove report.txt (2)"));
}

/// Where there is no picker, a path can be typed.
#[test]
fn a_path_can_be_typed() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let path = stage.file("typed.txt", b"hello");
    stage.click("Attach a file…");
    assert!(stage.has_focus("Path of the file"));
    stage.write("/nonsense");
    stage.click("Cancel");
    assert!(!stage.sees("Path of the file"));
    assert!(stage.has_focus("Your message"), "and the keyboard is back");

    stage.click("Attach a file…");
    stage.write(&path.to_string_lossy());
    stage.click("Add");
    stage.wait_for("5 bytes");
    assert!(stage.sees("Remove typed.txt"));
    assert!(!stage.sees("Path of the file"));
    assert!(stage.has_focus("Your message"));

    stage.click("Attach a file…");
    stage.press(egui::Modifiers::NONE, egui::Key::Escape);
    assert!(!stage.sees("Path of the file"), "one step back");
    assert!(stage.has_focus("Your message"));
    stage.press(egui::Modifiers::NONE, egui::Key::Escape);
    assert!(!stage.app().dialog.is_open());
}
