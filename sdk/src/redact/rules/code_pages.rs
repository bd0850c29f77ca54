//! How a name looks that a program has written in a code page of Windows: what is not UTF-8 is shown as Latin-1, so
//! `Мария` is `Ìàðèÿ`. Pure.

use crate::redact::pattern::{Ways, ways};

/// Letters in a row: the first and the last, and the number of the first in the code page.
type Row = (char, char, u8);

/// What is not the same in Latin-1, as Unicode's tables of the code pages have it.
const PAGES: [&[Row]; 5] = [CYRILLIC, CYRILLIC_OF_CONSOLES, GREEK, OF_THE_MIDDLE, TURKISH];

/// Windows-1251.
const CYRILLIC: &[Row] = &[
    ('А', 'я', 0xc0),
    ('Ё', 'Ё', 0xa8),
    ('ё', 'ё', 0xb8),
    ('Ґ', 'Ґ', 0xa5),
    ('ґ', 'ґ', 0xb4),
    ('Є', 'Є', 0xaa),
    ('є', 'є', 0xba),
    ('І', 'І', 0xb2),
    ('і', 'і', 0xb3),
    ('Ї', 'Ї', 0xaf),
    ('ї', 'ї', 0xbf),
    ('Ў', 'Ў', 0xa1),
    ('ў', 'ў', 0xa2),
];

/// 866.
const CYRILLIC_OF_CONSOLES: &[Row] = &[
    ('А', 'п', 0x80),
    ('р', 'я', 0xe0),
    ('Ё', 'Ё', 0xf0),
    ('ё', 'ё', 0xf1),
];

/// Windows-1253.
const GREEK: &[Row] = &[
    ('Ά', 'Ά', 0xa2),
    ('Έ', 'Ί', 0xb8),
    ('Ό', 'Ό', 0xbc),
    ('Ύ', 'ώ', 0xbe),
];

/// Windows-1250.
const OF_THE_MIDDLE: &[Row] = &[
    ('Ą', 'Ą', 0xa5),
    ('ą', 'ą', 0xb9),
    ('Ć', 'Ć', 0xc6),
    ('ć', 'ć', 0xe6),
    ('Č', 'Č', 0xc8),
    ('č', 'č', 0xe8),
    ('Ď', 'Ď', 0xcf),
    ('ď', 'ď', 0xef),
    ('Đ', 'Đ', 0xd0),
    ('đ', 'đ', 0xf0),
    ('Ę', 'Ę', 0xca),
    ('ę', 'ę', 0xea),
    ('Ě', 'Ě', 0xcc),
    ('ě', 'ě', 0xec),
    ('Ł', 'Ł', 0xa3),
    ('ł', 'ł', 0xb3),
    ('Ń', 'Ń', 0xd1),
    ('ń', 'ń', 0xf1),
    ('Ň', 'Ň', 0xd2),
    ('ň', 'ň', 0xf2),
    ('Ő', 'Ő', 0xd5),
    ('ő', 'ő', 0xf5),
    ('Ř', 'Ř', 0xd8),
    ('ř', 'ř', 0xf8),
    ('Ś', 'Ś', 0x8c),
    ('ś', 'ś', 0x9c),
    ('Š', 'Š', 0x8a),
    ('š', 'š', 0x9a),
    ('Ť', 'Ť', 0x8d),
    ('ť', 'ť', 0x9d),
    ('Ů', 'Ů', 0xd9),
    ('ů', 'ů', 0xf9),
    ('Ű', 'Ű', 0xdb),
    ('ű', 'ű', 0xfb),
    ('Ź', 'Ź', 0x8f),
    ('ź', 'ź', 0x9f),
    ('Ż', 'Ż', 0xaf),
    ('ż', 'ż', 0xbf),
    ('Ž', 'Ž', 0x8e),
    ('ž', 'ž', 0x9e),
];

/// Windows-1254.
const TURKISH: &[Row] = &[
    ('Ğ', 'Ğ', 0xd0),
    ('ğ', 'ğ', 0xf0),
    ('İ', 'İ', 0xdd),
    ('ı', 'ı', 0xfd),
    ('Ş', 'Ş', 0xde),
    ('ş', 'ş', 0xfe),
];

/// A name as it is shown from each code page that has its letters, in any case.
pub(super) fn shown(name: &str) -> impl Iterator<Item = Vec<Ways>> {
    pages(name).map(|page| name.chars().map(|letter| any_case(page, letter)).collect())
}

/// A name as it is shown from each code page that has its letters.
pub(super) fn as_written(name: &str) -> impl Iterator<Item = String> {
    pages(name).map(|page| name.chars().filter_map(|letter| in_page(page, letter)).collect())
}

/// The code pages in which a name is not the same as in Latin-1.
fn pages(name: &str) -> impl Iterator<Item = &'static &'static [Row]> {
    PAGES.iter().filter(|page| {
        let is_other = |letter: char| in_rows(page, letter).is_some();
        name.chars().any(is_other) && name.chars().all(|letter| in_page(page, letter).is_some())
    })
}

/// A letter in both cases, as they are shown.
fn any_case(page: &[Row], letter: char) -> Ways {
    let cases = letter.to_uppercase().chain(letter.to_lowercase());
    ways(cases.chain([letter]).filter_map(|letter| in_page(page, letter)))
}

fn in_page(page: &[Row], letter: char) -> Option<char> {
    // What has the same number in Latin-1.
    let same = (letter < '\u{100}').then_some(letter);
    in_rows(page, letter).or(same)
}

fn in_rows(page: &[Row], letter: char) -> Option<char> {
    let (first, _, number) = page
        .iter()
        .find(|(first, last, _)| (*first..=*last).contains(&letter))?;
    let place = u32::from(letter) - u32::from(*first);
    char::from_u32(u32::from(*number) + place)
}
