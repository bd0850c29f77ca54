//! Cuts that are made before masking. No mask knows half a secret, so the word that a cut goes through goes too.

/// Stands where a text was cut.
pub(crate) const CUT_HERE: &str = " [feedback: cut here]";

/// The whole words of a text that was cut at its end.
pub(crate) fn whole_words(cut: &str) -> &str {
    cut.trim_end_matches(|letter: char| !letter.is_whitespace() && !"\"',;&".contains(letter))
}

/// A copy of at most `longest` bytes, and a mark where that is not all.
pub(crate) fn shortened(text: &str, longest: usize) -> String {
    if text.len() <= longest {
        return text.to_owned();
    }
    let mut kept = whole_words(&text[..text.floor_char_boundary(longest)]).to_owned();
    kept.push_str(CUT_HERE);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cut_leaves_half_a_secret() {
        let text = "я opened=\"yes\", mail maria@mail.example.org ok";
        let mail = text.find("maria").unwrap();
        for longest in mail..mail + "maria@mail.example.org".len() {
            assert_eq!(
                shortened(text, longest),
                "я opened=\"yes\", mail  [feedback: cut here]"
            );
        }
        assert_eq!(shortened(text, text.len()), text);
        assert_eq!(shortened(text, 1), CUT_HERE);
        assert_eq!(whole_words(r#"{"a":"b","c"#), r#"{"a":"b",""#);
    }
}
