//! Guards what the folder holds on to and what it lets go, with the clock as an argument.

use super::*;
use tempfile::TempDir;

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const MAX_BYTES: u64 = 1000;

struct Place {
    _dir: TempDir,
    folder: Folder,
    /// A little after everything that the test did.
    now: Timestamp,
}

fn place() -> Place {
    let dir = TempDir::new().unwrap();
    let now = Timestamp::now() + SignedDuration::from_mins(1);
    let folder = Folder::open(dir.path().join("uploads"), MAX_BYTES, now).unwrap();
    Place {
        _dir: dir,
        folder,
        now,
    }
}

fn state(length: u64) -> State {
    State {
        key: "k".to_owned(),
        length,
        metadata: Some("a YQ==".to_owned()),
        report: None,
    }
}

impl Place {
    fn create(&self, length: u64) -> UploadId {
        self.folder.create(&state(length), self.now).unwrap()
    }

    fn has_bytes(&self, id: &UploadId, count: u64, part: &[u8]) {
        fs::write(self.folder.part(id), part).unwrap();
        self.folder.write(id, count, &state(10)).unwrap();
    }

    /// An upload of the largest size, whose last byte came so long ago.
    fn is_silent(&self, id: &UploadId, bytes: u64, since: SignedDuration) {
        File::create(self.folder.part(id))
            .unwrap()
            .set_len(bytes)
            .unwrap();
        self.folder.write(id, bytes, &state(MAX_BYTES)).unwrap();
        let file = File::options().write(true).open(self.folder.state(id)).unwrap();
        file.set_modified((self.now - since).into()).unwrap();
    }

    fn stage(&self, id: &UploadId) -> (u64, Stage) {
        let upload = self.folder.find(id, self.now).unwrap().unwrap();
        (upload.offset, upload.stage)
    }
}

#[test]
fn only_what_was_random_is_a_name() {
    let id = UploadId::random().unwrap();
    assert_eq!(UploadId::parse(&id.to_string()), Some(id.clone()));
    assert_ne!(UploadId::random().unwrap(), id);
    let dots = format!("../{}", "a".repeat(61));
    for bad in [
        "",
        "..",
        "a",
        &id.to_string().to_uppercase(),
        &dots,
        &"a".repeat(65),
        &"é".repeat(32),
    ] {
        assert_eq!(UploadId::parse(bad), None, "{bad}");
    }
}

#[test]
fn an_upload_is_where_both_files_say_that_it_is() {
    let place = place();
    let id = place.create(10);
    assert_eq!(place.stage(&id), (0, Stage::Growing));
    let cases = [
        (4, &b"1234"[..], 4),
        (4, b"123456", 4), // the rest waited for its checksum
        (4, b"123", 3),    // the disk lost what it had promised
    ];
    for (count, part, offset) in cases {
        place.has_bytes(&id, count, part);
        assert_eq!(place.stage(&id), (offset, Stage::Growing));
    }
    place.has_bytes(&id, 10, b"0123456789");
    assert_eq!(place.stage(&id), (10, Stage::Whole));
    place.has_bytes(&id, 99, b"0123456789 and more");
    assert_eq!(place.stage(&id), (10, Stage::Whole));

    let mut upload = place.folder.find(&id, place.now).unwrap().unwrap();
    let report = Uuid::now_v7();
    place.folder.name_report(&mut upload, report).unwrap();
    assert_eq!(place.stage(&id), (10, Stage::Whole));
    place.folder.remove_part(&id).unwrap();
    assert_eq!(place.stage(&id), (10, Stage::Stored(report)));
}

#[test]
fn a_damaged_state_is_no_upload_and_no_error() {
    let place = place();
    let id = place.create(10);
    let good = fs::read(place.folder.state(&id)).unwrap();
    for end in 0..good.len() {
        fs::write(place.folder.state(&id), &good[..end]).unwrap();
        assert!(
            place.folder.find(&id, place.now).unwrap().is_none(),
            "cut at {end}"
        );
    }
    for at in 0..good.len() {
        let mut bent = good.clone();
        bent[at] ^= 0x80;
        fs::write(place.folder.state(&id), &bent).unwrap();
        assert!(
            place.folder.find(&id, place.now).unwrap().is_none(),
            "bent at {at}"
        );
    }
}

#[test]
fn a_week_of_silence_ends_an_upload_whatever_the_clock_does() {
    let place = place();
    let id = place.create(10);
    let there = |now| place.folder.find(&id, now).unwrap().is_some();
    assert!(there(place.now + HOUR * (7 * 24 - 1)));
    assert!(!there(place.now + HOUR * 7 * 24));
    assert!(!there(place.now - HOUR * 8 * 24));

    place.folder.sweep(place.now + HOUR * (7 * 24 - 1)).unwrap();
    assert!(place.folder.exists(&id));
    place.folder.sweep(place.now + HOUR * 7 * 24).unwrap();
    assert!(!place.folder.exists(&id));
}

#[test]
fn a_sweep_takes_what_is_nobodys_and_leaves_what_is_foreign() {
    let place = place();
    let (kept, orphan) = (place.create(10), UploadId::random().unwrap());
    place.has_bytes(&kept, 4, b"1234");
    fs::write(place.folder.part(&orphan), b"bytes without a state").unwrap();
    let half = place.folder.path(&orphan, HALF_STATE);
    fs::write(&half, b"0000").unwrap();
    let foreign = ["notes.txt", "short.part", ".part"].map(|name| place.folder.dir.join(name));
    for path in &foreign {
        fs::write(path, b"not ours").unwrap();
    }

    place.folder.sweep(place.now).unwrap();
    assert!(!place.folder.part(&orphan).exists());
    assert!(half.exists(), "it may be written just now");
    assert!(place.folder.part(&kept).exists());
    place.folder.sweep(place.now + HOUR * 7 * 24).unwrap();
    assert!(!half.exists() && !place.folder.part(&kept).exists());
    assert!(foreign.iter().all(|path| path.exists()));
}

#[test]
fn what_cannot_be_removed_stops_neither_the_sweep_nor_the_start() {
    let place = place();
    let stuck = [place.create(1), place.create(1), place.create(1)].map(|id| place.folder.state(&id));
    let old = place.create(10);
    for path in &stuck {
        fs::remove_file(path).unwrap();
        fs::create_dir(path).unwrap();
    }
    let later = place.now + HOUR * 7 * 24;
    place.folder.sweep(later).unwrap();
    assert!(!place.folder.exists(&old));
    assert!(Folder::open(place.folder.dir.clone(), MAX_BYTES, later).is_ok());
    place.create(1); // nor the next upload
}

#[test]
fn room_is_bounded_and_the_longest_silent_makes_it() {
    let place = place();
    let ids: Vec<_> = (0..MAX_FULL_UPLOADS).map(|_| place.create(MAX_BYTES)).collect();
    let full = place.folder.create(&state(1), place.now);
    assert!(matches!(full, Err(CreateError::Full)));

    // An hour of silence is a lift or a tunnel; two are not.
    place.is_silent(&ids[7], MAX_BYTES - 1, HOUR);
    assert!(place.folder.create(&state(1), place.now).is_err());
    place.is_silent(&ids[6], MAX_BYTES - 1, HOUR * 2);
    place.is_silent(&ids[7], MAX_BYTES - 1, HOUR * 3);
    place.create(1);
    let left: Vec<_> = ids.iter().filter(|id| place.folder.exists(id)).collect();
    assert_eq!(left.len(), ids.len() - 1);
    assert!(!place.folder.exists(&ids[7]));
}

#[test]
fn who_holds_room_without_filling_it_gives_way_soon() {
    for (bytes, minutes) in [(0, 5), (1, 5), (MAX_BYTES / 2, 60)] {
        let place = place();
        let ids: Vec<_> = (0..MAX_FULL_UPLOADS).map(|_| place.create(MAX_BYTES)).collect();
        place.is_silent(
            &ids[7],
            bytes,
            SignedDuration::from_mins(minutes) - SignedDuration::from_secs(1),
        );
        assert!(place.folder.create(&state(1), place.now).is_err(), "{bytes}");
        place.is_silent(&ids[7], bytes, SignedDuration::from_mins(minutes));
        place.create(1);
        assert!(!place.folder.exists(&ids[7]), "{bytes}");
    }
}

#[test]
fn reports_take_no_room_and_are_not_looked_at() {
    let place = place();
    for _ in 0..MAX_FULL_UPLOADS {
        let id = place.create(MAX_BYTES);
        let mut upload = place.folder.find(&id, place.now).unwrap().unwrap();
        place.folder.name_report(&mut upload, Uuid::now_v7()).unwrap();
        place.folder.remove_part(&id).unwrap();
        // An error for whoever reads it.
        fs::remove_file(place.folder.state(&id)).unwrap();
        fs::create_dir(place.folder.state(&id)).unwrap();
    }
    place.create(MAX_BYTES);
}

#[test]
fn the_number_of_uploads_is_bounded_too() {
    let place = place();
    let id = place.create(0);
    let upload = || place.folder.find(&id, place.now).unwrap().unwrap();
    let mut waiting: Vec<_> = (1..MAX_UPLOADS).map(|_| upload()).collect();
    assert!(has_room(&waiting, 0, MAX_BYTES));
    waiting.push(upload());
    assert!(!has_room(&waiting, 0, MAX_BYTES));
}
