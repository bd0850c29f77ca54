//! Finds the masks, such as `[email-1]`, in what is shown of a text. Pure.

use std::ops::Range;

/// The most bytes of a mask: the name of a rule and a number.
const LONGEST: usize = 80;

/// The parts of `row` that are masks of one of these rules, also where one begins in the row before.
pub(crate) fn masks(text: &[u8], row: &Range<usize>, rules: &[String]) -> Vec<Range<usize>> {
    let start = row.start.saturating_sub(LONGEST);
    let before_end = text.get(start..row.end).unwrap_or_default();
    let open = before_end.iter().enumerate().filter(|(_, byte)| **byte == b'[');
    let masks = open.filter_map(|(at, _)| {
        let at = start + at;
        let end = at + length(text.get(at..)?, rules)?;
        let (from, to) = (at.max(row.start), end.min(row.end));
        (from < to).then_some(from..to)
    });
    masks.collect()
}

/// The length of the mask that a text begins with.
fn length(text: &[u8], rules: &[String]) -> Option<usize> {
    let end = text.iter().take(LONGEST).position(|byte| *byte == b']')?;
    let (name, number) = std::str::from_utf8(text.get(1..end)?).ok()?.rsplit_once('-')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    // A crash's masks have their own numbers.
    let name = name.strip_prefix("crash-").unwrap_or(name);
    (is_number && rules.iter().any(|rule| rule == name)).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, row: Range<usize>) -> Vec<&str> {
        let rules = ["email".to_owned(), "aws-key".to_owned()];
        let masks = masks(text.as_bytes(), &row, &rules);
        masks.into_iter().map(|mask| &text[mask]).collect()
    }

    #[test]
    fn masks_are_found_and_what_looks_like_them_is_not() {
        let text = "[email-1] [crash-email-1] [worker-3] [aws-key-12]: [email-x] [email-] [email [email-2]";
        assert_eq!(
            found(text, 0..text.len()),
            ["[email-1]", "[crash-email-1]", "[aws-key-12]", "[email-2]"]
        );
        assert_eq!(found("", 0..0), [""; 0]);
        assert_eq!(found("[email-1", 0..8), [""; 0]);
    }

    #[test]
    fn a_mask_that_goes_on_in_the_next_row_is_found_in_both() {
        let text = "x [email-1] y";
        assert_eq!(found(text, 0..5), ["[em"]);
        assert_eq!(found(text, 5..13), ["ail-1]"]);
        assert_eq!(found(text, 11..13), [""; 0]);
    }
}
