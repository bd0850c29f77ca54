//! The languages, and which of them fits a locale best. Pure.

use flate2::{Decompress, FlushDecompress};
use unic_langid::LanguageIdentifier;

/// A language the window speaks.
#[derive(Debug)]
pub(crate) struct Language {
    /// Its BCP 47 tag, and the name of its file.
    pub(crate) tag: &'static str,
    /// That file, as `build.rs` has packed it.
    packed: &'static [u8],
}

impl Language {
    /// Its file, without comments.
    pub(super) fn source(&self) -> String {
        let english = &LANGUAGES[0];
        let behind = if self.tag == english.tag {
            String::new()
        } else {
            english.source()
        };
        unpack(self.packed, &behind)
    }
}

/// No file is longer.
const LONGEST: usize = 64 << 10;

/// The tests tell that there is no error.
fn unpack(packed: &[u8], behind: &str) -> String {
    let mut decompress = Decompress::new(false);
    if !behind.is_empty() {
        let _ = decompress.set_dictionary(behind.as_bytes());
    }
    let mut source = Vec::with_capacity(LONGEST);
    let _ = decompress.decompress_vec(packed, &mut source, FlushDecompress::Finish);
    String::from_utf8(source).unwrap_or_default()
}

macro_rules! languages {
    ($($tag:literal)*) => {
        /// English first: what no other fits speaks it.
        pub(super) static LANGUAGES: &[Language] = &[
            $(Language {
                tag: $tag,
                packed: include_bytes!(concat!(env!("OUT_DIR"), "/", $tag, ".ftl")),
            },)*
        ];
    };
}

languages! {
    "en" "de" "es" "fr" "it" "ja" "ko" "pl" "pt-BR" "ru" "tr" "uk" "zh-Hans" "zh-Hant"
}

/// The language of a locale, as BCP 47 (`de-AT`) or a Unix system (`de_AT.UTF-8`) writes it.
pub(crate) fn find(locale: &str) -> Option<&'static Language> {
    let tag = locale.split(['.', '@']).next().unwrap_or_default();
    let wanted: LanguageIdentifier = tag.parse().ok()?;
    let tag = match wanted.language.as_str() {
        "zh" if is_traditional(&wanted) => "zh-Hant",
        "zh" => "zh-Hans",
        "pt" => "pt-BR",
        other => other,
    };
    LANGUAGES.iter().find(|language| language.tag == tag)
}

/// The language of the first of these locales that has one here. What a Unix system calls no language at all ends the
/// search: `LC_ALL=C` is a wish too.
pub(super) fn first_of(locales: &[String]) -> Option<&'static Language> {
    let wanted = locales
        .iter()
        .take_while(|locale| !["C", "POSIX"].contains(&locale.as_str()));
    wanted.map(String::as_str).find_map(find)
}

/// The script where it is named, or else what is written in that place.
fn is_traditional(chinese: &LanguageIdentifier) -> bool {
    match chinese.script {
        Some(script) => script.as_str() == "Hant",
        None => chinese
            .region
            .is_some_and(|region| ["TW", "HK", "MO"].contains(&region.as_str())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_match_is_found() {
        for (locale, tag) in [
            ("de", "de"),
            ("de-AT", "de"),
            ("de_AT.UTF-8", "de"),
            ("DE", "de"),
            ("ca_ES@valencia", ""),
            ("pt", "pt-BR"),
            ("pt-PT", "pt-BR"),
            ("zh", "zh-Hans"),
            ("zh-CN", "zh-Hans"),
            ("zh-Hans-HK", "zh-Hans"),
            ("zh-TW", "zh-Hant"),
            ("zh_HK.UTF-8", "zh-Hant"),
            ("zh-Hant", "zh-Hant"),
            ("sr-Latn-RS", ""),
            ("C", ""),
            ("", ""),
            ("not a tag", ""),
        ] {
            let found = find(locale).map(|language| language.tag);
            assert_eq!(found.unwrap_or_default(), tag, "{locale}");
        }
    }

    #[test]
    fn who_speaks_none_of_ours_best_may_have_named_another() {
        for (locales, tag) in [
            (&["ca", "es"][..], "es"),
            (&["be-BY", "ru-RU", "en"], "ru"),
            (&["en-GB", "de"], "en"),
            (&["C", "de-DE"], ""),
            (&["ca"], ""),
            (&[], ""),
        ] {
            let locales: Vec<String> = locales.iter().map(ToString::to_string).collect();
            let found = first_of(&locales).map(|language| language.tag);
            assert_eq!(found.unwrap_or_default(), tag, "{locales:?}");
        }
    }
}
