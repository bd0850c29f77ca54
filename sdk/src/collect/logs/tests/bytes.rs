//! The first message is enough: a log of any bytes comes as a text that is masked, or says why it does not.

use std::fs;

use super::*;

#[test]
fn utf_16_is_decoded_before_it_is_masked_and_cut() {
    let dir = tempfile::tempdir().unwrap();
    let text = "\u{feff}ещё line\r\nuser a@b.example, Ċ \u{d0a}\r\nlast\r\n";
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let path = dir.path().join("app.log");
        let bytes: Vec<u8> = text.encode_utf16().flat_map(order).collect();
        fs::write(&path, &bytes).unwrap();
        let content = |limit| {
            let report = report(&[&path.to_string_lossy()], limit, 1000);
            let file = &logs(&report)[0];
            assert_eq!(file.original_bytes(), bytes.len() as u64);
            String::from_utf8(file.content().unwrap()).unwrap()
        };
        assert_eq!(content(1000), "ещё line\r\nuser [email-1], Ċ \u{d0a}\r\nlast\r\n");
        let missing = bytes.len() - 12;
        for limit in 12..16 {
            assert_eq!(
                content(limit),
                format!("[feedback: {missing} older bytes are not in this report]\nlast\r\n")
            );
        }
    }
}

#[test]
fn what_is_no_text_is_a_gap_and_no_ruin() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_string_lossy().into_owned();
    fs::write(path("app.log.zst"), b"\x28\xb5\x2f\xfdtext").unwrap();
    fs::write(path("app.db"), b"SQLite format 3\0\x10\0\x01\x01").unwrap();
    let report = report(&[&path("app.log.zst"), &path("app.db")], 1000, 1000);
    assert!(logs(&report).is_empty());
    let mut gaps = gaps(&report);
    gaps.sort_unstable();
    assert_eq!(
        gaps,
        [
            "log app.db: is not a text file",
            "log app.log.zst: compressed in a way that is not read; gzip is"
        ]
    );
}

#[test]
fn any_bytes_become_text() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("app.log");
    fs::write(&path, b"ok \xff\xfe\x01 a@b.example\r\n").unwrap();
    let report = report(&[&path.to_string_lossy()], 1000, 1000);
    let text = String::from_utf8(logs(&report)[0].content().unwrap()).unwrap();
    assert_eq!(text, "ok ÿþ\u{1} [email-1]\r\n");
    assert_eq!(report.masked()["email"], 1);
}

#[test]
fn a_log_in_a_code_page_of_windows_keeps_its_words_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    // Привет, мир
    let line = b"10:15 \xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0 of anna@example.org\r\n";
    let cut_off = "10:15 день\n";
    for (name, bytes) in [
        ("app.log", line.repeat(1000)),
        ("app.log.1", [cut_off.as_bytes(), line].concat()),
        ("app.log.2", cut_off.as_bytes().to_vec()),
        ("app.log.3", cut_off.as_bytes()[..cut_off.len() - 2].to_vec()),
    ] {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    let log = dir.path().join("app.log");
    let report = report(&[&log.to_string_lossy()], 100_000, 1_000_000);
    assert_eq!(
        gaps(&report),
        ["2 logs: app.log, app.log.1: not all of it is UTF-8: other bytes are shown as letters of Latin-1"]
    );
    let text = |path| {
        let file = logs(&report).iter().find(|file| file.path() == path).unwrap();
        String::from_utf8(file.content().unwrap()).unwrap()
    };
    let expected = String::from_utf8_lossy(line).replace("anna@example.org", "[email-1]");
    let expected = expected.replace("������, ���", "Ïðèâåò, ìèð");
    assert_eq!(text("logs/app.log"), expected.repeat(1000));
    assert_eq!(text("logs/app.log.1"), cut_off.to_owned() + &expected);
    assert_eq!(text("logs/app.log.2"), cut_off);
}
