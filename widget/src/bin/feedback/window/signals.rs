//! The system, the parent or a terminal wants the program to end: that closes the window as its X does. What was typed is
//! asked about, and on disk it is not before Send.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use eframe::egui::{Context, ViewportCommand, ViewportId};
use tokio::signal::unix::{SignalKind, signal};

/// Closes the window on SIGTERM, SIGINT and SIGHUP; once it `is_gone`, they end the program. Where there can be no thread,
/// they end it at once, as they do by themselves.
pub(super) fn follow(ctx: &Context, is_gone: Arc<AtomicBool>) {
    let ctx = ctx.clone();
    let listening = std::thread::Builder::new().name("feedback-signals".to_owned());
    drop(listening.spawn(move || listen(&ctx, &is_gone)));
}

fn listen(ctx: &Context, is_gone: &AtomicBool) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    runtime.block_on(async {
        let [mut end, mut interrupt, mut hang_up] = [
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
            signal(SignalKind::hangup())?,
        ];
        loop {
            let kind = tokio::select! {
                _ = end.recv() => SignalKind::terminate(),
                _ = interrupt.recv() => SignalKind::interrupt(),
                _ = hang_up.recv() => SignalKind::hangup(),
            };
            if is_gone.load(Ordering::Relaxed) {
                std::process::exit(128 + kind.as_raw_value()); // as a shell names it
            }
            ctx.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::Close);
        }
    })
}
