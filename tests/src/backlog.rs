//! Reports that wait in a spool, and what was promised about them: the bytes that were stored.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use feedback_sdk::{FeedbackClient, FeedbackConfig, ReportDraft};

use crate::server::{KEY, Server};

/// A config for a spool that holds any number of reports.
pub fn config(endpoint: &str, spool: &Path) -> FeedbackConfig {
    FeedbackConfig::new(endpoint, KEY, "Notes", "1.4.0")
        .spool_dir(spool)
        .spool_limits(usize::MAX, u64::MAX)
}

/// Stores a report with an attachment of each of these sizes, as an app does that is offline. Answers a copy of each
/// stored bundle, by id.
pub fn fill(spool: &Path, sizes: &[usize], chance: &mut Rng) -> BTreeMap<String, PathBuf> {
    let client = FeedbackClient::new(config("http://127.0.0.1:9/", spool).deliver(false)).unwrap();
    let copies = spool.with_extension("copies");
    std::fs::create_dir_all(&copies).unwrap();
    let attachment = copies.join("noise.bin");
    for &bytes in sizes {
        std::fs::write(&attachment, noise(chance, bytes)).unwrap();
        let mut draft = ReportDraft::new(format!("{bytes} bytes, {:032x}", chance.u128(..)));
        draft.attachments.push(attachment.clone().into());
        let report = client.prepare(draft).wait().unwrap();
        client.submit(report).wait().unwrap();
    }
    let waiting = feedback_sdk::waiting_in(spool).unwrap();
    let copy = |id| {
        let path = copies.join(format!("{id}.zip"));
        client.save_waiting(id, &path).wait().unwrap();
        (id.to_string(), path)
    };
    waiting.iter().map(|report| copy(report.id)).collect()
}

/// Panics unless the server has each of these reports once, byte for byte, and nothing else.
pub fn assert_arrived(server: &Server, stored: &BTreeMap<String, PathBuf>) {
    let arrived = server.arrived_once();
    assert_eq!(arrived.len(), stored.len());
    for (id, copy) in stored {
        assert!(server.bundle(id) == std::fs::read(copy).unwrap(), "{id} differs");
    }
}

/// Bytes that do not compress.
pub fn noise(chance: &mut Rng, bytes: usize) -> Vec<u8> {
    let mut noise = vec![0; bytes];
    chance.fill(&mut noise);
    noise
}
