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
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::runtime::Runtime;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::absolute::absolute;
use crate::collect::facts::Facts;
use crate::collect::screen::{Screen, ScreenError};
use crate::config::FeedbackConfig;
use crate::deliver::events::{Events, Listeners};
use crate::deliver::server::Endpoint;
use crate::deliver::waiting::WaitingReport;
use crate::deliver::worker::{Command, Unasked, Worker};
use crate::destination::Destination;
use crate::draft::ReportDraft;
use crate::error::{AttachmentProblem, ConfigError};
use crate::id::ReportId;
use crate::pending::{Answer, Pending, question};
use crate::picture::Picture;
use crate::report::{BundleInfo, Report};
use crate::submission::{LastLook, Submission};
use crate::thread;

/// Collects, stores and delivers reports. Cheap to clone; make one per app and keep it.
///
/// While a client lives, its thread delivers what waits, also from earlier runs of the app. Dropping
/// the last clone ends the thread without waiting for it; what is not delivered stays on disk.
#[derive(Clone)]
pub struct FeedbackClient {
    commands: UnboundedSender<Command>,
    listeners: Arc<Listeners>,
    facts: Arc<Facts>,
    /// Nobody else of this process sends from our folder to elsewhere.
    _destination: Arc<Destination>,
}

impl FeedbackClient {
    /// Checks the config and starts the thread. Touches neither disk nor network itself.
    ///
    /// An error too where it is to deliver, and another client of this process delivers from the same folder to another
    /// address or with another key: see [`spool_dir`](FeedbackConfig::spool_dir).
    pub fn new(config: FeedbackConfig) -> Result<Self, ConfigError> {
        config.check()?;
        let spool_dir = config.folder();
        let folder = spool_dir.as_deref().filter(|_| config.deliver);
        let destination = config.destination()?.claim(folder)?;
        let endpoint = Endpoint {
            url: destination.url.clone(),
            authorization: destination.authorization.clone(),
            any_success_is_receipt: config.any_success_is_receipt,
            resumable_from: config.resumable_from,
            stall: config.stall,
            transport: config.transport.clone(),
        };
        let (commands, inbox) = unbounded_channel();
        let listeners = Arc::new(Listeners::default());
        let facts = Arc::new(Facts::new(config.breadcrumbs));
        let worker = Worker::new(
            config,
            Arc::clone(&facts),
            endpoint,
            spool_dir,
            Arc::clone(&listeners),
            Unasked(commands.downgrade()),
        );
        let started = thread::start("feedback-delivery", move || match runtime() {
            Ok(runtime) => {
                runtime.block_on(worker.run(inbox));
                runtime.shutdown_background(); // a dead disk or display is not waited for
            }
            Err(error) => log::error!("the feedback thread cannot start: {error}"),
        });
        if let Err(error) = started {
            // Every call will answer `Stopped`, which tells the person to save the report.
            log::error!("the feedback thread cannot start: {error}");
        }
        Ok(Self {
            commands,
            listeners,
            facts,
            _destination: destination,
        })
    }

    /// Sets a fact about the app as it is now, such as the licence's state or the kind of the open document, for
    /// every report that is prepared from now on. Masked; of the same name in the config, this one wins.
    ///
    /// Cheap, from any thread. At most 200 facts of 4 KiB each; a new one beyond that is left out and logged. A report
    /// takes 200 in all, those of its draft first: where that has some too, as many of these can be left out, as a gap.
    pub fn set_context(&self, key: impl Into<String>, value: impl Into<String>) {
        if !self.facts.set(&key.into(), &value.into()) {
            log::warn!("a fact was left out: the app has set as many as a report takes");
        }
    }

    /// Takes a fact back that was [set](Self::set_context).
    pub fn remove_context(&self, key: &str) {
        self.facts.remove(key);
    }

    /// Notes what the person has just done, such as `opened a note`. A report has the newest
    /// [of them](crate::FeedbackConfig::breadcrumbs) with their times, masked, in `logs/breadcrumbs.log`.
    ///
    /// Cheap, from any thread. Name the action, not the content: people's own words do not belong here.
    pub fn breadcrumb(&self, action: impl Into<String>) {
        self.facts.add_breadcrumb(SystemTime::now(), &action.into());
    }

    /// Collects logs and facts, reads attachments, encodes pictures, masks and compresses: the [`Report`] to show and
    /// to submit. Sends nothing. Writes nothing either, but of evidence that has more than 4 MiB when it is masked
    /// and compressed: that lies in a file without a name, which goes with the report. Where no disk takes that file,
    /// at most 64 MiB of evidence stay in memory; what is more is left out as gaps, of the log files the oldest.
    ///
    /// Large files are compressed by up to two threads named "feedback-zip", which end with the work; so it is where a
    /// report is made to fit later.
    ///
    /// What cannot be had is a [`Gap`](crate::Gap) in the report and no error; the only one of its own is
    /// [`FeedbackError::Withheld`](crate::FeedbackError::Withheld).
    pub fn prepare(&self, draft: ReportDraft) -> Pending<Report> {
        self.ask(|answer| Command::Prepare(Box::new(draft), answer))
    }

    /// Stores a report and starts to deliver it.
    ///
    /// The answer is `Ok` only when the report would survive a power cut. How delivery goes on is
    /// told by [`subscribe`](Self::subscribe). An error says what stands in the way, and nothing is stored then: keep
    /// the words, and offer to [`save`](Self::save) the report or to [send it from memory](Self::send_unstored). Where
    /// the answer is dropped before it was taken, what cannot be stored is sent from memory by itself.
    pub fn submit(&self, report: Report) -> Pending<ReportId> {
        self.ask(|answer| Command::Submit(Box::new(report), answer))
    }

    /// [Submits](Self::submit) a report as soon as it is [prepared](Self::prepare) by this client, also if nobody looks at
    /// the answer: for an app that may not come to it, since its window is hidden.
    ///
    /// `last_look` decides on the SDK's thread whether it goes; it can still leave files out and set the words. It must
    /// not block. Where it panics, the report does not go (an app with `panic = "abort"` ends, as with every panic). An
    /// error is one of preparing, and is `Stopped` where the answer of `prepared` was taken already.
    pub fn submit_prepared(
        &self,
        prepared: Pending<Report>,
        last_look: impl FnOnce(&mut Report) -> bool + Send + 'static,
    ) -> Pending<Submission> {
        self.ask(|answer| Command::SubmitPrepared(prepared, LastLook::new(last_look), answer))
    }

    /// Sends a report that [`submit`](Self::submit) could not store (a full disk, a read-only home) from memory.
    ///
    /// Returns its id once it is taken, which promises nothing: it waits, is tried and told of as every other,
    /// but only while this client lives. As soon as the disk takes it, it is stored, with
    /// [`DeliveryEvent::Stored`](crate::DeliveryEvent::Stored). Of one with more than 64 MiB goes what goes for a server
    /// that takes no more, oldest logs first, with [`DeliveryEvent::Fitted`](crate::DeliveryEvent::Fitted); of several
    /// with more than that together the last is refused with
    /// [`FeedbackError::MemoryFull`](crate::FeedbackError::MemoryFull).
    pub fn send_unstored(&self, report: Report) -> Pending<ReportId> {
        self.ask(|answer| Command::SendUnstored(Box::new(report), answer))
    }

    /// Writes a report as a zip file instead of sending it: the same bytes that would be sent. A file that is there
    /// already is replaced. Returns the number of bytes.
    pub fn save(&self, report: Report, to: impl Into<PathBuf>) -> Pending<u64> {
        let to = absolute(to.into());
        self.ask(|answer| Command::Save(Box::new(report), to, answer))
    }

    /// The bundle that a report makes as it stands: its size, and the SHA-256 that the server's receipt repeats.
    pub fn bundle_info(&self, report: Report) -> Pending<BundleInfo> {
        self.ask(|answer| Command::Info(Box::new(report), answer))
    }

    /// Looks at a file a person chose: its size in bytes, or why it cannot be attached.
    pub fn check_attachment(&self, path: impl Into<PathBuf>) -> Pending<Result<u64, AttachmentProblem>> {
        let path = absolute(path.into());
        self.ask(|answer| Command::CheckAttachment(path, answer))
    }

    /// The most bytes that the zip of a report may have, as far as the server has told, to this run of the app or to one
    /// before. Of a larger one what matters least is left out; where an earlier run was told, only if the server says it
    /// again.
    pub fn limit(&self) -> Pending<Option<u64>> {
        self.ask(Command::Limit)
    }

    /// The address for the answer that was [remembered](Self::remember_reply_to) last, by this or an earlier run.
    pub fn reply_to(&self) -> Pending<Option<String>> {
        self.ask(Command::ReplyTo)
    }

    /// Remembers the address for the answer, for the form of the app's next run, or forgets it with `None`. It lies
    /// beside the reports, readable for this user alone; without a folder there, before the first report, it is not kept.
    pub fn remember_reply_to(&self, address: Option<String>) -> Pending<()> {
        self.ask(|answer| Command::RememberReplyTo(address, answer))
    }

    /// What [`take_screen`](Self::take_screen) can take: the monitors, then the windows of other apps that have a
    /// title, the topmost first. Needs the feature `screen`. Takes no picture and asks nobody.
    pub fn screens(&self) -> Pending<Result<Vec<Screen>, ScreenError>> {
        self.ask(Command::ListScreens)
    }

    /// Takes a picture of the screen as it is now, other apps included: only when the person has asked for it, and
    /// to be shown to them before it is sent. Needs the feature `screen`.
    ///
    /// The desktop may ask the person first, for as long as they like. Dropping the [`Pending`] ends that question.
    pub fn take_screen(&self, screen: Screen) -> Pending<Result<Picture, ScreenError>> {
        self.ask(|answer| Command::TakeScreen(screen, answer))
    }

    /// The reports that have not arrived yet, oldest first.
    pub fn waiting(&self) -> Pending<Vec<WaitingReport>> {
        self.ask(Command::List)
    }

    /// What the person wrote in a waiting report, also in one of an earlier run; of more than 512 KiB the beginning.
    pub fn message_of(&self, id: ReportId) -> Pending<String> {
        self.ask(|answer| Command::MessageOf(id, answer))
    }

    /// Copies a waiting report's bundle to a file, in place of what is there already. It goes on waiting.
    pub fn save_waiting(&self, id: ReportId, to: impl Into<PathBuf>) -> Pending<()> {
        let to = absolute(to.into());
        self.ask(|answer| Command::SaveWaiting(id, to, answer))
    }

    /// Takes a report back: stops its upload and deletes it from the spool.
    ///
    /// Once all bytes are sent, it may have arrived nevertheless.
    pub fn delete(&self, id: ReportId) -> Pending<()> {
        self.ask(|answer| Command::Delete(id, answer))
    }

    /// Tries a report again that waits or was given up (refused, too old, set aside), now and before all others.
    pub fn retry(&self, id: ReportId) -> Pending<()> {
        self.ask(|answer| Command::Retry(id, answer))
    }

    /// Tries everything that waits, now and by the schedule, for at most `timeout`. Returns how many
    /// reports are left that will be tried again.
    pub fn flush(&self, timeout: Duration) -> Pending<usize> {
        self.ask(|answer| Command::Flush(timeout, answer))
    }

    /// Receives every [`DeliveryEvent`](crate::DeliveryEvent) from now on. The first subscriber also gets what has happened
    /// before, such as the delivery of a report from the last run. `wake` is called on the SDK's thread after each
    /// event and each finished [`Pending`]: the place for `egui::Context::request_repaint`.
    pub fn subscribe(&self, wake: impl Fn() + Send + Sync + 'static) -> Events {
        self.listeners.subscribe(wake)
    }

    fn ask<T>(&self, command: impl FnOnce(Answer<T>) -> Command) -> Pending<T> {
        let (answer, pending) = question(&self.listeners);
        // A stopped thread drops the command and with it the place for the answer: `Stopped`.
        let _ = self.commands.send(command(answer));
        pending
    }
}

impl fmt::Debug for FeedbackClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FeedbackClient").finish_non_exhaustive()
    }
}

fn runtime() -> io::Result<Runtime> {
    // tokio's signals, which any crate of an app may switch on, panic where no file handles are left. So as
    // many as a runtime takes are asked for before, all at once.
    #[cfg(unix)]
    let _: Vec<_> = (0..3)
        .map(|_| std::os::unix::net::UnixStream::pair())
        .collect::<io::Result<_>>()?;
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .thread_name("feedback-network")
        .build()
}
