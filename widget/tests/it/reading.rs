//! Guards "What will be sent" to the last byte: each file can be read as it leaves.

mod switching;

use egui::epaint::text::ByteRangeExt as _;
use egui::{Color32, Key, Modifiers, Role, TextFormat};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, HarnessBuilder};
use feedback_sdk::Picture;

use super::drawn::contrast;
use super::receiver::{Answer, Receiver};
use super::stage::Stage;

const LOG: &str =
    "started by [worker-3]\nmail from a@example.org\n\tand b@example.org, ünïcode 日本語\n\nend";

/// The app with these logs and the list open.
fn list(endpoint: &str, logs: &[(&str, &[u8])], size: [f32; 2]) -> (Stage, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in logs {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let glob = folder.path().join("*.log").to_string_lossy().into_owned();
    let mut stage = Stage::with(endpoint, |config| config.log(glob), any_text().with_size(size));
    stage.click("Write to us…");
    stage.write("x");
    show_list(&mut stage);
    (stage, folder)
}

/// A window for files with characters that egui's own fonts have not.
fn any_text<T>() -> HarnessBuilder<T> {
    Harness::builder().allow_missing_glyphs()
}

fn show_list(stage: &mut Stage) {
    press(stage, "What will be sent");
    stage.wait_for("when compressed");
    stage.wait_for("Copy "); // the fingerprint
}

/// Goes to something that may be out of sight, and presses it.
fn press(stage: &mut Stage, button: &str) {
    stage.harness.get_by_label(button).focus();
    stage.harness.run();
    stage.press(Modifiers::NONE, Key::Enter);
}

/// Opens a file and waits for its text.
fn read(stage: &mut Stage, path: &str) {
    press(stage, path);
    let name = format!("Text of {path}");
    stage.wait_until(&name, |stage| !stage.sees("Collecting…") && stage.is_there(&name));
}

/// The rows that are laid out.
fn rows(stage: &Stage) -> Vec<String> {
    let text = stage.harness.get_by_role(Role::Document);
    let labels = text.query_all_by_role(Role::Label);
    labels.filter_map(|row| row.value()).collect()
}

/// The sizes beside the files of the list, from above.
fn sizes(stage: &Stage) -> Vec<String> {
    let labels = stage.harness.query_all_by_role(Role::Label);
    let mut sizes: Vec<_> = labels
        .filter_map(|label| Some((label.rect().top(), label.value()?)))
        .filter(|(_, text)| text.ends_with(" bytes") || text.ends_with(" kB"))
        .collect();
    sizes.sort_by(|one, other| one.0.total_cmp(&other.0));
    // Above the list stands the file in the form.
    sizes.into_iter().skip(1).map(|(_, text)| text).collect()
}

/// The whole hash that stands in the list.
fn fingerprint(stage: &mut Stage) -> String {
    stage.wait_for("Copy ");
    let buttons = stage.harness.query_all_by_label_contains("Copy ");
    let names: Vec<String> = buttons
        .filter_map(|button| button.accesskit_node().label())
        .collect();
    assert_eq!(names.len(), 1, "{names:?}");
    let hash = stage.copy_by(&names[0]).unwrap();
    assert!(hash.starts_with(names[0].trim_start_matches("Copy ")), "{hash}");
    hash
}

#[test]
fn what_is_read_and_its_fingerprint_are_what_arrives() {
    let receiver = Receiver::new(Answer::Receipt("FB-3"));
    let (mut stage, _logs) = list(
        &receiver.endpoint,
        &[("app.log", LOG.as_bytes())],
        [800.0, 2000.0],
    );
    let path = stage.file("data.csv", "a;b\r\n1;\u{1f600}\r\n".as_bytes());
    stage.app().dialog.attach(path);
    stage.wait_for("attachments/data.csv");
    let paths = [
        "report.json",
        "message.txt",
        "system.json",
        "logs/app.log",
        "attachments/data.csv",
    ];
    let mut shown = Vec::new();
    for path in paths {
        read(&mut stage, path);
        shown.push(rows(&stage).concat());
        stage.click("Back");
        assert!(stage.has_focus(path));
    }
    let hash = fingerprint(&mut stage);
    let sizes = sizes(&stage);
    stage.click("Save a copy…");
    stage.save_as_mine();
    let saved = std::fs::read(stage.folder.path().join("mine.zip")).unwrap();
    stage.click("Send");
    stage.wait_for("FB-3");
    let arrived = receiver.arrived();
    assert_eq!(arrived.sha256(), hash);
    assert_eq!(arrived.bundle(), saved);
    assert_eq!(sizes.len(), paths.len(), "{sizes:?}");
    for ((path, shown), size) in paths.iter().zip(shown).zip(sizes) {
        let arrived = String::from_utf8(arrived.content(path)).unwrap();
        let bytes = match arrived.len() {
            bytes @ ..1000 => format!("{bytes} bytes"),
            bytes => format!("{:.1} kB", bytes as f64 / 1000.0),
        };
        assert_eq!(size, bytes, "{path}");
        // Rows have no line ends.
        assert_eq!(shown, arrived.replace(['\r', '\n'], ""), "{path}");
    }
}

/// A blank line between two entries of a log is a part of it.
#[test]
fn blank_lines_have_their_room() {
    let log = b"one\n\ntwo\n\n\nthree\n";
    let (mut stage, _logs) = list(&Receiver::nowhere(), &[("app.log", log)], [800.0, 900.0]);
    read(&mut stage, "logs/app.log");
    let style = stage.harness.ctx.global_style();
    let font = style.text_styles[&egui::TextStyle::Monospace].clone();
    let row = stage.harness.ctx.fonts_mut(|fonts| fonts.row_height(&font));
    let text = stage.harness.get_by_role(Role::Document);
    let top = |words: &str| text.get_by_label(words).rect().top();
    for (words, rows) in [("two", 2.0), ("three", 5.0)] {
        let below = top(words) - top("one");
        assert!((below - rows * row).abs() < 1.0, "{words} is {below} below");
    }
}

#[test]
fn masks_stand_out_and_what_looks_like_one_does_not() {
    let (mut stage, _logs) = list(
        &Receiver::nowhere(),
        &[("app.log", LOG.as_bytes())],
        [800.0, 900.0],
    );
    read(&mut stage, "logs/app.log");
    let mut marked = Vec::new();
    let page = stage.harness.ctx.global_style().visuals.text_edit_bg_color();
    let is_marked = |format: &TextFormat| {
        format.background != Color32::TRANSPARENT && contrast(format.underline.color, page) >= 3.0
    };
    for shape in &stage.harness.output().shapes {
        if let egui::Shape::Text(text) = &shape.shape {
            let job = &text.galley.job;
            let sections = job.sections.iter();
            let sections = sections.filter(|section| is_marked(&section.format));
            marked.extend(sections.map(|section| job.text[section.byte_range.as_usize()].to_owned()));
        }
    }
    assert_eq!(marked, ["[email-1]", "[email-2]"]);
}

#[test]
fn of_64_megabytes_only_the_rows_in_sight_are_laid_out() {
    let mut stage = Stage::with(
        &Receiver::nowhere(),
        |config| config.max_attachment_bytes(64_000_000),
        any_text(),
    );
    stage.click("Write to us…");
    stage.write("x");
    let line = "2026-11-22T17:00:00Z INFO opened a note and closed it\n";
    let mut text = line.repeat((64_000_000 - 9) / line.len());
    text.push_str("the end\n");
    stage.attach("large.txt", text.as_bytes());
    show_list(&mut stage);
    read(&mut stage, "attachments/large.txt");
    let row = stage.harness.ctx.global_style();
    let height = stage.rect("Text of attachments/large.txt").height();
    let row = row.text_styles[&egui::TextStyle::Monospace].size;
    let most = height / row + 2.0;
    let are_few = |stage: &Stage| (2.0..most).contains(&(rows(stage).len() as f32));
    assert!(are_few(&stage), "{} rows", rows(&stage).len());
    for key in [Key::PageDown, Key::ArrowDown, Key::PageUp, Key::End] {
        stage.press(Modifiers::NONE, key);
        assert!(are_few(&stage), "{key:?}: {} rows", rows(&stage).len());
    }
    assert_eq!(rows(&stage).last().map(String::as_str), Some("the end"));
    stage.press(Modifiers::NONE, Key::Home);
    assert!(rows(&stage)[0].starts_with("2026"));
    assert_ne!(rows(&stage).last().map(String::as_str), Some("the end"));
}

#[test]
fn the_keyboard_goes_into_a_file_and_back() {
    let many = "line\n".repeat(500);
    let (mut stage, _logs) = list(
        &Receiver::nowhere(),
        &[("app.log", many.as_bytes())],
        [800.0, 600.0],
    );
    press(&mut stage, "logs/app.log");
    stage.wait_for("Text of logs/app.log");
    assert!(stage.has_focus("Text of logs/app.log"));
    assert!(
        !stage.is_there("Close"),
        "whether the file or all of it, nobody knows"
    );
    for name in ["Back", "Text of logs/app.log"] {
        stage.press(Modifiers::NONE, Key::Tab);
        assert!(stage.has_focus(name), "{name}");
    }
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(stage.app().dialog.is_open());
    assert!(stage.has_focus("logs/app.log"));
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(!stage.app().dialog.is_open());
}

#[test]
fn pictures_are_shown_and_what_is_no_text_says_so() {
    let mut stage = Stage::with(&Receiver::nowhere(), |config| config, any_text());
    stage.click("Write to us…");
    let picture = Picture::from_rgba(3000, 2, [9, 90, 200, 255].repeat(6000)).unwrap();
    stage.app().dialog.add_picture(picture);
    stage.attach("program", b"\x7fELF\0\0\0");
    stage.attach("latin.txt", b"na\xefve \xff\xfe");
    stage.attach("windows.txt", b"\xff\xfeh\0\xe9\0");
    show_list(&mut stage);

    press(&mut stage, "screenshots/1.png");
    stage.wait_until("the picture", |stage| {
        stage.harness.query_by_role(Role::Image).is_some()
    });
    let image = stage.harness.get_by_role(Role::Image);
    assert_eq!(
        image.accesskit_node().label().as_deref(),
        Some("screenshots/1.png")
    );
    assert!(image.rect().width() > 100.0 && image.rect().right() < 800.0);
    assert!(stage.has_focus("Back"));
    stage.press(Modifiers::NONE, Key::Enter);

    press(&mut stage, "attachments/program");
    stage.wait_for("This file cannot be shown here.");
    stage.click("Back");
    read(&mut stage, "attachments/latin.txt");
    assert_eq!(rows(&stage), ["naïve ÿþ"]);
    stage.click("Back");
    read(&mut stage, "attachments/windows.txt");
    assert_eq!(rows(&stage), ["hé"]);
}

#[test]
fn what_is_read_is_put_away_when_it_is_out_of_date() {
    let (mut stage, _logs) = list(&Receiver::nowhere(), &[("app.log", b"one\n")], [800.0, 900.0]);
    read(&mut stage, "report.json");
    stage.attach("report.txt", b"hello");
    stage.wait_for("Send attachments/report.txt");
    assert!(!stage.is_there("Text of report.json"));
    assert!(stage.has_focus("Your message"));
}
