//! Texts that are made to be hard for masking: the starts of finds, what opens, joins and ends them, and pieces of the
//! examples, glued together without care.

use super::examples;
use super::seeds::{Dice, fill};

/// What patterns start, join and end with.
const PARTS: [&str; 104] = [
    "{",
    "[",
    "(",
    "}",
    "]",
    ")",
    ",",
    ";",
    "%5C",
    "%2F",
    "%3A",
    "%22",
    "%3D",
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
    "\\\"",
    "\n",
    "\n  ",
    "\t",
    " ",
    "é",
    "日",
    "1.1.1.1",
    "8.8.8.8",
    "'pin=e",
    "AUTH ",
    "::",
    "://",
    "=>",
    "->",
    "=[",
    ":{",
    ": ",
    ":[{",
    "{\"",
    "\":\"",
    "\",\"",
    "','",
    "eyJ",
    "sk-",
    "AKIA",
    "DE89",
    "4111111111111111",
    "-----BEGIN PRIVATE KEY-----",
    "-----END PRIVATE KEY-----",
    "password=",
    "token:",
    "Cookie:",
    "Authorization:",
    "bearer ",
    "/home/",
    "C:\\Users\\",
    "secret",
    "tokens",
    "cookies",
    "auth",
    "pass",
    "пароль",
    "密码",
    "пин",
    "name",
    "value",
    "type",
    "user",
    "null",
    "x7",
    "hunter2",
    "-p ",
    "-u ",
    "--password ",
    "Some(",
    "vec![",
    "net use ",
    " /user:",
    "LOGIN ",
    "PASS ",
    "identified by ",
    "password is ",
    "token ",
    "setx ",
    ":5432:",
    "$2a$",
    "passwords: [",
    "secret: {a: {",
    "tokens:[a, ",
    "cookies: [{",
    "map[",
];

/// Pieces that follow each other in turn, or in any order.
#[derive(Debug, Clone)]
pub struct Mixture {
    pieces: Vec<String>,
    in_turn: bool,
}

impl Mixture {
    /// One to six pieces.
    pub fn new(dice: &mut Dice) -> Self {
        let examples = examples();
        Self {
            pieces: (0..=dice.roll(6)).map(|_| piece(dice, &examples)).collect(),
            in_turn: dice.roll(3) > 0,
        }
    }

    /// With one piece more, less, or in the place of another.
    #[must_use]
    pub fn changed(&self, dice: &mut Dice) -> Self {
        let mut other = self.clone();
        let at = dice.roll(other.pieces.len());
        match dice.roll(4) {
            0 => other.pieces.insert(at, piece(dice, &examples())),
            1 => other.pieces.push(piece(dice, &examples())),
            2 if other.pieces.len() > 1 => drop(other.pieces.remove(at)),
            _ => other.pieces[at] = piece(dice, &examples()),
        }
        other
    }

    /// A text of about so many bytes.
    pub fn text(&self, bytes: usize) -> String {
        let (mut text, mut dice) = (String::new(), Dice::new(1));
        while text.len() < bytes {
            if self.in_turn {
                text.push_str(&self.pieces.concat());
            } else {
                text.push_str(&self.pieces[dice.roll(self.pieces.len())]);
            }
        }
        text
    }

    /// Its pieces, one after the other.
    pub fn all(&self) -> String {
        self.pieces.concat()
    }
}

fn piece(dice: &mut Dice, examples: &[(String, &str)]) -> String {
    match dice.roll(5) {
        0 | 1 => dice.pick(&PARTS).to_owned(),
        2 => dice.pick(&PARTS).repeat(1 + dice.roll(3)),
        kind => {
            let (text, _) = fill(examples[dice.roll(examples.len())].1, dice);
            // The start of a find is one that comes to nothing.
            let from = if kind == 3 { 0 } else { dice.roll(text.len()) };
            let from = text.floor_char_boundary(from);
            let to = text.ceil_char_boundary(from + 1 + dice.roll((text.len() - from).min(40)));
            text[from..to].to_owned()
        }
    }
}
