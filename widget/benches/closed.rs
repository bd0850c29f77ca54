//! What a closed dialog costs the host per frame, beside the cheapest thing egui can be asked.
//!
//! `cargo bench -p feedback-widget`. The promise is below 100 ns; allocations are none, since the
//! whole of a closed `show` is one flag and a response of plain facts.

use std::hint::black_box;
use std::time::Instant;

use feedback_widget::FeedbackDialog;
use feedback_widget::feedback_sdk::{FeedbackClient, FeedbackConfig};

const FRAMES: u32 = 10_000_000;

fn nanoseconds(mut frame: impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..FRAMES {
        frame();
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(FRAMES)
}

#[expect(clippy::print_stdout, reason = "a bench prints its result")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = FeedbackConfig::new("http://127.0.0.1:9/api/v1/reports", "pk_bench", "bench", "1");
    let mut dialog = FeedbackDialog::new(FeedbackClient::new(config)?);
    let ctx = egui::Context::default();
    let closed = nanoseconds(|| drop(black_box(dialog.show(black_box(&ctx)))));
    let input = nanoseconds(|| black_box(&ctx).input(|_| ()));
    println!("closed show(): {closed:.1} ns per frame; an empty ctx.input(): {input:.1} ns");
    Ok(())
}
