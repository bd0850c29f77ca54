//! What the app may ask of the thread, and how each is done.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use tokio::sync::mpsc::{UnboundedSender, WeakUnboundedSender};
use tokio::time::Instant;

use super::Worker;
use crate::bundle;
use crate::collect::screen::{self, Screen, ScreenError};
use crate::collect::{self, attachments};
use crate::deliver::events::DeliveryEvent;
use crate::deliver::rounds::LOOK_AGAIN;
use crate::deliver::waiting::WaitingReport;
use crate::deliver::{fit, resumable};
use crate::draft::ReportDraft;
use crate::error::{AttachmentProblem, FeedbackError};
use crate::id::ReportId;
use crate::pack::Packer;
use crate::pending::{Answer, Pending};
use crate::picture::Picture;
use crate::report::{BundleInfo, Report};
use crate::spool::entry::Entry;
use crate::spool::layout::{self, EntryState, WaitReason};
use crate::spool::limits::MEMORY;
use crate::spool::{self, Spool};
use crate::submission::{LastLook, Submission};

/// What the app asks of the thread. Each carries the place for its answer.
#[derive(Debug)]
pub(crate) enum Command {
    Prepare(Box<ReportDraft>, Answer<Report>),
    Submit(Box<Report>, Answer<ReportId>),
    SubmitPrepared(Pending<Report>, LastLook, Answer<Submission>),
    /// What could not be stored, for this reason, and nobody has asked what became of it.
    KeepUnasked(Box<Report>, FeedbackError),
    SendUnstored(Box<Report>, Answer<ReportId>),
    Save(Box<Report>, PathBuf, Answer<u64>),
    Info(Box<Report>, Answer<BundleInfo>),
    CheckAttachment(PathBuf, Answer<Result<u64, AttachmentProblem>>),
    Limit(Answer<Option<u64>>),
    ReplyTo(Answer<Option<String>>),
    RememberReplyTo(Option<String>, Answer<()>),
    ListScreens(Answer<Result<Vec<Screen>, ScreenError>>),
    TakeScreen(Screen, Answer<Result<Picture, ScreenError>>),
    List(Answer<Vec<WaitingReport>>),
    MessageOf(ReportId, Answer<String>),
    SaveWaiting(ReportId, PathBuf, Answer<()>),
    Delete(ReportId, Answer<()>),
    Retry(ReportId, Answer<()>),
    Flush(Duration, Answer<usize>),
}

/// The way back of a report whose answer nobody has taken.
#[derive(Debug, Clone)]
pub(crate) struct Unasked(pub(crate) WeakUnboundedSender<Command>);

impl Unasked {
    /// Has the thread keep it, for as long as there is one.
    fn keep(&self, report: Box<Report>, why: FeedbackError) {
        let id = report.id();
        let keep = |commands: UnboundedSender<Command>| commands.send(Command::KeepUnasked(report, why)).ok();
        if self.0.upgrade().and_then(keep).is_none() {
            log::error!("report {id} is lost: it could not be stored, and the app has ended");
        }
    }
}

impl Worker {
    pub(super) fn obey(&mut self, command: Command) {
        match command {
            Command::Prepare(draft, answer) => {
                let prepared = collect::prepare(&self.config, &self.facts, *draft, SystemTime::now());
                answer.give(prepared.map(|report| Report {
                    limit: self.expected_limit(),
                    ..report
                }));
            }
            Command::Submit(report, answer) => {
                let stored = self.store(&report);
                if stored.is_ok() {
                    return answer.give(stored);
                }
                let unasked = self.unasked.clone();
                answer.give_or(stored, move |stored| {
                    if let Err(why) = stored {
                        unasked.keep(report, why);
                    }
                });
            }
            Command::SubmitPrepared(mut prepared, last_look, answer) => {
                // Commands are obeyed in their order: it is prepared by now.
                let report = prepared.poll().unwrap_or(Err(FeedbackError::Stopped));
                let submission = report.map(|report| self.submit_if(report, last_look));
                let unasked = self.unasked.clone();
                answer.give_or(submission, move |submission| {
                    if let Ok(Submission {
                        report,
                        stored: Some(Err(why)),
                    }) = submission
                    {
                        unasked.keep(report.into(), why);
                    }
                });
            }
            Command::KeepUnasked(report, why) => self.keep_unasked(*report, &why),
            Command::SendUnstored(report, answer) => {
                let held = self.take_into_memory(*report);
                answer.give(held);
            }
            Command::Save(report, to, answer) => answer.give(spool::save(&report, &to)),
            Command::Info(report, answer) => {
                answer.give(bundle::info(&report).map_err(FeedbackError::Bundle));
            }
            Command::CheckAttachment(path, answer) => {
                answer.give(Ok(attachments::check(&path, self.config.budget.attachment)));
            }
            Command::Limit(answer) => answer.give(Ok(self.expected_limit())),
            Command::ReplyTo(answer) => answer.give(Ok(self.spool.noted(layout::REPLY_TO))),
            Command::RememberReplyTo(address, answer) => {
                let address = address.as_deref().map(str::trim);
                self.spool
                    .note(layout::REPLY_TO, address.filter(|address| !address.is_empty()));
                answer.give(Ok(()));
            }
            // Displays and people take their time: uploads go on meanwhile.
            Command::ListScreens(answer) => match &self.config.display {
                Some(staged) => answer.give(Ok(Ok(staged.list()))),
                None => drop(tokio::spawn(screen::list_for(answer))),
            },
            Command::TakeScreen(screen, answer) => match &self.config.display {
                Some(staged) => answer.give(Ok(staged.take(&screen))),
                None => drop(tokio::spawn(screen::take_for(screen, answer))),
            },
            Command::List(answer) => {
                let list =
                    |entry: &Entry| WaitingReport::of(entry, self.is_too_old(entry, SystemTime::now()));
                let listed = self.spool.at_hand();
                answer.give(listed.map(|entries| entries.iter().map(list).collect()));
            }
            Command::MessageOf(id, answer) => {
                let message = self.with(id, |entry| entry.message());
                answer.give(message);
            }
            Command::SaveWaiting(id, to, answer) => {
                let saved = self.with(id, |entry| entry.copy(&to));
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

    /// Stores a report, if the last look at it lets it go.
    fn submit_if(&mut self, mut report: Report, last_look: LastLook) -> Submission {
        let may_go = last_look.at(&mut report);
        let stored = may_go.then(|| self.store(&report));
        Submission { report, stored }
    }

    fn store(&mut self, report: &Report) -> Result<ReportId, FeedbackError> {
        let stored = self.take(report, Spool::enqueue);
        self.overtaken.extend(&stored);
        stored
    }

    /// Takes a report into the spool, by one of its two ways in.
    pub(super) fn take(
        &mut self,
        report: &Report,
        keep: impl FnOnce(&mut Spool, &Report) -> Result<Entry, FeedbackError>,
    ) -> Result<ReportId, FeedbackError> {
        self.overtaken.remove(&report.id());
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
            if let Some(crash) = report.sent_crash() {
                crash.forget();
            }
        }
        let now = Instant::now();
        self.ours.insert(id, now);
        self.settled.remove(&id);
        self.rounds.rush(now);
        if let Some(why) = self.held_back(now) {
            let pause = self.rounds.resume_at().saturating_duration_since(now);
            // Nothing is tried here; what others have made of it is seen at the next look.
            let pause = if why == WaitReason::Held {
                LOOK_AGAIN
            } else {
                pause
            };
            let next_attempt = (now + pause).into_std();
            self.listeners.tell(&DeliveryEvent::Waiting {
                id,
                why,
                next_attempt,
            });
        }
        Ok(id)
    }

    /// Takes a report that no disk would take, without the oldest of what memory has no room for.
    fn take_into_memory(&mut self, mut report: Report) -> Result<ReportId, FeedbackError> {
        let mut left_out = None;
        if report.packed_bytes() > MEMORY {
            let mut packer = Packer::new(self.config.folder());
            left_out = fit::shrink(&mut report, MEMORY, &mut packer).map_err(FeedbackError::Bundle)?;
        }
        let id = self.take(&report, Spool::hold)?;
        if let Some(left_out) = left_out {
            self.listeners.tell(&DeliveryEvent::Fitted { id, left_out });
        }
        Ok(id)
    }

    /// Sends a report from memory that could not be stored, where nobody is there to hear of it: it is the last place
    /// that has the words.
    fn keep_unasked(&mut self, report: Report, why: &FeedbackError) {
        let id = report.id();
        // There are no words, or nobody wants them sent as they were.
        if matches!(why, FeedbackError::Empty) || self.overtaken.contains(&id) {
            return;
        }
        let kept = self.take_into_memory(report);
        log::error!("report {id} could not be stored: {}", why.without_path());
        if let Err(error) = kept {
            log::error!("report {id} is lost: {}", error.without_path());
        }
    }

    pub(super) fn tell_stored(&self, entry: &Entry) {
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

    /// Deletes a report, also the one on its way.
    pub(super) fn delete(&mut self, id: ReportId) -> Result<(), FeedbackError> {
        self.current.take_if(|current| current.claim.entry.name.id == id);
        let uploads = self.spool.delete(id);
        if uploads.is_err() {
            self.overtaken.insert(id);
        }
        // Another process may have delivered it before it was gone.
        if self.tell_sent_elsewhere(id) {
            return Err(FeedbackError::UnknownReport(id));
        }
        for upload in uploads? {
            self.end_upload(Some(upload));
        }
        self.ours.remove(&id);
        self.listeners.tell(&DeliveryEvent::Deleted(id));
        Ok(())
    }

    /// Puts a report in place of its earlier selves, by `keep`. Uploads of what is gone end.
    pub(super) fn keep<T>(
        &mut self,
        report: &Report,
        keep: impl FnOnce(&mut Spool, &Report) -> Result<T, FeedbackError>,
    ) -> Result<T, FeedbackError> {
        let earlier = self.spool.entries().unwrap_or_else(|_| self.spool.held());
        let earlier = earlier.into_iter().filter(|entry| entry.name.id == report.id());
        let uploads: Vec<_> = earlier.map(|entry| (entry.note(), entry.note().read())).collect();
        let kept = keep(&mut self.spool, report)?;
        for (note, upload) in uploads {
            if note.read().is_none() {
                self.end_upload(upload);
            }
        }
        Ok(kept)
    }

    /// Tells the server, in passing, that nothing more comes.
    pub(super) fn end_upload(&mut self, url: Option<String>) {
        let url = url.filter(|_| self.config.deliver).map(|url| url.parse());
        if let (Some(Ok(url)), Ok(server)) = (url, self.server()) {
            tokio::spawn(resumable::end(server, url));
        }
    }

    fn retry(&mut self, id: ReportId) -> Result<(), FeedbackError> {
        self.with(id, |entry| {
            if entry.is_waiting() {
                return Ok(());
            }
            entry.set_state(EntryState::New)
        })?;
        self.asked_for.insert(id);
        self.ours.insert(id, Instant::now());
        self.settled.remove(&id);
        // The server may take more by now.
        self.limit = None;
        if let Some(server) = &mut self.server {
            server.forget();
        }
        self.rounds.rush_for_a_person(Some(id), Instant::now());
        Ok(())
    }

    pub(super) fn answer_flushes(&mut self) {
        if self.flushes.is_empty() {
            return;
        }
        let today = SystemTime::now();
        let left = |worker: &Self| {
            let entries = worker.spool.at_hand()?;
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
