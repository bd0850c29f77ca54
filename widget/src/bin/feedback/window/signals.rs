//! The system, the parent or a terminal wants the program to end: that closes the window as its X does. What was typed is
//! asked about, and on disk it is not before Send.

use std::future;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Sender, channel};

use eframe::egui::{Context, ViewportCommand, ViewportId};
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::End;

/// Closes the window on SIGTERM, SIGINT and SIGHUP, from now on; once it is gone, they end the waiting for an upload, and the
/// second of them the program. Where there can be no thread, they end it at once, as they do by themselves. One that is
/// ignored stays so, as `nohup` wants it; that is known on Linux alone.
pub(super) fn follow(ctx: &Context, end: Arc<End>) {
    let ctx = ctx.clone();
    let (installed, is_installed) = channel();
    let listening = std::thread::Builder::new().name("feedback-signals".to_owned());
    drop(listening.spawn(move || listen(&ctx, &end, installed)));
    let _ = is_installed.recv(); // its end says it
}

fn listen(ctx: &Context, end: &End, installed: Sender<()>) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    let ignored = ignored(&std::fs::read_to_string("/proc/self/status").unwrap_or_default());
    runtime.block_on(async {
        let stream = |kind: SignalKind| {
            let is_ignored = ignored >> (kind.as_raw_value() - 1) & 1 == 1;
            (!is_ignored).then(|| signal(kind)).transpose()
        };
        let [mut terminate, mut interrupt, mut hang_up] = [
            stream(SignalKind::terminate())?,
            stream(SignalKind::interrupt())?,
            stream(SignalKind::hangup())?,
        ];
        drop(installed);
        loop {
            let kind = tokio::select! {
                () = next(&mut terminate) => SignalKind::terminate(),
                () = next(&mut interrupt) => SignalKind::interrupt(),
                () = next(&mut hang_up) => SignalKind::hangup(),
            };
            if !end.window_is_gone.load(Ordering::Relaxed) {
                ctx.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::Close);
            } else if end.is_wanted.swap(true, Ordering::Relaxed) {
                std::process::exit(128 + kind.as_raw_value()); // as a shell names it
            }
        }
    })
}

async fn next(stream: &mut Option<Signal>) {
    match stream {
        Some(stream) => drop(stream.recv().await),
        None => future::pending().await,
    }
}

/// The signals that a process ignores, by its `status` in `/proc`: the lowest bit is signal 1.
fn ignored(status: &str) -> u64 {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ignored_is_read_from_the_status_of_the_process() {
        let of = |mask: &str| {
            ignored(&format!(
                "Name:\tfeedback\nSigIgn:\t{mask}\nSigCgt:\t0000000000004003\n"
            ))
        };
        assert_eq!(of("0000000000001003"), 0b1_0000_0000_0011, "HUP, INT and PIPE");
        assert_eq!(of(""), 0);
        assert_eq!(ignored(""), 0, "elsewhere than on Linux");
    }
}
