//! Where reports wait unless `--spool` says otherwise: each endpoint and key has a folder of its own, so that no report goes
//! to another's address.

use std::fs;
use std::path::PathBuf;

/// Where the spools of all endpoints are.
pub(crate) fn root() -> Option<PathBuf> {
    feedback_sdk::default_spool_dir("feedback-program")
}

/// Those of all endpoints.
pub(crate) fn all() -> Vec<PathBuf> {
    let items = root().and_then(|root| fs::read_dir(root).ok());
    let mut folders: Vec<PathBuf> = items
        .into_iter()
        .flatten()
        .flatten()
        .map(|item| item.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// The endpoint's host, and a hash of all that tells one destination from another; the rest of the
/// address may hold a secret.
pub(crate) fn name_of(endpoint: &str, key: &str) -> String {
    let host = endpoint.split("://").last().unwrap_or_default();
    let host: String = host
        .split(['/', '?', '@'])
        .next()
        .unwrap_or_default()
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() || ".-".contains(letter) {
                letter
            } else {
                '_'
            }
        })
        .take(100)
        .collect();
    // FNV-1a: short, and the same in every version of this program.
    let destination = endpoint.bytes().chain(*b"\n").chain(key.bytes());
    let hash = destination.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{host}-{hash:016x}")
}
