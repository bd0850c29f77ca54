//! The thread "feedback-delivery": one loop that obeys commands and delivers what waits.
//!
//! It is the only place that reads logs, compresses, writes the spool and uses the network, so the
//! app's own threads never wait.

use std::collections::{HashMap, HashSet};
use std::future::{Future, pending};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

use super::body::Progress;
use super::http::{self, Endpoint, Parcel};
use super::rounds::{LOOK_AGAIN, Rounds};
use super::{DeliveryEvent, Outcome, WaitingReport, fit};
use crate::client::{Answer, Listeners};
use crate::collect::{self, attachments};
use crate::config::FeedbackConfig;
use crate::draft::ReportDraft;
use crate::error::{AttachmentProblem, FeedbackError};
use crate::report::{Report, ReportId};
use crate::spool::layout::{EntryState, WaitReason};
use crate::spool::{self, Claim, Entry, NotClaimed, Spool};

/// What the app asks of the thread. Each carries the place for its answer.
#[derive(Debug)]
pub(crate) enum Command {
    Prepare(ReportDraft, Answer<Report>),
    Submit(Box<Report>, Answer<ReportId>),
    Save(Box<Report>, PathBuf, Answer<u64>),
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
    endpoint: Endpoint,
    /// `None` where the system names no home folder.
    spool: Option<Spool>,
    http: Option<reqwest::Client>,
    listeners: Arc<Listeners>,
    current: Option<Current>,
    /// Reports that were stored by this client and are not decided yet.
    ours: HashSet<ReportId>,
    rounds: Rounds,
    /// Reports that are decided, but whose file could not be removed or renamed. Not sent again.
    settled: HashMap<ReportId, Settled>,
    flushes: Vec<(Instant, Answer<usize>)>,
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

/// Why an upload did not begin.
enum NotStarted {
    Damaged,
    Now(Box<dyn std::error::Error>),
}

impl From<Box<dyn std::error::Error>> for NotStarted {
    fn from(error: Box<dyn std::error::Error>) -> Self {
        Self::Now(error)
    }
}

impl Worker {
    pub(crate) fn new(
        config: FeedbackConfig,
        endpoint: Endpoint,
        spool_dir: Option<PathBuf>,
        listeners: Arc<Listeners>,
    ) -> Self {
        let limits = config.spool_limits;
        Self {
            config,
            endpoint,
            spool: spool_dir.map(|folder| Spool::at(folder, limits)),
            http: None,
            listeners,
            current: None,
            ours: HashSet::new(),
            rounds: Rounds::new(Instant::now()),
            settled: HashMap::new(),
            flushes: Vec::new(),
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
                answer.give(Ok(collect::gather(&self.config, draft, SystemTime::now())));
            }
            Command::Submit(report, answer) => {
                let stored = self.store(&report);
                answer.give(stored);
            }
            Command::Save(report, to, answer) => answer.give(spool::save(&report, &to)),
            Command::CheckAttachment(path, answer) => {
                answer.give(Ok(attachments::check(&path, self.config.budget.attachment)));
            }
            Command::List(answer) => {
                let listed = self
                    .entries()
                    .map(|entries| entries.iter().map(WaitingReport::from).collect());
                answer.give(listed);
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
                self.rounds.rush_for_a_person(Instant::now());
                self.flushes.push((later(Instant::now(), wait), answer));
            }
        }
    }

    fn store(&mut self, report: &Report) -> Result<ReportId, FeedbackError> {
        if report.is_empty() {
            return Err(FeedbackError::Empty);
        }
        // An edited report takes the place of its earlier self, also of one that is on its way.
        self.current
            .take_if(|current| current.claim.entry.name.id == report.id());
        let spool = self.spool.as_mut().ok_or(FeedbackError::NoSpoolFolder)?;
        let entry = spool.enqueue(report)?;
        let (id, bytes) = (entry.name.id, entry.bytes);
        log::info!("report {id} stored, {bytes} bytes");
        self.listeners.tell(&DeliveryEvent::Stored { id, bytes });
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

    /// Why a report that was just stored is not tried at once.
    fn held_back(&self, now: Instant) -> Option<WaitReason> {
        if !self.config.deliver {
            return Some(WaitReason::Held);
        }
        self.rounds.is_paused(now).then_some(WaitReason::Server(429))
    }

    fn entries(&self) -> Result<Vec<Entry>, FeedbackError> {
        self.spool.as_ref().ok_or(FeedbackError::NoSpoolFolder)?.entries()
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
            entry.remove()?;
        }
        self.ours.remove(&id);
        self.listeners.tell(&DeliveryEvent::Deleted(id));
        Ok(())
    }

    fn retry(&mut self, id: ReportId) -> Result<(), FeedbackError> {
        let mut entry = self.find(id)?;
        if !is_waiting(&entry) {
            entry.set_state(EntryState::New)?;
        }
        self.settled.remove(&id);
        self.limit = None; // the server may take more by now
        self.rounds.rush_for_a_person(Instant::now());
        Ok(())
    }

    /// Takes the next report whose turn it is.
    fn start_next(&mut self) {
        let now = Instant::now();
        if !self.config.deliver || self.current.is_some() || self.rounds.is_paused(now) {
            return;
        }
        // A folder that cannot be read now may be readable later; nothing is concluded from it.
        let Ok(mut entries) = self.entries() else {
            self.rounds.look_again(now + LOOK_AGAIN);
            return;
        };
        self.notice_vanished(&entries);
        entries.retain_mut(|entry| is_waiting(entry) && !self.is_settled(entry));
        let waiting: Vec<_> = entries
            .iter()
            .map(|entry| (entry.name.id, entry.name.state == EntryState::New))
            .collect();
        let order = self.rounds.order(&waiting, now, chance());
        let mut held = false;
        for id in &order {
            let Some(entry) = entries.iter().find(|entry| entry.name.id == *id) else {
                continue;
            };
            match entry.clone().claim() {
                Ok(claim) => {
                    self.rounds.started(*id);
                    self.start(claim);
                    return;
                }
                Err(NotClaimed::Held) => held = true,
                Err(NotClaimed::Unusable) => {}
            }
        }
        if !order.is_empty() {
            self.rounds
                .look_again(now + if held { HELD_BY_ANOTHER } else { LOOK_AGAIN });
        }
    }

    /// Finishes what could not be finished when the report was decided.
    fn is_settled(&mut self, entry: &mut Entry) -> bool {
        let Some(left) = self.settled.get(&entry.name.id) else {
            return false;
        };
        let done = match *left {
            Settled::Remove => entry.remove(),
            Settled::Mark(state) => entry.set_state(state),
        };
        if done.is_ok() {
            self.settled.remove(&entry.name.id);
        }
        true
    }

    /// Tells of reports of ours that another process has taken out of the spool.
    fn notice_vanished(&mut self, entries: &[Entry]) {
        let gone = |entries: &[Entry], id: ReportId| entries.iter().all(|entry| entry.name.id != id);
        let missing: Vec<ReportId> = self
            .ours
            .iter()
            .copied()
            .filter(|id| gone(entries, *id))
            .collect();
        if missing.is_empty() {
            return;
        }
        // A name that was changed while the folder was read can be missing from one reading.
        let Ok(again) = self.entries() else { return };
        for id in missing.into_iter().filter(|id| gone(&again, *id)) {
            self.ours.remove(&id);
            self.listeners.tell(&DeliveryEvent::SentElsewhere(id));
        }
    }

    fn start(&mut self, claim: Claim) {
        if let Some(limit) = self.limit.filter(|limit| claim.entry.bytes > *limit) {
            self.fit(claim, limit);
            return;
        }
        match self.upload(&claim) {
            Ok((upload, progress)) => {
                self.current = Some(Current {
                    claim,
                    upload,
                    progress,
                    told: None,
                });
            }
            Err(NotStarted::Damaged) => self.set_aside(claim),
            Err(NotStarted::Now(error)) => {
                log::warn!("report {} cannot be sent now: {error}", claim.entry.name.id);
                self.wait(claim, WaitReason::Offline, None);
            }
        }
    }

    fn upload(&mut self, claim: &Claim) -> Result<(Upload, Arc<Progress>), NotStarted> {
        let client = match &self.http {
            Some(client) => client.clone(),
            None => self.http.insert(http::client(&self.endpoint.url)?).clone(),
        };
        let manifest = claim.manifest().map_err(|error| {
            if is_from_the_system(&error) {
                NotStarted::Now(error.into())
            } else {
                NotStarted::Damaged
            }
        })?;
        let parcel = Parcel {
            id: claim.entry.name.id,
            crc32: claim.entry.name.crc32,
            manifest,
            bundle: claim
                .file
                .try_clone()
                .map_err(|error| NotStarted::Now(error.into()))?,
            bytes: claim.entry.bytes,
        };
        let progress = Arc::new(Progress::default());
        let upload = http::post(client, self.endpoint.clone(), parcel, Arc::clone(&progress));
        Ok((Box::pin(upload), progress))
    }

    /// Keeps a damaged report out of the way, by name, so that it holds up no other and is not lost.
    fn set_aside(&mut self, mut claim: Claim) {
        let id = claim.entry.name.id;
        log::error!("report {id} is damaged on disk; it is kept and not sent");
        self.mark(&mut claim, EntryState::Damaged);
        self.listeners.tell(&DeliveryEvent::Damaged(id));
    }

    fn tell_progress(&mut self) {
        if let Some(current) = &mut self.current {
            let total = current.claim.entry.bytes;
            let sent = current.progress.sent().min(total);
            if current.told != Some(sent) {
                current.told = Some(sent);
                let id = current.claim.entry.name.id;
                self.listeners.tell(&DeliveryEvent::Sending { id, sent, total });
            }
        }
    }

    fn settle(&mut self, outcome: Outcome) {
        let Some(Current { claim, .. }) = self.current.take() else {
            return;
        };
        let id = claim.entry.name.id;
        match outcome {
            Outcome::Delivered(receipt) => {
                log::info!("report {id} delivered");
                self.remove_all_of(id);
                self.rounds.delivered();
                self.ours.remove(&id);
                self.listeners.tell(&DeliveryEvent::Sent(receipt));
            }
            Outcome::Wait { why, retry_after } => self.wait(claim, why, retry_after),
            Outcome::Damaged => self.set_aside(claim),
            Outcome::Refused { status, detail } => self.refuse(claim, status, detail),
            Outcome::TooLarge { max_bytes } => {
                let told = max_bytes.and_then(|max_bytes| limit_told(claim.entry.bytes, max_bytes));
                // A number holds for every report; a bare no, perhaps a hotel's, for this one alone.
                self.limit = told.or(self.limit);
                let limit = told.unwrap_or(claim.entry.bytes / 2);
                self.fit(claim, limit);
            }
        }
    }

    /// Removes a delivered report, and an earlier self of it that a kill has left behind.
    fn remove_all_of(&mut self, id: ReportId) {
        let entries = self.entries().unwrap_or_default();
        for entry in entries.iter().filter(|entry| entry.name.id == id) {
            if let Err(error) = entry.remove() {
                log::warn!(
                    "report {id} was delivered but stays in the spool: {}",
                    error.without_path()
                );
                self.settled.insert(id, Settled::Remove);
            }
        }
    }

    fn refuse(&mut self, mut claim: Claim, status: u16, detail: Option<String>) {
        let id = claim.entry.name.id;
        log::warn!("report {id} refused: HTTP {status}");
        self.mark(&mut claim, EntryState::Refused(status));
        self.listeners
            .tell(&DeliveryEvent::Refused { id, status, detail });
    }

    /// Makes a report fit, under the same id, and tries it again.
    fn fit(&mut self, claim: Claim, limit: u64) {
        let id = claim.entry.name.id;
        let mut report = match claim.report() {
            Ok(report) => report,
            Err(error) if is_from_the_system(&error) => return self.wait(claim, WaitReason::Offline, None),
            Err(_) => return self.set_aside(claim),
        };
        match fit::shrink(&mut report, limit) {
            Ok(Some(left_out)) => match self.replace(&report) {
                Ok(()) => {
                    log::info!(
                        "report {id} was made to fit, {} files are concerned",
                        left_out.len()
                    );
                    self.rounds.again(id);
                    self.listeners.tell(&DeliveryEvent::Fitted { id, left_out });
                }
                Err(error) => {
                    log::warn!("report {id} cannot be made to fit now: {}", error.without_path());
                    self.wait(claim, WaitReason::Server(413), None);
                }
            },
            Ok(None) | Err(_) => self.refuse(claim, 413, None),
        }
    }

    fn replace(&mut self, report: &Report) -> Result<(), FeedbackError> {
        let spool = self.spool.as_mut().ok_or(FeedbackError::NoSpoolFolder)?;
        spool.enqueue(report).map(drop)
    }

    fn wait(&mut self, mut claim: Claim, why: WaitReason, retry_after: Option<Duration>) {
        let id = claim.entry.name.id;
        self.mark(&mut claim, EntryState::Waiting(why));
        let others_may = matches!(why, WaitReason::Server(_));
        let pause = self
            .rounds
            .failed(others_may, retry_after, Instant::now(), chance());
        let next_attempt = SystemTime::now() + pause;
        self.listeners.tell(&DeliveryEvent::Waiting {
            id,
            why,
            next_attempt,
        });
    }

    /// Writes the state into the entry's name, now or as soon as that works.
    fn mark(&mut self, claim: &mut Claim, state: EntryState) {
        let id = claim.entry.name.id;
        if let Err(error) = claim.entry.set_state(state) {
            log::warn!(
                "the state of report {id} cannot be noted: {}",
                error.without_path()
            );
            if !matches!(state, EntryState::Waiting(_)) {
                self.settled.insert(id, Settled::Mark(state));
            }
        }
    }

    fn alarm(&self) -> Instant {
        let flush = self.flushes.iter().map(|(deadline, _)| *deadline).min();
        let next = if self.current.is_some() || !self.config.deliver {
            Instant::now() + LOOK_AGAIN
        } else {
            self.rounds.resume_at()
        };
        flush.map_or(next, |flush| flush.min(next))
    }

    fn answer_flushes(&mut self) {
        if self.flushes.is_empty() {
            return;
        }
        let left = |worker: &Self| Ok(worker.entries()?.iter().filter(|entry| is_waiting(entry)).count());
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

/// The largest bundle to try when the server takes requests of `max_bytes`, and one with a bundle of
/// `bytes` was too large. `None` where the number explains nothing: a proxy has its own limit.
fn limit_told(bytes: u64, max_bytes: u64) -> Option<u64> {
    // The manifest and the form's frame come on top of the bundle.
    const AROUND: u64 = 16 << 10;
    let limit = max_bytes.checked_sub(AROUND.max(max_bytes / 64))?;
    (AROUND < limit && limit < bytes).then_some(limit)
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

/// `wait` from `now`, however long.
fn later(now: Instant, wait: Duration) -> Instant {
    now.checked_add(wait)
        .unwrap_or_else(|| now + Duration::from_hours(24 * 365))
}

fn is_waiting(entry: &Entry) -> bool {
    matches!(entry.name.state, EntryState::New | EntryState::Waiting(_))
}

/// The upload's outcome; never, where there is none.
async fn finished(current: Option<&mut Current>) -> Outcome {
    match current {
        Some(current) => current.upload.as_mut().await,
        None => pending().await,
    }
}

/// A number in 0..1. Chance for spreading load needs no better source than the hasher's.
fn chance() -> f64 {
    use std::hash::{BuildHasher as _, Hasher as _};
    let bits = std::hash::RandomState::new().build_hasher().finish();
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}
