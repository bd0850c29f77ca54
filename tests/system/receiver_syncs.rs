//! Guards promise 1 on a server that loses its power: a bundle is on the disk, in the log or in a file of its own, and so
//! are its name and its row, before the sender is told that it has arrived.
//!
//! `strace` writes the server's calls down.

use std::ffi::OsStr;
use std::path::Path;
use std::time::Instant;

use fastrand::Rng;
use feedback_tests::backlog::noise;
use feedback_tests::server::{Server, serve};
use feedback_tests::{PATIENCE, feedback, program, strace};

const CALLS: &str = "fsync,fdatasync,rename,renameat,renameat2,write,writev,pwrite64,sendto,sendmsg";

/// How the answer to a form begins that tells the sender so.
fn created(_: u64) -> String {
    r#""HTTP/1.1 201 "#.to_owned()
}

#[test]
fn a_small_form_is_synced_before_it_is_taken() {
    let Some(calls) = calls_until(100, created) else {
        return;
    };
    let is_of_segment = |call: &&String| call.contains(".segment>");
    let first = calls.iter().position(|call| is_of_segment(&call));
    let after = &calls[first.expect("it is written before the sender is told")..];
    let last = after.iter().rfind(is_of_segment);
    assert!(last.is_some_and(|call| is_sync(call)), "{after:#?}");
    let is_folder = |call: &String| is_sync(call) && call.contains("/segments>");
    assert!(after.iter().any(is_folder), "the new segment's name: {after:#?}");
}

#[test]
fn a_large_form_is_synced_before_it_is_taken() {
    is_synced_before_it_is_taken(300_000, created);
}

#[test]
fn an_upload_in_pieces_is_synced_before_it_is_taken() {
    is_synced_before_it_is_taken(8_000_000, |bytes| {
        format!(r#""HTTP/1.1 204 No Content\r\nupload-offset: {bytes}\r\n"#)
    });
}

fn is_synced_before_it_is_taken(bytes: usize, taken: impl Fn(u64) -> String) {
    let Some(calls) = calls_until(bytes, taken) else {
        return;
    };
    let (before, moved) = calls
        .iter()
        .position(|call| call.starts_with("rename") && call.contains("/blobs/"))
        .map(|at| calls.split_at(at))
        .expect("it has its name before the sender is told");
    let from = moved[0].split('"').nth(1).unwrap();
    let last = before.iter().rfind(|call| call.contains(&format!("<{from}>")));
    assert!(
        last.is_some_and(|call| is_sync(call)),
        "the last of {from}: {last:?}"
    );
    let mut syncs = moved.iter().filter(|call| is_sync(call));
    for what in ["/blobs/", "/segments/"] {
        assert!(syncs.any(|call| call.contains(what)), "{what}: {moved:#?}");
    }
}

/// What a server calls until it tells the sender of a report that it was taken. `taken` is how that answer begins, given
/// the size of the bundle. `None` where strace is missing.
fn calls_until(bytes: usize, taken: impl Fn(u64) -> String) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("calls");
    let mut strace = strace::record(CALLS, &log, &program("server-stub"))?;
    serve(&mut strace, "127.0.0.1:0", &folder.path().join("server"));
    let server = Server::try_spawn(strace).unwrap();
    let attachment = folder.path().join("large.bin");
    std::fs::write(&attachment, noise(&mut Rng::with_seed(1), bytes)).unwrap();
    let attach = [OsStr::new("--attach"), attachment.as_os_str()];
    let sent = feedback::send(&server.endpoint(), &folder.path().join("spool"), attach);
    assert_eq!(sent.status, 0, "{}", sent.stderr);

    let taken = taken(sent.report()["bytes"].as_u64().unwrap());
    let (mut calls, told) = calls_with(&log, &taken);
    calls.truncate(told);
    Some(calls)
}

fn is_sync(call: &str) -> bool {
    (call.starts_with("fsync(") || call.starts_with("fdatasync(")) && call.ends_with("= 0")
}

/// All calls as soon as one with this text is among them, and which one it is.
fn calls_with(log: &Path, text: &str) -> (Vec<String>, usize) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let calls = strace::calls(&std::fs::read_to_string(log).unwrap());
        if let Some(at) = calls.iter().position(|call| call.contains(text)) {
            return (calls, at);
        }
        assert!(Instant::now() < deadline, "no {text}: {calls:#?}");
        std::thread::yield_now();
    }
}
