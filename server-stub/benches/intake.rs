//! How fast reports are taken in, bundle and row synced before each 201: against what the disk writes and syncs without
//! us (fio, dd), and against upload handlers that sync nothing (aiohttp, `FastAPI`). Each beside its peer in alternating
//! rounds; prints medians. The goals stand beside the ratios.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark is a program of its own"
)]

#[path = "intake/disk.rs"]
mod disk;
#[path = "intake/load.rs"]
mod load;
#[path = "intake/python.rs"]
mod python;

use std::path::Path;

use load::Load;
use server_stub::{Server, ServerConfig};

const ROUNDS: usize = 5;

fn main() {
    // Not the system's temp folder, which may be memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let folder = folder.path();
    let (small, large) = (Load::new(50_000, 3_200), Load::new(2_000_000, 256));

    head(&format!("50 KB reports from {} senders", load::SENDERS));
    compare("fio, 16 jobs, write + fsync", "0.6", &small, folder, |_| {
        disk::fio(folder)
    });
    for (name, goal, handler) in [
        ("aiohttp, form, not synced", "5", "aiohttp_form"),
        ("aiohttp, streamed, not synced", "", "aiohttp_streamed"),
        ("FastAPI, not synced", "15", "fastapi"),
    ] {
        match python::Peer::start(handler, folder) {
            Some(peer) => compare(name, goal, &small, folder, |load| Some(load.run(peer.address))),
            None => println!("| {name} | not measured: it could not be installed | | | |"),
        }
    }
    println!();
    head(&format!("2 MB reports from {} senders", load::SENDERS));
    compare("dd, oflag=dsync", "0.7", &large, folder, |load| {
        disk::dd(folder, load)
    });
}

fn head(load: &str) {
    println!("| {load}, MB/s of bundles | peer | server-stub | ratio | goal |\n|---|---:|---:|---:|---:|");
}

/// Takes the load in and lets the peer do its part, in turns; prints both medians and that of the ratios.
fn compare(name: &str, goal: &str, load: &Load, folder: &Path, peer: impl Fn(&Load) -> Option<f64>) {
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        disk::settle();
        let our = intake(load, folder);
        disk::settle();
        let Some(their) = peer(load) else {
            println!("| {name} | not measured: it is not installed | | | |");
            return;
        };
        ours.push(our);
        theirs.push(their);
        ratios.push(our / their);
    }
    println!(
        "| {name} | {:.1} | {:.1} | {:.2} | {goal} |",
        median(theirs),
        median(ours),
        median(ratios),
    );
}

/// Bytes of bundles that a new server takes in, in MB/s.
fn intake(load: &Load, folder: &Path) -> f64 {
    let data = tempfile::tempdir_in(folder).unwrap();
    let config = ServerConfig::new(data.path())
        .listen("127.0.0.1:0")
        .key(load::KEY);
    let server = Server::start(config).unwrap();
    load.run(server.local_addr())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
