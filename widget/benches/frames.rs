//! What the dialog costs the host's frames: closed, open and idle, and from Send until the report is
//! stored. `cargo bench -p feedback-widget`
//!
//! Goals: closed below 100 ns (beside the cheapest thing egui can be asked), the frames of a Send below
//! 1 ms. That a closed dialog allocates nothing is a test (`tests/it/closed.rs`).

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark is a program of its own"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use egui::{Context, Event, Key, Modifiers, RawInput};
use feedback_widget::FeedbackDialog;
use feedback_widget::feedback_sdk::{FeedbackClient, FeedbackConfig, ReportId};

const CLOSED_FRAMES: u32 = 10_000_000;
const IDLE_FRAMES: usize = 1000;
const SENDS: usize = 30;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("app.log");
    std::fs::write(&log, "12:00:01 INFO opened a note\n".repeat(40_000)).unwrap();
    let config = FeedbackConfig::new("http://127.0.0.1:9/api/v1/reports", "pk_bench", "bench", "1")
        .log(log.display().to_string())
        .spool_dir(folder.path().join("spool"))
        .deliver(false);
    let client = FeedbackClient::new(config).unwrap();
    let ctx = Context::default();

    let mut dialog = FeedbackDialog::new(client.clone());
    let closed = per_frame(|| drop(black_box(dialog.show(black_box(&ctx)))));
    let input = per_frame(|| black_box(&ctx).input(|_| ()));
    println!("closed                          {closed:>8.1} ns (an empty ctx.input(): {input:.1} ns)");

    dialog.set_language("en");
    dialog.open();
    for _ in 0..10 {
        frame(&ctx, &mut dialog, Vec::new());
    }
    let idle = (0..IDLE_FRAMES)
        .map(|_| frame(&ctx, &mut dialog, Vec::new()).0)
        .collect();
    println!("open and idle                   {:>8.1} us", micros(median(idle)));

    let (mut pressed, mut worst) = (Vec::new(), Vec::new());
    for _ in 0..SENDS {
        let mut dialog = FeedbackDialog::new(client.clone());
        let (press, most, stored) = send(&ctx, &mut dialog);
        pressed.push(press);
        worst.push(most);
        client.delete(stored).wait().unwrap();
    }
    println!(
        "the frame that pressed Send     {:>8.1} us",
        micros(median(pressed))
    );
    println!(
        "the slowest until it is stored  {:>8.1} us",
        micros(median(worst))
    );
}

/// Types, presses Send, and goes on until the report is stored: the time of that frame, of the slowest
/// one, and the report.
fn send(ctx: &Context, dialog: &mut FeedbackDialog) -> (Duration, Duration, ReportId) {
    dialog.open();
    for _ in 0..10 {
        frame(ctx, dialog, Vec::new());
    }
    frame(ctx, dialog, vec![Event::Text("The export is empty.".to_owned())]);
    let enter = Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    };
    let (press, mut stored) = frame(ctx, dialog, vec![enter]);
    let mut most = press;
    let deadline = Instant::now() + Duration::from_secs(20);
    while stored.is_none() && Instant::now() < deadline {
        let (time, now_stored) = frame(ctx, dialog, Vec::new());
        most = most.max(time);
        stored = now_stored;
    }
    (press, most, stored.unwrap())
}

/// One frame: what `show` took, and the report that was stored.
fn frame(ctx: &Context, dialog: &mut FeedbackDialog, events: Vec<Event>) -> (Duration, Option<ReportId>) {
    let input = RawInput {
        events,
        ..RawInput::default()
    };
    let (mut took, mut stored) = (Duration::ZERO, None);
    let mut output = ctx.run_ui(input, |ui| {
        let start = Instant::now();
        let response = dialog.show(ui.ctx());
        took += start.elapsed();
        stored = stored.or(response.stored);
    });
    output.textures_delta.clear();
    (took, stored)
}

fn per_frame(mut frame: impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..CLOSED_FRAMES {
        frame();
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(CLOSED_FRAMES)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
