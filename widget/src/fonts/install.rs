//! Which font would help, if it were installed.

/// A font that has this letter and is in the packages of every system. `None`: no one font has it for sure.
#[cfg(feature = "system-fonts")]
pub(super) fn font_for(letter: char) -> Option<String> {
    use unicode_script::{Script, UnicodeScript as _};

    /// Where Unicode has its pictures (blocks Mahjong Tiles to Symbols and Pictographs Extended-A).
    const EMOJI: std::ops::RangeInclusive<char> = '\u{1f000}'..='\u{1faff}';

    let name = match letter.script() {
        Script::Common if EMOJI.contains(&letter) => "Noto Color Emoji".to_owned(),
        Script::Common | Script::Inherited | Script::Unknown => return None,
        Script::Latin | Script::Greek | Script::Cyrillic => "Noto Sans".to_owned(),
        Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo => {
            "Noto Sans CJK".to_owned()
        }
        // Each other script has a font of its own (https://notofonts.github.io).
        script => format!("Noto Sans {}", script.full_name().replace('_', " ")),
    };
    Some(name)
}

/// Installing one would not help: the system's fonts are not looked at.
#[cfg(not(feature = "system-fonts"))]
pub(super) fn font_for(_: char) -> Option<String> {
    None
}

#[cfg(all(test, feature = "system-fonts"))]
mod tests {
    use super::*;

    #[test]
    fn each_script_has_its_font() {
        for (letter, font) in [
            ('日', Some("Noto Sans CJK")),
            ('か', Some("Noto Sans CJK")),
            ('한', Some("Noto Sans CJK")),
            ('ع', Some("Noto Sans Arabic")),
            ('א', Some("Noto Sans Hebrew")),
            ('ไ', Some("Noto Sans Thai")),
            ('ы', Some("Noto Sans")),
            ('\u{1fae0}', Some("Noto Color Emoji")),
            ('\u{fffd}', None),
            ('\u{e000}', None),
        ] {
            assert_eq!(font_for(letter).as_deref(), font, "{letter:?}");
        }
    }
}
