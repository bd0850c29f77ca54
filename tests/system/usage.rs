//! Guards the command line's contract: wrong usage is exit 64 with the cause and the remedy.

use feedback_tests::feedback;

fn usage(arguments: &[&str]) -> String {
    let run = feedback::run(arguments);
    assert_eq!(run.status, 64, "{arguments:?}: {}", run.stderr);
    assert!(run.reports.is_empty());
    run.stderr
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

#[test]
fn a_message_comes_from_stdin_too() {
    use std::io::Write as _;
    let folder = tempfile::tempdir().unwrap();
    let zip = folder.path().join("report.zip");
    let mut child = std::process::Command::new(feedback_tests::program("feedback"))
        .args(["send", "--app", "A", "--app-version", "1"])
        .args(["--message", "-", "--save"])
        .arg(&zip)
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all("из потока\n".as_bytes())
        .unwrap();
    assert!(child.wait().unwrap().success());
    let mut zip = zip::ZipArchive::new(std::fs::File::open(zip).unwrap()).unwrap();
    let text = std::io::read_to_string(zip.by_name("message.txt").unwrap()).unwrap();
    assert!(text.starts_with("из потока\n"), "{text}");
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
