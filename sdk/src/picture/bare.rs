//! What is seen of a picture that a person attaches, without what its file tells beside that: where and when it was
//! taken, by which device of whom, with which program. Piece by piece.

use super::jpeg::{self, is_jpeg};
use super::{is_png, png_file, webp};

/// A picture on its way into a report. Holds no more of it than a segment of a JPEG, which has 64 KiB at most.
#[derive(Debug)]
pub(crate) enum Bare {
    Jpeg(jpeg::Bare),
    Png(png_file::Bare),
    WebP(webp::Bare),
}

impl Bare {
    /// For a file that begins so; `None` where it is of another kind. HEIC, AVIF, TIFF and raw photos are: what they tell is
    /// found by its place in the file, so none of it can be taken out on the way.
    pub(crate) fn of(start: &[u8]) -> Option<Self> {
        if is_jpeg(start) {
            Some(Self::Jpeg(jpeg::Bare::default()))
        } else if is_png(start) {
            Some(Self::Png(png_file::Bare::of(png_file::is_seen)))
        } else {
            webp::Bare::of(start).map(Self::WebP)
        }
    }

    /// Takes more of the file, and adds what is seen of it to `seen`.
    pub(crate) fn push(&mut self, bytes: &[u8], seen: &mut Vec<u8>) {
        match self {
            Self::Jpeg(jpeg) => jpeg.push(bytes, seen),
            Self::Png(png) => png.push(bytes, seen),
            Self::WebP(webp) => webp.push(bytes, seen),
        }
    }

    /// Ends the file; one that is cut short stays so. Whether something was left out, and `None` where it has no pixels,
    /// whatever it begins with.
    pub(crate) fn finish(self, seen: &mut Vec<u8>) -> Option<bool> {
        match self {
            Self::Jpeg(jpeg) => jpeg.finish(seen).ok(),
            Self::Png(png) => png.finish(),
            Self::WebP(webp) => webp.finish(),
        }
    }
}
