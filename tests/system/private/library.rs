//! What an app leaves on the disk that tells of itself all that it can, and what leaves it: `tests/examples/tells_much.rs`.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use feedback_tests::process::Process;
use feedback_tests::secrets::check;
use feedback_tests::strict::strict;

use super::{Home, kill_at_each_call};

const NOWHERE: &str = "http://127.0.0.1:9/api/v1/reports";

/// The ways in which it leaves something on the disk, each with how it ends.
const WAYS: [(&str, Option<i32>); 7] = [
    ("store", Some(0)),
    ("store when prepared", Some(0)),
    ("save", Some(0)),
    ("send from memory", Some(0)),
    ("panic", Some(101)),
    ("abort", None),
    ("panic of a thread", Some(0)),
];

fn app() -> PathBuf {
    feedback_tests::program("examples/tells_much")
}

impl Home {
    /// The app, which goes this way.
    fn app(&self, command: Command, way: &str, endpoint: &str) -> Command {
        let mut command = self.at_home(command);
        command.args([way, endpoint]).arg(self.mine(""));
        command
    }

    /// How it ends.
    fn run(&self, command: Command, way: &str, endpoint: &str) -> Option<i32> {
        self.app(command, way, endpoint).output().unwrap().status.code()
    }
}

#[test]
fn no_secret_is_on_the_disk_whichever_way_a_report_goes() {
    for (way, end) in WAYS {
        let home = Home::new();
        assert_eq!(home.run(Command::new(app()), way, NOWHERE), end, "{way}");
        let seen = home.search(way);
        let is_crash = way.contains("panic") || way == "abort";
        assert!(seen.files > 0 && (is_crash || seen.logs > 0), "{way}: {seen:?}");
        // With how the last run has ended.
        assert_eq!(
            home.run(Command::new(app()), "store", NOWHERE),
            Some(0),
            "after {way}"
        );
        assert!(home.search(&format!("after {way}")).logs > 0);
    }
}

#[test]
fn no_secret_leaves_and_none_is_on_the_disk_where_a_report_is_made_to_fit() {
    let receiver = strict(30_000);
    let home = Home::new();
    let way = "panic";
    assert_eq!(home.run(Command::new(app()), way, &receiver.url()), Some(101));
    assert_eq!(home.run(Command::new(app()), "send", &receiver.url()), Some(0));
    assert!(home.search("made to fit").logs > 0);
    let mut came = 0;
    while let Some(request) = receiver.next_within(std::time::Duration::ZERO) {
        came += 1;
        check(&request.manifest, &[], "what was sent", "the manifest");
        check(&request.bundle, &[], "what was sent", "the bundle");
    }
    assert!(came > 1, "{came} requests");
}

#[test]
fn no_secret_is_in_the_evidence_that_waits_for_send_and_nothing_is_left_of_it() {
    let home = Home::with_much();
    let mut command = home.app(Command::new(app()), "wait", NOWHERE);
    let mut app = Process::spawn(command.stdout(Stdio::piped()));
    let mut told = String::new();
    BufReader::new(app.0.stdout.take().unwrap())
        .read_line(&mut told)
        .unwrap();
    assert_eq!(told, "prepared\n");
    home.search("waiting");
    // The files without a name too.
    let open = PathBuf::from(format!("/proc/{}/fd", app.0.id()));
    let files = fs::read_dir(open).unwrap().map(|item| item.unwrap().path());
    let is_own = |file: &PathBuf| fs::read_link(file).is_ok_and(|file| file.starts_with(home.written("")));
    let logs = files.filter(is_own).filter(|file| {
        let bytes = fs::read(file).unwrap();
        check(&bytes, &[], "waiting", "a file without a name")
    });
    assert_eq!(logs.count(), 1, "what waits for Send is read");
    app.0.kill().unwrap();
    app.0.wait().unwrap();
    assert_eq!(home.search("killed while waiting").logs, 0);
}

#[test]
fn no_secret_is_on_the_disk_wherever_an_app_is_killed() {
    let (mut killed, mut logs) = (0, 0);
    let ways = [
        "store when prepared",
        "save",
        "send from memory",
        "panic of a thread",
    ];
    for way in ways {
        let run = |home: &Home, command| home.run(command, way, NOWHERE);
        let Some((kills, left)) = kill_at_each_call(&app(), 2, run) else {
            return;
        };
        killed += kills;
        logs += left.logs;
    }
    assert!(killed > 4 * ways.len(), "{killed} were killed");
    assert!(logs > 2, "the kills came before anything was written");
}
