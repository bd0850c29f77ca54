//! The monitors that the system knows of and those that the app knows of. Pure.

use crate::report::system_info::Monitor;

/// Each monitor once. What the app tells of one, its scale and how it is turned, counts before what the system does.
pub(super) fn joined(mut known: Vec<Monitor>, told: Vec<Monitor>) -> Vec<Monitor> {
    let mut all = Vec::new();
    let mut unmatched = Vec::new();
    for told in told {
        let straight = |known: &Monitor| (known.width, known.height) == (told.width, told.height);
        let turned = |known: &Monitor| (known.width, known.height) == (told.height, told.width);
        let same = known.iter().position(straight);
        match same.or_else(|| known.iter().position(turned)) {
            Some(index) => {
                known.remove(index);
                all.push(told);
            }
            None => unmatched.push(told),
        }
    }
    // One is left on either side: it shows less than it could.
    if known.len() == 1 && unmatched.len() == 1 {
        known.clear();
    }
    all.extend(unmatched);
    all.extend(known);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monitor(width: u32, height: u32, scale: Option<f32>) -> Monitor {
        Monitor { width, height, scale }
    }

    #[test]
    fn each_monitor_stands_once_with_what_the_app_knows_of_it() {
        let known = |sizes: &[(u32, u32)]| sizes.iter().map(|(w, h)| monitor(*w, *h, None)).collect();
        let (hd, tall) = (monitor(1920, 1080, Some(1.5)), monitor(1080, 1920, Some(1.0)));
        let other = monitor(1920, 1080, Some(1.0));
        for (system, app, all) in [
            (known(&[]), vec![hd], vec![hd]),
            (known(&[(1920, 1080)]), vec![hd], vec![hd]),
            (known(&[(1920, 1080)]), vec![tall], vec![tall]),
            (
                known(&[(1920, 1080), (1920, 1080)]),
                vec![hd, other],
                vec![hd, other],
            ),
            (known(&[(3840, 2160)]), vec![hd], vec![hd]),
            (
                known(&[(1920, 1080), (2560, 1440)]),
                vec![hd],
                vec![hd, monitor(2560, 1440, None)],
            ),
            (known(&[(1920, 1080)]), vec![], known(&[(1920, 1080)])),
        ] {
            assert_eq!(joined(system, app), all);
        }
    }
}
