//! Guards "what you see is what is sent": the list names every file, its size, what was hidden and
//! what is missing, and that report is the one that leaves.

use egui_kittest::Harness;

use super::receiver::{Answer, Receiver};
use super::stage::Stage;

#[test]
fn the_list_is_what_arrives() {
    let receiver = Receiver::new(Answer::Receipt("FB-5"));
    let logs = tempfile::tempdir().unwrap();
    let log = logs.path().join("app.log");
    std::fs::write(&log, "mail from a@example.org\nmail from b@example.org\n").unwrap();
    let missing = logs.path().join("missing.log");
    let mut stage = Stage::with(
        &receiver.endpoint,
        |config| config.log(log.to_string_lossy()).log(missing.to_string_lossy()),
        Harness::builder().with_size([800.0, 900.0]),
    );
    stage.click("Write to us…");
    stage.write("The export is empty");
    assert!(!stage.sees("message.txt"), "closed at first");
    stage.click("What will be sent");
    stage.wait_for("logs/app.log");
    assert!(stage.sees("2 e-mail addresses were hidden"));
    assert!(stage.sees("Missing: log missing.log – not found"));
    assert!(stage.sees("when compressed"));

    // A change of what is attached shows; so does a change of the words.
    let path = stage.file("report.txt", &[b'x'; 1234]);
    stage.app().dialog.attach(path);
    stage.wait_for("attachments/report.txt");
    let before = stage.size_of("message.txt");
    stage.click("Your message");
    stage.write(" and so is the import, of all things");
    assert_ne!(stage.size_of("message.txt"), before);
    let before = stage.size_of("message.txt");
    stage.click("Your e-mail, if you want an answer");
    stage.write("anna@example.org");
    assert_ne!(stage.size_of("message.txt"), before);

    // The log grows: what was shown is what is sent.
    std::fs::write(&log, "and much, much more\n".repeat(1000)).unwrap();
    let shown: Vec<(String, String)> = [
        "message.txt",
        "system.json",
        "logs/app.log",
        "attachments/report.txt",
    ]
    .map(|path| (path.to_owned(), stage.size_of(path)))
    .into();
    stage.click("Send");
    stage.wait_for("FB-5");
    let arrived = receiver.arrived(); // the first: looking has sent nothing
    let sent: Vec<(String, String)> = arrived
        .files()
        .into_iter()
        .map(|(path, bytes)| (path, human(bytes)))
        .collect();
    assert_eq!(sent, shown);
    let message = arrived.manifest["message"].as_str().unwrap();
    assert!(message.contains("of all things"), "{message}");
}

#[test]
fn what_was_shown_is_sent_until_the_dialog_closes() {
    let receiver = Receiver::new(Answer::Receipt("FB-6"));
    let logs = tempfile::tempdir().unwrap();
    let log = logs.path().join("app.log");
    std::fs::write(&log, "one\n").unwrap();
    let mut stage = Stage::with(
        &receiver.endpoint,
        |config| config.log(log.to_string_lossy()),
        Harness::builder(),
    );
    stage.click("Write to us…");
    stage.write("x");
    stage.click("What will be sent");
    stage.wait_for("logs/app.log");
    stage.click("What will be sent");
    assert!(!stage.sees("logs/app.log"));
    std::fs::write(&log, "one\ntwo\nthree\n").unwrap();
    stage.click("Send");
    stage.wait_for("FB-6");
    let files = receiver.arrived().files();
    assert!(files.contains(&("logs/app.log".to_owned(), 4)), "{files:?}");

    // The next report has the newest lines.
    stage.click("Close");
    stage.click("Write to us…");
    stage.write("y");
    stage.click("Send");
    stage.wait_for("FB-6");
    let files = receiver.arrived().files();
    assert!(files.contains(&("logs/app.log".to_owned(), 14)), "{files:?}");
}

/// A size below a megabyte, as the dialog writes it.
fn human(bytes: u64) -> String {
    if bytes < 1000 {
        format!("{bytes} bytes")
    } else {
        format!("{:.1} kB", bytes as f64 / 1000.0)
    }
}
