//! A search for the text that masking is slowest on: pieces of what the rules look for, repeated, and
//! changed where a change made it slower. The same seed tries the same texts.

use feedback_sdk::testing::masking::{Dice, Masker, fill};

use super::rate;

/// Texts to try, and how often the slowest is changed.
const STARTS: usize = 400;
const CHANGES: usize = 400;
const BYTES: usize = 64 << 10;

/// The slowest piece found, and how many MB/s it allows.
pub(crate) fn search(masker: &Masker) -> (String, f64) {
    let mut dice = Dice::new(7);
    let measure = |text: &str| rate(text, || masker.mask(text));
    let (mut slowest, mut least) = (String::new(), f64::INFINITY);
    for step in 0..STARTS + CHANGES {
        let piece = if step < STARTS {
            start(&mut dice)
        } else {
            change(&slowest, &mut dice)
        };
        let text = repeated(&piece, BYTES);
        // A second time: the first one teaches the engine what is new in a text.
        measure(&text);
        let rate = measure(&text);
        if rate < least && measure(&text) < least {
            (slowest, least) = (piece, rate);
        }
    }
    let text = repeated(&slowest, 1 << 20);
    measure(&text);
    let mut rates = [measure(&text), measure(&text), measure(&text)];
    rates.sort_by(f64::total_cmp);
    let shown: String = slowest.escape_debug().take(50).collect();
    (format!("`{}`", shown.replace('|', "\\|")), rates[1])
}

fn repeated(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes.div_ceil(piece.len()))
}

/// What patterns start, join and end with.
const PARTS: [&str; 54] = [
    "{",
    "[",
    "(",
    ",",
    "passwords: [",
    "secret: {a: {",
    "tokens:[a, ",
    "cookies: [{",
    "%5C",
    "%2F",
    "%3A",
    "Users",
    "a",
    "A",
    "0",
    "1",
    "f",
    ".",
    "-",
    "_",
    ":",
    "/",
    "@",
    "+",
    "=",
    "&",
    "?",
    "\"",
    "'",
    "\\",
    "\n",
    " ",
    "é",
    "日",
    "1.1.1.1",
    "8.8.8.8",
    "'pin=e",
    "AUTH ",
    "::",
    "://",
    "eyJ",
    "sk-",
    "AKIA",
    "-----BEGIN PRIVATE KEY-----",
    "-----END PRIVATE KEY-----",
    "password=",
    "token:",
    "Cookie:",
    "Authorization:",
    "bearer ",
    "/home/",
    "C:\\Users\\",
    "4111111111111111",
    "DE89",
];

fn start(dice: &mut Dice) -> String {
    let mut piece = String::new();
    for _ in 0..=dice.roll(4) {
        if dice.roll(3) == 0 {
            let examples = Masker::examples();
            let (text, _) = fill(examples[dice.roll(examples.len())].1, dice);
            // A piece of a find starts one that comes to nothing.
            let from = text.floor_char_boundary(dice.roll(text.len()));
            let to = text.ceil_char_boundary(from + dice.roll(text.len() - from + 1));
            piece.push_str(&text[from..to]);
        } else {
            piece.push_str(&dice.pick(&PARTS).repeat(1 + dice.roll(3)));
        }
    }
    if piece.is_empty() { "a".to_owned() } else { piece }
}

fn change(piece: &str, dice: &mut Dice) -> String {
    let at = piece.floor_char_boundary(dice.roll(piece.len() + 1));
    let to = piece.ceil_char_boundary((at + dice.roll(8)).min(piece.len()));
    match dice.roll(3) {
        0 => format!("{}{}{}", &piece[..at], start(dice), &piece[at..]),
        1 if to - at < piece.len() => format!("{}{}", &piece[..at], &piece[to..]),
        _ => format!("{}{}{}", &piece[..at], dice.pick(&PARTS), &piece[to..]),
    }
}
