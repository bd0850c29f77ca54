//! Guards what is typed where there is no picker: no file is replaced unasked, and what is meant is found.

use egui::{Key, Modifiers};

use super::receiver::Receiver;
use super::stage::Stage;

/// Asks for a place to save a copy, and types this.
fn save_as(stage: &mut Stage, typed: &str) {
    if !stage.is_there("Path of the file") {
        stage.click_when_there("Save a copy…");
    }
    stage.click("Path of the file");
    stage.press(Modifiers::COMMAND, Key::A);
    stage.write(typed);
    stage.click("Save");
}

fn ready_to_save() -> Stage {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write("words");
    stage.click("What will be sent");
    stage.wait_for("Fingerprint");
    stage
}

#[test]
fn a_file_that_is_there_is_replaced_only_where_the_person_says_so() {
    let mut stage = ready_to_save();
    let (taken, other) = (
        stage.file("taken.zip", b"mine"),
        stage.folder.path().join("other.zip"),
    );
    save_as(&mut stage, &taken.to_string_lossy());
    stage.wait_for("There is such a file already. Replace it?");
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(!stage.is_there("Path of the file"));

    save_as(&mut stage, &taken.to_string_lossy());
    stage.wait_for("There is such a file already.");
    stage.click("Save");
    stage.wait_for("There is such a file already.");
    assert_eq!(
        std::fs::read(&taken).unwrap(),
        b"mine",
        "said twice is not an answer"
    );
    save_as(&mut stage, &other.to_string_lossy());
    stage.wait_for(&format!("Saved as {}.", other.display()));
    assert_eq!(std::fs::read(&taken).unwrap(), b"mine");

    save_as(&mut stage, &taken.to_string_lossy());
    stage.click_when_there("Replace");
    stage.wait_for(&format!("Saved as {}.", taken.display()));
    assert!(std::fs::read(&taken).unwrap().starts_with(b"PK"));
}

#[cfg(unix)]
#[test]
fn an_address_as_file_managers_have_it_is_a_path() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let file = stage.file("a b.txt", b"hello");
    stage.click("Attach a file…");
    stage.write(&format!("file://{}", file.display()).replace(' ', "%20"));
    stage.click("Add");
    stage.wait_for("5 bytes");
    assert!(stage.is_there("Remove a b.txt"));
}
