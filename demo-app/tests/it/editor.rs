//! The promise: nothing that was typed is lost, and what goes wrong is said calmly.

use std::fs;
use std::future::ready;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::channel;

use demo_app::app::App;
use demo_app::feedback::Settings;
use demo_app::files::{Pick, Picked, Picker};
use demo_app::stage::{Look, Stage};
use eframe::egui::{Event, Key, Modifiers, Theme, vec2};
use tempfile::TempDir;

/// The app in a small window, with a person who always chooses this file.
fn app(folder: &Path, chooses: Option<PathBuf>) -> Stage<'static, App> {
    app_with(folder, Box::new(move |_| Box::pin(ready(chooses.clone()))))
}

fn app_with(folder: &Path, picker: Picker) -> Stage<'static, App> {
    let settings = Settings {
        endpoint: "http://127.0.0.1:9/api/v1/reports".to_owned(),
        key: "key".to_owned(),
        logs: folder.join("logs"),
        spool: Some(folder.join("spool")),
        language: Some("en"),
        machine: None,
    };
    let look = Look {
        size: vec2(800.0, 600.0),
        scale: 1.0,
        theme: Theme::Dark,
    };
    let app = App::new(&settings, picker, None).unwrap();
    Stage::new(look, app, |ui, app: &mut App| {
        app.logic(ui.ctx());
        app.show(ui);
    })
}

fn press(stage: &mut Stage<'_, App>, modifiers: Modifiers, key: Key) {
    for pressed in [true, false] {
        stage.event(Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        });
    }
}

fn choose(stage: &mut Stage<'_, App>, menu: &str, entry: &str) {
    stage.click(menu).unwrap();
    stage.click(entry).unwrap();
}

fn says(stage: &mut Stage<'_, App>, words: &str) {
    stage
        .wait_until(words, |stage| {
            stage.names().iter().any(|name| name.contains(words))
        })
        .unwrap();
}

#[test]
fn a_file_is_opened_changed_and_saved() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("Заметка 日記.txt");
    fs::write(&file, "one\ntwo\n").unwrap();
    let mut stage = app(folder.path(), Some(file.clone()));
    choose(&mut stage, "File", "Open…");
    says(&mut stage, "2 lines, 2 words");
    assert_eq!(stage.app().editor().text(), "one\ntwo\n");
    assert_eq!(stage.app().editor().path(), Some(file.as_path()));

    stage.click("Note").unwrap();
    press(&mut stage, Modifiers::COMMAND, Key::End);
    stage.event(Event::Text("three".to_owned()));
    says(&mut stage, "(not saved)");
    press(&mut stage, Modifiers::COMMAND, Key::S);
    says(&mut stage, "Saved, 13 bytes.");
    assert_eq!(fs::read_to_string(&file).unwrap(), "one\ntwo\nthree");
    assert!(!stage.app().editor().is_modified());
}

#[test]
fn a_file_that_cannot_be_read_leaves_the_note_as_it_is() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("photo.txt");
    fs::write(&file, [0xff, 0xd8, 0xff]).unwrap();
    let mut stage = app(folder.path(), Some(file));
    choose(&mut stage, "File", "Open…");
    says(
        &mut stage,
        "“photo.txt” was not opened: it is not a plain text file.",
    );
    assert_eq!(stage.app().editor().path(), None);
}

#[test]
fn a_note_that_cannot_be_saved_stays_and_stays_marked() {
    let folder = TempDir::new().unwrap();
    let nowhere = folder.path().join("no such folder").join("note.txt");
    let mut stage = app(folder.path(), Some(nowhere));
    stage.type_into("Note", "hours of work").unwrap();
    choose(&mut stage, "File", "Save");
    says(&mut stage, "was not saved");
    assert_eq!(stage.app().editor().text(), "hours of work");
    assert!(stage.app().editor().is_modified());

    // Also when it was saved in order to leave it.
    choose(&mut stage, "File", "New");
    stage.click("Save").unwrap();
    says(&mut stage, "was not saved");
    assert_eq!(stage.app().editor().text(), "hours of work");
}

#[test]
fn a_new_note_asks_before_the_old_one_is_lost() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("kept.txt");
    let mut stage = app(folder.path(), Some(file.clone()));
    stage.type_into("Note", "first").unwrap();

    choose(&mut stage, "File", "New");
    stage.click("Cancel").unwrap();
    assert_eq!(stage.app().editor().text(), "first");

    choose(&mut stage, "File", "New");
    stage.click("Save").unwrap();
    stage
        .wait_until("an empty note", |stage| stage.app().editor().text().is_empty())
        .unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), "first");

    stage.type_into("Note", "second").unwrap();
    choose(&mut stage, "File", "New");
    stage.click("Don’t save").unwrap();
    assert_eq!(stage.app().editor().text(), "");
    assert_eq!(fs::read_to_string(&file).unwrap(), "first");
}

#[test]
fn closing_the_window_asks_first() {
    let folder = TempDir::new().unwrap();
    let mut stage = app(folder.path(), None);
    stage.type_into("Note", "do not lose me").unwrap();
    stage.request_close();
    assert!(!stage.is_closed());
    press(&mut stage, Modifiers::NONE, Key::Escape);
    stage.settle();
    assert!(!stage.shows("Don’t save"), "Escape stays");

    choose(&mut stage, "File", "Quit");
    stage.click("Don’t save").unwrap();
    assert!(stage.is_closed());

    let mut empty = app(folder.path(), None);
    empty.request_close();
    assert!(empty.is_closed(), "there is nothing to ask about");
}

#[test]
fn what_is_typed_in_the_frame_of_the_wish_to_close_is_asked_about() {
    let folder = TempDir::new().unwrap();
    let mut stage = app(folder.path(), None);
    stage.click("Note").unwrap();
    stage.request_close_with(Event::Text("first words".to_owned()));
    assert_eq!(stage.app().editor().text(), "first words");
    assert!(!stage.is_closed());
    stage.wait_for("Don’t save").unwrap();
}

#[test]
fn closing_the_window_shows_a_message_that_is_not_sent() {
    let folder = TempDir::new().unwrap();
    let mut stage = app(folder.path(), None);
    choose(&mut stage, "Help", "Write to us…");
    stage.type_into("Your message", "wait for me").unwrap();
    stage.click("Close").unwrap();
    choose(&mut stage, "File", "Quit");
    assert!(!stage.is_closed());
    stage.wait_for("Your message").unwrap();

    stage.click("Close").unwrap(); // the menu lies below it
    choose(&mut stage, "File", "Quit");
    assert!(stage.is_closed(), "they have seen it");
}

#[test]
fn saving_leaves_nothing_beside_the_file() {
    let folder = TempDir::new().unwrap();
    let notes = folder.path().join("notes");
    fs::create_dir(&notes).unwrap();
    let file = notes.join("note.txt");
    fs::write(&file, "old").unwrap();
    let mut stage = app(folder.path(), Some(file.clone()));
    choose(&mut stage, "File", "Open…");
    says(&mut stage, "1 lines, 1 words");
    stage.click("Note").unwrap();
    stage.event(Event::Text("new ".to_owned()));
    press(&mut stage, Modifiers::COMMAND, Key::S);
    says(&mut stage, "Saved, 7 bytes.");
    assert!(fs::read_to_string(&file).unwrap().contains("new "));
    assert_eq!(fs::read_dir(&notes).unwrap().count(), 1);
}

#[test]
fn what_is_typed_while_a_file_is_opened_is_asked_about() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("slow.txt");
    fs::write(&file, "from the disk").unwrap();
    let (choose_now, chosen) = channel();
    let chosen = Mutex::new(Some(chosen));
    let picker = Box::new(move |_: &Pick| -> Picked {
        let chosen = chosen.lock().unwrap().take();
        Box::pin(async move { chosen?.recv().ok() })
    });
    let mut stage = app_with(folder.path(), picker);
    choose(&mut stage, "File", "Open…");
    stage.type_into("Note", "quick fingers").unwrap();
    choose_now.send(file).unwrap();
    stage.click("Cancel").unwrap();
    assert_eq!(stage.app().editor().text(), "quick fingers");
    assert_eq!(stage.app().editor().path(), None);
}

#[test]
fn everything_has_a_name_for_a_screen_reader() {
    let folder = TempDir::new().unwrap();
    let mut stage = app(folder.path(), None);
    assert_eq!(stage.unnamed(), [""; 0]);
    stage.type_into("Note", "x").unwrap();
    choose(&mut stage, "File", "New");
    assert_eq!(stage.unnamed(), [""; 0]);
    stage.click("Cancel").unwrap();
    choose(&mut stage, "Help", "About");
    assert_eq!(stage.unnamed(), [""; 0]);
    stage.click("Close").unwrap();
    choose(&mut stage, "Help", "Write to us…");
    stage.wait_for("Your message").unwrap();
    assert_eq!(stage.unnamed(), [""; 0]);
}
