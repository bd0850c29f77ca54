//! Guards "it costs the host nothing": a closed dialog leaves no trace in a frame, and an idle one asks for none.

use egui::Role;
use egui_kittest::kittest::Queryable as _;

use feedback_widget::FeedbackDialog;
use feedback_widget::feedback_sdk::{FeedbackClient, FeedbackConfig};

use super::receiver::Receiver;
use super::stage::Stage;

#[test]
fn closed_it_draws_nothing_and_wakes_nobody() {
    let mut stage = Stage::new(&Receiver::nowhere());
    for _ in 0..2 {
        assert_eq!(stage.harness.query_all_by_role(Role::Dialog).count(), 0);
        let output = &stage.harness.output().viewport_output[&egui::ViewportId::ROOT];
        assert!(output.commands.is_empty());
        assert_eq!(output.repaint_delay, std::time::Duration::MAX);
        // And after it has been open.
        stage.click("Write to us…");
        stage.click("Close");
        stage.harness.run();
    }
}

#[test]
fn open_and_idle_it_wakes_nobody() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write("x");
    stage.click("What will be sent");
    stage.wait_for("Copy "); // the report's hash: the last that comes
    for _ in 0..3 {
        stage.harness.step();
        let output = &stage.harness.output().viewport_output[&egui::ViewportId::ROOT];
        assert!(output.commands.is_empty());
        assert_eq!(output.repaint_delay, std::time::Duration::MAX);
    }
}

#[test]
fn open_and_idle_nothing_but_the_caret_asks_for_frames() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage
        .harness
        .ctx
        .all_styles_mut(|style| style.visuals.text_cursor.blink = true);
    stage.harness.run_steps(4); // what has just been done is over
    let (mut frames, mut seconds) = (0, 0.0);
    while seconds < 10.0 && frames < 100 {
        let now = stage.harness.ctx.input(|input| input.time);
        let output = &stage.harness.output().viewport_output[&egui::ViewportId::ROOT];
        let delay = output.repaint_delay.as_secs_f64();
        assert!(delay <= 1.0, "the caret blinks");
        let delay = delay + 1.0 / 60.0; // what egui takes off for the screen's own frame
        stage.harness.input_mut().time = Some(now + delay);
        stage.harness.step();
        frames += 1;
        seconds += delay;
    }
    assert!(frames <= 22, "{frames} in {seconds} seconds");
}

#[test]
fn closed_it_allocates_nothing() {
    let config = FeedbackConfig::new(Receiver::nowhere(), "pk_test", "Notes", "1");
    let client = FeedbackClient::new(config).unwrap();
    let mut dialog = FeedbackDialog::new(client.clone());
    let ctx = egui::Context::default();
    // The first frame asks what waits from earlier runs.
    let _ = dialog.show(&ctx);
    client.waiting().wait().unwrap();
    let _ = dialog.show(&ctx);
    let allocated = allocation_counter::measure(|| {
        for _ in 0..1000 {
            drop(std::hint::black_box(dialog.show(&ctx)));
            std::hint::black_box(dialog.attention());
        }
    });
    assert_eq!(allocated.count_total, 0);
}
