//! A search for the text that masking is slowest on: mixtures of what the rules look for, of which the slowest are changed
//! where a change makes them slower. The same seed tries the same texts.

use feedback_sdk::Masking;
use feedback_sdk::testing::masking::{Dice, Masker, Mixture};

use super::rate;

/// Mixtures to try, how many of them are changed, and how often each.
const STARTS: usize = 4000;
const CHANGED: usize = 10;
const CHANGES: usize = 100;
/// Of each of these, and of the slowest in the end: what costs more the longer a text is shows there.
const BYTES: usize = 48 << 10;
const LONG: usize = 1 << 20;

/// The slowest text found.
pub(crate) struct Slowest {
    pub(crate) piece: String,
    /// In MB/s, and where it is the first text of a client.
    pub(crate) rate: f64,
    pub(crate) first: f64,
}

pub(crate) fn search(masker: &Masker) -> Option<Slowest> {
    let mut dice = Dice::new(7);
    let mut tried: Vec<(f64, Mixture)> = (0..STARTS)
        .map(|_| Mixture::new(&mut dice))
        .map(|mixture| (of(masker, &mixture.text(BYTES), f64::INFINITY), mixture))
        .collect();
    tried.sort_by(|one, other| one.0.total_cmp(&other.0));
    tried.truncate(CHANGED);
    for (least, mixture) in &mut tried {
        for _ in 0..CHANGES {
            let other = mixture.changed(&mut dice);
            let rate = of(masker, &other.text(BYTES), *least);
            if rate < *least {
                (*least, *mixture) = (rate, other);
            }
        }
    }
    let long = tried.into_iter().map(|(_, mixture)| {
        let text = mixture.text(LONG);
        Slowest {
            piece: shown(&mixture.all()),
            rate: of(masker, &text, f64::INFINITY),
            first: of_first(&text),
        }
    });
    long.min_by(|one, other| one.rate.total_cmp(&other.rate))
}

/// How many MB/s the first text of a client allows.
fn of_first(text: &str) -> f64 {
    let masker = Masker::new(&Masking::default());
    rate(text, || masker.mask(text))
}

/// How many MB/s a text allows: what the engine has learnt of it does not count, nor what else the machine does.
fn of(masker: &Masker, text: &str, least: f64) -> f64 {
    masker.mask(text);
    let mut most: f64 = 0.0;
    for _ in 0..3 {
        most = most.max(rate(text, || masker.mask(text)));
        // Faster than is looked for.
        if most > least.min(40.0) {
            break;
        }
    }
    most
}

fn shown(piece: &str) -> String {
    let shown: String = piece.escape_debug().take(50).collect();
    format!("`{}`", shown.replace('|', "\\|"))
}
