//! The handle that apps hold, and the one place that shows the whole order.
//!
//! ```text
//! prepare: draft -> collect -> redact -> Report        what the window shows
//! submit:  Report -> bundle -> spool                   Stored: it survives a power cut
//!          spool -> deliver -> Receipt                 Sent, or Waiting, or Refused
//! ```
//!
//! Every method hands a command to the thread "feedback-delivery" and returns at once.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, SyncSender, TryRecvError, channel, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use etcetera::AppStrategy as _;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::bundle::hex;
use crate::config::FeedbackConfig;
use crate::deliver::http::Endpoint;
use crate::deliver::worker::{Command, Worker};
use crate::deliver::{DeliveryEvent, WaitingReport};
use crate::draft::ReportDraft;
use crate::error::{AttachmentProblem, ConfigError, FeedbackError};
use crate::report::{Report, ReportId};
use crate::spool::Spool;
use crate::spool::limits::Limits;

/// Collects, stores and delivers reports. Cheap to clone; make one per app and keep it.
///
/// While a client lives, its thread delivers what waits, also from earlier runs of the app. Dropping
/// the last clone ends the thread without waiting for it; what is not delivered stays on disk.
#[derive(Clone)]
pub struct FeedbackClient {
    commands: UnboundedSender<Command>,
    listeners: Arc<Listeners>,
}

impl FeedbackClient {
    /// Checks the config and starts the thread. Touches neither disk nor network itself.
    pub fn new(config: FeedbackConfig) -> Result<Self, ConfigError> {
        config.check()?;
        let (url, authorization) = config.destination()?;
        let endpoint = Endpoint {
            url,
            authorization,
            any_success_is_receipt: config.any_success_is_receipt,
        };
        let spool_dir = config
            .spool_dir
            .clone()
            .or_else(|| default_spool_dir(&config.app.name));
        let (commands, inbox) = unbounded_channel();
        let listeners = Arc::new(Listeners::default());
        let worker = Worker::new(config, endpoint, spool_dir, Arc::clone(&listeners));
        let spawned = std::thread::Builder::new()
            .name("feedback-delivery".to_owned())
            .spawn(
                move || match tokio::runtime::Builder::new_current_thread().enable_all().build() {
                    Ok(runtime) => runtime.block_on(worker.run(inbox)),
                    Err(error) => log::error!("the feedback thread cannot start: {error}"),
                },
            );
        if let Err(error) = spawned {
            // Every call will answer `Stopped`, which tells the person to save the report.
            log::error!("the feedback thread cannot start: {error}");
        }
        Ok(Self { commands, listeners })
    }

    /// Collects logs and facts, reads attachments, encodes pictures, masks and compresses: the
    /// [`Report`] to show and to submit. Sends nothing and writes nothing.
    pub fn prepare(&self, draft: ReportDraft) -> Pending<Report> {
        self.ask(|answer| Command::Prepare(draft, answer))
    }

    /// Stores a report and starts to deliver it.
    ///
    /// The answer is `Ok` only when the report would survive a power cut. How delivery goes on is
    /// told by [`subscribe`](Self::subscribe).
    pub fn submit(&self, report: Report) -> Pending<ReportId> {
        self.ask(|answer| Command::Submit(Box::new(report), answer))
    }

    /// Writes a report as a zip file instead of sending it: the same bytes that would be sent.
    /// Answers their number.
    pub fn save(&self, report: Report, to: impl Into<PathBuf>) -> Pending<u64> {
        self.ask(|answer| Command::Save(Box::new(report), to.into(), answer))
    }

    /// Looks at a file a person chose: its size in bytes, or why it cannot be attached.
    pub fn check_attachment(&self, path: impl Into<PathBuf>) -> Pending<Result<u64, AttachmentProblem>> {
        self.ask(|answer| Command::CheckAttachment(path.into(), answer))
    }

    /// The reports that have not arrived yet, oldest first.
    pub fn waiting(&self) -> Pending<Vec<WaitingReport>> {
        self.ask(Command::List)
    }

    /// Copies a waiting report's bundle to a file.
    pub fn save_waiting(&self, id: ReportId, to: impl Into<PathBuf>) -> Pending<()> {
        self.ask(|answer| Command::SaveWaiting(id, to.into(), answer))
    }

    /// Takes a report back: stops its upload and deletes it from the spool.
    ///
    /// Once all bytes are sent, it may have arrived nevertheless.
    pub fn delete(&self, id: ReportId) -> Pending<()> {
        self.ask(|answer| Command::Delete(id, answer))
    }

    /// Tries a waiting or refused report again, now.
    pub fn retry(&self, id: ReportId) -> Pending<()> {
        self.ask(|answer| Command::Retry(id, answer))
    }

    /// Tries everything that waits, now and by the schedule, for at most `timeout`. Answers how many
    /// reports are left that will be tried again.
    pub fn flush(&self, timeout: Duration) -> Pending<usize> {
        self.ask(|answer| Command::Flush(timeout, answer))
    }

    /// Receives every [`DeliveryEvent`] from now on. The first subscriber also gets what has happened
    /// before, such as the delivery of a report from the last run. `wake` is called on the SDK's thread after each
    /// event and each finished [`Pending`]: the place for `egui::Context::request_repaint`.
    pub fn subscribe(&self, wake: impl Fn() + Send + Sync + 'static) -> Events {
        let (sender, receiver) = channel();
        let alive = Arc::new(());
        self.listeners.add(Listener {
            sender,
            wake: Arc::new(wake),
            alive: Arc::downgrade(&alive),
        });
        Events {
            receiver,
            _alive: alive,
        }
    }

    fn ask<T>(&self, command: impl FnOnce(Answer<T>) -> Command) -> Pending<T> {
        let (sender, receiver) = sync_channel(1);
        let answer = Answer {
            sender,
            listeners: Arc::clone(&self.listeners),
        };
        // A stopped thread drops the command and with it the answer's sender: `Stopped`.
        let _ = self.commands.send(command(answer));
        Pending {
            receiver,
            done: false,
        }
    }
}

impl fmt::Debug for FeedbackClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FeedbackClient").finish_non_exhaustive()
    }
}

/// The reports that wait in a spool folder, oldest first, without a client: nothing is created and
/// nothing is sent. A folder that does not exist holds none.
pub fn waiting_in(spool_dir: &Path) -> Result<Vec<WaitingReport>, FeedbackError> {
    let entries = Spool::at(spool_dir.to_owned(), Limits::DEFAULT).entries()?;
    Ok(entries.iter().map(WaitingReport::from).collect())
}

/// Where reports of an app wait by default: a folder `<app>/feedback` in the platform's place for state
/// that stays on this machine. `None` where the system names no home.
pub fn default_spool_dir(app_name: &str) -> Option<PathBuf> {
    let strategy = etcetera::app_strategy::choose_native_strategy(etcetera::AppStrategyArgs {
        top_level_domain: String::new(),
        author: String::new(),
        app_name: folder_name(app_name),
    })
    .ok()?;
    let folder = match strategy.state_dir() {
        Some(state) => state,
        // `LocalAppData`: reports must not roam to other machines and be sent from each.
        None if cfg!(windows) => strategy.cache_dir().with_file_name("state"),
        None => strategy.data_dir(),
    };
    Some(folder.join("feedback"))
}

/// An app's name as one folder name, whatever it holds. Where that changes the name, a part of its hash
/// keeps different apps apart.
fn folder_name(app_name: &str) -> String {
    const LONGEST: usize = 60;
    let app_name = app_name.trim();
    let name: String = app_name
        .to_lowercase()
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() || "-_".contains(letter) {
                letter
            } else {
                '-'
            }
        })
        .take(LONGEST)
        .collect();
    if name == app_name.to_lowercase() {
        return name;
    }
    let hash = ring::digest::digest(&ring::digest::SHA256, app_name.as_bytes());
    format!("{name}-{}", &hex(hash.as_ref())[..8])
}

/// An answer that comes from the SDK's thread. Poll it each frame, or wait.
#[derive(Debug)]
#[must_use = "poll or wait for the answer"]
pub struct Pending<T> {
    receiver: Receiver<Result<T, FeedbackError>>,
    done: bool,
}

impl<T> Pending<T> {
    /// The answer if it is there. `None` while it is not, and after it was taken. Never blocks.
    pub fn poll(&mut self) -> Option<Result<T, FeedbackError>> {
        if self.done {
            return None;
        }
        let answer = match self.receiver.try_recv() {
            Ok(answer) => answer,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err(FeedbackError::Stopped),
        };
        self.done = true;
        Some(answer)
    }

    /// Blocks until the answer is there. Not for a thread that draws.
    pub fn wait(self) -> Result<T, FeedbackError> {
        self.receiver.recv().unwrap_or(Err(FeedbackError::Stopped))
    }
}

/// The stream of [`DeliveryEvent`]s of one subscriber. Dropping it ends the subscription.
#[derive(Debug)]
pub struct Events {
    receiver: Receiver<DeliveryEvent>,
    _alive: Arc<()>,
}

impl Events {
    /// The next event if there is one. Never blocks.
    pub fn try_next(&self) -> Option<DeliveryEvent> {
        self.receiver.try_recv().ok()
    }

    /// Waits for the next event, at most `timeout`. `None` when none came.
    pub fn next_within(&self, timeout: Duration) -> Option<DeliveryEvent> {
        self.receiver.recv_timeout(timeout).ok()
    }
}

/// The place for one answer.
#[derive(Debug)]
pub(crate) struct Answer<T> {
    sender: SyncSender<Result<T, FeedbackError>>,
    listeners: Arc<Listeners>,
}

impl<T> Answer<T> {
    /// Gives the answer and wakes whoever waits. Nobody may be waiting any more.
    pub(crate) fn give(self, answer: Result<T, FeedbackError>) {
        let _ = self.sender.try_send(answer);
        self.listeners.wake();
    }
}

type Wake = Arc<dyn Fn() + Send + Sync>;

struct Listener {
    sender: Sender<DeliveryEvent>,
    wake: Wake,
    /// Gone with the subscriber's [`Events`].
    alive: Weak<()>,
}

/// Everyone who wants to know.
#[derive(Default)]
pub(crate) struct Listeners(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    listeners: Vec<Listener>,
    /// What happened before anyone listened; the first listener takes it.
    backlog: Vec<DeliveryEvent>,
    anyone_yet: bool,
}

/// More than the default spool holds.
const MAX_BACKLOG: usize = 100;

impl Listeners {
    /// Tells an event to all, forgets those who have gone, and wakes the rest.
    pub(crate) fn tell(&self, event: &DeliveryEvent) {
        let mut inner = self.lock();
        if !inner.anyone_yet
            && inner.backlog.len() < MAX_BACKLOG
            && !matches!(event, DeliveryEvent::Sending { .. })
        {
            inner.backlog.push(event.clone());
        }
        inner
            .listeners
            .retain(|listener| listener.sender.send(event.clone()).is_ok());
        drop(inner);
        self.wake();
    }

    fn add(&self, listener: Listener) {
        let mut inner = self.lock();
        inner.anyone_yet = true;
        for event in std::mem::take(&mut inner.backlog) {
            let _ = listener.sender.send(event);
        }
        inner.listeners.push(listener);
    }

    /// Wakes all who still listen; outside the lock, since a wake may subscribe.
    fn wake(&self) {
        let mut inner = self.lock();
        inner
            .listeners
            .retain(|listener| listener.alive.strong_count() > 0);
        let wakes: Vec<Wake> = inner
            .listeners
            .iter()
            .map(|listener| Arc::clone(&listener.wake))
            .collect();
        drop(inner);
        for wake in wakes {
            wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Listeners {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listeners").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_app_name_makes_one_folder() {
        assert_eq!(folder_name(" Notes"), "notes");
        assert!(folder_name("My Notes / ../x").starts_with("my-notes------x-"));
        assert_ne!(folder_name("C++ IDE"), folder_name("C-- IDE"));
        assert_eq!(folder_name(&"длинное имя".repeat(100)).len(), 69);
    }
}
