//! How much of what masking is there for it does: secrets of every kind, seeded among lines that have none. The tests hold it
//! to its goals, and the benchmark publishes it.

use std::collections::BTreeMap;

use feedback_sdk::testing::masking::{Dice, Masker, fill};

use super::benign;

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

/// Lines that the rules were not made from, one set after the other, and how many of a hundred have to be hidden: the
/// README beside them tells how to read them, and what is in the second set that no rule claims to know.
pub(crate) const HELD_OUT: [(&str, usize); 2] = [
    (include_str!("../data/held-out/lines.txt"), 95),
    (include_str!("../data/held-out/second.txt"), 90),
];

/// Lines without a secret that the rules were not made from.
const BENIGN: &str = include_str!("../data/held-out/benign.txt");

/// Texts, and in how many of them masking did what it should.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) all: usize,
    pub(crate) wrong: Vec<String>,
}

impl Tally {
    fn count(&mut self, is_right: bool, text: String) {
        self.all += 1;
        if is_right {
            self.right += 1;
        } else {
            self.wrong.push(text);
        }
    }

    /// All of several, without their texts.
    pub(crate) fn sum<'t>(tallies: impl Iterator<Item = &'t Self>) -> Self {
        tallies.fold(Self::default(), |sum, tally| Self {
            right: sum.right + tally.right,
            all: sum.all + tally.all,
            wrong: Vec::new(),
        })
    }
}

/// So many letters of a secret in a row are a leak.
const LEAK: usize = 6;

/// Whether letters of a secret are left that are not in the text around it. A short one may not be left at all.
fn leaks(masked: &str, secret: &str, around: &str) -> bool {
    let letters: Vec<char> = secret.chars().collect();
    let mut parts = letters.windows(LEAK.min(letters.len()));
    parts.any(|part| {
        let part: String = part.iter().collect();
        masked.contains(&part) && !around.contains(&part)
    })
}

/// The examples of all rules, each at 84 offsets, by the name of the rule.
pub(crate) fn examples(masker: &Masker) -> BTreeMap<String, Tally> {
    let mut dice = Dice::new(11);
    let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
    for (name, example) in Masker::examples() {
        let tally = kinds.entry(name.clone()).or_default();
        for offset in 0..84 {
            let (before, after) = PLACES[offset % PLACES.len()];
            let (text, place) = fill(example, &mut dice);
            let place = place.unwrap_or_default();
            let benign = benign::line(&mut dice);
            // Words that give a secret away belong to the example, so it starts a line of its own.
            let line = |text: &str| format!("{}\n{before}{text}{after}\n{benign}", "x".repeat(offset));
            let around = line(&format!(
                "{}[{name}-1]{}",
                &text[..place.start],
                &text[place.end..]
            ));
            let is_hidden = !leaks(&masker.mask(&line(&text)).0, &text[place], &around);
            tally.count(is_hidden, line(&text));
        }
    }
    kinds
}

/// A set of the lines that the rules were not made from, by kind.
pub(crate) fn held_out<'t>(masker: &Masker, set: &'t str) -> BTreeMap<&'t str, Tally> {
    let mut kinds: BTreeMap<_, Tally> = BTreeMap::new();
    let mut kind = "";
    for line in set.lines() {
        if let Some(name) = line.strip_prefix("== ").and_then(|rest| rest.strip_suffix(" ==")) {
            kind = name;
            continue;
        }
        let marked = line.replace('⏎', "\n");
        let parts: Vec<&str> = marked.split(['«', '»']).collect();
        let around: Vec<&str> = parts.iter().step_by(2).copied().collect();
        let left = masker.mask(&parts.concat()).0;
        let mut secrets = parts.iter().skip(1).step_by(2);
        let is_hidden = !secrets.any(|secret| leaks(&left, secret, &around.join("[secret-1]")));
        kinds.entry(kind).or_default().count(is_hidden, left);
    }
    kinds
}

/// The project's own key.
pub(crate) fn own_keys(masker: &Masker) -> Tally {
    let mut tally = Tally::default();
    for (before, after) in PLACES {
        for offset in 0..80 {
            let line = format!("{}{before}pk_masking_test{after}", "y".repeat(offset));
            tally.count(!masker.mask(&line).0.contains("pk_masking_test"), line);
        }
    }
    tally
}

/// Lines without a secret, and how many of them stay.
pub(crate) fn benign_lines(masker: &Masker) -> Tally {
    let mut dice = Dice::new(12);
    unchanged(masker, (0..20_000).map(|_| benign::line(&mut dice)))
}

/// Those that the rules were not made from, each with other digits 14 times.
pub(crate) fn held_out_benign_lines(masker: &Masker) -> Tally {
    let mut dice = Dice::new(14);
    let lines = BENIGN.lines().flat_map(|line| [line; 14]);
    unchanged(masker, lines.map(|line| fill(line, &mut dice).0))
}

fn unchanged(masker: &Masker, lines: impl Iterator<Item = String>) -> Tally {
    let mut tally = Tally::default();
    for line in lines {
        let left = masker.mask(&line).0;
        tally.count(left == line, format!("{line}\n{left}"));
    }
    tally
}
