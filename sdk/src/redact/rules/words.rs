//! Words that are looked for in any case, among many that are none of them. Pure.

/// A list of them, and for each first letter a bit for each length that they have: most words are told by that alone.
pub(super) struct Words<const N: usize> {
    words: [&'static str; N],
    lengths: [u32; 128],
}

impl<const N: usize> Words<N> {
    /// In small letters of ASCII, shorter than 32 bytes.
    pub(super) const fn of(words: [&'static str; N]) -> Self {
        let (mut lengths, mut word) = ([0; 128], 0);
        while word < N {
            lengths[words[word].as_bytes()[0] as usize] |= 1 << words[word].len();
            word += 1;
        }
        Self { words, lengths }
    }

    pub(super) fn has(&self, word: &str) -> bool {
        let first = word.bytes().next().unwrap_or_default().to_ascii_lowercase();
        let lengths = self.lengths.get(usize::from(first)).unwrap_or(&0);
        lengths >> word.len().min(31) & 1 == 1
            && self.words.iter().any(|known| word.eq_ignore_ascii_case(known))
    }
}
