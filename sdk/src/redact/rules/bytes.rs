//! Secrets that are printed byte by byte: `secret_key: [157, 97, ..]`, `Zeroizing([0x9d, ..])`, `<Buffer 9d 61 ..>`. Pure.

use std::ops::Range;

use crate::redact::rule::{Found, LONGEST_VALUE, is_word, run};

/// The bytes behind the name of a secret. Behind that of several stand numbers of another kind.
pub(super) fn bytes(found: &Found<'_>) -> Option<Range<usize>> {
    let start = opened(found.after())?;
    let bytes = listed(&found.after()[start..])?;
    let name = run(found.matched(), 64, |letter| is_word(letter) || letter == '-').to_ascii_lowercase();
    if name.ends_with('s') && !name.ends_with("ss") {
        return None;
    }
    let start = found.place.end + start;
    Some(start + bytes.start..start + bytes.end)
}

/// Where a list opens that only types stand before: `[`, `Some(Key(\n    [`, `Uint8Array(8) [`, `[]byte{`, `vec![`.
fn opened(text: &str) -> Option<usize> {
    let near = &text[..text.floor_char_boundary(LONGEST_OPENING)];
    let mut rest = near;
    loop {
        rest =
            rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || "&!()".contains(letter));
        if let Some(behind) = rest.strip_prefix("[]") {
            rest = behind;
            continue;
        }
        if let Some(list) = ["[", "{", "<Buffer "]
            .iter()
            .find_map(|open| rest.strip_prefix(open))
        {
            return Some(near.len() - list.len());
        }
        let word = run(rest, 40, |letter| is_word(letter) || letter == ':');
        let is_type = word.starts_with(|first: char| first.is_ascii_uppercase() || first.is_ascii_digit());
        rest = &rest[word.len()..];
        let goes_on = rest.starts_with(['(', ')', '[', '{', '!']) || word == "new";
        if !goes_on || !is_type && !SMALL_TYPES.contains(&word) {
            return None;
        }
    }
}

/// In bytes.
const LONGEST_OPENING: usize = 96;

/// What stands before a list in small letters.
const SMALL_TYPES: [&str; 6] = ["byte", "bytearray", "new", "u8", "uint8", "vec"];

/// From the first to the last byte at the start of a list. `None` where it has other numbers, or too few to be a secret.
pub(super) fn listed(text: &str) -> Option<Range<usize>> {
    let text = &text[..text.floor_char_boundary(LONGEST_VALUE)];
    let between = |letter: char| letter.is_ascii_whitespace() || letter == ',';
    let start = run(text, LONGEST_GAP, between).len();
    let (mut at, mut end, mut count) = (start, start, 0);
    loop {
        let number = run(&text[at..], 20, |letter| {
            letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.')
        });
        let behind = &text[at + number.len()..];
        if !is_byte(number) {
            let is_number = number.parse::<f64>().is_ok();
            return (count >= FEWEST && !is_number).then_some(start..end);
        }
        count += 1;
        end = at + number.len();
        at = end + run(behind, LONGEST_GAP, between).len();
    }
}

/// Between two bytes, each of which may have a line of its own.
const LONGEST_GAP: usize = 96;

/// Fewer numbers say how many there are, or how long something is.
const FEWEST: usize = 3;

/// Whether a byte may be written so: in any base, with a sign, with its type.
fn is_byte(number: &str) -> bool {
    let digits = number.strip_suffix("u8").unwrap_or(number);
    let hex = digits
        .strip_prefix("0x")
        .or((digits.len() == 2).then_some(digits));
    let is_hex = hex.is_some_and(|hex| hex.len() <= 2 && u8::from_str_radix(hex, 16).is_ok());
    is_hex
        || digits
            .parse::<i16>()
            .is_ok_and(|byte| (-128..=255).contains(&byte))
}
