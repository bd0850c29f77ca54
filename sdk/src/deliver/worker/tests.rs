//! Guards what the loop does between and after uploads, one step at a time, with nobody at the other end.

use std::fs::{self, File};

use tempfile::TempDir;
use tokio::sync::mpsc::unbounded_channel;

use super::*;
use crate::collect;
use crate::deliver::events::{DeliveryEvent, Events};
use crate::deliver::rounds::LOOK_AGAIN;
use crate::draft::ReportDraft;
use crate::report::Report;
use crate::spool::disk::Bundle;
use crate::wire::receipt::Receipt;

/// A worker with a spool of its own, and who listens to it.
struct Place {
    folder: TempDir,
    config: FeedbackConfig,
    worker: Worker,
    events: Events,
}

impl Place {
    fn new() -> Self {
        Self::with(TempDir::new().unwrap(), |config| config)
    }

    fn with(folder: TempDir, change: impl FnOnce(FeedbackConfig) -> FeedbackConfig) -> Self {
        let config = FeedbackConfig::new("http://127.0.0.1:9/reports", "k", "a", "1");
        let config = change(config.spool_dir(folder.path().join("spool")));
        let listeners = Arc::new(Listeners::default());
        let events = listeners.subscribe(|| {});
        let worker = worker(&config, listeners);
        Self {
            folder,
            config,
            worker,
            events,
        }
    }

    fn gather(&self, draft: ReportDraft) -> Report {
        collect::gather(&self.config, draft, SystemTime::now())
    }

    fn store(&mut self, draft: ReportDraft) -> Entry {
        let report = self.gather(draft);
        let id = self.worker.take(&report, Spool::enqueue).unwrap();
        self.worker.find(id).unwrap()
    }

    fn state(&mut self, id: ReportId) -> EntryState {
        self.worker.find(id).unwrap().name.state
    }

    /// How many reports a flush would wait for.
    fn waiting(&mut self) -> usize {
        let (answer, mut waiting) = crate::pending::question(&self.worker.listeners);
        self.worker.flushes.push((Instant::now(), answer));
        self.worker.answer_flushes();
        waiting.poll().unwrap().unwrap()
    }

    /// The last of what was told.
    fn told(&self) -> Option<DeliveryEvent> {
        std::iter::from_fn(|| self.events.try_next()).last()
    }

    /// As if the time to look again had come.
    fn look(&mut self) {
        self.worker.look_at = Instant::now();
        self.worker.start_next();
    }
}

fn worker(config: &FeedbackConfig, listeners: Arc<Listeners>) -> Worker {
    let endpoint = Endpoint::of("http://127.0.0.1:9/reports", None);
    let (facts, folder) = (Arc::new(Facts::new(0)), config.folder());
    let unasked = Unasked(unbounded_channel().0.downgrade());
    Worker::new(config.clone(), facts, endpoint, folder, listeners, unasked)
}

#[test]
fn a_report_that_is_decided_is_not_counted_as_waiting_while_its_file_stays() {
    for settled in [Settled::Remove, Settled::Mark(EntryState::Refused(422))] {
        let mut place = Place::new();
        let id = place.store(ReportDraft::new("x")).name.id;
        assert_eq!(place.waiting(), 1);
        place.worker.settled.insert(id, settled);
        assert_eq!(place.waiting(), 0);
    }
}

#[test]
fn while_one_is_on_its_way_the_thread_rests_and_looks_after_the_others() {
    let mut place = Place::new();
    let going = place.store(ReportDraft::new("on its way"));
    let other = place.store(ReportDraft::new("behind it"));
    place.worker.current = Some(Current {
        claim: going.claim().unwrap(),
        upload: Box::pin(pending()),
        progress: Arc::default(),
        told: None,
    });
    other.remove().unwrap();
    place.look();
    assert!(
        place.worker.alarm() >= Instant::now() + LOOK_AGAIN / 2,
        "or it would ring without end"
    );
    assert_eq!(place.told(), Some(DeliveryEvent::Vanished(other.name.id)));
}

#[test]
fn while_nothing_may_go_what_memory_holds_is_stored_and_what_vanishes_is_told() {
    for deliver in [true, false] {
        let folder = TempDir::new().unwrap();
        let spool = folder.path().join("spool");
        fs::write(&spool, "a file in the folder's place").unwrap();
        let mut place = Place::with(folder, |config| config.deliver(deliver));
        let now = Instant::now();
        let hours = Some(Duration::from_hours(20));
        place.worker.rounds.failed(true, hours, now, 1.0);

        let report = place.gather(ReportDraft::new("sacred text"));
        let id = place.worker.take(&report, Spool::hold).unwrap();
        assert!(matches!(place.told(), Some(DeliveryEvent::Waiting { .. })));
        place.worker.start_next();
        assert_eq!(place.told(), None, "there is no disk yet");
        assert!(place.worker.alarm() <= Instant::now() + LOOK_AGAIN);
        fs::remove_file(&spool).unwrap();
        place.worker.look_at = now + Duration::from_hours(1);
        place.worker.start_next();
        assert_eq!(place.told(), None, "not at every turn of the loop");

        place.look();
        assert!(matches!(place.told(), Some(DeliveryEvent::Stored { id: stored, .. }) if stored == id));
        fs::remove_dir_all(&spool).unwrap();
        place.look();
        let vanished = Some(DeliveryEvent::Vanished(id));
        assert_eq!(place.told(), vanished, "nobody says that it has arrived");
    }
}

/// Between the listing of the spool and the removal.
#[test]
fn a_report_that_another_process_delivers_while_it_is_deleted_is_called_sent() {
    let mut place = Place::new();
    let entry = place.store(ReportDraft::new("x"));
    let (id, number) = (entry.name.id, Some("FB-7".to_owned()));
    let receipt = Receipt { id, number };
    entry.sent_note().write(&receipt.note());
    let error = place.worker.delete(id).unwrap_err();
    assert!(matches!(error, FeedbackError::UnknownReport(unknown) if unknown == id));
    assert_eq!(place.told(), Some(DeliveryEvent::Sent(receipt)));
    let error = place.worker.delete(id).unwrap_err();
    assert!(matches!(error, FeedbackError::UnknownReport(_)), "it is gone");
    assert_eq!(place.told(), None);
}

#[test]
fn a_report_that_comes_in_a_short_pause_is_told_when_the_pause_ends() {
    let mut place = Place::new();
    let wish = Some(Duration::from_mins(10));
    let pause = place.worker.rounds.failed(true, wish, Instant::now(), 1.0);
    place.store(ReportDraft::new("x"));
    let Some(DeliveryEvent::Waiting { next_attempt, .. }) = place.told() else {
        panic!("nobody was told that it waits");
    };
    assert!(next_attempt <= (Instant::now() + pause).into_std());
}

/// A clock that has lost its battery is put right by the network, with which the report goes.
#[test]
fn the_clock_on_the_wall_makes_no_report_of_this_run_too_old() {
    let mut place = Place::new();
    let now = SystemTime::now();
    let mut entry = place.store(ReportDraft::new("x"));
    entry.stored_at = now - Duration::from_hours(100 * 24);
    assert!(!place.worker.is_too_old(&entry, now));
    let next_run = worker(&place.config, Arc::default());
    assert!(next_run.is_too_old(&entry, now));
}

#[test]
fn a_report_that_is_deleted_while_it_is_made_to_fit_does_not_come_back() {
    let folder = TempDir::new().unwrap();
    let log = folder.path().join("app.log");
    let lines: Vec<String> = (0..20_000).map(|line| format!("{line} opened\n")).collect();
    fs::write(&log, lines.concat()).unwrap();
    let mut place = Place::with(folder, |config| config.log(log.display().to_string()));
    for is_deleted in [false, true] {
        let entry = place.store(ReportDraft::new("x"));
        let claim = entry.clone().claim().unwrap();
        if is_deleted {
            entry.remove().unwrap();
        }
        place.worker.fit(claim, entry.bytes / 2);
        let kept = place.worker.find(entry.name.id);
        assert_eq!(kept.is_err(), is_deleted);
        assert!(kept.is_ok_and(|kept| kept.bytes < entry.bytes) || is_deleted);
    }
}

#[test]
fn a_whole_report_that_finds_no_room_to_be_made_smaller_waits_and_is_not_damaged() {
    let folder = TempDir::new().unwrap();
    let large = folder.path().join("1.zip");
    // More than memory holds.
    let bytes = 70_000_000;
    File::create(&large).unwrap().set_len(bytes).unwrap();
    let mut place = Place::with(folder, |config| config.max_attachment_bytes(bytes));
    let mut draft = ReportDraft::new("x");
    draft.attachments.push(large.into());
    let entry = place.store(draft);

    let temp = place.folder.path().join("spool/tmp");
    fs::remove_dir_all(&temp).unwrap();
    fs::write(&temp, "a file in the folder's place").unwrap();
    place.worker.fit(entry.clone().claim().unwrap(), 1_000_000);
    let too_large = EntryState::Waiting(WaitReason::Server(413));
    assert_eq!(place.state(entry.name.id), too_large);

    fs::remove_file(&temp).unwrap();
    let waiting = place.worker.find(entry.name.id).unwrap();
    place.worker.fit(waiting.claim().unwrap(), 1_000_000);
    let smaller = place.worker.find(entry.name.id).unwrap();
    assert!(smaller.bytes < 1_000_000, "as soon as there is room");
}

#[tokio::test]
async fn a_report_that_cannot_be_read_waits_for_this_computer_and_holds_up_no_other() {
    let mut place = Place::new();
    let entry = place.store(ReportDraft::new("x"));
    let id = entry.name.id;
    let mut claim = entry.claim().unwrap();
    // Open for writing alone: every read fails, as of a disk that is failing.
    let unreadable = File::create(place.folder.path().join("unreadable")).unwrap();
    unreadable.set_len(1000).unwrap();
    claim.bundle = Bundle::File(unreadable);
    place.worker.start(claim);
    assert_eq!(place.state(id), EntryState::Waiting(WaitReason::Local));
    assert!(!place.worker.rounds.is_paused(Instant::now()));
}
