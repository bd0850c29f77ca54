//! Names of files that every desktop takes. Pure.

use crate::devices::is_device;

/// The longest name in bytes: file systems end at 255, and a number may come into it.
const LONGEST_NAME: usize = 180;

/// A file name that every desktop can unpack: no separators, no control or reserved characters, no
/// name of a device, at most [`LONGEST_NAME`] bytes, never empty or dots alone. Letters of any
/// language stay.
pub(super) fn safe_name(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|letter| match letter {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            letter if letter.is_control() || turns_direction(letter) => '_',
            letter => letter,
        })
        .collect();
    let name = trim_end(name.trim_start()).trim_start_matches("..");
    let device = if is_device(name) { "_" } else { "" };
    let name = shortened(&format!("{device}{name}"));
    if name.is_empty() { "file".to_owned() } else { name }
}

/// Windows drops what stands at the end of a name and means nothing.
fn trim_end(name: &str) -> &str {
    name.trim_end_matches(|letter: char| letter == '.' || letter.is_whitespace())
}

/// Cut between two letters; an extension stays.
fn shortened(name: &str) -> String {
    let (stem, extension) = match name.rfind('.').map(|dot| name.split_at(dot)) {
        Some((stem, extension)) if extension.len() <= 40 => (stem, extension),
        _ => (name, ""),
    };
    let room = stem.floor_char_boundary(LONGEST_NAME - extension.len());
    if room == stem.len() {
        return name.to_owned();
    }
    format!("{}{extension}", trim_end(&stem[..room]))
}

/// The marks that turn a name's direction around, so that it seems to end in another extension.
fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_for_every_desktop_and_keep_their_language() {
        for (name, safe) in [
            ("отчёт за май.txt", "отчёт за май.txt"),
            ("日本語.log", "日本語.log"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("..", "file"),
            ("", "file"),
            ("a\nb\0.txt", "a_b_.txt"),
            ("C:\\x.txt", "C__x.txt"),
            ("\u{202e}gpj.exe", "_gpj.exe"),
        ] {
            assert_eq!(safe_name(name), safe, "{name:?}");
        }
    }

    #[test]
    fn long_names_are_cut_between_letters_and_keep_their_extension() {
        let long = safe_name(&format!("{}.log", "x".repeat(500)));
        assert_eq!((long.len(), &long[176..]), (180, ".log"));
        let long = safe_name(&format!("a{}.log", "日".repeat(100)));
        assert_eq!(long, format!("a{}.log", "日".repeat(58)));
        assert_eq!(safe_name(&"я".repeat(100)), "я".repeat(90));
        assert_eq!(safe_name(&format!("x.{}", "y".repeat(300))).len(), 180);
        assert_eq!(
            safe_name(&format!("{} .{}", "x".repeat(176), "y".repeat(9))).len(),
            180
        );
        let fits = format!("{}.log", "y".repeat(176));
        assert_eq!(safe_name(&fits), fits);
    }

    #[test]
    fn names_that_windows_cannot_make_are_changed() {
        for (name, safe) in [
            ("CON", "_CON"),
            ("nul.tar.gz", "_nul.tar.gz"),
            ("Com1.log", "_Com1.log"),
            ("lpt9 .txt", "_lpt9 .txt"),
            ("LPT².txt", "_LPT².txt"),
            ("console.log", "console.log"),
            ("com.log", "com.log"),
            ("com0.log", "com0.log"),
            ("com10.log", "com10.log"),
            ("a.txt. . ", "a.txt"),
            (" . .", "file"),
        ] {
            assert_eq!(safe_name(name), safe, "{name:?}");
        }
    }
}
