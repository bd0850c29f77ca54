//! An X server's pixels as RGBA. Pure.

/// How an image of an X server lies in memory: the X11 protocol, section "Server information".
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub(super) bits_per_pixel: u8,
    /// Each row is filled up to a multiple of this, in bits.
    pub(super) scanline_pad: u8,
    pub(super) is_big_endian: bool,
    /// Which bits of a pixel are red, green and blue.
    pub(super) masks: [u32; 3],
}

/// A picture of `width` by `height` from an image's bytes. `None` for a layout without separate colours, and
/// where there are too few bytes.
pub(super) fn rgba(layout: Layout, [width, height]: [usize; 2], data: &[u8]) -> Option<Vec<u8>> {
    let bytes_per_pixel = match layout.bits_per_pixel {
        16 => 2,
        24 => 3,
        32 => 4,
        _ => return None,
    };
    let channels = layout.masks.map(Channel::of);
    if layout.masks.contains(&0) || layout.scanline_pad == 0 {
        return None;
    }
    let row_bits = width * usize::from(layout.bits_per_pixel);
    let stride = row_bits.next_multiple_of(usize::from(layout.scanline_pad)) / 8;
    if width == 0 || data.len() < stride.checked_mul(height)? {
        return None;
    }
    let mut rgba = Vec::with_capacity(width * height * 4);
    for row in data.chunks_exact(stride).take(height) {
        for pixel in row.chunks_exact(bytes_per_pixel).take(width) {
            let add = |value: u32, byte: &u8| value << 8 | u32::from(*byte);
            let value = if layout.is_big_endian {
                pixel.iter().fold(0, add)
            } else {
                pixel.iter().rev().fold(0, add)
            };
            let [red, green, blue] = channels.map(|channel| channel.eight_bits(value));
            // The fourth byte, where there is one, is a filler or a window's own transparency: what is seen
            // is opaque.
            rgba.extend([red, green, blue, u8::MAX]);
        }
    }
    Some(rgba)
}

/// Where one colour lies in a pixel.
#[derive(Debug, Clone, Copy)]
struct Channel {
    mask: u32,
    shift: u32,
    /// The largest value it can have.
    most: u32,
}

impl Channel {
    fn of(mask: u32) -> Self {
        let shift = mask.trailing_zeros() % u32::BITS;
        Self {
            mask,
            shift,
            most: (mask >> shift).max(1),
        }
    }

    fn eight_bits(self, pixel: u32) -> u8 {
        let value = (pixel & self.mask) >> self.shift;
        if self.most == 255 {
            return u8::try_from(value).unwrap_or(u8::MAX);
        }
        let scaled = (u64::from(value) * 255 + u64::from(self.most) / 2) / u64::from(self.most);
        u8::try_from(scaled).unwrap_or(u8::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XRGB: Layout = Layout {
        bits_per_pixel: 32,
        scanline_pad: 32,
        is_big_endian: false,
        masks: [0xff_0000, 0xff00, 0xff],
    };

    #[test]
    fn either_byte_order_gives_the_same_picture_and_the_filler_is_no_alpha() {
        let colour = Some(vec![10, 20, 30, 255]);
        assert_eq!(rgba(XRGB, [1, 1], &[30, 20, 10, 0]), colour);
        let big = Layout {
            is_big_endian: true,
            ..XRGB
        };
        assert_eq!(rgba(big, [1, 1], &[0, 10, 20, 30]), colour);
    }

    #[test]
    fn what_fills_up_a_row_is_not_in_the_picture() {
        let packed = Layout {
            bits_per_pixel: 24,
            ..XRGB
        };
        // One pixel of three bytes and one byte of filler in each row.
        let rows = [3, 2, 1, 99, 6, 5, 4, 99];
        assert_eq!(
            rgba(packed, [1, 2], &rows),
            Some(vec![1, 2, 3, 255, 4, 5, 6, 255])
        );
        assert_eq!(rgba(packed, [1, 3], &rows), None, "a row is missing");
    }

    #[test]
    fn narrow_and_wide_colours_reach_from_black_to_white() {
        let high_colour = Layout {
            bits_per_pixel: 16,
            masks: [0xf800, 0x07e0, 0x1f],
            ..XRGB
        };
        let pixels = [0xff, 0xff, 0x00, 0x00, 0x00, 0xf8, 0x10, 0x84];
        let seen = rgba(high_colour, [4, 1], &pixels).unwrap();
        let expected = [
            [255, 255, 255, 255],
            [0, 0, 0, 255],
            [255, 0, 0, 255],
            [132, 130, 132, 255],
        ];
        assert_eq!(seen, expected.concat());
        let deep = Layout {
            masks: [0x3ff0_0000, 0xf_fc00, 0x3ff],
            ..XRGB
        };
        let pixel = (1023_u32 << 20 | 512 << 10).to_le_bytes();
        assert_eq!(rgba(deep, [1, 1], &pixel), Some(vec![255, 128, 0, 255]));
    }

    #[test]
    fn a_palette_is_not_understood() {
        let palette = Layout {
            bits_per_pixel: 8,
            ..XRGB
        };
        assert_eq!(rgba(palette, [4, 1], &[0; 4]), None);
        let without_masks = Layout {
            masks: [0; 3],
            ..XRGB
        };
        assert_eq!(rgba(without_masks, [1, 1], &[0; 4]), None);
    }
}
