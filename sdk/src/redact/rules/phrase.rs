//! Secrets of several words, as far as nothing but the words tells where they end.

use std::ops::Range;

use super::inside::SAYING;
use super::pieces::bare;
use crate::redact::rule::{Found, is_word, run};

/// What goes on behind the first word of a secret without quotes: the words of a passphrase, and what stands before the `;`
/// of a connection string.
pub(super) fn phrase<'t>(found: &Found<'t>, first: &Range<usize>) -> &'t str {
    let name = found.matched();
    let rest = found.text.get(first.end..).unwrap_or_default();
    let gap = found.text.get(found.place.end..first.start).unwrap_or_default();
    let starts = |start: &str| {
        name.get(..start.len())
            .is_some_and(|name| name.eq_ignore_ascii_case(start))
    };
    if gap.is_empty() && name.ends_with('=') && (starts("pwd") || starts("passw")) {
        return in_connection(found, rest);
    }
    if starts("cred") {
        return of_login(rest);
    }
    if !starts("pass") || gap.len() > 2 || !gap.trim().is_empty() {
        return "";
    }
    let words = run(rest, LONGEST_PHRASE, |letter| {
        letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '\'')
    });
    let behind = &rest[words.len()..];
    let ends = |mark: char| "\r\n\"\\`<".contains(mark);
    let is_last = behind.is_empty() || behind.starts_with(ends);
    let words = match words.rfind(' ') {
        // The start of something else: `user=`, `maria@`.
        Some(last) if behind.starts_with(['=', ':', '@', '_', '/', '%']) => &words[..last],
        _ => words,
    };
    let words = words.trim_end_matches([' ', '\'']);
    let is_phrase = ["passphrase", "pass-phrase", "pass_phrase"]
        .iter()
        .any(|name| starts(name));
    let is_noted = name.ends_with(':') && !gap.is_empty() && is_last && {
        let line = found.before().trim_end_matches([' ', '\t']);
        let is_line = line.is_empty() || line.ends_with('\n');
        let is_prose = words.split(' ').any(|word| SAYING.contains(&word));
        words.split_whitespace().count() < MOST_WORDS || is_line && !is_prose
    };
    if is_phrase || is_noted { words } else { "" }
}

/// What goes on behind a user: `maria / x`.
fn of_login(rest: &str) -> &str {
    let password = rest.strip_prefix(" / ").map(|behind| bare(behind, false));
    let length = password
        .filter(|password| !password.is_empty())
        .map(|password| " / ".len() + password.len());
    &rest[..length.unwrap_or_default()]
}

/// So many words of a password are hidden that is told in a line with other things.
const MOST_WORDS: usize = 6;

/// What goes on behind a blank in a connection string: `Pwd=two words;`.
fn in_connection<'t>(found: &Found<'_>, rest: &'t str) -> &'t str {
    let words = run(rest, LONGEST_PHRASE, |letter| !"=;&|\"'\r\n".contains(letter));
    let is_first = !found.before().ends_with(';');
    let behind = rest[words.len()..].strip_prefix(';');
    let goes_on = |behind: &str| {
        let name = run(behind, 40, |letter| is_word(letter) || letter == ' ');
        behind[name.len()..].starts_with('=') || name.is_empty() && found.matched().len() == "pwd=".len()
    };
    let is_part = words.starts_with(' ') && behind.is_some_and(|behind| !is_first || goes_on(behind));
    if is_part { words } else { "" }
}

/// In bytes, behind its first word.
const LONGEST_PHRASE: usize = 128;
