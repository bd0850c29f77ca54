//! What benchmarks of alternating rounds share: the time of one, the median of all, a line of their table.

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

#[expect(clippy::print_stdout, reason = "a benchmark's table")]
pub(crate) fn line(what: &str, milliseconds: f64, ratio: f64, goal: &str) {
    println!("| {what} | {milliseconds:.3} | {ratio:.2} | {goal} |");
}
