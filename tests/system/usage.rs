//! Guards the command line's contract: wrong usage is exit 64 with the cause and the remedy.

use feedback_tests::feedback;

fn usage(arguments: &[&str]) -> String {
    let run = feedback::run(arguments);
    assert_eq!(run.status, 64, "{arguments:?}: {}", run.stderr);
    assert!(run.reports.is_empty());
    run.stderr
}

#[test]
fn what_the_window_cannot_look_like_or_say_is_told_before_it_opens() {
    let window = |option: &str, value: &str| {
        let fixed = [
            "window",
            "--app",
            "A",
            "--app-version",
            "1",
            "--save",
            "report.zip",
        ];
        usage(&[&fixed[..], &[option, value]].concat())
    };
    assert!(window("--accent", "mauve").contains("#RRGGBB"));
    assert!(window("--words", "/no/such.ftl").contains("--words /no/such.ftl: No such file"));
    let folder = tempfile::tempdir().unwrap();
    let words = folder.path().join("words.ftl");
    std::fs::write(&words, "title = Hello\nno_such_words = x\n").unwrap();
    let told = window("--words", words.to_str().unwrap());
    assert!(
        told.contains("line 2") && told.contains("no_such_words"),
        "{told}"
    );
}

#[test]
fn wrong_usage_is_64_and_says_what_to_write() {
    let folder = tempfile::tempdir().unwrap();
    let spool = folder.path().to_str().unwrap();
    let send = |endpoint: &str, key: &str, app: &str, more: &[&str]| {
        let fixed = [
            "send",
            "--endpoint",
            endpoint,
            "--key",
            key,
            "--app",
            app,
            "--app-version",
            "1",
            "--spool",
            spool,
        ];
        usage(&[&fixed, more].concat())
    };
    let url = "http://127.0.0.1:9/x";
    let text = ["--message", "x"];
    assert!(send("not a url", "k", "A", &text).contains("endpoint"));
    assert!(send("http://example.org/x", "k", "A", &text).contains("use https"));
    assert!(send("http://me:pw@127.0.0.1:9/x", "k", "A", &text).contains("before the `@`"));
    assert!(send(url, "a\nb", "A", &text).contains("project_key"));
    assert!(send(url, "k", "", &text).contains("app_name"));
    assert!(send(url, "k", "A", &[]).contains("nothing to send"));
    assert!(send(url, "k", "A", &["--message", "x", "--context", "novalue"]).contains("NAME=VALUE"));
    assert!(send(url, "k", "A", &["--message", "x", "--wait", "soon"]).contains("--wait"));
    assert!(usage(&["post"]).contains("post"));
    assert!(usage(&["flush"]).contains("--endpoint"));
    let nowhere = ["send", "--app", "A", "--app-version", "1", "--message", "x"];
    assert!(usage(&nowhere).contains("--endpoint"));
}

#[test]
fn help_is_no_mistake() {
    let run = std::process::Command::new(feedback_tests::program("feedback"))
        .args(["send", "--help"])
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(0));
    let help = String::from_utf8(run.stdout).unwrap();
    for option in [
        "--endpoint",
        "--spool",
        "--log",
        "--attach",
        "--screenshot",
        "--context",
        "--save",
        "--wait",
        "--json",
    ] {
        assert!(help.contains(option), "{option}");
    }
}

/// Saves a report with this on stdin as its message: `message.txt`, and what was told.
fn said_on_stdin(words: &[u8]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let (zip, stdin) = (folder.path().join("report.zip"), folder.path().join("words"));
    std::fs::write(&stdin, words).unwrap();
    let mut command = std::process::Command::new(feedback_tests::program("feedback"));
    command.args([
        "send",
        "--app",
        "A",
        "--app-version",
        "1",
        "--message",
        "-",
        "--save",
    ]);
    let run = feedback::finish_with(command.arg(&zip), std::fs::File::open(stdin).unwrap());
    assert_eq!(run.outcome(), (0, "saved"), "{}", run.stderr);
    let mut zip = zip::ZipArchive::new(std::fs::File::open(zip).unwrap()).unwrap();
    let text = std::io::read_to_string(zip.by_name("message.txt").unwrap()).unwrap();
    (text, run.stderr)
}

#[test]
fn a_message_comes_from_stdin_too() {
    let (text, told) = said_on_stdin("из потока\n".as_bytes());
    assert!(text.starts_with("из потока\n"), "{text}");
    assert!(!told.contains("UTF-8"), "{told}");
}

#[test]
fn what_cannot_be_read_of_a_message_is_told_and_the_rest_is_kept() {
    let (text, told) = said_on_stdin(b"Gr\xfc\xdfe aus K\xf6ln\n");
    assert!(
        text.starts_with("Gr\u{fffd}\u{fffd}e aus K\u{fffd}ln\n"),
        "{text}"
    );
    assert!(told.contains("UTF-8") && told.contains("--attach"), "{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_stderr_that_is_full_costs_no_report() {
    let folder = tempfile::tempdir().unwrap();
    let zip = folder.path().join("report.zip");
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let status = std::process::Command::new(feedback_tests::program("feedback"))
        .args(["send", "--app", "A", "--app-version", "1", "--message", "x"])
        .args(["--attach", "/no/such/file", "--save"])
        .arg(&zip)
        .stderr(full)
        .status();
    assert!(status.unwrap().success());
    assert!(zip.exists());
}
