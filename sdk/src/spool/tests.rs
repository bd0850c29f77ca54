//! Guards promise 1: what was stored is there, whole; nothing foreign is touched.

use std::fs::{self, File};
use std::io::Read as _;
use std::time::SystemTime;

use super::claim::NotClaimed;
use super::disk::model::{Lies, Model};
use super::disk::{Bundle, claim_file};
use super::layout::WaitReason;
use super::*;
use crate::pack::Packer;
use crate::report::{FileKind, ReportFile};
use crate::{FeedbackConfig, ReportDraft};

fn report(message: &str) -> Report {
    let config = FeedbackConfig::new("https://example.com/x", "k", "Notes", "1");
    crate::collect::gather(&config, ReportDraft::new(message), SystemTime::UNIX_EPOCH)
}

fn spool() -> (tempfile::TempDir, Spool) {
    let dir = tempfile::tempdir().unwrap();
    let spool = Spool::at(Some(dir.path().join("deep/spool")), Limits::DEFAULT);
    (dir, spool)
}

fn folder_of(spool: &Spool) -> PathBuf {
    spool.folder.as_ref().unwrap().folder.clone()
}

#[test]
fn a_stored_report_is_a_whole_zip_named_by_its_checksum() {
    let (_dir, mut spool) = spool();
    let report = report("Привет, 日本");
    spool.enqueue(&report).unwrap();
    let entry = spool.entries().unwrap().remove(0);
    let bytes = fs::read(&entry.path).unwrap();
    assert_eq!(entry.name.crc32, crc32fast::hash(&bytes));
    assert_eq!(entry.bytes, bytes.len() as u64);
    let mut zip = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name("message.txt")
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert!(text.starts_with("Привет, 日本\n"), "{text}");
    assert!(
        fs::read_dir(folder_of(&spool).join("tmp"))
            .unwrap()
            .next()
            .is_none()
    );
}

#[test]
fn a_claim_is_exclusive_and_ends_with_its_holder() {
    let (_dir, mut spool) = spool();
    let entry = spool.enqueue(&report("x")).unwrap();
    let claim = entry.clone().claim().unwrap();
    assert_eq!(entry.clone().claim().unwrap_err(), NotClaimed::Held);
    drop(claim);
    assert!(entry.clone().claim().is_ok());
    entry.remove().unwrap();
    assert_eq!(entry.clone().claim().unwrap_err(), NotClaimed::Held);
    fs::create_dir(&entry.path).unwrap();
    assert_eq!(entry.claim().unwrap_err(), NotClaimed::Unusable);
}

/// NFS asks for that; everywhere else a lock is enough.
#[test]
fn what_is_held_is_open_for_writing_too() {
    let (_dir, mut spool) = spool();
    let claim = spool.enqueue(&report("x")).unwrap().claim().unwrap();
    let Bundle::File(file) = claim.bundle else {
        panic!("it is on disk")
    };
    file.set_len(claim.entry.bytes).unwrap();
}

#[test]
fn a_report_on_its_way_can_be_copied_and_marked_and_taken_back() {
    let (dir, mut spool) = spool();
    let mut entry = spool.enqueue(&report("x")).unwrap();
    let claim = entry.clone().claim().unwrap();
    let copy = dir.path().join("copy.zip");
    entry.copy(&copy).unwrap();
    assert_eq!(fs::read(&copy).unwrap().len() as u64, entry.bytes);
    entry.set_state(EntryState::Refused(401)).unwrap();
    assert_eq!(spool.entries().unwrap()[0].name.state, EntryState::Refused(401));
    entry.remove().unwrap();
    drop(claim);
    assert!(spool.entries().unwrap().is_empty());
}

/// A spool on a disk where another process may do something between any two calls.
fn shared_spool() -> (Model, impl Fn() -> Spool + Clone + Send + 'static) {
    let model = Model::new(0, Lies::None);
    let disk = model.clone();
    let open = move || {
        let folder = Some(PathBuf::from("/spool"));
        Spool::on(Arc::new(disk.clone()), folder, Limits::DEFAULT)
    };
    (model, open)
}

/// As when its attempt, in another process, has just failed.
#[test]
fn a_report_that_is_renamed_while_it_is_deleted_is_deleted() {
    for calls in 0.. {
        let (model, open) = shared_spool();
        let mut spool = open();
        let mut entry = spool.enqueue(&report("x")).unwrap();
        let id = entry.name.id;
        model.meanwhile(calls, move || {
            let _ = entry.set_state(EntryState::Waiting(WaitReason::Offline));
        });
        spool.delete(id).unwrap();
        if !model.is_done() {
            return assert!(calls > 2);
        }
        assert!(spool.entries().unwrap().is_empty(), "after {calls} calls");
    }
}

#[test]
fn a_report_that_another_process_deletes_while_it_is_made_to_fit_does_not_come_back() {
    for calls in 0.. {
        let (model, open) = shared_spool();
        let mut spool = open();
        let mut report = report("x");
        let whole = spool.enqueue(&report).unwrap();
        let other = open.clone();
        let id = whole.name.id;
        model.meanwhile(calls, move || drop(other().delete(id).unwrap()));
        report.set_message("y");
        spool.enqueue_smaller(&report, &whole).unwrap();
        if !model.is_done() {
            return assert!(calls > 10);
        }
        assert!(spool.entries().unwrap().is_empty(), "after {calls} calls");
    }
}

/// As a backup brings it back.
#[test]
fn a_report_that_is_marked_read_only_is_still_sent_and_removed() {
    let (_dir, mut spool) = spool();
    let entry = spool.enqueue(&report("x")).unwrap();
    let mut rights = fs::metadata(&entry.path).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&entry.path, rights).unwrap();
    let claim = entry.claim().unwrap();
    claim.manifest().unwrap();
    claim.entry.remove().unwrap();
    drop(claim);
    assert!(spool.entries().unwrap().is_empty());
}

#[test]
fn a_state_lives_in_the_name_and_survives_a_restart() {
    let (dir, mut spool) = spool();
    let mut entry = spool.enqueue(&report("x")).unwrap();
    entry.set_state(EntryState::Refused(401)).unwrap();
    let again = Spool::at(Some(dir.path().join("deep/spool")), Limits::DEFAULT);
    let entries = again.entries().unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].name.state, EntryState::Refused(401));
}

#[test]
fn half_written_files_are_swept_and_foreign_ones_left_alone() {
    let (dir, mut spool) = spool();
    spool.enqueue(&report("kept")).unwrap();
    let half = folder_of(&spool).join("tmp/half.zip");
    let held = folder_of(&spool).join("tmp/held.zip");
    let foreign = folder_of(&spool).join("holiday.zip");
    let young = folder_of(&spool).join("tmp/young.zip");
    let kept = spool.entries().unwrap().remove(0).name;
    let note = folder_of(&spool).join(kept.upload_note());
    let gone = EntryName {
        crc32: !kept.crc32,
        ..kept
    };
    let stale = folder_of(&spool).join(gone.upload_note());
    let no_note = folder_of(&spool).join("holiday.upload");
    for path in [&half, &held, &foreign, &note, &stale, &no_note] {
        fs::write(path, "x").unwrap();
        let yesterday = SystemTime::now() - std::time::Duration::from_hours(24);
        File::options()
            .write(true)
            .open(path)
            .unwrap()
            .set_modified(yesterday)
            .unwrap();
    }
    fs::write(&young, "x").unwrap();
    let _held = claim_file(&held).unwrap();
    let mut again = Spool::at(Some(dir.path().join("deep/spool")), Limits::DEFAULT);
    again.enqueue(&report("new")).unwrap();
    assert!(!half.exists());
    assert!(!stale.exists() && note.exists() && no_note.exists());
    assert!(held.exists() && foreign.exists() && young.exists());
    assert_eq!(again.entries().unwrap().len(), 2);
}

#[cfg(unix)]
#[test]
fn the_spool_is_for_the_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_dir, mut spool) = spool();
    let entry = spool.enqueue(&report("x")).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder_of(&spool)), 0o700);
    assert_eq!(mode(&entry.path), 0o600);
}

/// Who may write there could have put any address into the window, or any limit.
#[cfg(unix)]
#[test]
fn what_is_noted_in_a_folder_that_everyone_may_write_is_not_believed() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_dir, mut spool) = spool();
    let id = spool.enqueue(&report("x")).unwrap().name.id;
    let sent = layout::sent_note(id);
    for name in [layout::REPLY_TO, layout::LIMIT, &sent] {
        spool.note(name, Some("a line"));
    }
    let allow = |mode| fs::set_permissions(folder_of(&spool), fs::Permissions::from_mode(mode)).unwrap();
    allow(0o777);
    assert_eq!(spool.noted(layout::REPLY_TO), None);
    assert_eq!(spool.noted(layout::LIMIT), None);
    assert_eq!(spool.take_sent_note(id), None);
    allow(0o700);
    assert_eq!(spool.noted(layout::REPLY_TO).as_deref(), Some("a line"));
    assert_eq!(spool.take_sent_note(id).as_deref(), Some("a line"));
}

#[test]
fn a_folder_that_cannot_be_made_says_which_and_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "x").unwrap();
    let folder = file.join("spool");
    let mut spool = Spool::at(Some(folder.clone()), Limits::DEFAULT);
    let text = spool.enqueue(&report("x")).unwrap_err().to_string();
    assert!(
        text.contains(&*folder.to_string_lossy()) && text.contains("save the report as a file"),
        "{text}"
    );
}

#[test]
fn saving_elsewhere_is_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("отчёт.zip");
    let bytes = save(&report("x"), &to).unwrap();
    assert_eq!(fs::metadata(&to).unwrap().len(), bytes);
    let error = save(&report("x"), &dir.path().join("no/such/folder.zip")).unwrap_err();
    assert!(error.to_string().contains("choose another place"), "{error}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn looking_creates_nothing_and_a_cleaned_away_folder_is_made_again() {
    let (dir, mut spool) = spool();
    assert!(spool.entries().unwrap().is_empty());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    spool.enqueue(&report("x")).unwrap();
    fs::remove_dir_all(dir.path().join("deep")).unwrap();
    spool.enqueue(&report("y")).unwrap();
    assert_eq!(spool.entries().unwrap().len(), 1);
}

#[test]
fn a_full_spool_refuses_the_new_report_and_keeps_the_old_ones() {
    let dir = tempfile::tempdir().unwrap();
    let limits = Limits {
        reports: 2,
        ..Limits::DEFAULT
    };
    let mut spool = Spool::at(Some(dir.path().join("spool")), limits);
    let first = report("first");
    spool.enqueue(&first).unwrap();
    spool.enqueue(&report("second")).unwrap();
    let error = spool.enqueue(&report("third")).unwrap_err();
    assert!(
        matches!(error, FeedbackError::SpoolFull { reports: 2, .. }),
        "{error}"
    );
    assert_eq!(spool.entries().unwrap().len(), 2);
    // The same report once more takes no more room.
    let mut edited = first.clone();
    edited.set_message("first, edited");
    spool.enqueue(&edited).unwrap();
    let entries = spool.entries().unwrap();
    assert_eq!(entries.len(), 2);
    let mut zip = zip::ZipArchive::new(File::open(&entries[0].path).unwrap()).unwrap();
    let mut text = String::new();
    zip.by_name("message.txt")
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert!(text.starts_with("first, edited"), "{text}");
}

#[test]
fn in_a_spool_with_more_than_its_limit_a_report_can_be_made_smaller_and_not_larger() {
    let dir = tempfile::tempdir().unwrap();
    let spool = |reports| {
        let limits = Limits {
            reports,
            ..Limits::DEFAULT
        };
        Spool::at(Some(dir.path().join("spool")), limits)
    };
    let log = |text: &str| {
        let content = Packer::in_memory().pack("logs/a.log", [text.as_bytes()]);
        ReportFile::of("logs/a.log".to_owned(), FileKind::Log, content.unwrap())
    };
    let mut first = report("first");
    first.evidence.push(log("a line"));
    let stored = spool(2).enqueue(&first).unwrap();
    spool(2).enqueue(&report("second")).unwrap();
    spool(3).enqueue(&report("third")).unwrap(); // as by another version of the app

    let mut noise = String::new();
    let mut dice = fastrand::Rng::with_seed(7);
    noise.extend((0..10_000).map(|_| dice.alphanumeric()));
    let mut larger = first.clone();
    *larger.evidence.last_mut().unwrap() = log(&noise);
    let error = spool(2).enqueue(&larger).unwrap_err();
    assert!(
        matches!(error, FeedbackError::SpoolFull { reports: 2, .. }),
        "{error}"
    );
    first.evidence.pop();
    let smaller = spool(2).enqueue(&first).unwrap();
    assert!(smaller.bytes < stored.bytes);
    assert_eq!(spool(2).entries().unwrap().len(), 3);
}

#[test]
fn without_any_folder_a_report_can_wait_in_memory() {
    let mut spool = Spool::at(None, Limits::DEFAULT);
    let report = report("x");
    let error = spool.enqueue(&report).unwrap_err();
    assert!(matches!(error, FeedbackError::NoSpoolFolder), "{error}");
    let mut entry = spool.hold(&report).unwrap();
    entry.set_state(EntryState::Refused(401)).unwrap();
    let held = spool.held();
    assert_eq!((held.len(), held[0].name.state), (1, EntryState::Refused(401)));
    assert_eq!(
        entry
            .claim()
            .unwrap()
            .report(&mut Packer::in_memory())
            .unwrap()
            .message(),
        "x"
    );
    assert!(spool.store_held().is_empty());
    held[0].remove().unwrap();
    assert!(spool.held().is_empty());
}
