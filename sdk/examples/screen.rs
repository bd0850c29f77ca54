//! Lists what pictures can be taken of, and takes one: `screen`, or `screen NUMBER REPORT.zip`.
//!
//! The picture becomes part of a report as in the window, which is saved instead of sent. For support people who
//! want to know what an app can see on a machine.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program")]

use std::error::Error;
use std::process::ExitCode;

use feedback_sdk::{FeedbackClient, FeedbackConfig, ReportDraft};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    // Nothing is sent: the report is saved.
    let config = FeedbackConfig::new("https://feedback.invalid/", "pk_screen", "screen", "1").deliver(false);
    let client = FeedbackClient::new(config)?;
    let mut screens = client.screens().wait()??;
    let mut arguments = std::env::args().skip(1);
    let (Some(number), Some(path)) = (arguments.next(), arguments.next()) else {
        for (number, screen) in screens.iter().enumerate() {
            let (kind, name) = (screen.kind(), screen.name());
            println!(
                "{number} {kind:?} {name:?} {:?} {:?}",
                screen.pixels(),
                screen.scale()
            );
        }
        return Ok(());
    };
    let number: usize = number.parse()?;
    if number >= screens.len() {
        return Err(format!("there are {} things to take a picture of", screens.len()).into());
    }
    let mut draft = ReportDraft::new("A picture of the screen");
    draft
        .pictures
        .push(client.take_screen(screens.swap_remove(number)).wait()??);
    let report = client.prepare(draft).wait()?;
    client.save(report, path).wait()?;
    Ok(())
}
