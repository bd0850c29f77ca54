//! One text on its way into the report, masked and compressed piece by piece: however long it is, little of it is in
//! memory.

use std::io::{self, Write as _};
use std::mem;

use super::rewrite::Form;
use crate::pack::{Content, Packing};
use crate::redact::{MaskCounts, Masked, Redactor, add_counts};

/// A file that is being taken in. Dropping it gives it up.
pub(super) struct MaskedFile<'g> {
    redactor: &'g mut Redactor,
    packing: Packing<'g>,
    form: Form,
    text: Masked,
    masked: String,
    counts: MaskCounts,
}

/// A whole file, masked and compressed.
pub(super) struct PackedFile {
    pub(super) content: Content,
    /// How many values each rule has hidden in it.
    pub(super) masked: MaskCounts,
}

impl<'g> MaskedFile<'g> {
    pub(super) fn new(redactor: &'g mut Redactor, packing: Packing<'g>, form: Form) -> Self {
        Self {
            redactor,
            packing,
            form,
            text: Masked::new(),
            masked: String::new(),
            counts: MaskCounts::new(),
        }
    }

    /// Takes what only stands before the text that follows.
    pub(super) fn lead(&mut self, text: &str) {
        self.text.lead(self.redactor, text);
    }

    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.text.push(self.redactor, text, &mut self.masked);
        self.pack()
    }

    /// Ends one text and begins the next, with words of ours between them.
    pub(super) fn next_text(&mut self, between: &str) -> io::Result<()> {
        let text = mem::replace(&mut self.text, Masked::new());
        let counts = text.finish(self.redactor, &mut self.masked);
        add_counts(&mut self.counts, &counts);
        self.masked.push_str(between);
        self.pack()
    }

    /// Takes what is no text, as it is.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.next_text("")?;
        self.packing.write_all(bytes).map_err(not_packed)
    }

    pub(super) fn finish(mut self) -> io::Result<PackedFile> {
        self.next_text("")?;
        Ok(PackedFile {
            content: self.packing.finish().map_err(not_packed)?,
            masked: self.counts,
        })
    }

    fn pack(&mut self) -> io::Result<()> {
        let packed = self.packing.write_all(&self.form.encode(&self.masked));
        self.masked.clear();
        packed.map_err(not_packed)
    }
}

/// Where only room is missing, it says so itself.
pub(super) fn not_packed(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::StorageFull => error,
        _ => io::Error::other(format!("could not be compressed: {error}")),
    }
}
