//! Guards promise 3 across a crash: however the app ends, its next start knows, and nothing private is on disk
//! meanwhile. Each run is a process of its own: this binary, asked for the test `a_run` alone.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Barrier;
use std::{fmt, fs, panic, process, thread};

use feedback_sdk::testing::with_patience;
use feedback_sdk::{Crash, FeedbackClient, FeedbackConfig, LogRing, ReportDraft, install_panic_hook};
use serde_json::Value;

const WAY: &str = "FEEDBACK_TEST_RUN_ENDS_BY";
const FOLDER: &str = "FEEDBACK_TEST_FOLDER";

/// What the processes do. Without the variable it is a test of nothing.
#[test]
fn a_run() {
    let (Ok(way), Some(folder)) = (std::env::var(WAY), std::env::var_os(FOLDER)) else {
        return;
    };
    let ring = LogRing::new();
    let before = panic::take_hook();
    let aborts = [
        "abort in a hook",
        "abort after a long message",
        "panic of a value that is logged",
    ]
    .contains(&&*way);
    let breaks = way == "panic in a hook";
    panic::set_hook(Box::new(move |info| {
        say("the app's own hook");
        assert!(!breaks, "in the hook");
        if aborts {
            process::abort();
        }
        before(info);
    }));
    let config = with_patience(FeedbackConfig::new("http://127.0.0.1:9/x", "k", "Notes", "1.4.0"))
        .spool_dir(&folder)
        .log_ring(&ring)
        .deliver(false);
    let run = install_panic_hook(&config);
    say(&serde_json::to_string(&run.crashed_last_run()).unwrap());
    log::set_boxed_logger(Box::new(ring.logger(log::LevelFilter::Info))).unwrap();
    log::set_max_level(log::LevelFilter::Info);
    log::info!("opened by maria@example.org");
    match &*way {
        "clean" => drop(run),
        "panic" | "abort in a hook" | "panic in a hook" => panic!("no export for {}", "maria@example.org"),
        "abort after a long message" => panic!("{}", "no export for maria@example.org, ".repeat(3_000_000)),
        "abort after a panic" => {
            let _ = panic::catch_unwind(|| panic!("caught"));
            process::abort();
        }
        "panic of a thread" => {
            let worker = thread::Builder::new().name("exporter".to_owned());
            let worker = worker.spawn(|| panic!("the export broke")).unwrap();
            assert!(worker.join().is_err());
            drop(run);
        }
        "panics of many threads" => {
            let all = Barrier::new(4);
            let panics = || {
                all.wait();
                drop(panic::catch_unwind(|| panic!("one of many")));
            };
            thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(panics))));
            drop(run);
        }
        "panic of a thread without a name" => {
            assert!(thread::spawn(|| panic::panic_any(7)).join().is_err());
            drop(run);
        }
        "panic while panicking" => {
            let _bomb = Bomb;
            panic!("the first");
        }
        "panic of a value that is printed" => panic!("x = {Bomb}"),
        "panic of a value that is logged" => {
            log::info!("x = {Bomb}");
            drop(run);
        }
        "exit without a clean end" => process::exit(0),
        "report" => {
            let client = FeedbackClient::new(config).unwrap();
            let mut draft = ReportDraft::new("It crashed.");
            let dump = Path::new(&folder).join("native.dmp");
            fs::write(&dump, "MDMP").unwrap();
            draft.crash = run.crashed_last_run().map(|crash| crash.clone().with_dump(dump));
            let report = client.prepare(draft).wait().unwrap();
            client.submit(report).wait().unwrap();
            process::abort();
        }
        _ => loop {
            thread::park(); // until it is killed
        },
    }
}

/// Panics whatever is done to it.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        assert!(!thread::panicking(), "the second");
    }
}

impl fmt::Display for Bomb {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("a value that panics")
    }
}

/// On a line of its own, whatever the test harness has printed.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "\nSAID {line}");
}

/// A process of the app.
struct Run(Child, BufReader<process::ChildStdout>);

impl Run {
    fn start(folder: &Path, way: &str) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut child = command
            .args(["it::crash::a_run", "--exact", "--nocapture"])
            .env(WAY, way)
            .env(FOLDER, folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self(child, out)
    }

    fn next_said(&mut self) -> Option<String> {
        let mut lines = self.1.by_ref().lines().map_while(Result::ok);
        lines.find_map(|line| line.strip_prefix("SAID ").map(str::to_owned))
    }

    /// What it was told of the run before.
    fn last(&mut self) -> Option<Crash> {
        serde_json::from_str(&self.next_said().unwrap()).unwrap()
    }

    fn end(mut self) {
        while self.next_said().is_some() {}
        self.0.wait().unwrap();
    }

    fn kill(mut self) {
        self.0.kill().unwrap();
        self.end();
    }
}

/// A run that ends this way, and what the next one is told.
fn next_after(folder: &Path, way: &str) -> Option<Crash> {
    let mut run = Run::start(folder, way);
    assert_eq!(run.last(), None, "{way}");
    run.end();
    let mut next = Run::start(folder, "clean");
    let last = next.last();
    next.end();
    assert_eq!(fs::read_dir(folder.join("runs")).unwrap().count(), 0, "told once");
    last
}

#[test]
fn a_clean_end_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(next_after(folder.path(), "clean"), None);
}

#[test]
fn a_panic_is_remembered_whatever_ends_the_process() {
    let folder = tempfile::tempdir().unwrap();
    for way in [
        "panic",
        "abort in a hook",
        "panic in a hook",
        "panic while panicking",
        "abort after a panic",
    ] {
        let crash = next_after(folder.path(), way).expect(way);
        assert_eq!((&*crash.app_version, crash.went_on), ("1.4.0", false), "{way}");
        let panic = crash.panic.expect(way);
        let (message, others) = match way {
            // The second, and Rust's own on top of both.
            "panic while panicking" => ("the first", 2),
            "abort after a panic" => ("caught", 0),
            _ => ("no export for [crash-email-1]", 0),
        };
        assert_eq!((&*panic.message, crash.other_panics), (message, others), "{way}");
        assert!(panic.location.unwrap().contains("crash.rs:"), "{way}");
        assert_eq!(panic.thread.as_deref(), Some("it::crash::a_run"), "{way}");
    }
}

#[test]
fn a_message_of_100_mb_is_remembered_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let crash = next_after(folder.path(), "abort after a long message").unwrap();
    let message = crash.panic.unwrap().message;
    assert!(
        message.starts_with("no export for [crash-email-1], no export"),
        "{message}"
    );
    assert!(message.len() < 10_000, "{}", message.len());
}

#[test]
fn the_apps_own_hook_still_runs() {
    let folder = tempfile::tempdir().unwrap();
    let mut run = Run::start(folder.path(), "panic");
    run.next_said();
    assert_eq!(run.next_said().as_deref(), Some("the app's own hook"));
    run.end();
}

#[test]
fn a_panic_of_a_thread_that_the_app_survives_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let crash = next_after(folder.path(), "panic of a thread").unwrap();
    assert!(crash.went_on);
    assert_eq!(crash.panic.unwrap().thread.as_deref(), Some("exporter"));
    let crash = next_after(folder.path(), "panics of many threads").unwrap();
    assert_eq!((crash.went_on, crash.other_panics), (true, 3), "all at once");
    let crash = next_after(folder.path(), "panic of a thread without a name").unwrap();
    let panic = crash.panic.unwrap();
    assert_eq!(
        (panic.thread, &*panic.message),
        (None, "(a value that is no text)")
    );
}

/// What is known of a run that has panicked, and of a log line before it.
pub(crate) fn remembered() -> Crash {
    let folder = tempfile::tempdir().unwrap();
    Run::start(folder.path(), "panic").end();
    let config = FeedbackConfig::new("http://127.0.0.1:9/x", "k", "Notes", "1.4.0").spool_dir(folder.path());
    let run = install_panic_hook(&config);
    run.crashed_last_run().unwrap().clone()
}

/// Although a panic would end that app: the ring alone has asked for the value.
#[test]
fn a_value_that_panics_while_it_is_logged_is_no_crash() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(next_after(folder.path(), "panic of a value that is logged"), None);
}

#[test]
fn an_end_without_a_panic_is_told_from_a_crash_and_from_a_clean_end() {
    let folder = tempfile::tempdir().unwrap();
    // Rust ends the process before any hook when a panic's own message panics.
    for way in ["exit without a clean end", "panic of a value that is printed"] {
        let crash = next_after(folder.path(), way).expect(way);
        assert!(crash.panic.is_none() && !crash.went_on, "{way}: {crash:?}");
    }
}

#[test]
fn processes_of_one_app_do_not_accuse_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut first = Run::start(folder, "kill");
    assert_eq!(first.last(), None);
    assert_eq!(next_after_beside(folder), None, "the first is alive");
    first.kill();
    let mut second = Run::start(folder, "kill");
    let killed = second.last().expect("the first was killed");
    assert!(killed.panic.is_none() && !killed.went_on);
    assert_eq!(next_after_beside(folder), None, "the second was told already");
    second.kill();
}

/// What a process is told that runs while others do.
fn next_after_beside(folder: &Path) -> Option<Crash> {
    let mut run = Run::start(folder, "clean");
    let last = run.last();
    run.end();
    last
}

#[test]
fn a_report_has_the_crash_and_ends_its_memory_and_no_secret_reaches_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    Run::start(folder, "panic").end();
    let [file] = &files_in(&folder.join("runs"))[..] else {
        panic!("one file of one run")
    };
    assert!(
        file.contains("opened by [crash-email-1]") && !file.contains("maria"),
        "{file}"
    );

    let written = all_in(folder);
    assert!(!written.is_empty());
    for path in written {
        let bytes = fs::read(&path).unwrap();
        let has_name = bytes.windows(5).any(|bytes| bytes == b"maria");
        assert!(!has_name, "{}", path.display());
    }

    let mut run = Run::start(folder, "report");
    assert!(run.last().unwrap().panic.is_some());
    run.end();
    let [file] = &files_in(&folder.join("runs"))[..] else {
        panic!("the crash is in a stored report, so only the second run is left")
    };
    assert!(!file.contains("panicked"), "{file}");

    let bundle = fs::read_dir(folder).unwrap().flatten().map(|item| item.path());
    let bundle = bundle
        .into_iter()
        .find(|path| path.extension().is_some_and(|end| end == "zip"));
    let mut zip = zip::ZipArchive::new(fs::File::open(bundle.unwrap()).unwrap()).unwrap();
    let manifest: Value = serde_json::from_reader(zip.by_name("report.json").unwrap()).unwrap();
    let crash = &manifest["crash"];
    assert_eq!(crash["panic"]["message"], "no export for [crash-email-1]");
    let of_crash = |file: &&Value| file["path"] == "logs/crash.txt";
    let file = manifest["files"]
        .as_array()
        .unwrap()
        .iter()
        .find(of_crash)
        .unwrap();
    assert_eq!(file["masked"]["email"], 2, "the message's and the log's");
    assert_eq!(crash["app_version"], "1.4.0");
    assert!(crash["started_at"].as_str().unwrap().ends_with('Z'), "{crash}");
    let long = io::read_to_string(zip.by_name("logs/crash.txt").unwrap()).unwrap();
    for part in [
        "no export for [crash-email-1]",
        "opened by [crash-email-1]",
        "it::it::crash::a_run", // on the way, and not the name of the thread
    ] {
        assert!(long.contains(part), "{part} in {long}");
    }
    let recent = io::read_to_string(zip.by_name("logs/recent.log").unwrap()).unwrap();
    let told =
        "Z INFO  it::it::crash: opened by [email-1]\n[feedback: the app logs nothing finer than INFO here]\n";
    assert!(recent.ends_with(told), "{recent}");
    let dump = io::read_to_string(zip.by_name("attachments/native.dmp").unwrap()).unwrap();
    assert_eq!(dump, "MDMP");
}

/// Every file below a folder.
fn all_in(folder: &Path) -> Vec<PathBuf> {
    let items = fs::read_dir(folder).unwrap().map(|item| item.unwrap().path());
    let (folders, mut files): (Vec<_>, Vec<_>) = items.partition(|path| path.is_dir());
    files.extend(folders.iter().flat_map(|folder| all_in(folder)));
    files
}

fn files_in(folder: &Path) -> Vec<String> {
    let items = fs::read_dir(folder).unwrap().flatten();
    items
        .map(|item| fs::read_to_string(item.path()).unwrap())
        .collect()
}
