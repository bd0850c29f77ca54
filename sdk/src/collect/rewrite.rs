//! Changes words inside a text file of any encoding and leaves all other bytes as they are.

use std::str;

/// The bytes with the words changed that `change` changes; it answers `None` where none is. A file that
/// is no text comes back as it is: changing a picture or an archive would only break it.
pub(super) fn words(content: Vec<u8>, change: impl FnOnce(&str) -> Option<String>) -> Vec<u8> {
    let changed = match content.get(..2) {
        Some([0xff, 0xfe]) => utf_16(&content, u16::from_le_bytes, u16::to_le_bytes, change),
        Some([0xfe, 0xff]) => utf_16(&content, u16::from_be_bytes, u16::to_be_bytes, change),
        _ if content.iter().copied().any(is_binary) => None,
        _ => match str::from_utf8(&content) {
            Ok(text) => change(text).map(String::into_bytes),
            Err(_) => one_byte_each(&content, change),
        },
    };
    changed.unwrap_or(content)
}

/// Control characters that no text has. Colours of a terminal start with an escape.
fn is_binary(byte: u8) -> bool {
    byte < b' ' && !b"\t\n\r\x0c\x1b".contains(&byte)
}

/// A code page of Windows or ISO 8859, whichever: all write ASCII as ASCII, and the rest comes back as
/// it was.
fn one_byte_each(content: &[u8], change: impl FnOnce(&str) -> Option<String>) -> Option<Vec<u8>> {
    let text: String = content.iter().copied().map(char::from).collect();
    change(&text)?
        .chars()
        .map(|letter| u8::try_from(letter).ok())
        .collect()
}

/// Half a letter, which can only be damage, becomes U+FFFD where the file is changed at all.
fn utf_16(
    content: &[u8],
    read: fn([u8; 2]) -> u16,
    write: fn(u16) -> [u8; 2],
    change: impl FnOnce(&str) -> Option<String>,
) -> Option<Vec<u8>> {
    let (pairs, odd) = content.as_chunks();
    let units = pairs.iter().copied().map(read);
    let text: String = char::decode_utf16(units)
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    let mut bytes: Vec<u8> = change(&text)?.encode_utf16().flat_map(write).collect();
    bytes.extend_from_slice(odd);
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(content: &[u8]) -> Vec<u8> {
        words(content.to_vec(), |text| {
            text.contains("anna").then(|| text.replace("anna", "[user-1]"))
        })
    }

    #[test]
    fn only_the_words_change_in_any_encoding() {
        assert_eq!(
            changed("\u{feff}день anna\r\n".as_bytes()),
            "\u{feff}день [user-1]\r\n".as_bytes()
        );
        assert_eq!(
            changed(b"gr\xfc\xdfe anna \x1b[0m\xff"),
            b"gr\xfc\xdfe [user-1] \x1b[0m\xff"
        );
        for write in [u16::to_le_bytes, u16::to_be_bytes] {
            let utf_16 = |text: &str| text.encode_utf16().flat_map(write).collect::<Vec<u8>>();
            assert_eq!(
                changed(&utf_16("\u{feff}день anna 😀")),
                utf_16("\u{feff}день [user-1] 😀")
            );
            let odd = [utf_16("\u{feff}day"), vec![b'x']].concat();
            assert_eq!(changed(&odd), odd);
        }
    }

    #[test]
    fn what_is_no_text_stays() {
        for content in [
            b"\x89PNG\r\n\x1a\nanna\0".as_slice(),
            b"%PDF-1.7\nanna\x01\x02",
            b"",
            b"\xff",
        ] {
            assert_eq!(changed(content), content);
        }
    }
}
