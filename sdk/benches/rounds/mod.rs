//! What benchmarks of alternating rounds share: the time of one, the median of all, a line of their table and whether it
//! keeps to its goal.

use std::time::{Duration, Instant};

pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}

/// In milliseconds.
pub(crate) fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e3
}

/// The head of a table whose lines are compared with one peer.
#[expect(clippy::print_stdout, reason = "a benchmark's table")]
pub(crate) fn head(title: &str) {
    println!("| {title} | ms | ratio | goal |\n|---|---:|---:|---:|");
}

/// Returns whether the goal is met: so many milliseconds at most, as "60 ms", or that ratio at most, as "1.3", or none.
#[expect(clippy::print_stdout, reason = "a benchmark's table")]
pub(crate) fn line(what: &str, milliseconds: f64, ratio: f64, goal: &str) -> bool {
    println!("| {what} | {milliseconds:.3} | {ratio:.2} | {goal} |");
    let at_most = |is: f64, goal: &str| is <= goal.parse().unwrap();
    match goal.strip_suffix(" ms") {
        Some(goal) => at_most(milliseconds, goal),
        None => goal.is_empty() || at_most(ratio, goal),
    }
}
