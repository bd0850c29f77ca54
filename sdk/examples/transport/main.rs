//! Sends a report through the app's own transport, without the feature `http`:
//! `transport http://127.0.0.1:8787/api/v1/reports KEY MESSAGE`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program")]

mod plain;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use feedback_sdk::{DeliveryEvent, FeedbackClient, FeedbackConfig, ReportDraft};

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
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [endpoint, key, message] = arguments.as_slice() else {
        return Err("usage: transport ENDPOINT KEY MESSAGE".into());
    };
    let config = FeedbackConfig::new(endpoint, key, "transport", "1").transport(plain::Plain);
    let client = FeedbackClient::new(config)?;
    let events = client.subscribe(|| {});
    let id = client
        .submit(client.prepare(ReportDraft::new(message)).wait()?)
        .wait()?;
    client.flush(Duration::from_secs(30)).wait()?;
    while let Some(event) = events.try_next() {
        if let DeliveryEvent::Sent(receipt) = event
            && receipt.id == id
        {
            println!("arrived, number {}", receipt.number.unwrap_or_default());
            return Ok(());
        }
    }
    Err("it is kept, and sent another time".into())
}
