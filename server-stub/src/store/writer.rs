//! The one writer: takes all reports that wait, writes and syncs them together, and answers all.
//!
//! A sync costs the same for one report and for fifty. While one group is being synced the next one gathers, so a busy
//! server makes large groups and a quiet one answers at once; nothing waits for a clock.

use std::io;
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::database::NewRow;
use super::incoming::{Content, Temp};
use super::record::Head;
use super::segments::{Batch, Segments};
use super::{Number, Place, Received, StoreError, Stored, database, disk, recovery};

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
    /// Whether the rows may be behind the log, after a commit that failed.
    is_behind: bool,
}

/// What becomes of a group once it is written.
#[derive(Default)]
struct Plan<'a> {
    log: Batch,
    large: Vec<(Uuid, &'a Temp)>,
    results: Vec<Result<Stored, StoreError>>,
}

impl Writer {
    /// Brings the rows up to the log and goes on after it.
    pub(super) fn open(dir: &Path) -> Result<Self, StoreError> {
        let (database, segments) = recovery::open(dir)?;
        Ok(Self {
            dir: dir.to_owned(),
            database,
            segments,
            is_behind: false,
        })
    }

    /// As if the log had been kept up to there, and segments up to the `last` begun since.
    #[cfg(test)]
    pub(super) fn after(dir: &Path, kept: super::record::Position, last: u32) -> Self {
        disk::make_dir(&disk::tmp(dir)).unwrap();
        Self {
            dir: dir.to_owned(),
            database: database::open(&super::database_file(dir), true).unwrap(),
            segments: Segments::begin(disk::segments(dir), kept, last),
            is_behind: false,
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
        for (answer, result) in answers.into_iter().zip(self.keep(&mut reports)) {
            let _ = answer.send(result);
        }
    }

    /// Writes to the folders and to the database, to see whether a report could be stored now.
    fn probe(&self, now: Timestamp) -> Result<(), StoreError> {
        disk::probe(&self.dir)?;
        self.database
            .execute("UPDATE probe SET at = ?1", [now.to_string()])?;
        Ok(())
    }

    /// Keeps a group, all of it or nothing. On success, and not before, it survives a power cut. The small bundles are
    /// taken out of it.
    pub(super) fn keep(&mut self, group: &mut [Report]) -> Vec<Result<Stored, StoreError>> {
        self.try_keep(group)
            .unwrap_or_else(|error| group.iter().map(|_| Err(error.copy())).collect())
    }

    fn try_keep(&mut self, group: &mut [Report]) -> Result<Vec<Result<Stored, StoreError>>, StoreError> {
        if self.is_behind {
            *self = Self::open(&self.dir)?;
        }
        let mut plan = Plan::default();
        let transaction = self
            .database
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        for report in &mut *group {
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
                        let record = report.bundle.take_record();
                        let place = match &report.bundle.content {
                            Content::Memory(_) => Place::Segment(self.segments.after(&plan.log)),
                            Content::File(temp, _) => {
                                plan.large.push((report.id, temp));
                                Place::File
                            }
                        };
                        let number = database::add(&transaction, &report.row(place))?;
                        plan.log.add(&report.head(number), record);
                        Ok(Stored { number, new: true })
                    }
                });
        }
        let Plan { log, large, results } = plan;
        if !results.iter().any(is_new) {
            return Ok(results);
        }
        database::hold(&transaction, self.segments.after(&log))?;
        disk::keep(&self.dir, &large)?;
        self.segments
            .write(&log)
            .inspect_err(|_| disk::put_back(&self.dir, &large))?;
        // From here on it is safe, and must not be given up: the rows follow, now or before the next group.
        self.is_behind = true;
        transaction.commit()?;
        self.is_behind = false;
        for (report, result) in group.iter().zip(&results) {
            if let Ok(stored) = result {
                let what = if stored.new { "stored" } else { "was here before" };
                log::info!("{} {what}, {} bytes", stored.number, report.bundle.bytes);
            }
        }
        Ok(results)
    }
}

fn is_new(result: &Result<Stored, StoreError>) -> bool {
    result.as_ref().is_ok_and(|stored| stored.new)
}
