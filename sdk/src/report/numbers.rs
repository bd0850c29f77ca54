//! The numbers in the masks of several runs: each has counted from one, and in one text they would be one value. Pure.

use std::collections::BTreeMap;

use crate::redact::MaskCounts;

/// How a mask of a crash begins: `[crash-email-1]`.
const START: &str = "[crash-";

/// The highest number of each rule so far.
#[derive(Debug, Default)]
pub(super) struct Numbers(BTreeMap<String, u64>);

impl Numbers {
    /// The text of one more run, whose rules have `hidden` something: with numbers that no run before it has.
    pub(super) fn renumbered(&mut self, text: &str, hidden: &MaskCounts) -> String {
        let before = self.0.clone();
        let (mut told, mut rest) = (String::with_capacity(text.len()), text);
        while let Some((head, tail)) = rest.split_once(START) {
            told.extend([head, START]);
            rest = tail;
            let end = tail.find(['[', ']']).unwrap_or(tail.len());
            let (mask, behind) = tail.split_at(end);
            if let Some((rule, number)) = mask.rsplit_once('-')
                && hidden.contains_key(rule)
                && let Ok(number) = number.parse::<u64>()
            {
                let number = number.saturating_add(before.get(rule).copied().unwrap_or_default());
                let highest = self.0.entry(rule.to_owned()).or_default();
                *highest = number.max(*highest);
                told.extend([rule, "-", &number.to_string()]);
                rest = behind;
            }
        }
        told + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_one_run_has_the_number_of_no_other() {
        let hidden = MaskCounts::from([("email".to_owned(), 3), ("ip".to_owned(), 1)]);
        let mut numbers = Numbers::default();
        let mut renumbered = |text: &str| numbers.renumbered(text, &hidden);
        let first = "[crash-email-1] [crash-email-2]";
        assert_eq!(renumbered(first), first);
        assert_eq!(
            renumbered("[crash-email-1][crash-ip-1] я[crash-email-2] [crash-email-1]"),
            "[crash-email-3][crash-ip-1] я[crash-email-4] [crash-email-3]"
        );
        assert_eq!(renumbered("[crash-email-1]"), "[crash-email-5]");
        for none in [
            "[crash-other-1] [email-1] [crash-email-x]",
            "[crash-[crash-]-1]",
            "",
        ] {
            assert_eq!(renumbered(none), none);
        }
    }
}
