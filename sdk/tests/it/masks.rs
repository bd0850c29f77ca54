//! Guards what masking is trusted for: secrets of every kind are hidden wherever they stand, and logs
//! without any stay as they are.

use std::collections::BTreeMap;

use feedback_sdk::testing::masking::{Dice, Masker, fill};
use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{Attachment, Masking, Picture, ReportDraft, ReportFile, Treatment};

use super::benign;
use super::support::App;

/// What stands around a secret: the start and end of a line, words, quotes, brackets, escapes, control characters.
const PLACES: [(&str, &str); 14] = [
    ("", ""),
    ("10:15:01 INFO ", " done"),
    ("says \"", "\""),
    ("[", "]"),
    ("(", "), next"),
    ("last line\\n", "\\nnext"),
    ("日本語 ", " кириллица"),
    ("a;", ";b"),
    ("<", ">"),
    ("\t", "\r"),
    ("Nov 22 2026 ", " then"),
    ("q=%22", "%22"),
    ("\\u003c", "\\u003e"),
    ("x=", "\u{1}y"),
];

fn masker() -> Masker {
    Masker::new(&Masking::default().with("phone"))
}

/// Texts with their secrets, and how many of them are hidden.
#[derive(Default)]
struct Tally {
    hidden: usize,
    seeded: usize,
    missed: Vec<String>,
}

#[test]
fn seeded_secrets_of_every_kind_are_hidden_at_all_offsets() {
    let (masker, mut dice) = (masker(), Dice::new(11));
    let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
    for (name, example) in Masker::examples() {
        let tally = kinds.entry(name).or_default();
        for offset in 0..84 {
            let (before, after) = PLACES[offset % PLACES.len()];
            let (text, place) = fill(example, &mut dice);
            // Words that give a secret away belong to the example, so it starts a line of its own.
            let line = format!(
                "{}\n{before}{text}{after}\n{}",
                "x".repeat(offset),
                benign::line(&mut dice)
            );
            let secret = &text[place.unwrap()];
            tally.seeded += 1;
            if masker.mask(&line).0.contains(secret) {
                tally.missed.push(line);
            } else {
                tally.hidden += 1;
            }
        }
    }
    let hidden: usize = kinds.values().map(|tally| tally.hidden).sum();
    let seeded: usize = kinds.values().map(|tally| tally.seeded).sum();
    let missed: Vec<_> = kinds.values().flat_map(|tally| &tally.missed).take(5).collect();
    println!(
        "{hidden} of {seeded} seeded secrets hidden, {} kinds",
        kinds.len()
    );
    assert!(hidden * 1000 >= seeded * 995, "{hidden} of {seeded}: {missed:#?}");
    for (name, tally) in &kinds {
        let kind = format!("{name}: {} of {}", tally.hidden, tally.seeded);
        assert!(
            tally.hidden * 100 >= tally.seeded * 98,
            "{kind}: {:#?}",
            tally.missed
        );
    }
}

#[test]
fn our_own_key_is_hidden_wherever_it_stands() {
    let masker = masker();
    for (before, after) in PLACES {
        for offset in 0..80 {
            let line = format!("{}{before}pk_masking_test{after}", "y".repeat(offset));
            assert!(!masker.mask(&line).0.contains("pk_masking_test"), "{line}");
        }
    }
}

#[test]
fn logs_without_secrets_stay_as_they_are() {
    let (masker, mut dice) = (masker(), Dice::new(12));
    let lines: Vec<String> = (0..20_000).map(|_| benign::line(&mut dice)).collect();
    let changed: Vec<(String, &String)> = lines
        .iter()
        .map(|line| (masker.mask(line).0, line))
        .filter(|(masked, line)| masked != *line)
        .collect();
    println!("{} of {} benign lines changed", changed.len(), lines.len());
    let some: Vec<_> = changed.iter().take(10).collect();
    assert!(
        changed.len() * 1000 < lines.len() * 5,
        "{}: {some:#?}",
        changed.len()
    );
}

#[test]
fn one_pass_over_a_log_gives_the_bytes_of_rule_after_rule() {
    let (masker, mut dice) = (masker(), Dice::new(13));
    let examples = Masker::examples();
    for _ in 0..20 {
        let log: String = (0..300)
            .map(|_| match dice.roll(5) {
                0 => fill(examples[dice.roll(examples.len())].1, &mut dice).0,
                _ => benign::line(&mut dice) + "\n",
            })
            .collect();
        assert_eq!(masker.mask(&log).0, masker.mask_rule_by_rule(&log));
    }
}

#[test]
fn a_chosen_text_is_masked_unless_its_person_says_no() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = App::new(&receiver.url());
    let file = |name: &str, content: &[u8]| {
        let path = app.spool.with_file_name(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let text = b"gr\xfc\xdfe\r\npassword=hunter2\n";
    let binary = b"\x89PNG\0\x01password=hunter2";
    let mut draft = ReportDraft::new("x");
    draft.pictures = vec![Picture::from_rgba(1, 1, vec![9; 4]).unwrap()];
    draft.attachments = vec![
        file("notes of anna@example.org.txt", text).into(),
        Attachment::as_it_is(file("mine.txt", text)),
        file("picture.png", binary).into(),
    ];
    let report = app.client.prepare(draft).wait().unwrap();
    let [screenshot, masked, as_it_is, picture] = report.evidence() else {
        panic!("{:?}", report.gaps());
    };
    assert_eq!(masked.path(), "attachments/notes of [email-1].txt");
    assert_eq!(masked.content().unwrap(), b"gr\xfc\xdfe\r\npassword=[secret-1]\n");
    assert_eq!(
        (masked.masked()["secret"], masked.original_bytes()),
        (1, text.len() as u64)
    );
    assert_eq!(as_it_is.content().unwrap(), text);
    assert_eq!(picture.content().unwrap(), binary);
    let treatments = [screenshot, masked, as_it_is, picture].map(ReportFile::treatment);
    assert_eq!(
        treatments,
        [
            Treatment::NoText,
            Treatment::Masked,
            Treatment::AsItIs,
            Treatment::NoText
        ]
    );
    assert_eq!(report.masked()["secret"], 1);
}

#[test]
fn the_makers_rules_hold_for_logs_context_and_names() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("ORDER-1.log");
    std::fs::write(&log, "ORDER-1 and ORDER-22 of a@b.example at 8.8.8.8\n").unwrap();
    let app = App::with(&receiver.url(), |config| {
        let masking = Masking::default()
            .add("order", "ORDER-[0-9]+")
            .without("ip")
            .keep("a@b.example");
        config.masking(masking).log(&log).context("open", "ORDER-22")
    });
    let report = app.prepare("ORDER-1 is my own word");
    assert_eq!(report.message(), "ORDER-1 is my own word");
    let log = &report.evidence()[0];
    assert_eq!(log.path(), "logs/[order-1].log");
    assert_eq!(
        log.content().unwrap(),
        b"[order-1] and [order-2] of a@b.example at 8.8.8.8\n"
    );
    assert_eq!(report.context()["open"], "[order-2]");
    assert_eq!(log.masked()["order"], 2);
}
