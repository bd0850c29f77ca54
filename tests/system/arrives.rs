//! Guards promise 1 across processes: a report that cannot go now goes later, once, or is kept with
//! its reason.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use feedback_tests::feedback::{self, Run};
use feedback_tests::server::{KEY, Server, serve};

fn message(text: &str) -> [&str; 4] {
    ["--message", text, "--wait", "3"]
}

/// Only to be stored.
fn later(text: &str) -> [&str; 4] {
    ["--message", text, "--wait", "0"]
}

#[test]
fn a_server_that_is_down_gets_the_report_at_the_next_flush_once() {
    let folder = tempfile::tempdir().unwrap();
    let spool = folder.path().join("spool");
    let data = folder.path().join("server");
    let server = Server::start(&data);
    let (endpoint, address) = (server.endpoint(), server.address().to_owned());
    drop(server);

    let queued = feedback::send(&endpoint, &spool, message("while you were out"));
    assert_eq!(queued.outcome(), (75, "queued"), "{}", queued.stderr);
    let listed = feedback::list(&spool);
    assert_eq!(listed.report()["reason"], "the server cannot be reached");

    let server = Server::start_on(&address, &data);
    let flushed = feedback::flush(&endpoint, &spool);
    assert_eq!(flushed.outcome(), (0, "sent"), "{}", flushed.stderr);
    assert_eq!(flushed.report()["id"], queued.report()["id"]);
    let again = feedback::flush(&endpoint, &spool);
    assert_eq!((again.status, again.reports.len()), (0, 0));
    assert_eq!(feedback::list(&spool).reports.len(), 0);
    let stored = server.reports();
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0]["message"], "while you were out");
}

#[test]
fn wait_zero_only_stores() {
    let folder = tempfile::tempdir().unwrap();
    let spool = folder.path().join("spool");
    let server = Server::start(&folder.path().join("server"));
    let stored = feedback::send(&server.endpoint(), &spool, later("later"));
    assert_eq!(stored.outcome(), (75, "queued"), "{}", stored.stderr);
    assert!(server.reports().is_empty());
    assert_eq!(feedback::flush(&server.endpoint(), &spool).status, 0);
    assert_eq!(server.reports().len(), 1);
}

#[test]
fn a_wrong_key_is_refused_kept_and_goes_with_the_right_one() {
    let folder = tempfile::tempdir().unwrap();
    let spool = folder.path().join("spool");
    let server = Server::start(&folder.path().join("server"));
    let mut arguments = feedback::destination("send", &server.endpoint(), "pk_wrong", &spool);
    arguments.extend(["--app", "Notes", "--app-version", "1", "--message", "x"].map(Into::into));
    let refused = feedback::run(arguments);
    assert_eq!(refused.outcome(), (65, "refused"), "{}", refused.stderr);
    assert!(refused.report()["reason"].as_str().unwrap().contains("401"));
    assert!(server.reports().is_empty());
    let listed = feedback::list(&spool);
    assert_eq!(listed.report()["state"], "refused");
    assert_eq!(listed.report()["spool"], spool.to_str().unwrap());
    let why = listed.report()["reason"].as_str().unwrap();
    assert_eq!(why, "the server does not know this key (HTTP 401)");

    let flushed = feedback::flush(&server.endpoint(), &spool);
    assert_eq!(flushed.outcome(), (0, "sent"), "{}", flushed.stderr);
    assert_eq!(server.reports().len(), 1);
}

#[test]
fn a_report_that_arrived_without_its_answer_is_no_second_ticket() {
    let folder = tempfile::tempdir().unwrap();
    let spool = folder.path().join("spool");
    let server = Server::start(&folder.path().join("server"));
    let stored = feedback::send(&server.endpoint(), &spool, later("x"));
    // The answer is lost: the same spool, twice.
    let copy = folder.path().join("copy");
    std::fs::create_dir(&copy).unwrap();
    for item in std::fs::read_dir(&spool)
        .unwrap()
        .flatten()
        .filter(|item| item.path().is_file())
    {
        std::fs::copy(item.path(), copy.join(item.file_name())).unwrap();
    }
    let first = feedback::flush(&server.endpoint(), &spool);
    let second = feedback::flush(&server.endpoint(), &copy);
    assert_eq!((first.status, second.status), (0, 0));
    assert_eq!(first.report()["number"], second.report()["number"]);
    assert_eq!(first.report()["id"], stored.report()["id"]);
    assert_eq!(server.reports().len(), 1);
}

#[test]
fn a_spool_that_cannot_be_written_promises_nothing_where_the_server_cannot_be_reached() {
    let folder = tempfile::tempdir().unwrap();
    let spool = folder.path().join("spool");
    std::fs::write(&spool, "a file in the folder's place").unwrap();
    let gone = Server::start(&folder.path().join("server")).endpoint();
    let failed = feedback::send(&gone, &spool, message("x"));
    assert_eq!(failed.status, 74);
    assert_eq!(failed.reports.len(), 0);
    let told = |what: &str| failed.stderr.matches(what).count();
    assert_eq!(told("save the report as a file"), 1, "{}", failed.stderr);
    assert_eq!(
        told("nor was the report sent: the server cannot be reached"),
        1,
        "{}",
        failed.stderr
    );
}

/// Sends these words, which are too long for a command line.
fn send_long(words: &str, endpoint: &str, spool: &Path) -> Run {
    let file = spool.with_file_name("words.txt");
    std::fs::write(&file, words).unwrap();
    let mut command = Command::new(feedback_tests::program("feedback"));
    command.args(feedback::sending(endpoint, spool));
    command.args(["--message", "-"]);
    feedback::finish_with(&mut command, File::open(file).unwrap())
}

#[test]
fn a_message_of_any_length_arrives_whole() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("server"));
    // Six bytes each in JSON: the longest that words can be.
    let words = format!("{} and the end", "\u{1}".repeat(9 << 20));
    let sent = send_long(&words, &server.endpoint(), &folder.path().join("spool"));
    assert_eq!(sent.outcome(), (0, "sent"), "{}", sent.stderr);

    let listed = &server.reports()[0];
    assert_eq!(listed["message_bytes"], words.len());
    assert!(words.starts_with(listed["message"].as_str().unwrap()));
    let bundle = server.bundle(listed["id"].as_str().unwrap());
    let mut zip = zip::ZipArchive::new(Cursor::new(bundle)).unwrap();
    let text = std::io::read_to_string(zip.by_name("message.txt").unwrap()).unwrap();
    assert!(text.starts_with(&words));
}

#[test]
fn a_file_that_is_no_report_is_named_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let spool = folder.path().join("spool");
    let queued = feedback::send("http://127.0.0.1:9/x", &spool, ["--message", "x", "--wait", "0"]);
    assert_eq!(queued.outcome(), (75, "queued"));
    assert_eq!(feedback::list(&spool).stderr, "");
    let copy = spool.join(format!("{} (1).zip", queued.report()["id"].as_str().unwrap()));
    std::fs::write(&copy, "mine").unwrap();
    let listed = feedback::list(&spool);
    assert_eq!(listed.report()["id"], queued.report()["id"]);
    assert!(
        listed.stderr.contains("is no report and stays there: "),
        "{}",
        listed.stderr
    );
    assert!(listed.stderr.ends_with(" (1).zip\n"), "{}", listed.stderr);
    assert_eq!(std::fs::read(copy).unwrap(), b"mine");
}

/// A server that takes 100 kB.
fn strict(folder: &Path) -> Server {
    let mut command = Command::new(feedback_tests::program("server-stub"));
    serve(&mut command, "127.0.0.1:0", &folder.join("server"));
    command.args(["--max-bytes", "100000"]);
    Server::try_spawn(command).unwrap()
}

#[test]
fn flush_tells_what_a_report_went_without() {
    let folder = tempfile::tempdir().unwrap();
    let server = strict(folder.path());
    let spool = folder.path().join("spool");
    let noise = feedback_tests::backlog::noise(&mut fastrand::Rng::with_seed(1), 300_000);
    let path = folder.path().join("noise.bin");
    std::fs::write(&path, noise).unwrap();
    let path = path.to_str().unwrap();
    let queued = feedback::send(
        &server.endpoint(),
        &spool,
        ["--message", "x", "--attach", path, "--wait", "0"],
    );
    assert_eq!(queued.outcome(), (75, "queued"));
    let sent = feedback::flush(&server.endpoint(), &spool);
    assert_eq!(sent.outcome(), (0, "sent"));
    assert_eq!(sent.report()["gaps"][0]["what"], "attachments/noise.bin");
    assert_eq!(sent.report()["bytes"], server.reports()[0]["bytes"]);
}

#[test]
fn words_that_are_more_than_the_server_takes_are_told_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let spool = folder.path().join("spool");
    let server = strict(folder.path());
    let noise = feedback_tests::backlog::noise(&mut fastrand::Rng::with_seed(1), 200_000);
    let mut words = String::new();
    for byte in noise {
        write!(words, "{byte:02x}").unwrap();
    }
    let refused = send_long(&words, &server.endpoint(), &spool);
    assert_eq!(refused.outcome(), (65, "refused"), "{}", refused.stderr);
    let told = refused.report()["reason"].as_str().unwrap();
    assert!(told.contains("too large for the server"), "{told}");
    assert_eq!(feedback::list(&spool).report()["reason"], told);
    assert!(server.reports().is_empty());
}

#[test]
fn the_default_spool_keeps_endpoints_apart() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("server"));
    let feedback = |arguments: &[&str]| {
        Command::new(feedback_tests::program("feedback"))
            .args(arguments)
            .env("XDG_STATE_HOME", folder.path().join("state"))
            .env("HOME", folder.path())
            .output()
            .unwrap()
    };
    let elsewhere =
        "send --endpoint http://127.0.0.1:9/other --key k --app A --app-version 1 --message x --wait 0";
    let queued = feedback(&elsewhere.split(' ').collect::<Vec<_>>());
    assert_eq!(queued.status.code(), Some(75));
    let flushed = feedback(&["flush", "--endpoint", &server.endpoint(), "--key", KEY]);
    assert_eq!(flushed.status.code(), Some(0));
    assert!(
        server.reports().is_empty(),
        "a report went to an address that was not meant"
    );
    let told = String::from_utf8(flushed.stderr).unwrap();
    assert!(told.contains("1 more wait") && told.contains("--spool"), "{told}");
    let listed = feedback(&["list"]);
    let line = String::from_utf8(listed.stdout).unwrap();
    assert!(line.starts_with("queued "), "{line}");
    assert!(
        line.ends_with("just now; `feedback flush` with its --endpoint and --key sends it\n"),
        "{line}"
    );
}

#[test]
fn what_waits_says_since_when_and_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let spool = folder.path().join("spool");
    let arguments = ["--message", "x", "--log", "/no/such.log", "--wait", "0"];
    let queued = feedback::send("http://127.0.0.1:9/x", &spool, arguments);
    let gaps = &queued.report()["gaps"];
    assert_eq!(gaps.as_array().unwrap().len(), 1, "{gaps}");
    assert_eq!(gaps[0]["what"], "log such.log");
    assert!(!gaps[0]["why"].as_str().unwrap().is_empty());

    let listed = feedback::list(&spool);
    let since = listed.report()["stored_at"].as_str().unwrap();
    let shape: String = since
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    assert_eq!(shape, "0000-00-00T00:00:00Z", "{since}");
    assert_eq!(listed.report()["id"], queued.report()["id"]);
}

#[test]
fn what_waits_or_was_refused_can_be_saved_as_a_file_and_goes_on_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let spool = folder.path().join("spool");
    let server = Server::start(&folder.path().join("server"));
    let file = folder.path().join("report.zip");
    let save = |id: &str, to: &Path| {
        let arguments = [
            "save",
            id,
            to.to_str().unwrap(),
            "--spool",
            spool.to_str().unwrap(),
        ];
        feedback::run(arguments)
    };
    let queued = feedback::send(&server.endpoint(), &spool, later("for another way"));
    let id = queued.report()["id"].as_str().unwrap();
    let saved = save(id, &file);
    assert_eq!(saved.outcome(), (0, "saved"), "{}", saved.stderr);
    assert_eq!(saved.report()["id"], id);
    let bytes = std::fs::read(&file).unwrap();
    assert_eq!(saved.report()["bytes"], bytes.len());
    assert_eq!(feedback::list(&spool).report()["id"], id, "it goes on waiting");
    assert_eq!(feedback::flush(&server.endpoint(), &spool).status, 0);
    assert!(server.bundle(id) == bytes, "the same bytes");

    let gone = save(id, &file);
    assert_eq!((gone.status, gone.reports.len()), (64, 0));
    assert!(gone.stderr.contains("feedback list"), "{}", gone.stderr);
    assert_eq!(save("not-an-id", &file).status, 64);
}
