//! Guards promise 1 for large reports against other people's server and our own: on a line that drops every three
//! megabytes, and with a sender that is killed on the way, 8 MB arrive as one upload, byte for byte.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::iter::repeat;
use std::path::Path;
use std::process::Stdio;

use fastrand::Rng;
use feedback_tests::backlog::noise;
use feedback_tests::chaos::{Fate, Proxy};
use feedback_tests::process::Process;
use feedback_tests::server::{KEY, Server};
use feedback_tests::{feedback, peers, program, strace};

/// Where each connection ends. What is small gets through; 8 MB only in parts.
const CUT: Fate = Fate::CutRequest(3_000_000);
/// The sender's call that it is killed at: after some pieces of the first part.
const KILLED_AT: usize = 5;

#[test]
fn other_peoples_server_gets_one_whole_upload() {
    let packages = ["@tus/server@1.10.2", "@tus/file-store@1.5.1"];
    let Some(mut node) = peers::node(&packages) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    std::fs::create_dir(&store).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/tus-server.js");
    node.arg(script).arg(&store).stdout(Stdio::piped());
    let mut server = Process::spawn(&mut node);
    let mut line = String::new();
    let mut said = BufReader::new(server.0.stdout.take().unwrap());
    said.read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on http://").unwrap();

    let Some(bundle) = send(address, folder.path()) else {
        return;
    };
    let uploads: Vec<_> = std::fs::read_dir(&store)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_none())
        .collect();
    assert_eq!(uploads.len(), 1, "{uploads:?}");
    assert!(std::fs::read(&uploads[0]).unwrap() == bundle, "other bytes");
}

#[test]
fn our_own_server_gets_one_whole_upload() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("server"));
    let Some(bundle) = send(server.address(), folder.path()) else {
        return;
    };
    let reports = server.reports();
    assert_eq!(reports.len(), 1);
    let id = reports[0]["id"].as_str().unwrap();
    assert!(server.bundle(id) == bundle, "other bytes");
}

/// Sends a large report, with a kill on the way. Answers its bundle; `None` where strace is missing.
fn send(server: &str, folder: &Path) -> Option<Vec<u8>> {
    let proxy = Proxy::start(server, repeat(CUT));
    let attachment = folder.join("large.bin");
    std::fs::write(&attachment, noise(&mut Rng::with_seed(1), 8_000_000)).unwrap();
    let spool = folder.join("spool");
    let attach = [OsStr::new("--attach"), attachment.as_os_str()];
    let message = ["--message", "It is slow.", "--wait", "0"].map(OsStr::new);
    let stored = feedback::send(&proxy.endpoint(), &spool, message.into_iter().chain(attach));
    assert_eq!(stored.status, 75, "{}", stored.stderr);
    let entry = only(&spool, "zip");
    let bundle = std::fs::read(entry).unwrap();

    let mut killed = strace::inject("writev", "signal=KILL", KILLED_AT, &program("feedback"))?;
    let flush = feedback::destination("flush", &proxy.endpoint(), KEY, &spool);
    let done = killed.args(&flush).output().unwrap();
    assert!(!done.status.success(), "it was not killed: {done:?}");
    // It was on its way: the spool knows where it goes on.
    only(&spool, "upload");

    let flushed = feedback::run(flush.into_iter().chain(["--wait", "120"].map(Into::into)));
    assert_eq!(flushed.status, 0, "{}", flushed.stderr);
    Some(bundle)
}

/// The one file of the spool with this ending.
fn only(spool: &Path, ending: &str) -> std::path::PathBuf {
    let files = std::fs::read_dir(spool).unwrap().map(|file| file.unwrap().path());
    let mut files = files.filter(|path| path.extension().is_some_and(|have| have == ending));
    let only = files.next().unwrap_or_else(|| panic!("no .{ending} file"));
    assert!(files.next().is_none(), "more than one .{ending} file");
    only
}
