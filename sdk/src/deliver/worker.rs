//! The thread "feedback-delivery": one loop that obeys commands and delivers what waits.
//!
//! It is the only place that reads logs, writes the spool and uses the network, so the app's own threads never
//! wait; where it compresses much, two short-lived threads help it.

mod next;
mod obey;
mod settle;

use std::collections::{HashMap, HashSet};
use std::future::{Future, pending};
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

pub(crate) use self::obey::{Command, Unasked};
use super::body::Progress;
use super::rounds::Rounds;
use super::server::{Endpoint, Server};
use super::{Outcome, fit};
use crate::collect::facts::Facts;
use crate::config::FeedbackConfig;
use crate::deliver::events::Listeners;
use crate::error::FeedbackError;
use crate::id::ReportId;
use crate::pending::Answer;
use crate::spool::Spool;
use crate::spool::claim::Claim;
use crate::spool::entry::Entry;
use crate::spool::layout::{self, EntryState, WaitReason};

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
    unasked: Unasked,
    current: Option<Current>,
    /// Reports that were stored by this client, or that a person has asked for here, and are not decided yet; since when.
    ours: HashMap<ReportId, Instant>,
    rounds: Rounds,
    /// Why the last attempt failed: also why a new report has to wait when the server asked for a pause.
    last_failure: WaitReason,
    /// Reports that are decided, but whose file could not be removed or renamed. Not sent again.
    settled: HashMap<ReportId, Settled>,
    /// Reports that a person has asked for; they are sent however old they are.
    asked_for: HashSet<ReportId>,
    /// Reports of which was told that they are too old.
    told_too_old: HashSet<ReportId>,
    /// Reports that were stored since, as they are now, or were to be deleted. What could not be stored of them before is not
    /// sent any more.
    overtaken: HashSet<ReportId>,
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
        unasked: Unasked,
    ) -> Self {
        let limits = config.spool_limits;
        Self {
            config,
            facts,
            endpoint,
            spool: Spool::at(spool_dir, limits),
            server: None,
            listeners,
            unasked,
            current: None,
            ours: HashMap::new(),
            rounds: Rounds::new(Instant::now()),
            last_failure: WaitReason::Offline,
            settled: HashMap::new(),
            asked_for: HashSet::new(),
            told_too_old: HashSet::new(),
            overtaken: HashSet::new(),
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

    /// Whether an entry has waited for so long that only a person may send it.
    fn is_too_old(&self, entry: &Entry, now: SystemTime) -> bool {
        let (limits, id) = (self.config.spool_limits, &entry.name.id);
        let is_too_old = match self.ours.get(id) {
            // The clock on the wall may have been put right since.
            Some(since) => since.elapsed() > limits.age,
            None => limits.is_too_old(entry.stored_at, now),
        };
        entry.is_waiting() && is_too_old && !self.asked_for.contains(id)
    }

    /// Whether an entry is tried again by itself.
    fn may_go(&self, entry: &Entry, now: SystemTime) -> bool {
        entry.is_waiting() && !self.is_too_old(entry, now) && !self.settled.contains_key(&entry.name.id)
    }

    /// The entry of a report. Where another process has sent it, that is told.
    fn find(&mut self, id: ReportId) -> Result<Entry, FeedbackError> {
        if let Some(found) = self.spool.forms(id)?.into_iter().next() {
            return Ok(found);
        }
        self.tell_sent_elsewhere(id);
        Err(FeedbackError::UnknownReport(id))
    }

    /// Does something with the entry of a report. Another process may rename it at any moment, as when it could not
    /// be sent: then it is done with the renamed one.
    fn with<T>(
        &mut self,
        id: ReportId,
        act: impl Fn(&mut Entry) -> Result<T, FeedbackError>,
    ) -> Result<T, FeedbackError> {
        let mut entry = self.find(id)?;
        match act(&mut entry) {
            Err(_) if !entry.is_there() => act(&mut self.find(id)?),
            done => done,
        }
    }

    fn server(&mut self) -> Result<Server, Box<dyn std::error::Error>> {
        if let Some(server) = &self.server {
            return Ok(server.clone());
        }
        let server = Server::new(self.endpoint.clone())?;
        Ok(self.server.insert(server).clone())
    }

    /// The largest bundle that the server is known to take, in bytes.
    fn limit(&self) -> Option<u64> {
        let offered = || fit::limit(self.server.as_ref()?.max_bytes()?);
        self.limit.or_else(offered)
    }

    /// The same, or what an earlier run has learned. That may be out of date, so nothing is cut to it.
    fn expected_limit(&self) -> Option<u64> {
        let noted = || self.spool.noted(layout::LIMIT)?.parse().ok();
        self.limit().or_else(noted)
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
}

/// The upload's outcome; never, where there is none.
async fn finished(current: Option<&mut Current>) -> Outcome {
    match current {
        Some(current) => current.upload.as_mut().await,
        None => pending().await,
    }
}

/// Whether a read failed for a reason of the system's, and not because the bytes make no sense.
fn is_from_the_system(error: &io::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        let io: Option<&io::Error> = error.downcast_ref();
        if io.is_some_and(|io| io.raw_os_error().is_some() || io.kind() == io::ErrorKind::OutOfMemory) {
            return true;
        }
        // An I/O error that wraps another hides it from `source`.
        cause = io
            .and_then(io::Error::get_ref)
            .map(|inner| inner as &(dyn std::error::Error + 'static))
            .or_else(|| error.source());
    }
    false
}

#[cfg(test)]
mod tests;
