//! The pixels of a picture that lies in its file on a side, the right way up. Pure.

/// Width, height and RGBA, turned and mirrored as EXIF says, 1 to 8: Exif 2.32, section 4.6.4. `pixel` tells each pixel
/// by its place in the file.
pub(super) fn upright(
    [width, height]: [usize; 2],
    pixel: impl Fn(usize) -> Option<[u8; 4]>,
    turned: u8,
) -> Option<(u32, u32, Vec<u8>)> {
    let (columns, rows) = if turned < 5 {
        (width, height)
    } else {
        (height, width)
    };
    let (left, up) = (1_usize.wrapping_neg(), width.wrapping_neg());
    let (top_right, bottom_left) = (width - 1, (width * height).checked_sub(width)?);
    // Where the first pixel lies, the next one of its row, and the one below it.
    let (first, column, row) = match turned {
        2 => (top_right, left, width),
        3 => (bottom_left + top_right, left, up),
        4 => (bottom_left, 1, up),
        5 => (0, width, 1),
        6 => (bottom_left, up, 1),
        7 => (bottom_left + top_right, up, left),
        8 => (top_right, width, left),
        _ => (0, 1, width),
    };
    let mut rgba = vec![u8::MAX; 4 * columns * rows];
    let mut place = first;
    for line in rgba.chunks_exact_mut(4 * columns) {
        let mut at = place;
        for seen in line.as_chunks_mut().0 {
            *seen = pixel(at)?;
            at = at.wrapping_add(column);
        }
        place = place.wrapping_add(row);
    }
    Some((u32::try_from(columns).ok()?, u32::try_from(rows).ok()?, rgba))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_lying_is_turned() {
        // A picture of three by two, as it lies in the file for each.
        let upright_one = [[1, 2, 3], [4, 5, 6]].concat();
        for (turned, width, lying) in [
            (1, 3, [1, 2, 3, 4, 5, 6]),
            (2, 3, [3, 2, 1, 6, 5, 4]),
            (3, 3, [6, 5, 4, 3, 2, 1]),
            (4, 3, [4, 5, 6, 1, 2, 3]),
            (5, 2, [1, 4, 2, 5, 3, 6]),
            (6, 2, [3, 6, 2, 5, 1, 4]),
            (7, 2, [6, 3, 5, 2, 4, 1]),
            (8, 2, [4, 1, 5, 2, 6, 3]),
        ] {
            let pixel = |at: usize| Some([*lying.get(at)?; 4]);
            let (columns, rows, rgba) = upright([width, 6 / width], pixel, turned).unwrap();
            let is: Vec<u8> = rgba.as_chunks::<4>().0.iter().map(|pixel| pixel[0]).collect();
            assert_eq!((columns, rows, is), (3, 2, upright_one.clone()), "{turned}");
        }
    }
}
