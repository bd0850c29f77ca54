//! Opening the real window, and noticing where there can be none.

use std::any::Any;
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use demo_app::app::{App, Inbox};
use demo_app::feedback::Settings;
use demo_app::receiver::Receiver;
use demo_app::{APP_NAME, files, logging};
use eframe::egui::ViewportBuilder;
use tempfile::TempDir;

/// Where reports go.
pub(crate) enum Target {
    /// To a receiver that is started inside this process.
    InProcess,
    /// To one that runs elsewhere.
    Receiver { endpoint: String, key: String },
}

/// What came of opening the window.
pub(crate) enum Opening {
    /// It was open, and the person has closed it.
    Closed,
    /// It could not be opened, for this reason.
    NoWindow(String),
}

/// Opens the window and runs the app until it is closed.
pub(crate) fn open(target: Target, file: Option<PathBuf>) -> Result<Opening, Box<dyn Error>> {
    if !has_display() {
        let why = "there is no display, neither DISPLAY nor WAYLAND_DISPLAY is set";
        return Ok(Opening::NoWindow(why.to_owned()));
    }
    // Dropped after the app: what waits in it must not vanish under the app's hands.
    let folder = TempDir::with_prefix("notes-")?;
    let logs = logging::default_folder().unwrap_or_else(|| folder.path().join("logs"));
    let (settings, inbox) = match target {
        Target::Receiver { endpoint, key } => {
            let spool = None;
            let settings = Settings {
                endpoint,
                key,
                logs,
                spool,
                language: None,
                machine: None,
            };
            (settings, None)
        }
        Target::InProcess => {
            let receiver = Rc::new(Receiver::start(&folder.path().join("receiver"))?);
            let settings = Settings {
                endpoint: receiver.endpoint(),
                key: receiver.key(),
                logs,
                // Not in the folder that goes: a crash is remembered there for the next run.
                spool: feedback_sdk::default_spool_dir("Notes with a receiver inside"),
                language: None,
                machine: None,
            };
            let inbox: Inbox = Box::new(move || receiver.inbox_url());
            (settings, Some(inbox))
        }
    };
    run(settings, inbox, file)
}

fn run(settings: Settings, inbox: Option<Inbox>, file: Option<PathBuf>) -> Result<Opening, Box<dyn Error>> {
    let opened = Arc::new(AtomicBool::new(false));
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_app_id("notes")
            .with_inner_size([960.0, 640.0])
            .with_min_inner_size([360.0, 300.0]),
        ..Default::default()
    };
    let is_open = Arc::clone(&opened);
    let create: eframe::AppCreator<'_> = Box::new(move |creation| {
        is_open.store(true, Ordering::Relaxed);
        logging::start(&settings.logs)?;
        tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
        let mut app = App::new(&settings, Box::new(files::system_picker), inbox)?;
        if let Some(file) = file {
            app.open(&creation.egui_ctx, file);
        }
        Ok(Box::new(app))
    });

    // Where a library of the system is missing, the windowing library panics instead of saying so.
    let silent_until = Arc::clone(&opened);
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if silent_until.load(Ordering::Relaxed) {
            report(info);
        }
    }));
    let ended = catch_unwind(AssertUnwindSafe(|| eframe::run_native(APP_NAME, options, create)));
    let was_open = opened.swap(true, Ordering::Relaxed);
    match ended {
        Ok(Ok(())) => {
            tracing::info!("closed");
            Ok(Opening::Closed)
        }
        Ok(Err(error)) if was_open => Err(error.into()),
        Err(panic) if was_open => resume_unwind(panic),
        Ok(Err(error)) => Ok(Opening::NoWindow(one_line(&error.to_string()))),
        Err(panic) => Ok(Opening::NoWindow(one_line(&said(&*panic)))),
    }
}

fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    // Other systems always have one, or say so when it is opened.
    let asks = cfg!(all(unix, not(any(target_os = "macos", target_os = "android"))));
    !asks || set("DISPLAY") || set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET")
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("the windowing library has failed").to_owned()
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_end_matches('.').to_owned()
}
