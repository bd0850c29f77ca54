//! The one writer: takes all reports that wait, writes and syncs them together, and answers all.
//!
//! A sync costs the same for one report and for fifty. While one group is being synced the next one gathers, so a busy
//! server makes large groups and a quiet one answers at once; nothing waits for a clock.

use std::io;
use std::path::PathBuf;
use std::thread::{self, JoinHandle};

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::database::NewRow;
use super::incoming::{Content, Temp};
use super::record::Head;
use super::segments::{Batch, Segments};
use super::{Number, Place, Received, StoreError, Stored, database, disk};

/// The most reports in one group, and the most that wait for the next. With [`super::SMALL_BYTES`] each, 16 MiB.
const GROUP: usize = 64;

/// A report that has arrived and was checked.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) id: Uuid,
    pub(super) manifest: Vec<u8>,
    pub(super) bundle: Received,
    pub(super) now: Timestamp,
}

impl Report {
    fn row(&self, place: Place) -> NewRow<'_> {
        NewRow {
            number: None,
            id: self.id,
            received_at: self.now,
            bytes: self.bundle.bytes,
            sha256: &self.bundle.sha256,
            manifest: &self.manifest,
            place,
        }
    }

    pub(super) fn head(&self, number: Number) -> Head {
        Head {
            number,
            id: self.id,
            received_at: self.now,
            sha256: self.bundle.sha256.clone(),
            bytes: self.bundle.bytes,
            is_here: !self.bundle.is_file(),
        }
    }
}

type Answer<T> = oneshot::Sender<Result<T, StoreError>>;

enum Command {
    Keep(Report, Answer<Stored>),
    Probe(Timestamp, Answer<()>),
}

/// The writer's thread; ends, when it is dropped, after all that was accepted.
#[derive(Debug)]
pub(super) struct Handle {
    queue: Option<mpsc::Sender<Command>>,
    thread: Option<JoinHandle<()>>,
}

impl Handle {
    pub(super) fn start(mut writer: Writer) -> io::Result<Self> {
        let (queue, mut commands) = mpsc::channel(GROUP);
        let run = move || {
            let mut group = Vec::with_capacity(GROUP);
            while commands.blocking_recv_many(&mut group, GROUP) > 0 {
                writer.obey(group.drain(..));
            }
        };
        let thread = thread::Builder::new()
            .name("feedback-store".to_owned())
            .spawn(run)?;
        Ok(Self {
            queue: Some(queue),
            thread: Some(thread),
        })
    }

    pub(super) async fn keep(&self, report: Report) -> Result<Stored, StoreError> {
        self.ask(|answer| Command::Keep(report, answer)).await
    }

    pub(super) async fn probe(&self, now: Timestamp) -> Result<(), StoreError> {
        self.ask(|answer| Command::Probe(now, answer)).await
    }

    async fn ask<T>(&self, command: impl FnOnce(Answer<T>) -> Command) -> Result<T, StoreError> {
        let gone = || io::Error::other("the store's thread has ended");
        let (answer, answered) = oneshot::channel();
        let queue = self.queue.as_ref().ok_or_else(gone)?;
        queue.send(command(answer)).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.queue = None;
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            log::error!("the store's thread panicked");
        }
    }
}

/// What the thread owns.
#[derive(Debug)]
pub(super) struct Writer {
    dir: PathBuf,
    database: Connection,
    segments: Segments,
}

/// What becomes of a group once it is written.
#[derive(Default)]
struct Plan<'a> {
    log: Batch<'a>,
    large: Vec<(Uuid, &'a Temp)>,
    results: Vec<Result<Stored, StoreError>>,
}

/// Why nothing of a group was kept.
struct Failure {
    error: io::Error,
    /// Whether the next start might find the rows nevertheless.
    rows_may_be_there: bool,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self {
            error,
            rows_may_be_there: false,
        }
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        database::io_error(error).into()
    }
}

impl Writer {
    pub(super) fn new(dir: PathBuf, database: Connection, segments: Segments) -> Self {
        Self {
            dir,
            database,
            segments,
        }
    }

    #[cfg(test)]
    pub(super) fn database(&self) -> &Connection {
        &self.database
    }

    fn obey(&mut self, commands: impl Iterator<Item = Command>) {
        let (mut reports, mut answers) = (Vec::new(), Vec::new());
        for command in commands {
            match command {
                Command::Keep(report, answer) => {
                    reports.push(report);
                    answers.push(answer);
                }
                // Nobody listens to an answer when the client has left.
                Command::Probe(now, answer) => drop(answer.send(self.probe(now))),
            }
        }
        for (answer, result) in answers.into_iter().zip(self.keep(&reports)) {
            let _ = answer.send(result);
        }
    }

    /// Writes to the folder and to the database, to see whether a report could be stored now.
    fn probe(&self, now: Timestamp) -> Result<(), StoreError> {
        disk::probe(&self.dir)?;
        self.database
            .execute("UPDATE probe SET at = ?1", [now.to_string()])?;
        Ok(())
    }

    /// Keeps a group, all of it or nothing. On success, and not before, it survives a power cut.
    pub(super) fn keep(&mut self, group: &[Report]) -> Vec<Result<Stored, StoreError>> {
        let mut plan = Plan::default();
        let Err(failure) = self.try_keep(group, &mut plan) else {
            return plan.results;
        };
        self.segments.abandon(failure.rows_may_be_there);
        if !failure.rows_may_be_there {
            disk::put_back(&self.dir, &plan.large);
        }
        let copy = || io::Error::new(failure.error.kind(), failure.error.to_string());
        group.iter().map(|_| Err(copy().into())).collect()
    }

    fn try_keep<'a>(&mut self, group: &'a [Report], plan: &mut Plan<'a>) -> Result<(), Failure> {
        let transaction = self
            .database
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        for report in group {
            plan.results
                .push(match database::known(&transaction, report.id)? {
                    Some((number, stored)) if stored == report.bundle.sha256 => {
                        Ok(Stored { number, new: false })
                    }
                    Some((_, stored)) => Err(StoreError::Conflict {
                        stored,
                        offered: report.bundle.sha256.clone(),
                    }),
                    None => {
                        let (place, bundle) = match &report.bundle.content {
                            Content::Memory(bytes) => {
                                (Place::Segment(self.segments.after(&plan.log)), bytes.as_slice())
                            }
                            Content::File(temp, _) => {
                                plan.large.push((report.id, temp));
                                (Place::File, [].as_slice())
                            }
                        };
                        let number = database::add(&transaction, &report.row(place))?;
                        plan.log.add(&report.head(number), bundle);
                        Ok(Stored { number, new: true })
                    }
                });
        }
        database::hold(&transaction, self.segments.after(&plan.log))?;
        disk::keep(&self.dir, &plan.large)?;
        self.segments.write(&plan.log)?;
        // Here it is safe: a start makes the rows again that a power cut takes away.
        transaction.commit().map_err(|error| {
            let error = database::io_error(error);
            Failure {
                // After any other error only the next start knows whether the rows made it.
                rows_may_be_there: error.kind() != io::ErrorKind::StorageFull,
                error,
            }
        })?;
        self.segments.accept(&plan.log);
        for (report, result) in group.iter().zip(&plan.results) {
            if let Ok(stored) = result {
                let what = if stored.new { "stored" } else { "was here before" };
                log::info!("{} {what}, {} bytes", stored.number, report.bundle.bytes);
            }
        }
        Ok(())
    }
}
