//! Guards promise 2 on logs that programs have written: one pass over them gives the bytes of rule after rule, and of pieces
//! of any size; what is private in them is hidden, and nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use feedback_sdk::Masking;
use feedback_sdk::testing::masking::Masker;

use super::published::assert_known;

/// Each log, and in how many of its lines something is hidden: a rule that changes shows here.
const LOGS: [(&str, usize); 26] = [
    ("apt-history", 0),
    ("apt-term", 0),
    ("cargo", 15),
    ("chromium", 8),
    ("curl", 4),
    ("dbus", 1),
    ("dpkg", 0),
    ("fcitx5", 3),
    ("gdb", 6),
    ("git", 22),
    ("haproxy", 4),
    ("java", 6),
    ("nginx-access", 9),
    ("nginx-error", 35),
    ("node", 16),
    ("npm", 16),
    ("npm-debug", 22),
    ("openssl", 13),
    ("pip", 4),
    ("postgres", 7),
    ("python", 27),
    ("ssh", 46),
    ("sshd", 26),
    ("strace", 24),
    ("wine-cmd", 26),
    ("wine-trace", 23),
];

/// The lines in which something is hidden that is harmless, by a part of each.
const HARMLESS: [(&str, &[&str]); 2] = [
    ("a size behind the name of a key", &["Private-Key: (2048 bit"]),
    (
        "an address behind a colon",
        &["URL that includes credentials: /api"],
    ),
];

/// What is private in the logs, for it was planted when they were recorded.
const PLANTED: [&str; 20] = [
    "hunter",
    "correct horse",
    "7f3a9",
    "af31c09be7d24c1f8e55",
    "0b5a6c7d8e9f",
    "0f9e8d7c6b5a49382716",
    "9f8e7d6c5b4a",
    "8a7b6c5d4e3f",
    "5f0c9d8e7a6b",
    "bWFyaWE6aHVudGVyMg",
    "Zk3f9Qx7Lm2p",
    "maria@example.org",
    "0123456789abcdef'",
    "maria.k",
    "marias-laptop",
    "MARIAS-LAPTOP",
    "D5FFE965634F2B7C",
    "E0F6A241C4405494",
    "A1AA371C596379C2",
    "AFD6436D9AABFE13",
];

/// The lines in which it stays, by a part of each, for nothing in them says what it is.
const UNTOLD: [(&str, &[&str]); 2] = [
    ("a value by its place among others", &["SMTP('localhost',1)"]),
    (
        "a text like any other",
        &["variant       string", "struct login l ="],
    ),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/logs")
}

fn log(name: &str) -> String {
    fs::read_to_string(folder().join(name).with_extension("log")).unwrap()
}

/// The lines of all logs, each with what is left of it.
fn lines() -> Vec<(String, String)> {
    let rules = Masker::new(&Masking::default());
    let pairs = LOGS.iter().flat_map(|(name, _)| {
        let (log, masked) = (log(name), rules.mask(&log(name)).0);
        let pairs = log.lines().zip(masked.lines());
        pairs
            .map(|(line, masked)| (line.to_owned(), masked.to_owned()))
            .collect::<Vec<_>>()
    });
    pairs.collect()
}

fn is_planted(line: &str) -> bool {
    PLANTED.iter().any(|planted| line.contains(planted))
}

#[test]
fn one_pass_over_each_log_gives_the_bytes_of_rule_after_rule_and_of_pieces() {
    let rules = Masker::new(&Masking::default());
    let mut all = String::new();
    for (name, expected) in LOGS {
        let log = log(name);
        let masked = rules.mask(&log).0;
        assert_eq!(masked, rules.mask_rule_by_rule(&log), "{name}");
        assert_eq!(log.lines().count(), masked.lines().count(), "{name}");
        let changed = log
            .lines()
            .zip(masked.lines())
            .filter(|(line, masked)| line != masked);
        assert_eq!(changed.count(), expected, "{name}");
        all += &log;
    }
    // Together they are longer than what is searched at once.
    let masked = rules.mask(&all).0;
    assert_eq!(masked, rules.mask_rule_by_rule(&all));
    for size in [61, 4093, 65_536, 100_003] {
        assert!(masked == rules.mask_in_pieces(&all, size), "pieces of {size}");
    }
}

#[test]
fn every_log_is_looked_at() {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path());
    let logs = files.filter(|file| file.extension().is_some_and(|ending| ending == "log"));
    assert_eq!(logs.count(), LOGS.len());
}

#[test]
fn what_is_harmless_in_a_log_stays() {
    let lines = lines();
    let is_harmless = |line: &str| {
        let parts = HARMLESS.iter().flat_map(|(_, parts)| parts.iter());
        !is_planted(line) || parts.clone().any(|part| line.contains(part))
    };
    let benign: Vec<_> = lines.iter().filter(|(line, _)| is_harmless(line)).collect();
    let changed: Vec<String> = benign
        .iter()
        .filter(|(line, masked)| line != masked)
        .map(|(line, _)| line.clone())
        .collect();
    println!("{} of {} harmless lines change", changed.len(), benign.len());
    assert_known(&changed, &HARMLESS);
    assert!(changed.len() * 1000 < benign.len() * 5);
}

#[test]
fn what_was_planted_stays_only_where_nothing_tells_it() {
    let lines = lines();
    let left: Vec<String> = lines
        .iter()
        .filter(|(_, masked)| is_planted(masked))
        .map(|(_, masked)| masked.clone())
        .collect();
    let planted = lines.iter().filter(|(line, _)| is_planted(line)).count();
    println!("{} of {planted} lines keep what was planted", left.len());
    assert_known(&left, &UNTOLD);
}
