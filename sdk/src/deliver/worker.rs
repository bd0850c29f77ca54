//! The thread "feedback-delivery": one loop that obeys commands and delivers what waits.
//!
//! It is the only place that reads logs, compresses, writes the spool and uses the network, so the
//! app's own threads never wait.

use std::collections::HashSet;
use std::future::{Future, pending};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, interval, sleep_until};

use super::body::Progress;
use super::http::{self, Endpoint, Parcel};
use super::{DeliveryEvent, Outcome, WaitingReport, fit, schedule};
use crate::client::{Answer, Listeners};
use crate::collect::{self, attachments};
use crate::config::FeedbackConfig;
use crate::draft::ReportDraft;
use crate::error::{AttachmentProblem, FeedbackError};
use crate::report::{Gap, Report, ReportId};
use crate::spool::layout::{EntryState, WaitReason};
use crate::spool::{self, Claim, Entry, Spool};

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
/// How often to look whether another process has left a report behind.
const LOOK_AGAIN: Duration = Duration::from_mins(1);
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
    /// Reports tried in this round: each is tried once a round, and rounds that fail are followed by
    /// a pause.
    tried: HashSet<ReportId>,
    round_failed: bool,
    /// Failed rounds since the last delivery.
    failures: u32,
    resume_at: Instant,
    flushes: Vec<(Instant, Answer<usize>)>,
    /// The largest bundle that the server takes, in bytes, once it has said so.
    limit: Option<u64>,
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
            tried: HashSet::new(),
            round_failed: false,
            failures: 0,
            resume_at: Instant::now(),
            flushes: Vec::new(),
            limit: None,
        }
    }

    /// Runs until the last client handle is dropped. A report on its way then stays in the spool.
    pub(crate) async fn run(mut self, mut commands: UnboundedReceiver<Command>) {
        let mut progress = interval(PROGRESS);
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
                self.rush();
                self.flushes.push((Instant::now() + wait, answer));
            }
        }
    }

    fn store(&mut self, report: &Report) -> Result<ReportId, FeedbackError> {
        if report.is_empty() {
            return Err(FeedbackError::Empty);
        }
        let spool = self.spool.as_mut().ok_or(FeedbackError::NoSpoolFolder)?;
        let entry = spool.enqueue(report)?;
        log::info!("report {} stored, {} bytes", entry.name.id, entry.bytes);
        self.listeners.tell(&DeliveryEvent::Stored {
            id: entry.name.id,
            bytes: entry.bytes,
        });
        self.ours.insert(entry.name.id);
        self.rush();
        if !self.config.deliver {
            self.listeners.tell(&DeliveryEvent::Waiting {
                id: entry.name.id,
                why: WaitReason::Held,
                next_attempt: SystemTime::now() + LOOK_AGAIN,
            });
        }
        Ok(entry.name.id)
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
        let entry = self.find(id)?;
        entry.remove()?;
        self.ours.remove(&id);
        self.listeners.tell(&DeliveryEvent::Deleted(id));
        Ok(())
    }

    fn retry(&mut self, id: ReportId) -> Result<(), FeedbackError> {
        let mut entry = self.find(id)?;
        if !is_waiting(&entry) {
            entry.set_state(EntryState::New)?;
        }
        self.rush();
        Ok(())
    }

    /// Forget the pause: everything that waits may be tried at once.
    fn rush(&mut self) {
        self.tried.clear();
        self.round_failed = false;
        self.failures = 0;
        self.resume_at = Instant::now();
    }

    /// Takes the next report of this round: new ones first, since someone may be watching.
    fn start_next(&mut self) {
        if !self.config.deliver || self.current.is_some() || Instant::now() < self.resume_at {
            return;
        }
        // A folder that cannot be read now may be readable later; nothing is concluded from it.
        let Ok(mut entries) = self.entries() else {
            self.resume_at = Instant::now() + LOOK_AGAIN;
            return;
        };
        self.notice_vanished(&entries);
        entries.retain(is_waiting);
        let look_again = if entries.is_empty() {
            LOOK_AGAIN
        } else {
            HELD_BY_ANOTHER
        };
        entries.retain(|entry| !self.tried.contains(&entry.name.id));
        entries.sort_by_key(|entry| (entry.name.state != EntryState::New, entry.name.id));
        if let Some(claim) = entries.into_iter().find_map(Entry::claim) {
            self.tried.insert(claim.entry.name.id);
            self.start(claim);
        } else if self.round_failed {
            self.end_round(None);
        } else {
            self.tried.clear();
            self.resume_at = Instant::now() + look_again;
        }
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
        if self.limit.is_some_and(|limit| claim.entry.bytes > limit) {
            self.fit(claim);
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
        let manifest = claim.manifest().map_err(|error| match error.raw_os_error() {
            Some(_) => NotStarted::Now(error.into()),
            // The system could read it; the zip makes no sense.
            None => NotStarted::Damaged,
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
        mark(&mut claim, EntryState::Damaged);
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
                if let Err(error) = claim.entry.remove() {
                    // It will be sent again and the server will know it: no second ticket.
                    log::warn!("report {id} was delivered but stays in the spool: {error}");
                }
                self.failures = 0;
                self.ours.remove(&id);
                self.listeners.tell(&DeliveryEvent::Sent(receipt));
            }
            Outcome::Wait { why, retry_after } => self.wait(claim, why, retry_after),
            Outcome::Damaged => self.set_aside(claim),
            Outcome::Refused { status, detail } => self.refuse(claim, status, detail),
            Outcome::TooLarge { max_bytes } => {
                self.limit = Some(limit_after(claim.entry.bytes, max_bytes));
                self.fit(claim);
            }
        }
    }

    fn refuse(&mut self, mut claim: Claim, status: u16, detail: Option<String>) {
        let id = claim.entry.name.id;
        log::warn!("report {id} refused: HTTP {status}");
        mark(&mut claim, EntryState::Refused(status));
        self.listeners
            .tell(&DeliveryEvent::Refused { id, status, detail });
    }

    /// Makes a report fit the limit that was learnt, under the same id, and tries it again.
    fn fit(&mut self, claim: Claim) {
        let id = claim.entry.name.id;
        match self.fitted(&claim) {
            Ok(Some(left_out)) => {
                log::info!(
                    "report {id} was made to fit, {} files are concerned",
                    left_out.len()
                );
                self.tried.remove(&id);
                self.listeners.tell(&DeliveryEvent::Fitted { id, left_out });
            }
            Ok(None) => self.refuse(claim, 413, None),
            Err(error) => {
                log::warn!("report {id} cannot be made to fit now: {error}");
                self.wait(claim, WaitReason::Server(413), None);
            }
        }
    }

    /// Stores a smaller report in the place of the claimed one. `None` where it cannot be smaller.
    fn fitted(&mut self, claim: &Claim) -> Result<Option<Vec<Gap>>, Box<dyn std::error::Error>> {
        let limit = self.limit.unwrap_or(claim.entry.bytes);
        let mut report = claim.report()?;
        let Some(left_out) = fit::shrink(&mut report, limit)? else {
            return Ok(None);
        };
        let spool = self.spool.as_mut().ok_or(FeedbackError::NoSpoolFolder)?;
        spool.enqueue(&report)?;
        Ok(Some(left_out))
    }

    fn wait(&mut self, mut claim: Claim, why: WaitReason, retry_after: Option<Duration>) {
        let id = claim.entry.name.id;
        mark(&mut claim, EntryState::Waiting(why));
        self.round_failed = true;
        // The server may choke on one report and take the next; without a network none goes.
        let others_may_pass = matches!(why, WaitReason::Server(_)) && retry_after.is_none();
        let pause = if others_may_pass {
            schedule::delay(self.failures.saturating_add(1), None, 1.0)
        } else {
            self.end_round(retry_after);
            self.resume_at.saturating_duration_since(Instant::now())
        };
        let next_attempt = SystemTime::now() + pause;
        self.listeners.tell(&DeliveryEvent::Waiting {
            id,
            why,
            next_attempt,
        });
    }

    /// A round in which something failed is followed by a pause.
    fn end_round(&mut self, retry_after: Option<Duration>) {
        self.failures = self.failures.saturating_add(1);
        self.resume_at = Instant::now() + schedule::delay(self.failures, retry_after, chance());
        self.round_failed = false;
        self.tried.clear();
    }

    fn alarm(&self) -> Instant {
        let flush = self.flushes.iter().map(|(deadline, _)| *deadline).min();
        let next = if self.current.is_some() || !self.config.deliver {
            Instant::now() + LOOK_AGAIN
        } else {
            self.resume_at
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

/// The largest bundle to try after one of `bytes` was too large.
///
/// `max_bytes` is for the whole request: the manifest and the form's frame come on top of the bundle.
/// Where a proxy says no without a number, or below the server's own, half is tried.
fn limit_after(bytes: u64, max_bytes: Option<u64>) -> u64 {
    const AROUND: u64 = 16 << 10;
    match max_bytes.map(|max| max.saturating_sub(AROUND.max(max / 64))) {
        Some(limit) if limit < bytes => limit,
        _ => bytes / 2,
    }
}

fn mark(claim: &mut Claim, state: EntryState) {
    if let Err(error) = claim.entry.set_state(state) {
        log::warn!(
            "the state of report {} cannot be noted: {error}",
            claim.entry.name.id
        );
    }
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
