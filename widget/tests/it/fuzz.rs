//! Guards "no panic, no lost word": thousands of random acts of a person, their app, a server and a clock, each
//! followed by a look at every word that was written.
//!
//! A seed decides the acts, and between two of them all that was begun comes to rest, so that the same seed gives
//! the same run. `FEEDBACK_FUZZ_STEPS=10000` makes the runs as long as before a release, and `FEEDBACK_FUZZ_SEED=7`
//! plays only the run that broke.

mod act;
mod cost;
mod gate;
mod owed;
mod run;

pub(crate) use self::cost::Cost;
use self::run::Run;

/// Acts in all, unless the environment asks for more.
const STEPS: usize = 1200;
/// Runs; each begins with a new app, so that none drowns in what it has sent.
const RUNS: usize = 8;

#[test]
fn whatever_happens_nothing_breaks_and_no_word_is_lost() {
    let steps = std::env::var("FEEDBACK_FUZZ_STEPS").ok();
    let steps = steps.map_or(STEPS, |steps| steps.parse().unwrap());
    let mut costs = costs(steps);
    costs.sort_by_key(|cost| cost.frame);
    let at = |part: usize| &costs[(costs.len() - 1) * part / 100];
    let slowest = at(100);
    println!(
        "{steps} acts, the slowest frame of each: median {:.2?}, 99 of 100 below {:.2?}, slowest {:.2?} (its texts, by egui alone: {:.2?}), {}",
        at(50).frame,
        at(99).frame,
        slowest.frame,
        slowest.texts.alone(),
        slowest.act
    );
}

/// What each of so many acts has cost. The same acts in the same order every time.
pub(crate) fn costs(steps: usize) -> Vec<Cost> {
    let only = std::env::var("FEEDBACK_FUZZ_SEED").ok();
    let seeds = only.map_or(0..RUNS, |seed| {
        let seed = seed.parse().unwrap();
        seed..seed + 1
    });
    let runs = seeds.map(|seed| Run::new(seed as u64).play(steps / RUNS).costs());
    runs.flatten().collect()
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let trace = || Run::new(7).play(60).trace();
    let (one, other) = (trace(), trace());
    let differs = one.iter().zip(&other).position(|(one, other)| one != other);
    if let Some(at) = differs {
        panic!(
            "after {:#?}: {} or {}",
            &one[at.saturating_sub(5)..at],
            one[at],
            other[at]
        );
    }
}
