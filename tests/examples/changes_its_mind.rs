//! An app that asks for a picture of the screen and gives it up at the first line that it reads; it ends at the second.

#![expect(clippy::unwrap_used, reason = "a program of the tests")]

use feedback_sdk::{FeedbackClient, FeedbackConfig};

fn main() {
    let config = FeedbackConfig::new("https://feedback.invalid/", "pk_screen", "screen", "1").deliver(false);
    let client = FeedbackClient::new(config).unwrap();
    let screen = client.screens().wait().unwrap().unwrap().remove(0);
    let picture = client.take_screen(screen);
    let mut lines = std::io::stdin().lines();
    lines.next().unwrap().unwrap();
    drop(picture);
    lines.next().unwrap().unwrap();
}
