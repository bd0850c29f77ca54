//! The thread "feedback-delivery": one loop that obeys commands and delivers what waits.
//!
//! It is the only place that reads logs, compresses, writes the spool and uses the network, so the
//! app's own threads never wait.

mod next;
mod settle;

use std::collections::{HashMap, HashSet};
use std::future::{Future, pending};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

use super::body::Progress;
use super::http::Endpoint;
use super::rounds::{LOOK_AGAIN, Rounds};
use super::server::Server;
use super::{DeliveryEvent, Outcome, WaitingReport, resumable};
use crate::bundle;
use crate::collect::facts::Facts;
use crate::collect::{self, attachments};
use crate::config::FeedbackConfig;
use crate::draft::ReportDraft;
use crate::error::{AttachmentProblem, FeedbackError};
use crate::pending::{Answer, Listeners};
use crate::report::{Report, ReportId};
use crate::spool::layout::{EntryState, WaitReason};
use crate::spool::{self, Claim, Entry, Spool};

/// What the app asks of the thread. Each carries the place for its answer.
#[derive(Debug)]
pub(crate) enum Command {
    Prepare(Box<ReportDraft>, Answer<Report>),
    Submit(Box<Report>, Answer<ReportId>),
    SendUnstored(Box<Report>, Answer<ReportId>),
    Save(Box<Report>, PathBuf, Answer<u64>),
    Hash(Box<Report>, Answer<String>),
    CheckAttachment(PathBuf, Answer<Result<u64, AttachmentProblem>>),
    List(Answer<Vec<WaitingReport>>),
    SaveWaiting(ReportId, PathBuf, Answer<()>),
    Delete(ReportId, Answer<()>),
    Retry(ReportId, Answer<()>),
    Flush(Duration, Answer<usize>),
}

/// How often the progress of an upload is told.
const PROGRESS: Duration = Duration::from_millis(50);
/// How soon to look again at a report that another process is sending.
const HELD_BY_ANOTHER: Duration = Duration::from_secs(1);

type Upload = Pin<Box<dyn Future<Output = Outcome> + Send>>;

pub(crate) struct Worker {
    config: FeedbackConfig,
    facts: Arc<Facts>,
    endpoint: Endpoint,
    spool: Spool,
    /// Made when the first report goes: until then nothing of the network is touched.
    server: Option<Server>,
    listeners: Arc<Listeners>,
    current: Option<Current>,
    /// Reports that were stored by this client and are not decided yet.
    ours: HashSet<ReportId>,
    rounds: Rounds,
    /// Why the last attempt failed: also why a new report has to wait when the server asked for a pause.
    last_failure: WaitReason,
    /// Reports that are decided, but whose file could not be removed or renamed. Not sent again.
    settled: HashMap<ReportId, Settled>,
    /// Reports that a person has asked for; they are sent however old they are.
    asked_for: HashSet<ReportId>,
    /// Reports of which was told that they are too old.
    told_too_old: HashSet<ReportId>,
    flushes: Vec<(Instant, Answer<usize>)>,
    /// When to look after our reports again while nothing is sent.
    look_at: Instant,
    /// The largest bundle that the server takes, in bytes, once it has said so.
    limit: Option<u64>,
}

/// What is left to do for a report that is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Settled {
    Remove,
    Mark(EntryState),
}

/// The one report that is on its way.
struct Current {
    claim: Claim,
    upload: Upload,
    progress: Arc<Progress>,
    told: Option<u64>,
}

impl Worker {
    pub(crate) fn new(
        config: FeedbackConfig,
        facts: Arc<Facts>,
        endpoint: Endpoint,
        spool_dir: Option<PathBuf>,
        listeners: Arc<Listeners>,
    ) -> Self {
        let limits = config.spool_limits;
        Self {
            config,
            facts,
            endpoint,
            spool: Spool::at(spool_dir, limits),
            server: None,
            listeners,
            current: None,
            ours: HashSet::new(),
            rounds: Rounds::new(Instant::now()),
            last_failure: WaitReason::Offline,
            settled: HashMap::new(),
            asked_for: HashSet::new(),
            told_too_old: HashSet::new(),
            flushes: Vec::new(),
            look_at: Instant::now(),
            limit: None,
        }
    }

    /// Runs until the last client handle is dropped. A report on its way then stays in the spool.
    pub(crate) async fn run(mut self, mut commands: UnboundedReceiver<Command>) {
        let mut progress = interval(PROGRESS);
        progress.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            self.start_next();
            self.answer_flushes();
            let alarm = self.alarm();
            tokio::select! {
                command = commands.recv() => match command {
                    Some(command) => self.obey(command),
                    None => return,
                },
                outcome = finished(self.current.as_mut()) => self.settle(outcome),
                _ = progress.tick(), if self.current.is_some() => self.tell_progress(),
                () = sleep_until(alarm) => {}
            }
        }
    }

    fn obey(&mut self, command: Command) {
        match command {
            Command::Prepare(draft, answer) => {
                answer.give(collect::prepare(
                    &self.config,
                    &self.facts,
                    *draft,
                    SystemTime::now(),
                ));
            }
            Command::Submit(report, answer) => {
                let stored = self.take(&report, Spool::enqueue);
                answer.give(stored);
            }
            Command::SendUnstored(report, answer) => {
                let held = self.take(&report, Spool::hold);
                answer.give(held);
            }
            Command::Save(report, to, answer) => answer.give(spool::save(&report, &to)),
            Command::Hash(report, answer) => {
                answer.give(bundle::sha256(&report).map_err(FeedbackError::Bundle));
            }
            Command::CheckAttachment(path, answer) => {
                answer.give(Ok(attachments::check(&path, self.config.budget.attachment)));
            }
            Command::List(answer) => {
                let list =
                    |entry: &Entry| WaitingReport::of(entry, self.is_too_old(entry, SystemTime::now()));
                let listed = self.entries();
                answer.give(listed.map(|entries| entries.iter().map(list).collect()));
            }
            Command::SaveWaiting(id, to, answer) => {
                let saved = self.save_waiting(id, &to);
                answer.give(saved);
            }
            Command::Delete(id, answer) => {
                let deleted = self.delete(id);
                answer.give(deleted);
            }
            Command::Retry(id, answer) => {
                let retried = self.retry(id);
                answer.give(retried);
            }
            Command::Flush(wait, answer) => {
                self.rounds.rush_for_a_person(None, Instant::now());
                self.flushes.push((later(Instant::now(), wait), answer));
            }
        }
    }

    /// Takes a report into the spool, by one of its two ways in.
    fn take(
        &mut self,
        report: &Report,
        keep: impl FnOnce(&mut Spool, &Report) -> Result<Entry, FeedbackError>,
    ) -> Result<ReportId, FeedbackError> {
        if report.is_empty() {
            return Err(FeedbackError::Empty);
        }
        // An edited report takes the place of its earlier self, also of one that is on its way.
        self.current
            .take_if(|current| current.claim.entry.name.id == report.id());
        let entry = self.keep(report, keep)?;
        let id = entry.name.id;
        if entry.is_stored {
            self.tell_stored(&entry);
            if let Some(crash) = &report.crash {
                crash.forget();
            }
        }
        self.ours.insert(id);
        self.settled.remove(&id);
        let now = Instant::now();
        self.rounds.rush(now);
        if let Some(why) = self.held_back(now) {
            let pause = self.rounds.resume_at().saturating_duration_since(now);
            let next_attempt = SystemTime::now() + pause.max(LOOK_AGAIN);
            self.listeners.tell(&DeliveryEvent::Waiting {
                id,
                why,
                next_attempt,
            });
        }
        Ok(id)
    }

    fn tell_stored(&self, entry: &Entry) {
        let (id, bytes) = (entry.name.id, entry.bytes);
        log::info!("report {id} stored, {bytes} bytes");
        self.listeners.tell(&DeliveryEvent::Stored { id, bytes });
    }

    /// Why a report that was just stored is not tried at once.
    fn held_back(&self, now: Instant) -> Option<WaitReason> {
        if !self.config.deliver {
            return Some(WaitReason::Held);
        }
        self.rounds.is_paused(now).then_some(self.last_failure)
    }

    /// What waits. A folder that cannot be read does not hide what is in memory.
    fn entries(&self) -> Result<Vec<Entry>, FeedbackError> {
        let held = || Some(self.spool.held()).filter(|held| !held.is_empty());
        self.spool
            .entries()
            .or_else(|unreadable| held().ok_or(unreadable))
    }

    /// Whether an entry has waited for so long that only a person may send it.
    fn is_too_old(&self, entry: &Entry, now: SystemTime) -> bool {
        let limits = self.config.spool_limits;
        entry.is_waiting()
            && limits.is_too_old(entry.stored_at, now)
            && !self.asked_for.contains(&entry.name.id)
    }

    /// Whether an entry is tried again by itself.
    fn may_go(&self, entry: &Entry, now: SystemTime) -> bool {
        entry.is_waiting() && !self.is_too_old(entry, now) && !self.settled.contains_key(&entry.name.id)
    }

    fn find(&self, id: ReportId) -> Result<Entry, FeedbackError> {
        self.entries()?
            .into_iter()
            .find(|entry| entry.name.id == id)
            .ok_or(FeedbackError::UnknownReport(id))
    }

    fn save_waiting(&self, id: ReportId, to: &Path) -> Result<(), FeedbackError> {
        self.find(id)?.copy(to)
    }

    /// Deletes a report, also the one on its way.
    fn delete(&mut self, id: ReportId) -> Result<(), FeedbackError> {
        self.current.take_if(|current| current.claim.entry.name.id == id);
        self.find(id)?;
        for entry in self.entries()?.iter().filter(|entry| entry.name.id == id) {
            let upload = entry.note().read();
            entry.remove()?;
            self.end_upload(upload);
        }
        self.ours.remove(&id);
        self.listeners.tell(&DeliveryEvent::Deleted(id));
        Ok(())
    }

    /// Puts a report in place of its earlier selves, by `keep`. Uploads of what is gone end.
    fn keep(
        &mut self,
        report: &Report,
        keep: impl FnOnce(&mut Spool, &Report) -> Result<Entry, FeedbackError>,
    ) -> Result<Entry, FeedbackError> {
        let earlier = self.spool.entries().unwrap_or_else(|_| self.spool.held());
        let earlier = earlier.into_iter().filter(|entry| entry.name.id == report.id());
        let uploads: Vec<_> = earlier.map(|entry| (entry.note(), entry.note().read())).collect();
        let entry = keep(&mut self.spool, report)?;
        for (note, upload) in uploads {
            if note.read().is_none() {
                self.end_upload(upload);
            }
        }
        Ok(entry)
    }

    /// Tells the server, in passing, that nothing more comes.
    fn end_upload(&mut self, url: Option<String>) {
        let url = url.filter(|_| self.config.deliver).map(|url| url.parse());
        if let (Some(Ok(url)), Ok(server)) = (url, self.server()) {
            tokio::spawn(resumable::end(server, url));
        }
    }

    fn server(&mut self) -> Result<Server, Box<dyn std::error::Error>> {
        if let Some(server) = &self.server {
            return Ok(server.clone());
        }
        let server = Server::new(self.endpoint.clone())?;
        Ok(self.server.insert(server).clone())
    }

    fn retry(&mut self, id: ReportId) -> Result<(), FeedbackError> {
        let mut entry = self.find(id)?;
        if !entry.is_waiting() {
            entry.set_state(EntryState::New)?;
        }
        self.asked_for.insert(id);
        self.settled.remove(&id);
        // The server may take more by now.
        self.limit = None;
        if let Some(server) = &mut self.server {
            server.forget();
        }
        self.rounds.rush_for_a_person(Some(id), Instant::now());
        Ok(())
    }

    fn alarm(&self) -> Instant {
        let flush = self.flushes.iter().map(|(deadline, _)| *deadline).min();
        let next = if self.current.is_some() || !self.config.deliver {
            self.look_at
        } else {
            self.rounds.resume_at().min(self.look_at)
        };
        flush.map_or(next, |flush| flush.min(next))
    }

    fn answer_flushes(&mut self) {
        if self.flushes.is_empty() {
            return;
        }
        let today = SystemTime::now();
        let left = |worker: &Self| {
            let entries = worker.entries()?;
            Ok(entries.iter().filter(|entry| worker.may_go(entry, today)).count())
        };
        let done = matches!(left(self), Ok(0) | Err(_));
        let now = Instant::now();
        let flushes = std::mem::take(&mut self.flushes);
        for (deadline, answer) in flushes {
            if done || deadline <= now {
                answer.give(left(self));
            } else {
                self.flushes.push((deadline, answer));
            }
        }
    }
}

/// `wait` from `now`, however long.
fn later(now: Instant, wait: Duration) -> Instant {
    now.checked_add(wait)
        .unwrap_or_else(|| now + Duration::from_hours(24 * 365))
}

/// The upload's outcome; never, where there is none.
async fn finished(current: Option<&mut Current>) -> Outcome {
    match current {
        Some(current) => current.upload.as_mut().await,
        None => pending().await,
    }
}

/// Whether a read failed for a reason of the system's, and not because the bytes make no sense.
fn is_from_the_system(error: &std::io::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        let io: Option<&std::io::Error> = error.downcast_ref();
        if io.is_some_and(|io| io.raw_os_error().is_some()) {
            return true;
        }
        // An I/O error that wraps another hides it from `source`.
        cause = io
            .and_then(std::io::Error::get_ref)
            .map(|inner| inner as &(dyn std::error::Error + 'static))
            .or_else(|| error.source());
    }
    false
}
