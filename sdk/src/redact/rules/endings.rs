//! Texts that are looked for at the end of another, many at once. Pure.

/// Each with what it stands for.
pub(super) struct Endings<T>(Vec<Vec<Ending<T>>>);

struct Ending<T> {
    text: String,
    /// Its last bytes, and which of them it has: most texts are told by them alone.
    last: u64,
    mask: u64,
    of: T,
}

/// So many lists, by the last byte.
const LISTS: usize = 64;

impl<T> Endings<T> {
    pub(super) fn of(texts: impl Iterator<Item = (String, T)>) -> Self {
        let mut lists: Vec<_> = (0..LISTS).map(|_| Vec::new()).collect();
        for (text, of) in texts {
            let bits = 8 * u32::try_from(text.len()).unwrap_or(u32::MAX).min(8);
            lists[list_of(&text)].push(Ending {
                last: last_bytes(&text),
                mask: u64::MAX.checked_shr(64 - bits).unwrap_or_default(),
                text,
                of,
            });
        }
        Self(lists)
    }

    /// What those stand for that a text ends with.
    pub(super) fn at_end(&self, text: &str) -> impl Iterator<Item = &T> {
        let last = last_bytes(text);
        let near = self.0[list_of(text)].iter();
        let at_end = near.filter(move |known| last & known.mask == known.last && text.ends_with(&known.text));
        at_end.map(|known| &known.of)
    }
}

fn list_of(text: &str) -> usize {
    usize::from(text.bytes().next_back().unwrap_or_default()) % LISTS
}

/// The last eight, the last of all lowest.
fn last_bytes(text: &str) -> u64 {
    let last = text.bytes().rev().take(8).enumerate();
    last.fold(0, |bytes, (place, byte)| bytes | u64::from(byte) << (8 * place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_a_text_ends_with_are_found() {
        let texts = [
            "e",
            "code",
            "ungscode",
            "bestätigungscode",
            "код",
            "Ваш код",
            "ode",
        ];
        let endings = Endings::of(texts.map(|text| (text.to_owned(), text)).into_iter());
        for text in [
            "",
            "e",
            "ein bestätigungscode",
            "Bestätigungscode",
            "ein Ваш код",
            "xkод",
            "de",
            "код ",
        ] {
            let expected: Vec<&str> = texts.into_iter().filter(|known| text.ends_with(known)).collect();
            let found: Vec<&str> = endings.at_end(text).copied().collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
