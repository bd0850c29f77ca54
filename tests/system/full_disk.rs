//! Guards promise 1 where there is no disk to keep it on: really full, out of inodes, read-only, or with no
//! file handles left. The report goes at once or nothing is promised, and its text can be saved elsewhere.
//!
//! Disks of a few kB are mounted in a namespace of the test's own, where the system lets it.

use std::ffi::OsStr;
use std::path::Path;

use feedback_tests::feedback::{self, Run};
use feedback_tests::server::Server;
use feedback_tests::{measured, program, strace, tools};

/// A disk that takes no report, as options for `mount -t tmpfs`, and how to use up what it has.
const DISKS: [(&str, &str); 3] = [
    ("size=64k", "dd if=/dev/zero of=filler bs=4k 2>/dev/null || true"),
    ("nr_inodes=2", "mkdir state"),
    ("ro", "true"),
];

/// Runs `feedback send` where `folder` is such a disk, and the spool on it. `None` where the system does not
/// let us mount.
fn send_on(disk: (&str, &str), folder: &Path, endpoint: &str, more: &[&OsStr]) -> Option<Run> {
    let (options, use_up) = disk;
    let mut shell = tools::namespace()?;
    shell
        .args(["sh", "-c"])
        .arg(format!(
            "mount -t tmpfs -o {options} none \"$0\" && cd \"$0\" && ({use_up}) && exec \"$@\""
        ))
        .args([folder, &program("feedback")])
        .args(arguments(endpoint, &folder.join("state/spool"), more));
    Some(feedback::finish(&mut shell))
}

fn arguments(endpoint: &str, spool: &Path, more: &[&OsStr]) -> Vec<std::ffi::OsString> {
    let mut arguments = feedback::sending(endpoint, spool);
    arguments.extend(["--verbose", "--message", "sacred text"].map(Into::into));
    arguments.extend(more.iter().map(Into::into));
    arguments
}

#[test]
fn on_a_disk_that_takes_nothing_a_report_goes_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("server"));
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    for (sent, options) in DISKS.into_iter().enumerate() {
        let Some(run) = send_on(options, &disk, &server.endpoint(), &[]) else {
            return;
        };
        assert_eq!(run.status, 0, "{options:?}: {run:?}");
        assert!(
            run.stderr.contains("save the report as a file"),
            "{options:?}: {run:?}"
        );
        assert_eq!(strace::promised(&run.stderr).count(), 0, "{options:?}: {run:?}");
        assert_eq!(server.reports().len(), sent + 1, "{options:?}");
    }
    assert!(
        server
            .reports()
            .iter()
            .all(|report| report["message"] == "sacred text")
    );
    assert_eq!(
        std::fs::read_dir(&disk).unwrap().count(),
        0,
        "the disk was not the full one"
    );
}

#[test]
fn with_no_disk_and_no_server_nothing_is_promised_and_the_text_can_be_saved() {
    let folder = tempfile::tempdir().unwrap();
    let dead = "http://127.0.0.1:9/api/v1/reports";
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    for options in DISKS {
        for wait in ["0", "1"] {
            let more = ["--wait", wait].map(OsStr::new);
            let Some(run) = send_on(options, &disk, dead, &more) else {
                return;
            };
            assert_eq!(run.status, 74, "{options:?}: {run:?}");
            assert!(run.reports.is_empty(), "{options:?}: {run:?}");
            assert!(
                run.stderr.contains("save the report as a file"),
                "{options:?}: {run:?}"
            );
            assert!(!run.stderr.contains("panicked"), "{options:?}: {run:?}");
        }
        let file = folder.path().join("saved.zip");
        let more = [OsStr::new("--save"), file.as_os_str()];
        let run = send_on(options, &disk, dead, &more).unwrap();
        assert_eq!(run.status, 0, "{options:?}: {run:?}");
        let mut zip = zip::ZipArchive::new(std::fs::File::open(&file).unwrap()).unwrap();
        let text = std::io::read_to_string(zip.by_name("message.txt").unwrap()).unwrap();
        assert!(text.starts_with("sacred text\n"), "{text}");
        // A disk that takes no report takes no file either, and says so.
        let more = ["--save", "saved.zip"].map(OsStr::new);
        let run = send_on(options, &disk, dead, &more).unwrap();
        assert_eq!(run.status, 74, "{options:?}: {run:?}");
        assert!(
            run.stderr.contains("choose another place"),
            "{options:?}: {run:?}"
        );
    }
}

/// Before Send the evidence of a large report lies on the disk that its bundle is stored on.
#[test]
fn where_there_is_room_for_a_report_once_it_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let dead = "http://127.0.0.1:9/api/v1/reports";
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let log = folder.path().join("app.log");
    // Compressed it has still three quarters: more than a report keeps in memory.
    let mut random = fastrand::Rng::with_seed(1);
    let mut letter = |at| if at % 64 == 0 { '\n' } else { random.alphanumeric() };
    std::fs::write(&log, (0..7_500_000).map(&mut letter).collect::<String>()).unwrap();
    let more = [
        OsStr::new("--wait"),
        OsStr::new("0"),
        OsStr::new("--log"),
        log.as_os_str(),
    ];
    let Some(run) = send_on(("size=64M", "true"), &disk, dead, &more) else {
        return;
    };
    let bytes = run.report()["bytes"].as_u64().unwrap();
    assert!(bytes > 4 << 20, "{bytes} bytes would not have left memory");
    for (part, status) in [(9, 74), (12, 75), (18, 75), (22, 75)] {
        let size = format!("size={}", bytes * part / 10);
        let run = send_on((&size, "true"), &disk, dead, &more).unwrap();
        assert_eq!(run.status, status, "{part} tenths of {bytes}: {run:?}");
    }
}

#[test]
fn with_few_file_handles_nothing_hangs_and_no_promise_is_broken() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("server"));
    let spool = folder.path().join("spool");
    let (mut told, mut kept) = (0, Vec::new());
    for handles in 3..24 {
        let Some(mut shell) = tools::find("sh") else {
            return;
        };
        shell
            .args(["-c", &format!("ulimit -n {handles} && exec \"$0\" \"$@\"")])
            .arg(program("feedback"))
            .args(arguments(
                &server.endpoint(),
                &spool,
                &["--wait", "3"].map(OsStr::new),
            ));
        let run = feedback::finish(&mut shell);
        assert!(!run.stderr.contains("panicked"), "{handles}: {run:?}");
        match run.status {
            0 | 75 => kept.push(run.report()["id"].as_str().unwrap().to_owned()),
            74 => told += 1,
            // The system could not even load the program.
            127 => {}
            other => panic!("{handles} handles ended with {other}: {run:?}"),
        }
    }
    let flushed = feedback::flush(&server.endpoint(), &spool);
    assert_eq!(flushed.status, 0, "{flushed:?}");
    let arrived: Vec<String> = server
        .reports()
        .iter()
        .map(|report| report["id"].as_str().unwrap().to_owned())
        .collect();
    assert!(kept.iter().all(|id| arrived.contains(id)), "promised and lost");
    measured(format_args!(
        "{told} runs promised nothing, {} reports arrived",
        kept.len()
    ));
    assert!(told > 0 && !kept.is_empty(), "{told} told, {} kept", kept.len());
}
