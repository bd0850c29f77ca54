//! What the dialog costs the host's frames: closed, open and idle, opening, from Send until the report is stored, with a
//! large picture, and whatever else happens. And the memory. `cargo bench -p feedback-widget --bench frames`
//!
//! That a closed dialog allocates nothing and an idle one asks for no frame are tests as well (`tests/it/closed.rs`).

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a benchmark is a program of its own"
)]

mod hands;
mod large;
mod memory;

/// The app and the random acts are those of the tests.
#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../../tests/it"]
mod it {
    pub(crate) mod app;
    pub(crate) mod cpu;
    pub(crate) mod font;
    pub(crate) mod fuzz;
    pub(crate) mod hands;
    pub(crate) mod receiver;
    mod spoken;
    pub(crate) mod stage;
}

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use egui::{Context, Event, Key, Modifiers, RawInput, ViewportId};
use feedback_widget::FeedbackDialog;
use feedback_widget::feedback_sdk::{FeedbackClient, FeedbackConfig, ReportId};
use it::cpu::{cpu_time, cpu_time_since};
use it::fuzz::Cost;

const CLOSED_FRAMES: u32 = 10_000_000;
const IDLE_FRAMES: usize = 1000;
const OPENINGS: usize = 100;
const SENDS: usize = 30;
const ACTS: usize = 10_000;

/// Fails where a goal is missed.
fn main() -> ExitCode {
    if memory::is_measured_here() {
        return ExitCode::SUCCESS;
    }
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("app.log");
    std::fs::write(&log, "12:00:01 INFO opened a note\n".repeat(40_000)).unwrap();
    let config = FeedbackConfig::new("http://127.0.0.1:9/api/v1/reports", "pk_bench", "bench", "1")
        .log(log.display().to_string())
        .spool_dir(folder.path().join("spool"))
        .deliver(false);
    let client = FeedbackClient::new(config).unwrap();
    let ctx = Context::default();
    ctx.all_styles_mut(|style| style.visuals.text_cursor.blink = false); // egui's own wish for frames
    let mut dialog = FeedbackDialog::new(client.clone());
    dialog.set_language("en");

    println!("| A frame | takes | goal | of the goal |\n|---|---:|---:|---:|");
    let closed = per_frame(|| drop(black_box(dialog.show(black_box(&ctx)))));
    let input = per_frame(|| black_box(&ctx).input(|_| ()));
    println!(
        "| closed (an empty `ctx.input()`: {input:.0} ns) | {closed:.1} ns | 50 ns | {:.2} |",
        closed / 50.0
    );
    let allocated = allocation_counter::measure(|| drop(black_box(dialog.show(black_box(&ctx)))));
    println!("| closed: allocations | {} | 0 | |", allocated.count_total);
    let mut all_met = closed <= 50.0 && allocated.count_total == 0;

    settle(&ctx, &mut dialog);
    let idle: Vec<Frame> = (0..IDLE_FRAMES)
        .map(|_| frame(&ctx, &mut dialog, Vec::new()))
        .collect();
    let asks = idle.iter().filter(|frame| frame.wants_another).count();
    let took = median(idle.iter().map(|frame| frame.ours).collect());
    all_met &= asks == 0;
    all_met &= row("open and idle", took, Duration::from_micros(150));
    println!("| open and idle: frames asked for in {IDLE_FRAMES} | {asks} | 0 | |");
    dialog.close();

    let first = (0..OPENINGS)
        .map(|_| first_full_frame(&ctx, &mut dialog))
        .collect();
    all_met &= row(
        "opening, all of the app's frame",
        median(first),
        Duration::from_millis(16),
    );

    let slow = Duration::from_millis(4);
    let (mut pressed, mut worst) = (Vec::new(), Vec::new());
    for _ in 0..SENDS {
        let mut dialog = FeedbackDialog::new(client.clone());
        let (press, most, stored) = send(&ctx, &mut dialog);
        pressed.push(press);
        worst.push(most);
        client.delete(stored).wait().unwrap();
    }
    all_met &= row("Send is pressed", median(pressed), slow);
    all_met &= row("the slowest until it is stored", median(worst), slow);

    for (what, slowest) in large::rows() {
        all_met &= row(what, slowest, slow);
    }
    let costs = acts();
    for Cost { act, frame, texts } in costs.iter().rev().take(10) {
        eprintln!(
            "{frame:.1?}, its texts by egui alone {:.1?}: {act}",
            texts.alone()
        );
    }
    let at = |part: usize| &costs[(costs.len() - 1) * part / 1000];
    all_met &= row("99 of 100 in 10,000 random acts", at(990).frame, slow);
    all_met &= row("999 of 1000 in them", at(999).frame, slow);
    let Cost { frame, texts, .. } = at(1000);
    let [frame, alone] = [*frame, texts.alone()].map(|time| time.as_micros());
    println!("| the slowest in them (its texts by egui alone: {alone} µs) | {frame} µs | | |");
    // What is left of the slowest hundredth. All others take less as they are.
    let ours = |cost: &Cost| cost.frame.saturating_sub(cost.texts.alone());
    let ours = costs[costs.len() * 99 / 100..].iter().map(ours).max();
    let ours = ours.unwrap_or_default().max(at(990).frame);
    all_met &= row(
        "the most in them that is not egui's work on the texts",
        ours,
        slow,
    );
    memory::print();
    if all_met {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// What random acts cost, the cheapest first. Each is done three times and the least counts: what other programs or a
/// cold cache have added falls away, what the act itself takes does not.
fn acts() -> Vec<Cost> {
    let mut costs = it::fuzz::costs(ACTS, 1);
    for _ in 0..2 {
        for (cost, again) in costs.iter_mut().zip(it::fuzz::costs(ACTS, 1)) {
            cost.frame = cost.frame.min(again.frame);
        }
    }
    costs.sort_by_key(|cost| cost.frame);
    costs
}

/// Prints it. Whether the goal is met.
fn row(what: &str, took: Duration, goal: Duration) -> bool {
    let is_met = took <= goal;
    let [took, goal] = [took, goal].map(|time| time.as_secs_f64() * 1e6);
    println!("| {what} | {took:.0} µs | {goal:.0} µs | {:.2} |", took / goal);
    is_met
}

/// Opens the dialog, and goes on until nothing moves: the answers to all that it has asked have come.
fn settle(ctx: &Context, dialog: &mut FeedbackDialog) {
    dialog.open();
    let mut quiet = 0;
    while quiet < 100 {
        std::thread::yield_now();
        quiet += 1;
        if frame(ctx, dialog, Vec::new()).wants_another {
            quiet = 0;
        }
    }
}

/// From the call that opens it to the triangles of the frame that shows it; it was open before, so that the letters
/// are known. egui measures the dialog in a pass of its own, which is in it.
fn first_full_frame(ctx: &Context, dialog: &mut FeedbackDialog) -> Duration {
    for _ in 0..3 {
        frame(ctx, dialog, Vec::new());
    }
    let start = cpu_time();
    dialog.open();
    for _ in 0..2 {
        let mut output = ctx.run_ui(RawInput::default(), |ui| drop(dialog.show(ui.ctx())));
        black_box(ctx.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point));
        output.textures_delta.clear();
    }
    let took = cpu_time_since(start);
    dialog.close();
    took
}

/// Types, presses Send, and goes on until the report is stored: the time of that frame, of the slowest
/// one, and the report.
fn send(ctx: &Context, dialog: &mut FeedbackDialog) -> (Duration, Duration, ReportId) {
    settle(ctx, dialog);
    frame(ctx, dialog, vec![Event::Text("The export is empty.".to_owned())]);
    let enter = Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    };
    let press = frame(ctx, dialog, vec![enter]);
    let (mut most, mut stored) = (press.ours, press.stored);
    let deadline = Instant::now() + Duration::from_secs(20);
    while stored.is_none() && Instant::now() < deadline {
        let next = frame(ctx, dialog, Vec::new());
        most = most.max(next.ours);
        stored = next.stored;
    }
    (press.ours, most, stored.unwrap())
}

struct Frame {
    /// What `show` took.
    ours: Duration,
    stored: Option<ReportId>,
    wants_another: bool,
}

fn frame(ctx: &Context, dialog: &mut FeedbackDialog, events: Vec<Event>) -> Frame {
    let input = RawInput {
        events,
        ..RawInput::default()
    };
    let (mut ours, mut stored) = (Duration::ZERO, None);
    let mut output = ctx.run_ui(input, |ui| {
        let start = cpu_time();
        let response = dialog.show(ui.ctx());
        ours += cpu_time_since(start);
        stored = stored.or(response.stored);
    });
    output.textures_delta.clear();
    let delay = output.viewport_output[&ViewportId::ROOT].repaint_delay;
    Frame {
        ours,
        stored,
        wants_another: delay < Duration::MAX,
    }
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
