//! Masks a text that comes in pieces, with the same result as if it came as a whole, in as much memory as the
//! surroundings of a find take.

use std::sync::Arc;

use super::position::Position;
use super::rule::{AHEAD, BACK};
use super::{ALL_MASKED, Redactor};
use crate::redact::MaskCounts;

/// One text on its way through a [`Redactor`].
#[derive(Debug)]
pub(crate) struct Masked {
    /// The part of the text that is not settled, and what stands before it.
    window: String,
    at: Position,
    /// How long the window has to be before it is searched again.
    wanted: usize,
    step: usize,
    counts: MaskCounts,
}

/// How much more than the surroundings of a find is searched at once.
const STEP: usize = 64 << 10;

impl Masked {
    pub(crate) fn new() -> Self {
        Self::by(STEP)
    }

    fn by(step: usize) -> Self {
        Self {
            window: String::new(),
            at: Position::default(),
            wanted: step,
            step,
            counts: MaskCounts::new(),
        }
    }

    /// Takes what only stands before the text, so that a value which the cut goes through is known for what it is.
    pub(crate) fn lead(&mut self, redactor: &mut Redactor, piece: &str) {
        self.window.push_str(piece);
        self.at.lead = self.window.len();
        self.at.done = self.window.len();
        self.go_on(redactor, &mut String::new());
    }

    /// Takes the next piece, and adds to `masked` what is settled by it.
    pub(crate) fn push(&mut self, redactor: &mut Redactor, piece: &str, masked: &mut String) {
        self.window.push_str(piece);
        self.go_on(redactor, masked);
    }

    /// Adds the rest to `masked`. Answers what was hidden.
    pub(crate) fn finish(mut self, redactor: &mut Redactor, masked: &mut String) -> MaskCounts {
        if redactor.masks.are_broken() {
            masked.push_str(ALL_MASKED);
            return self.counts;
        }
        self.search(redactor, true, masked);
        masked.push_str(self.window.get(self.at.done..).unwrap_or_default());
        self.counts
    }

    fn go_on(&mut self, redactor: &mut Redactor, masked: &mut String) {
        if redactor.masks.are_broken() {
            self.window.clear();
            return;
        }
        if self.window.len() < self.wanted {
            return;
        }
        self.search(redactor, false, masked);
        let Self { window, at, .. } = self;
        // No find hides what stands so far before it.
        let old = window.floor_char_boundary(at.searched.byte.saturating_sub(BACK));
        if at.done < old {
            masked.push_str(&window[at.done..old]);
            at.done = old;
        }
        window.drain(..old);
        for place in [
            &mut at.searched.byte,
            &mut at.floor,
            &mut at.done,
            &mut at.lead,
            &mut at.sight.at,
        ] {
            *place = place.saturating_sub(old);
        }
        if let Some(find) = &mut at.endless {
            find.shift(old);
        }
        self.wanted = window.len().max(BACK + AHEAD) + self.step;
    }

    /// Masks what is settled, or all.
    fn search(&mut self, redactor: &mut Redactor, is_all: bool, masked: &mut String) {
        let masks = Arc::clone(&redactor.masks);
        let window = &self.window;
        let next = |from| masks.find(window, from);
        redactor.go_on(window, &mut self.at, is_all, next, masked, &mut self.counts);
    }
}

#[cfg(test)]
mod tests {
    use super::super::mixtures::Mixture;
    use super::super::rule_by_rule::RuleByRule;
    use super::super::rules::entries;
    use super::super::seeds::{Dice, fill};
    use super::*;
    use crate::redact::{Machine, Masking, Masks};

    fn masks() -> Arc<Masks> {
        let masking = Masking::default()
            .with("phone")
            .add("order", "ORDER-[0-9]+")
            .add("syllables", "(?:la|lala|l){3,}")
            .add("rest", r"(?-u:\b)REST .*")
            .keep_matching("ORDER-8+");
        masking.check().unwrap();
        Arc::new(Masks::new(&masking, &Machine::default(), &["pk_notes_7f3a"]))
    }

    /// Finds of every kind, glued together without care, among what is longer than any rule looks.
    fn text(dice: &mut Dice, examples: &[&str]) -> String {
        let mut text = String::new();
        while text.len() < 150_000 {
            let (find, _) = fill(dice.pick(examples), dice);
            let long = 1 + dice.roll(2 * AHEAD);
            let between = match dice.roll(50) {
                0 => " ".repeat(long),
                1 => "password=".to_owned() + &"x7".repeat(long / 2),
                2 => format!("ORDER-{}", "8".repeat(3 * long)),
                3 => format!("-----BEGIN PRIVATE KEY-----\n{}", "QUJD\n".repeat(long / 5)),
                4 => format!("{}\n-----END PRIVATE KEY-----", "QUJD\n".repeat(long / 5)),
                5 => "я".repeat(long / 2),
                10 => {
                    let line = format!("12:00 [main] {}\n", "QUJD".repeat(16));
                    format!("-----BEGIN PRIVATE KEY-----\n{}", line.repeat(long / 70))
                }
                7 => format!("{}x", "lalla".repeat(long)),
                8 => format!("REST {}\n", "ORDER-8 bcd я".repeat(long / 7)),
                9 => "REST ".to_owned(),
                6 => "cookie: a=".to_owned() + &"b; c=d".repeat(long / 6),
                _ => dice
                    .pick(&["", " ", "\n", "@", "12:00 INFO nothing\n", "pk_notes_7f3a"])
                    .to_owned(),
            };
            text.push_str(&find);
            text.push_str(&between);
        }
        text
    }

    #[test]
    fn pieces_of_any_size_give_the_bytes_and_counts_of_the_whole() {
        let masks = masks();
        let examples: Vec<&str> = entries()
            .flat_map(|rule| [rule.examples, rule.harmless].concat())
            .collect();
        let mut dice = Dice::new(21);
        for most in [60, 3000, 50_000, 200_000] {
            for step in [0, STEP] {
                let text = text(&mut dice, &examples);
                let cut = text.ceil_char_boundary(dice.roll(40_000));
                let mut expected_counts = MaskCounts::new();
                let expected = Redactor::new(Arc::clone(&masks))
                    .redact_after(&text, cut, &mut expected_counts)
                    .into_owned();

                let mut redactor = Redactor::new(Arc::clone(&masks));
                let (mut stream, mut masked) = (Masked::by(step), String::new());
                let mut at = 0;
                while at < text.len() {
                    let limit = if at < cut { cut } else { text.len() };
                    let end = text.ceil_char_boundary((at + 1 + dice.roll(most)).min(limit));
                    if at < cut {
                        stream.lead(&mut redactor, &text[at..end]);
                    } else {
                        stream.push(&mut redactor, &text[at..end], &mut masked);
                    }
                    at = end;
                }
                let counts = stream.finish(&mut redactor, &mut masked);
                assert!(masked == expected, "pieces of {most}, step {step}, lead {cut}");
                assert_eq!(counts, expected_counts);
            }
        }
    }

    /// Where finds have read more than is paid for, they see less, in a piece as in the whole.
    #[test]
    fn texts_full_of_finds_are_masked_alike_in_pieces_as_a_whole_and_rule_by_rule() {
        let masks = masks();
        let rule_by_rule = RuleByRule::new(Arc::clone(&masks));
        let mut dice = Dice::new(31);
        for _ in 0..60 {
            let text = Mixture::new(&mut dice).text(50_000);
            let whole = Redactor::new(Arc::clone(&masks))
                .redact(&text, &mut MaskCounts::new())
                .into_owned();
            assert!(whole == rule_by_rule.redact(&text), "{text:.300}");
            let mut redactor = Redactor::new(Arc::clone(&masks));
            let (mut stream, mut masked, mut rest) = (Masked::by(0), String::new(), &*text);
            while !rest.is_empty() {
                let (piece, behind) = rest.split_at(rest.ceil_char_boundary(1 + dice.roll(9000)));
                stream.push(&mut redactor, piece, &mut masked);
                rest = behind;
            }
            stream.finish(&mut redactor, &mut masked);
            assert!(masked == whole, "{text:.300}");
        }
    }

    #[test]
    fn little_is_kept_of_a_long_text() {
        let (mut redactor, mut stream) = (Redactor::new(masks()), Masked::new());
        let mut bytes = 0;
        for _ in 0..100 {
            let mut masked = String::new();
            stream.push(
                &mut redactor,
                &"12:00 INFO nothing to see\n".repeat(1000),
                &mut masked,
            );
            bytes += masked.len();
            assert!(
                stream.window.capacity() < 512 << 10,
                "{}",
                stream.window.capacity()
            );
        }
        let mut rest = String::new();
        stream.finish(&mut redactor, &mut rest);
        assert_eq!(bytes + rest.len(), 100 * 26_000);
    }

    #[test]
    fn little_is_kept_of_a_find_that_goes_on_and_on() {
        let long = "8 l".repeat(10_000);
        let (mut redactor, mut masked) = (Redactor::new(masks()), String::new());
        let mut stream = Masked::new();
        stream.lead(&mut redactor, "of REST ");
        stream.push(&mut redactor, "7\nbut REST ", &mut masked);
        for _ in 0..100 {
            stream.push(&mut redactor, &long, &mut masked);
            assert!(stream.window.capacity() < 512 << 10);
            assert!(!masked.contains("8 l"), "{masked}");
        }
        stream.push(&mut redactor, "\nand ORDER-8", &mut masked);
        let counts = stream.finish(&mut redactor, &mut masked);
        assert_eq!(masked, "[rest-1]\nbut [rest-2]\nand ORDER-8");
        assert_eq!(counts["rest"], 2);
    }

    #[test]
    fn without_rules_nothing_passes() {
        let mut masks = masks();
        Arc::get_mut(&mut masks).unwrap().forget_rules();
        let (mut redactor, mut masked) = (Redactor::new(masks), String::new());
        let mut stream = Masked::new();
        stream.push(&mut redactor, &"x".repeat(3 * STEP), &mut masked);
        stream.finish(&mut redactor, &mut masked);
        assert_eq!(masked, "[masked]");
    }
}
