//! Guards the promise that a receipt survives a power cut: whatever the database has lost, the log gives it back.

use super::*;
use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};
use std::ops::Range;
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
        let (mut databases, mut ids, mut ends) = (vec![database_files(path)], Vec::new(), vec![4096]);
        for group in [&[1, 2][..], &[3, LARGE.len(), 5], &[6, 7]] {
            let mut group: Vec<_> = group
                .iter()
                .map(|bytes| real(path, Uuid::now_v7(), *bytes))
                .collect();
            assert!(writer.keep(&mut group).iter().all(Result::is_ok));
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

    fn expected(&self) -> Vec<String> {
        let expected = seen(self.after_power_cut(&self.databases[3]).path());
        assert_eq!(expected.len(), 7);
        expected
    }

    /// The lines behind a group, each with the end of its record.
    fn lines(&self, group: usize) -> Vec<(Range<u64>, u64)> {
        let mut log = Cursor::new(fs::read(segment(self.dir.path(), 1)).unwrap());
        let (mut lines, mut at) = (Vec::new(), self.ends[group]);
        while let Some((head, bundle)) = record::Head::read(&mut log, at).unwrap() {
            let end = bundle + if head.is_here { head.bytes } else { 0 };
            lines.push((at..bundle, end));
            at = record::after_zeros(&mut log, end).unwrap();
        }
        lines
    }

    fn end_of_group(&self, group: usize) -> Position {
        Position {
            segment: 1,
            at: self.ends[group],
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
    let reports = store.list(None, 100).unwrap().reports;
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
    let expected = filled.expected();
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
fn a_log_from_before_its_records_were_whole_blocks_is_read_too() {
    let filled = Filled::new();
    let expected = filled.expected();
    let cut = filled.after_power_cut(&[]);
    let log = fs::read(segment(cut.path(), 1)).unwrap();
    let place = |at: u64| usize::try_from(at).unwrap();
    let mut old = Vec::new();
    for (line, end) in [(0..256, 256)].into_iter().chain(filled.lines(0)) {
        let said = str::from_utf8(&log[place(line.start)..place(line.end) - 9]).unwrap();
        let said = said.trim_end().to_owned() + " ";
        writeln!(old, "{said}{:08x}", crc32fast::hash(said.as_bytes())).unwrap();
        old.extend_from_slice(&log[place(line.end)..place(end)]);
    }
    assert!(old.len() < log.len());
    fs::write(segment(cut.path(), 1), old).unwrap();
    assert_eq!(seen(cut.path()), expected);
}

#[test]
fn of_a_torn_group_the_whole_records_come_back_and_the_rest_can_be_sent_again() {
    let filled = Filled::new();
    let expected = filled.expected();
    let lines = filled.lines(2);
    let within = lines.iter().flat_map(|(line, end)| line.start..*end).step_by(13);
    let in_zeros = [
        lines[0].1,
        lines[1].0.start - 1,
        lines[1].1,
        filled.ends[3] - 1,
        filled.ends[3],
    ];
    let lengths: BTreeSet<_> = within.chain(in_zeros).collect();
    let mut counts = Vec::new();
    for length in lengths {
        let cut = filled.after_power_cut(&filled.databases[2]);
        let log = fs::File::options().write(true).open(segment(cut.path(), 1));
        log.unwrap().set_len(length).unwrap();
        let found = seen(cut.path());
        assert_eq!(found, expected[..found.len()], "cut at {length}");
        counts.push(found.len());
        let store = Store::open(cut.path()).unwrap();
        for (id, bytes) in filled.ids[found.len()..]
            .iter()
            .zip([6, 7].iter().skip(found.len() - 5))
        {
            let again = real(cut.path(), *id, *bytes);
            let stored = block_on(store.insert(again.id, again.manifest, again.bundle, again.now));
            assert!(stored.unwrap().new);
        }
        drop(store);
        assert_eq!(seen(cut.path()).len(), 7);
    }
    assert!(counts.is_sorted());
    counts.dedup();
    assert_eq!(counts, [5, 6, 7]);
}

#[test]
fn a_damaged_record_costs_no_other_where_its_line_can_be_read() {
    let filled = Filled::new();
    let expected = filled.expected();
    let whole = fs::read(segment(filled.dir.path(), 1)).unwrap();
    let lines = filled.lines(1);
    assert_eq!(lines.len(), 5);
    let zeros = [filled.ends[2] - 1, filled.ends[3] - 1];
    for at in lines
        .iter()
        .flat_map(|(line, end)| line.start..*end)
        .step_by(13)
        .chain(zeros)
    {
        let cut = filled.after_power_cut(&filled.databases[1]);
        let mut bytes = whole.clone();
        bytes[usize::try_from(at).unwrap()] ^= 1;
        fs::write(segment(cut.path(), 1), &bytes).unwrap();
        let damaged = lines.iter().position(|(_, end)| at < *end).unwrap_or(lines.len());
        let mut rest = expected.clone();
        match lines.get(damaged) {
            Some((line, _)) if line.end <= at => drop(rest.remove(2 + damaged)),
            _ => rest.truncate(2 + damaged), // its line, or the zeros before it
        }
        assert_eq!(seen(cut.path()), rest, "damage at {at}");
        assert_eq!(seen(cut.path()), rest, "damage at {at}, second start");
    }
}

#[test]
fn a_large_bundle_that_is_not_the_stored_one_gets_no_row_and_stays() {
    let filled = Filled::new();
    let expected = filled.expected();
    let large = disk::blob(filled.dir.path(), filled.ids[3]);
    let bytes = fs::read(&large).unwrap();
    let mut other = bytes.clone();
    other[1000] ^= 1;
    for (damaged, is_there) in [(&bytes[..100], true), (&other, true), (&[], false)] {
        let cut = filled.after_power_cut(&[]);
        let file = disk::blob(cut.path(), filled.ids[3]);
        fs::remove_file(&file).unwrap();
        if is_there {
            fs::write(&file, damaged).unwrap();
        }
        for _ in 0..2 {
            let found = seen(cut.path());
            assert_eq!((&found[..3], &found[3..]), (&expected[..3], &expected[4..]));
            assert_eq!(file.exists(), is_there);
        }
    }
}

/// The last group is written, but the group failed, and so did the cut.
fn after_failures(filled: &Filled, failures: u32) -> (TempDir, Writer) {
    let cut = filled.after_power_cut(&filled.databases[2]);
    let writer = Writer::after(cut.path(), filled.end_of_group(2), 1 + failures);
    (cut, writer)
}

#[test]
fn a_group_that_failed_after_it_was_written_takes_no_number_from_another() {
    let filled = Filled::new();
    for failures in [0, 1, 2] {
        let (cut, mut writer) = after_failures(&filled, failures);
        let path = cut.path();
        let repeat = real(path, filled.ids[0], 1);
        assert_eq!(writer.keep(&mut [repeat])[0].as_ref().unwrap(), &again(1001));
        let (other, once_more) = (Uuid::now_v7(), filled.ids[5]);
        for (id, number) in [(other, 1006), (once_more, 1007)] {
            assert_eq!(
                writer.keep(&mut [real(path, id, 6)])[0].as_ref().unwrap(),
                &new(number)
            );
        }
        drop(writer);
        let expected = seen(path);
        assert_eq!(expected.len(), 7);
        assert!(expected[5].contains(&other.to_string()), "{expected:?}");

        lose_database(path);
        assert_eq!(seen(path), expected, "{failures} more failures");
    }
}

#[test]
fn a_commit_that_fails_is_caught_up_with_before_the_next_group() {
    let dir = TempDir::new().unwrap();
    let path = dir.path();
    let mut writer = Store::writer(path).unwrap();
    let fails_at_commit = "
        CREATE TABLE t (n REFERENCES reports (number) DEFERRABLE INITIALLY DEFERRED);
        CREATE TRIGGER f AFTER INSERT ON reports BEGIN INSERT INTO t VALUES (-1); END;
        PRAGMA foreign_keys = 1";
    writer.database().execute_batch(fails_at_commit).unwrap();
    let (first, second) = (Uuid::now_v7(), Uuid::now_v7());
    assert!(writer.keep(&mut [real(path, first, 1)])[0].is_err());
    let repair = Connection::open(database_file(path)).unwrap();
    repair.execute_batch("DROP TRIGGER f; DROP TABLE t").unwrap();
    assert_eq!(
        writer.keep(&mut [real(path, second, 2)])[0].as_ref().unwrap(),
        &new(1002)
    );
    assert_eq!(
        writer.keep(&mut [real(path, first, 1)])[0].as_ref().unwrap(),
        &again(1001)
    );
    drop(writer);
    assert_eq!(seen(path).len(), 2);
}

#[test]
fn a_backup_of_the_database_that_is_older_than_other_reports_gets_them_too() {
    let filled = Filled::new();
    let cut = filled.after_power_cut(&[]);
    // Of another life of the server: its reports have the numbers that the log gives others.
    let other = TempDir::new().unwrap();
    let mut writer = Store::writer(other.path()).unwrap();
    let id = Uuid::now_v7();
    assert!(writer.keep(&mut [real(other.path(), id, 9)])[0].is_ok());
    writer
        .database()
        .execute_batch("UPDATE log SET segment = 0, at = 0")
        .unwrap();
    drop(writer);
    for (name, bytes) in database_files(other.path()) {
        fs::write(cut.path().join(name), bytes).unwrap();
    }
    let store = Store::open(cut.path()).unwrap();
    let numbers: BTreeSet<_> = store
        .list(None, 100)
        .unwrap()
        .reports
        .iter()
        .map(|report| report.number.0)
        .collect();
    assert_eq!(numbers.len(), 8, "{numbers:?}");
}
