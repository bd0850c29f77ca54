//! What is seen of a picture whose file is a row of chunks, as those of PNG and WebP are. Pure, and piece by piece.

/// A format whose files are such.
pub(crate) trait Format {
    /// How much of a chunk that begins so is looked at before it is told what becomes of it: no less than that.
    fn wanted(head: &[u8]) -> usize;

    /// What becomes of a chunk that begins so; `None` where the file is damaged, and nothing from here on is told.
    fn begin(&self, head: &[u8]) -> Option<Chunk>;
}

/// What becomes of a chunk.
#[derive(Debug)]
pub(crate) struct Chunk {
    /// What is told instead of its start.
    pub(super) told: Vec<u8>,
    /// So much follows of it.
    pub(super) left: u64,
    pub(super) rest: Rest,
    pub(super) is_last: bool,
    pub(super) has_pixels: bool,
}

/// What becomes of the rest of a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    Seen,
    LeftOut,
    /// Left out, with as many zeros in its place.
    Blank,
}

/// A picture on its way into a report.
#[derive(Debug)]
pub(crate) struct Bare<F> {
    format: F,
    /// So much follows of the file, as far as it is known,
    file: u64,
    /// and so much of a chunk.
    left: u64,
    rest: Rest,
    /// The start of a chunk that is not told yet.
    head: Vec<u8>,
    has_pixels: bool,
    left_out: bool,
}

impl<F: Format> Bare<F> {
    /// For a file of so many bytes, of which so many stand before the first chunk.
    pub(super) fn new(format: F, file: u64, before: u64) -> Self {
        Self {
            format,
            file,
            left: before,
            rest: Rest::Seen,
            head: Vec::new(),
            has_pixels: false,
            left_out: false,
        }
    }

    /// Takes more of the file, and adds what is seen of it to `seen`.
    pub(super) fn push(&mut self, mut bytes: &[u8], seen: &mut Vec<u8>) {
        while !bytes.is_empty() {
            if self.file == 0 {
                self.left_out = true; // it stands behind the end
                return;
            }
            let wanted = match self.left {
                0 => (F::wanted(&self.head) - self.head.len()) as u64,
                left => left,
            };
            let wanted = usize::try_from(wanted.min(self.file)).unwrap_or(usize::MAX);
            let (here, behind) = bytes.split_at(wanted.min(bytes.len()));
            bytes = behind;
            self.file -= here.len() as u64;
            if self.left > 0 {
                self.left -= here.len() as u64;
                self.tell(here, seen);
                continue;
            }
            self.head.extend_from_slice(here);
            if self.head.len() == F::wanted(&self.head) {
                let head = std::mem::take(&mut self.head);
                self.begin(&head, seen);
            }
        }
    }

    fn tell(&mut self, bytes: &[u8], seen: &mut Vec<u8>) {
        match self.rest {
            Rest::Seen => seen.extend_from_slice(bytes),
            Rest::LeftOut => self.left_out = true,
            Rest::Blank => {
                self.left_out |= bytes.iter().any(|byte| *byte != 0);
                seen.resize(seen.len() + bytes.len(), 0);
            }
        }
    }

    fn begin(&mut self, head: &[u8], seen: &mut Vec<u8>) {
        let Some(chunk) = self.format.begin(head) else {
            (self.file, self.left_out) = (0, true);
            return;
        };
        (self.left, self.rest) = (chunk.left, chunk.rest);
        if chunk.is_last {
            self.file = self.left;
        }
        self.has_pixels |= chunk.has_pixels;
        self.left_out |= chunk.told != head;
        seen.extend(chunk.told);
    }

    /// Whether something was left out, and `None` where there are no pixels.
    pub(super) fn finish(self) -> Option<bool> {
        self.has_pixels.then_some(self.left_out || !self.head.is_empty())
    }
}
