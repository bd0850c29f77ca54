//! Guards "no panic, no lost word": thousands of random acts of a person, their app, a server and a clock, each
//! followed by a look at every word that was written.
//!
//! A seed decides the acts, and between two of them all that was begun comes to rest, so that the same seed gives
//! the same run; other runs are in haste. `FEEDBACK_FUZZ_STEPS=10000` makes the runs as long as in `check.sh`, and `FEEDBACK_FUZZ_SEED=7`
//! plays only the run that broke.

mod act;
mod cost;
mod gate;
mod owed;
mod run;

use std::ops::Range;

pub(crate) use self::cost::Cost;
use self::run::Run;

/// Acts in all, unless the environment asks for more.
const STEPS: usize = 1200;
/// Runs; each begins with a new app, so that none drowns in what it has sent.
const RUNS: usize = 8;
/// More, in haste. The last has no disk.
const HASTY_RUNS: u64 = 4;

#[test]
fn whatever_happens_nothing_breaks_and_no_word_is_lost() {
    let steps = steps();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let mut costs = costs(steps, workers);
    if costs.is_empty() {
        return; // the run that broke was in haste
    }
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

fn steps() -> usize {
    let steps = std::env::var("FEEDBACK_FUZZ_STEPS").ok();
    steps.map_or(STEPS, |steps| steps.parse().unwrap())
}

/// Those of these runs that are to be played.
fn seeds(all: Range<u64>) -> Vec<u64> {
    let only = std::env::var("FEEDBACK_FUZZ_SEED").ok();
    let only: Option<u64> = only.map(|seed| seed.parse().unwrap());
    all.filter(|seed| only.is_none_or(|only| only == *seed)).collect()
}

/// What each of so many acts has cost, played by so many threads. The same acts in the same order every time.
pub(crate) fn costs(steps: usize, workers: usize) -> Vec<Cost> {
    let seeds = seeds(0..RUNS as u64);
    let play = |seed: &u64| Run::new(*seed).play(steps / RUNS).costs();
    std::thread::scope(|scope| {
        let shares = seeds.chunks(seeds.len().div_ceil(workers).max(1));
        let workers: Vec<_> = shares
            .map(|share| scope.spawn(move || share.iter().flat_map(play).collect::<Vec<_>>()))
            .collect();
        let costs = workers.into_iter().flat_map(|worker| worker.join().unwrap());
        costs.collect()
    })
}

/// Without that rest: what a person does while something is under way.
#[test]
fn who_is_in_haste_loses_no_word_either() {
    let runs = RUNS as u64;
    for seed in seeds(runs..runs + HASTY_RUNS) {
        Run::new(seed).play_in_haste(steps() / RUNS);
    }
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
