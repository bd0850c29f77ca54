//! Guards the promise that a receipt survives a power cut: whatever the database has lost, the log gives it back.

use super::*;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A report as a client makes it, with `bytes` of picture.
fn real(dir: &Path, id: Uuid, bytes: usize) -> writer::Report {
    let manifest = format!(r#"{{"schema":1,"id":"{id}","app":{{"name":"a"}}}}"#);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in [
        ("report.json", manifest.as_bytes()),
        ("screenshots/1.png", &vec![7; bytes]),
    ] {
        zip.start_file(name, stored).unwrap();
        zip.write_all(content).unwrap();
    }
    writer::Report {
        manifest: manifest.into_bytes(),
        now: Timestamp::from_second(i64::try_from(bytes).unwrap()).unwrap(),
        ..report(dir, id, &zip.finish().unwrap().into_inner())
    }
}

/// Three groups, the second with a large report, and the database as it was before each and after all.
struct Filled {
    dir: TempDir,
    databases: Vec<Vec<(String, Vec<u8>)>>,
    ids: Vec<Uuid>,
    /// The length of the log before each group and after all.
    ends: Vec<u64>,
}

impl Filled {
    fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let path = dir.path();
        let mut writer = Store::writer(path).unwrap();
        let (mut databases, mut ids, mut ends) = (vec![database_files(path)], Vec::new(), vec![0]);
        for group in [&[1, 2][..], &[3, LARGE.len(), 5], &[6, 7]] {
            let group: Vec<_> = group
                .iter()
                .map(|bytes| real(path, Uuid::now_v7(), *bytes))
                .collect();
            assert!(writer.keep(&group).iter().all(Result::is_ok));
            ids.extend(group.iter().map(|report| report.id));
            databases.push(database_files(path));
            ends.push(fs::metadata(segment(path, 1)).unwrap().len());
        }
        Self {
            dir,
            databases,
            ids,
            ends,
        }
    }

    /// The folder after a power cut that left of the database so much.
    fn after_power_cut(&self, database: &[(String, Vec<u8>)]) -> TempDir {
        let cut = TempDir::new().unwrap();
        for file in bundle_files(self.dir.path()) {
            let to = cut.path().join(file.strip_prefix(self.dir.path()).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(file, to).unwrap();
        }
        for (name, bytes) in database {
            fs::write(cut.path().join(name), bytes).unwrap();
        }
        cut
    }
}

fn database_files(dir: &Path) -> Vec<(String, Vec<u8>)> {
    ["reports.sqlite3", "reports.sqlite3-wal"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), fs::read(dir.join(name)).ok()?)))
        .collect()
}

/// All that can be seen of the reports in a folder, their bundles' hashes included.
fn seen(dir: &Path) -> Vec<String> {
    let store = Store::open(dir).unwrap();
    let reports = store.list(None, 100).unwrap();
    let all = reports.iter().rev().map(|report| {
        let hash = ring::digest::digest(&ring::digest::SHA256, &bundle(&store, report.id).unwrap());
        assert_eq!(crate::secret::hex(hash.as_ref()), report.sha256);
        assert_eq!(report.manifest.id, report.id.to_string());
        format!(
            "{} {} {} {}",
            report.number, report.id, report.received_at, report.sha256
        )
    });
    all.collect()
}

#[test]
fn rows_that_a_power_cut_takes_come_back_as_they_were() {
    let filled = Filled::new();
    let expected = seen(filled.after_power_cut(&filled.databases[3]).path());
    assert_eq!(expected.len(), 7);
    for database in filled.databases.iter().map(Vec::as_slice).chain([&[][..]]) {
        let cut = filled.after_power_cut(database);
        for _ in 0..2 {
            assert_eq!(seen(cut.path()), expected, "{} files", database.len());
        }
        let store = Store::open(cut.path()).unwrap();
        assert_eq!(insert(&store, filled.ids[6], b"other").ok(), None);
        assert_eq!(insert(&store, Uuid::now_v7(), b"new").unwrap(), new(1008));
    }
}

#[test]
fn of_a_torn_group_the_whole_records_come_back_and_the_rest_can_be_sent_again() {
    let filled = Filled::new();
    let expected = seen(filled.after_power_cut(&filled.databases[3]).path());
    let (before, end) = (filled.ends[2], filled.ends[3]);
    let mut counts = Vec::new();
    for length in (before..end).step_by(13).chain([end]) {
        let cut = filled.after_power_cut(&filled.databases[2]);
        let log = segment(cut.path(), 1);
        fs::File::options()
            .write(true)
            .open(&log)
            .unwrap()
            .set_len(length)
            .unwrap();
        let found = seen(cut.path());
        assert_eq!(found, expected[..found.len()], "cut at {length}");
        counts.push(found.len());
        let store = Store::open(cut.path()).unwrap();
        for (number, id) in (1001..).zip(&filled.ids).skip(5) {
            let again = real(cut.path(), *id, if number == 1006 { 6 } else { 7 });
            let stored = block_on(store.insert(again.id, again.manifest, again.bundle, again.now));
            assert_eq!(stored.unwrap().number, Number(number));
        }
    }
    assert!(counts.is_sorted());
    counts.dedup();
    assert_eq!(counts, [5, 6, 7]);
}

#[test]
fn where_a_record_is_damaged_nothing_behind_it_is_believed() {
    let filled = Filled::new();
    for at in (filled.ends[1]..filled.ends[3]).step_by(13) {
        let cut = filled.after_power_cut(&filled.databases[1]);
        let log = segment(cut.path(), 1);
        let mut bytes = fs::read(&log).unwrap();
        bytes[usize::try_from(at).unwrap()] ^= 1;
        fs::write(&log, &bytes).unwrap();
        let found = seen(cut.path()).len();
        assert!((2..7).contains(&found), "{found} after damage at {at}");
    }
}

#[test]
fn a_group_that_failed_after_it_was_written_takes_no_number_from_another() {
    let filled = Filled::new();
    // The rows of the last group never came to be, and its segment could not be cut.
    let path = filled.after_power_cut(&filled.databases[2]);
    let path = path.path();
    disk::make_dir(&disk::tmp(path)).unwrap();
    let end = Position {
        segment: 1,
        at: filled.ends[2],
    };
    let (database, _) = database::open(&database(path)).unwrap();
    let mut writer = Writer::new(
        path.to_owned(),
        database,
        Segments::begin(disk::segments(path), end),
    );
    let (other, again) = (Uuid::now_v7(), filled.ids[5]);
    for (id, number) in [(other, 1006), (again, 1007)] {
        assert_eq!(
            writer.keep(&[real(path, id, 6)])[0].as_ref().unwrap(),
            &new(number)
        );
    }
    drop(writer);
    let expected = seen(path);
    assert_eq!(expected.len(), 7);
    assert!(expected[5].contains(&other.to_string()), "{expected:?}");

    lose_database(path);
    assert_eq!(seen(path), expected);
}
