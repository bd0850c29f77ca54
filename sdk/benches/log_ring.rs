//! What the ring adds to the cost of an event: an app's subscriber that formats into nothing, bare and with
//! the ring beside it, in alternating rounds. Prints medians per event and their ratio.

#![expect(clippy::print_stdout, reason = "a benchmark is a program of its own")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use feedback_sdk::LogRing;
use tracing::Dispatch;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::prelude::*;

const ROUNDS: usize = 60;
const EVENTS: u32 = 20_000;

fn main() {
    let app = || {
        tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_writer(Nowhere)
            .with_filter(LevelFilter::INFO)
    };
    let ring = LogRing::new();
    let bare = Dispatch::new(tracing_subscriber::registry().with(app()));
    let both = Dispatch::new(tracing_subscriber::registry().with(app()).with(ring.layer()));

    let mut times: [Vec<Duration>; 4] = Default::default();
    for _ in 0..ROUNDS {
        for (times, (dispatch, round)) in times.iter_mut().zip([
            (&bare, written as fn()),
            (&both, written as fn()),
            (&bare, filtered as fn()),
            (&both, filtered as fn()),
        ]) {
            let start = Instant::now();
            tracing::dispatcher::with_default(dispatch, round);
            times.push(start.elapsed());
        }
    }
    let [bare, both, off, recorded] = times.map(median);
    println!("| The ring of recent log lines | ns an event | ratio |\n|---|---:|---:|");
    println!("| an event that the app writes, by tracing-subscriber | {bare:.0} | 1 |");
    println!("| the same, and into the ring | {both:.0} | {:.2} |", both / bare);
    println!("| one that the app filters out | {off:.0} | {:.2} |", off / bare);
    println!(
        "| the same, and into the ring | {recorded:.0} | {:.2} |",
        recorded / bare
    );
}

fn written() {
    for number in 0..EVENTS {
        tracing::info!(
            number = black_box(number),
            kind = "note",
            "opened in {} ms",
            black_box(12)
        );
    }
}

fn filtered() {
    for number in 0..EVENTS {
        tracing::debug!(
            number = black_box(number),
            kind = "note",
            "opened in {} ms",
            black_box(12)
        );
    }
}

/// Takes what is formatted and lets it fall: the disk's time is no one's to compare.
struct Nowhere;

impl<'a> MakeWriter<'a> for Nowhere {
    type Writer = std::io::Sink;

    fn make_writer(&'a self) -> Self::Writer {
        std::io::sink()
    }
}

/// Nanoseconds per event.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e9 / f64::from(EVENTS)
}
