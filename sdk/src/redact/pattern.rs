//! What a rule looks for.

/// What a rule looks for. Nothing here is read as a pattern where an app runs, unless it has masks of its own.
#[derive(Debug, Clone)]
pub(crate) enum Pattern {
    /// That of our table in this place, which the build script has compiled.
    BuiltIn(usize),
    /// Parts of a text, one behind the other.
    Texts(Vec<Ways>),
    /// As the app's maker has written it; where it `is_whole`, it matches a text from its first to its last letter.
    #[cfg(feature = "own-masks")]
    Own { text: String, is_whole: bool },
}

/// The ways in which a part of a text may be written.
pub(crate) type Ways = Vec<String>;

/// `text` as it is.
pub(super) fn just(text: &str) -> Pattern {
    let letters = text.chars().map(|letter| vec![letter.to_string()]);
    Pattern::Texts(letters.collect())
}

/// `text` in any case, letter by letter.
pub(super) fn any_case(text: &str) -> impl Iterator<Item = Ways> {
    text.chars().map(|letter| {
        let upper = only(letter.to_uppercase()).unwrap_or(letter);
        let lower = only(upper.to_lowercase()).unwrap_or(letter);
        // What std's cases do not lead to: the end of a word, and capitals on a sign.
        let other = match lower {
            'σ' => 'ς',
            'ß' => 'ẞ',
            _ => lower,
        };
        ways([letter, upper, lower, other])
    })
}

/// A letter that may be each of these.
pub(super) fn ways(letters: impl IntoIterator<Item = char>) -> Ways {
    let mut ways = Ways::new();
    for letter in letters {
        let letter = letter.to_string();
        if !ways.contains(&letter) {
            ways.push(letter);
        }
    }
    ways
}

fn only(mut letters: impl ExactSizeIterator<Item = char>) -> Option<char> {
    letters.next().filter(|_| letters.len() == 0)
}
