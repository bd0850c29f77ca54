//! What can be paid with: card and account numbers, where their check digits are right.

use std::ops::Range;

use super::opening::Opening;
use super::value::{first_letters, separator, value};
use super::{Entry, hide};
use crate::redact::rule::{Found, Secret, at_word, is_word, run};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "card",
        pattern: at_word!(r"[2-6][0-9]{3}[ \-]?[0-9]{4}"),
        secret: Secret::By(card),
        examples: &[
            "card=«4111111111111111»",
            "paid with «5555 5555 5555 4444».",
            "«3782-822463-10005»",
            "«3056 930902 5904»",
            "card «{card}» declined",
            "Nov 22 2026 «{card}» charged",
            "port 3306 «5555 5555 5555 4444»",
            "number%22%3A%22«4111111111111111»%22",
        ],
        harmless: &[
            "id 4111111111111112",
            "4111 1111-11111111",
            "41111111111111111",
            "x4111111111111111",
            "0.4111111111111111",
            "9111111111111111",
            "1732291200000000",
        ],
        source: "ISO/IEC 7812: Luhn; issuers' ranges and groups as the card schemes publish them",
    },
    Entry {
        name: "card",
        pattern: concat!(at_word!(r"(?i-u:cv[vc]2?|security_code)"), separator!()),
        secret: Secret::Named(card_code),
        examples: &["cvv=«{d3}»&x=1", r#""cvc":"«{d4}»","x":1"#, "CVV2: «{d3}»"],
        harmless: &["cvv=12", "cvc: 12345", "cvv: missing"],
        source: "the code on a card, as the services of payment name its field",
    },
    Entry {
        name: "secret",
        pattern: concat!(
            r"(?i-u:mnemonic|(?:seed|recovery|backup|wallet)[_\- ]?(?:phrase|words))",
            separator!()
        ),
        secret: Secret::By(wallet),
        examples: &[
            "mnemonic: «abandon ability able about above absent absorb abstract absurd abuse access accident»",
            "mnemonic: «abandon ability able about above absent absorb abstract absurd abuse access accident» is loaded",
            "wallet words: «able able able able able able able able able able able able able able able able able able able able able able able able» able able",
            r#"{"seed_phrase": "«able able able able able able able able able able able able»", "x": 1}"#,
        ],
        harmless: &[
            "mnemonic: mov eax",
            "seed phrase: twelve words that nobody may see",
        ],
        source: "BIP 39: 12 to 24 words of three to eight letters",
    },
    Entry {
        name: "iban",
        pattern: at_word!(r"(?:[A-Z]{2}[0-9]{2} ?[0-9A-Z]{4}|[a-z]{2}[0-9]{2} ?[0-9a-z]{4})"),
        secret: Secret::By(iban),
        examples: &[
            "to «DE89 3704 0044 0532 0130 00» SENT",
            "iban=«GB82WEST12345698765432»",
            "to «de89370400440532013000»",
            "«NO9386011117947»",
            "from «{iban}».",
            "NR42 «{iban}»",
        ],
        harmless: &[
            "DE89 3704 0044 0532 0130 01",
            "GB82WEST1234569876543",
            "ZZ82WEST12345698765432",
        ],
        source: "SWIFT IBAN registry, ISO 13616: the length of each country; ISO 7064 MOD 97-10",
    },
];

fn card(found: &Found<'_>) -> Option<Range<usize>> {
    let number = run(found.text.get(found.place.start..)?, 24, |letter| {
        letter.is_ascii_digit() || matches!(letter, ' ' | '-')
    });
    let number = groups(number)?;
    let place = found.place.start..found.place.start + number.len();
    let behind = found.text.get(place.end..)?;
    let goes_on = behind.starts_with(is_word) || behind.strip_prefix('-').is_some_and(starts_with_digit);
    let glued = found.before().ends_with(['.', '-']) || !found.starts_word();
    let digits: Vec<u8> = number
        .bytes()
        .filter(u8::is_ascii_digit)
        .map(|digit| digit - b'0')
        .collect();
    (!glued && !goes_on && is_issued(&digits) && luhn(&digits)).then_some(place)
}

/// Three digits, or four.
fn card_code(found: &Found<'_>) -> Option<Range<usize>> {
    let text = first_letters(found);
    let code = run(text, 5, |letter| letter.is_ascii_digit());
    let goes_on = text[code.len()..].starts_with(|letter: char| letter.is_alphanumeric() || letter == '.');
    if !(3..=4).contains(&code.len()) || goes_on {
        return None;
    }
    hide(value(found)?.start, code)
}

/// The fewest words that open a wallet.
const WALLET: usize = 12;

fn wallet(found: &Found<'_>) -> Option<Range<usize>> {
    let opening = Opening::of(found).length;
    let text = found.after().get(opening..)?;
    let words = run(text, 24 * 9, |letter| {
        letter.is_ascii_lowercase() || letter == ' '
    });
    let words = words.split(' ').take_while(|word| (3..=8).contains(&word.len()));
    let lengths = words.take(24).map(|word| word.len() + 1);
    let (count, length) = lengths.fold((0, 0), |(count, sum), length| (count + 1, sum + length));
    (count >= WALLET)
        .then(|| hide(found.place.end + opening, text.get(..length - 1)?))
        .flatten()
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit())
}

/// The ways to write a card's number: its groups with one kind of separator, or none.
const GROUPS: [&[usize]; 3] = [&[4, 4, 4, 4], &[4, 6, 5], &[4, 6, 4]];

/// The digits in groups that `text` starts with.
fn groups(text: &str) -> Option<&str> {
    let digits = run(text, 24, |letter| letter.is_ascii_digit());
    if digits.len() > 4 {
        return matches!(digits.len(), 14..=16).then_some(digits);
    }
    let separator = text[digits.len()..].chars().next()?;
    GROUPS.iter().find_map(|groups| {
        let length = groups.iter().sum::<usize>() + groups.len() - 1;
        let number = text.get(..length)?;
        let lengths = number
            .split(separator)
            .map(|group| run(group, 24, |letter| letter.is_ascii_digit()).len());
        lengths.eq(groups.iter().copied()).then_some(number)
    })
}

/// Whether an issuer gives out numbers that start so: Visa, Mastercard, American Express, Diners,
/// Discover, JCB, `UnionPay`, Maestro, Mir. Not the schemes of 13 or 19 digits, which look like times.
fn is_issued(digits: &[u8]) -> bool {
    let start = digits
        .iter()
        .take(4)
        .fold(0_u16, |start, digit| start * 10 + u16::from(*digit));
    match digits.len() {
        16 => matches!(start,
            4000..=4999 | 5100..=5599 | 2221..=2720 | 3528..=3589 | 2200..=2204
            | 6011 | 6440..=6599 | 6200..=6299 | 5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763),
        15 => matches!(start, 3400..=3499 | 3700..=3799),
        14 => matches!(start, 3000..=3059 | 3095 | 3600..=3699 | 3800..=3999),
        _ => false,
    }
}

/// The check digit of ISO/IEC 7812-1, annex B.
pub(in crate::redact) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, u32::from(*digit)) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => digit * 2 - 9,
            (_, digit) => digit * 2,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// How long the account numbers of a country are, from the registry's release 99 (December 2024).
const LENGTHS: [(&str, usize); 88] = [
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BI", 27),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DJ", 27),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FK", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HN", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LC", 32),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("LY", 25),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MN", 20),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("NI", 28),
    ("NL", 18),
    ("NO", 15),
    ("OM", 23),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("RU", 33),
    ("SA", 24),
    ("SC", 31),
    ("SD", 18),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("SO", 23),
    ("ST", 25),
    ("SV", 28),
    ("TL", 23),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("VG", 24),
    ("XK", 20),
];

fn iban(found: &Found<'_>) -> Option<Range<usize>> {
    let country = found.matched().get(..2)?;
    let (_, length) = LENGTHS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(country))?;
    let is_small = country.starts_with(|letter: char| letter.is_ascii_lowercase());
    let rest = run(found.text.get(found.place.start..)?, 48, |letter| {
        let belongs = if is_small {
            letter.is_ascii_lowercase()
        } else {
            letter.is_ascii_uppercase()
        };
        belongs || letter.is_ascii_digit() || letter == ' '
    });
    let letters = rest.char_indices().filter(|(_, letter)| *letter != ' ');
    let (last, _) = letters.clone().nth(length - 1)?;
    let number = &rest[..=last];
    let alone = found.starts_word()
        && !found.text[found.place.start + number.len()..].starts_with(|c: char| c.is_alphanumeric());
    (alone && mod_97(number) == 1).then(|| found.place.start..found.place.start + number.len())
}

/// ISO 7064 MOD 97-10 over the number with its first four letters behind the rest; letters count from
/// 10 on. 1 where the check digits are right.
pub(in crate::redact) fn mod_97(iban: &str) -> u32 {
    let letters: Vec<u32> = iban.chars().filter_map(|letter| letter.to_digit(36)).collect();
    let (first, rest) = letters.split_at(letters.len().min(4));
    rest.iter().chain(first).fold(0, |sum, value| {
        let shift = if *value > 9 { 100 } else { 10 };
        (sum * shift + value) % 97
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_digit_is_noticed() {
        for digit in 0..10 {
            assert_eq!(
                luhn(&[4, 5, 3, 9, 1, 4, 8, 8, 0, 3, 4, 3, 6, 4, 6, digit]),
                digit == 7
            );
        }
        assert_eq!(mod_97("GB82 WEST 1234 5698 7654 32"), 1);
        assert_ne!(mod_97("GB82 WEST 1234 5698 7654 23"), 1);
    }
}
