//! Guards the person's choice of what leaves: a file that is switched off stays off, whatever else changes.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use feedback_sdk::Picture;

use super::super::receiver::{Answer, Receiver};
use super::super::stage::Stage;
use super::{any_text, fingerprint, list, press, read, rows, show_list};

fn is_on(stage: &Stage, switch: &str) -> bool {
    let switch = stage.harness.get_by_label(switch);
    switch.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
}

#[test]
fn what_is_switched_off_stays_off_until_the_report_is_sent() {
    let receiver = Receiver::new(Answer::Receipt("FB-1"));
    let logs: [(&str, &[u8]); 2] = [("app.log", b"a@example.org\n"), ("other.log", b"fine\n")];
    let (mut stage, folder) = list(&receiver.endpoint, &logs, [800.0, 900.0]);
    assert!(stage.sees("1 e-mail address was hidden"));
    let before = fingerprint(&mut stage);
    stage.harness.run();
    assert!(stage.is_there("Copied."));
    assert!(is_on(&stage, "Send logs/app.log"));
    stage.click("Send logs/app.log");
    stage.wait_for("Copy ");
    assert!(!stage.is_there("Copied."), "this is another one");
    assert!(!is_on(&stage, "Send logs/app.log"));
    assert!(!stage.sees("1 e-mail address was hidden"));
    assert_ne!(fingerprint(&mut stage), before);

    // Evidence is collected anew, and the log has grown.
    std::fs::write(folder.path().join("app.log"), "a@example.org\nb@example.org\n").unwrap();
    stage.attach("report.txt", b"hello");
    stage.wait_for("Send attachments/report.txt");
    assert!(!is_on(&stage, "Send logs/app.log"));
    stage.reopen();
    show_list(&mut stage);
    assert!(!is_on(&stage, "Send logs/app.log"));
    assert!(is_on(&stage, "Send logs/other.log"));

    stage.click("Send");
    stage.wait_for("FB-1");
    let arrived = receiver.arrived();
    assert!(!arrived.has("logs/app.log") && arrived.has("logs/other.log"));
    let gaps = arrived.manifest["gaps"].as_array().unwrap();
    let named = gaps.iter().any(|gap| gap["what"] == "logs/app.log");
    assert!(named, "{gaps:?}");
    assert!(arrived.manifest["masked"].get("email").is_none());

    stage.reopen();
    show_list(&mut stage);
    assert!(
        is_on(&stage, "Send logs/app.log"),
        "the next report is another one"
    );
}

#[test]
fn the_facts_of_machine_and_app_have_a_switch_as_every_file_has() {
    let receiver = Receiver::new(Answer::Receipt("FB-4"));
    let mut stage = Stage::with(
        &receiver.endpoint,
        |config| config.context("owner", "a@example.org"),
        any_text().with_size([800.0, 900.0]),
    );
    stage.click("Write to us…");
    stage.write("x");
    show_list(&mut stage);
    let hidden = "1 e-mail address was hidden";
    assert!(
        stage.rect(hidden).top() > stage.rect("system.json").top(),
        "it stands there"
    );
    read(&mut stage, "report.json");
    let has_facts = |stage: &Stage| rows(stage).concat().contains("cpu_count");
    assert!(has_facts(&stage));
    stage.click("Back");

    let (switch, before) = ("Send system.json", fingerprint(&mut stage));
    stage.harness.get_by_label(switch).focus();
    stage.harness.run();
    stage.press(Modifiers::NONE, Key::Space);
    assert!(!is_on(&stage, switch) && !stage.sees(hidden));
    assert_ne!(fingerprint(&mut stage), before);
    read(&mut stage, "report.json");
    assert!(!has_facts(&stage), "the manifest repeats them");
    stage.click("Back");
    read(&mut stage, "system.json");
    assert!(has_facts(&stage), "what is off can be read");
    stage.click("Back");

    // All is collected anew, and the facts are those of another moment.
    let path = stage.file("report.txt", b"hello");
    stage.app().dialog.attach(path);
    stage.wait_for("Send attachments/report.txt");
    assert!(!is_on(&stage, switch));
    stage.click("Send");
    stage.wait_for("FB-4");
    let arrived = receiver.arrived();
    let paths: Vec<String> = arrived.files().into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["message.txt", "attachments/report.txt"]);
    for facts in ["system", "context"] {
        assert_eq!(arrived.manifest[facts], serde_json::json!({}));
    }
    assert!(arrived.manifest["locale"].is_null());
    let message = String::from_utf8(arrived.content("message.txt")).unwrap();
    assert!(
        message.contains("Missing: system.json (left out by the person)"),
        "{message}"
    );
}

#[test]
fn a_file_that_gets_the_name_of_one_that_was_off_and_taken_out_goes_along() {
    let mut stage = Stage::with(
        &Receiver::nowhere(),
        |config| config,
        any_text().with_size([800.0, 900.0]),
    );
    stage.click("Write to us…");
    let switch = "Send attachments/report.txt";
    for (folder, content) in [("a", "one"), ("b", "two, and longer")] {
        std::fs::create_dir(stage.folder.path().join(folder)).unwrap();
        stage.attach(&format!("{folder}/report.txt"), content.as_bytes());
        stage.harness.run();
        if folder == "a" {
            show_list(&mut stage);
        }
        let bytes = format!("{} bytes", content.len());
        stage.wait_until("the file", |stage| {
            stage.is_there(switch) && stage.size_of("attachments/report.txt") == bytes
        });
        assert!(is_on(&stage, switch), "{folder}");
        stage.harness.get_by_label(switch).focus();
        stage.harness.run();
        stage.press(Modifiers::NONE, Key::Space);
        assert!(!is_on(&stage, switch));
        stage.reach("Remove report.txt");
    }
}

#[test]
fn a_log_that_is_off_stays_off_while_it_grows_and_is_rotated_and_when_its_older_part_is_taken_in() {
    let logs = tempfile::tempdir().unwrap();
    let path = |name: &str| logs.path().join(name);
    let (log, other, rotated) = (path("app.log"), path("other.log"), path("app.log.1"));
    for log in [&log, &other] {
        std::fs::write(log, "one\n").unwrap();
    }
    let mut stage = Stage::with(
        &Receiver::nowhere(),
        |config| config.log(&log).log(&other),
        any_text().with_size([800.0, 1200.0]),
    );
    stage.click("Write to us…");
    stage.write("x");
    show_list(&mut stage);
    let anew = |stage: &mut Stage, name: &str| {
        let path = stage.file(name, name.as_bytes());
        stage.app().dialog.attach(path);
        stage.wait_for(&format!("Send attachments/{name}"));
    };
    stage.click("Send logs/app.log");
    std::fs::write(&log, "one\ntwo\n").unwrap();
    anew(&mut stage, "1.txt");
    assert!(is_on(&stage, "Send logs/other.log"), "it only looks alike");

    std::fs::rename(&log, &rotated).unwrap();
    std::fs::write(&log, "three\n").unwrap();
    anew(&mut stage, "2.txt");
    for off in ["Send logs/app.log", "Send logs/app.log.1"] {
        assert!(!is_on(&stage, off), "{off}");
    }

    stage.click("Send logs/app.log.1");
    anew(&mut stage, "3.txt");
    assert!(is_on(&stage, "Send logs/app.log.1"));
    assert!(!is_on(&stage, "Send logs/app.log"));
}

#[test]
fn a_picture_that_is_off_stays_off_when_another_is_taken_out() {
    let receiver = Receiver::new(Answer::Receipt("FB-2"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("x");
    for grey in [10, 200] {
        let picture = Picture::from_rgba(1, 1, vec![grey, grey, grey, 255]).unwrap();
        stage.app().dialog.add_picture(picture);
    }
    show_list(&mut stage);
    stage.harness.get_by_label("Send screenshots/2.png").focus();
    stage.harness.run();
    stage.press(Modifiers::NONE, Key::Space);
    assert!(!is_on(&stage, "Send screenshots/2.png"));
    press(&mut stage, "Remove Picture 1");
    stage.wait_until("one picture", |stage| !stage.sees("screenshots/1.png"));
    assert!(!is_on(&stage, "Send screenshots/2.png"));
    let picture = Picture::from_rgba(1, 1, vec![90; 4]).unwrap();
    stage.app().dialog.add_picture(picture);
    stage.wait_for("Send screenshots/3.png");
    stage.press(Modifiers::COMMAND, Key::Enter);
    stage.wait_for("FB-2");
    let arrived = receiver.arrived();
    let files = arrived.files().into_iter().map(|(path, _)| path);
    let pictures: Vec<String> = files.filter(|path| path.starts_with("screenshots/")).collect();
    assert_eq!(pictures, ["screenshots/3.png"], "as the form called it");
}
