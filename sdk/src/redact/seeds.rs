//! Makes texts with secrets from the examples of the rules, the same for the same seed.

use std::fmt::Write as _;
use std::ops::Range;

/// Numbers that look random: Knuth's MMIX generator.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The same numbers for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    /// A number below `below`, which is not zero.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below.max(1)
    }

    /// One of several.
    pub fn pick<'t, T: ?Sized>(&mut self, among: &[&'t T]) -> &'t T {
        among[self.roll(among.len())]
    }

    fn letters(&mut self, of: &str, many: usize) -> String {
        (0..many)
            .map(|_| char::from(of.as_bytes()[self.roll(of.len())]))
            .collect()
    }
}

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const BASE64: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/";

/// Fills an example in: `{h8}` with eight hexadecimal digits, `{d..}` with digits, `{u..}` with base32,
/// `{a..}` with letters and digits, `{b..}` with base64, `{card}` and `{iban}` with numbers whose check
/// digits are right. Answers the text, and where the secret stands in it.
pub fn fill(example: &str, dice: &mut Dice) -> (String, Option<Range<usize>>) {
    let mut text = String::new();
    let (mut start, mut end) = (None, None);
    let mut rest = example;
    while let Some(letter) = rest.chars().next() {
        let known = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
        if let Some((filled, behind)) = known.and_then(|(kind, behind)| Some((value(kind, dice)?, behind))) {
            text.push_str(&filled);
            rest = behind;
            continue;
        }
        match letter {
            '«' => start = Some(text.len()),
            '»' => end = Some(text.len()),
            letter => text.push(letter),
        }
        rest = &rest[letter.len_utf8()..];
    }
    (text, start.zip(end).map(|(start, end)| start..end))
}

fn value(kind: &str, dice: &mut Dice) -> Option<String> {
    match kind {
        "card" => return Some(card(dice)),
        "iban" => return Some(iban(dice)),
        _ => {}
    }
    let (kind, many) = (kind.get(..1)?, kind.get(1..)?.parse().ok()?);
    Some(match kind {
        "h" => dice.letters("0123456789abcdef", many),
        // Never at the end of what `1.{d2}` may hold.
        "d" => dice.letters("123456789", 1) + &dice.letters("0123456789", many - 1),
        "u" => dice.letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", many),
        "a" => dice.letters(LETTERS, many),
        "b" => dice.letters(BASE64, many),
        _ => return None,
    })
}

/// A Visa or Mastercard number, in one of the ways of writing it.
fn card(dice: &mut Dice) -> String {
    let mut digits = dice.pick(&["4539", "4916", "5105", "5425", "2221"]).to_owned();
    digits.push_str(&dice.letters("0123456789", 11));
    let right = (0..10).find(|digit| {
        let digits: Vec<u8> = format!("{digits}{digit}")
            .bytes()
            .map(|digit| digit - b'0')
            .collect();
        super::rules::luhn(&digits)
    });
    let _ = write!(digits, "{}", right.unwrap_or_default());
    let separator = dice.pick(&["", " ", "-"]);
    let groups: Vec<&str> = (0..4).map(|group| &digits[group * 4..group * 4 + 4]).collect();
    groups.join(separator)
}

/// A German, French, British or Dutch account.
fn iban(dice: &mut Dice) -> String {
    let (country, bank, digits) = [
        ("DE", "", 18),
        ("FR", "", 23),
        ("GB", "WEST", 14),
        ("NL", "ABNA", 10),
    ][dice.roll(4)];
    let account = format!("{bank}{}", dice.letters("0123456789", digits));
    let check = (0..97).map(|check| format!("{country}{check:02}{account}"));
    let right: String = check
        .filter(|iban| super::rules::mod_97(iban) == 1)
        .take(1)
        .collect();
    let groups: Vec<&str> = right
        .as_bytes()
        .chunks(4)
        .filter_map(|group| str::from_utf8(group).ok())
        .collect();
    groups.join(dice.pick(&["", " "]))
}
