//! A Rust app without egui, here in a terminal. An iced, Slint or winit app calls `write_to_us` the same way, on a
//! thread of its own, and sends itself the outcome as a message.

use std::io::{self, BufRead as _};
use std::process::{Command, Stdio};

/// What became of it.
enum Outcome {
    /// It has arrived; its number, where the server gives one.
    Sent(Option<String>),
    /// It is kept and will be sent later.
    Queued,
    /// The server said no; it is kept.
    Refused,
    /// The person closed the window without sending.
    Cancelled,
    /// No window, or no disk to store it on; stderr says why.
    Failed,
}

/// The program with the arguments that say where reports go.
fn feedback(command: &str) -> Command {
    let set = |name, otherwise: &str| std::env::var(name).unwrap_or_else(|_| otherwise.to_owned());
    let endpoint = set("FEEDBACK_ENDPOINT", "http://127.0.0.1:8787/api/v1/reports");
    let key = set("FEEDBACK_KEY", "pk_notes");
    let mut program = Command::new(set("FEEDBACK_PROGRAM", "feedback"));
    program.args([command, "--endpoint", &endpoint, "--key", &key]);
    program.stdin(Stdio::null());
    program
}

/// Sends in the background what waits, for up to an hour, also when this app has ended.
fn deliver() {
    let mut flush = feedback("flush");
    flush.args(["--wait", "3600"]).stdout(Stdio::null()).stderr(Stdio::null());
    std::thread::spawn(move || flush.status());
}

/// Opens the window and waits until the person is done.
fn write_to_us() -> io::Result<Outcome> {
    let window = feedback("window")
        .args(["--json", "--app", "Rust notes", "--app-version", "1.0", "--wait", "2"])
        // .args(["--screenshot", "picture.png"]), where the app has one
        .stderr(Stdio::inherit())
        .output()?;
    let said = String::from_utf8_lossy(&window.stdout);
    Ok(match window.status.code() {
        // A real app would use its JSON library.
        Some(0) => Outcome::Sent(
            said.split("\"number\":\"")
                .nth(1)
                .and_then(|rest| Some(rest.split_once('"')?.0.to_owned())),
        ),
        Some(1) => Outcome::Cancelled,
        Some(65) => Outcome::Refused,
        Some(75) => Outcome::Queued,
        _ => Outcome::Failed,
    })
}

fn main() {
    deliver();
    println!("Press Enter to write to us.");
    for _ in io::stdin().lock().lines() {
        match write_to_us() {
            Ok(Outcome::Sent(number)) => println!("Thank you: {}", number.unwrap_or_default()),
            Ok(Outcome::Queued) => {
                println!("Kept, will be sent later");
                deliver();
            }
            Ok(Outcome::Refused) => println!("Not accepted, but kept"),
            Ok(Outcome::Cancelled) => println!(),
            Ok(Outcome::Failed) => println!("Not sent"),
            Err(error) => println!("The program does not start: {error}"),
        }
    }
}
