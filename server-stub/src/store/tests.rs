//! Guards the promise that a row and its bundle are both there or both not.

mod opening;
mod recovery;

use super::*;
use std::fs;
use std::io::Read as _;
use tempfile::TempDir;

const MANIFEST: &[u8] = br#"{"schema":1,"id":"x","app":{"name":"a"}}"#;

/// More than goes into a segment.
static LARGE: [u8; SMALL_BYTES + 1] = [b'L'; SMALL_BYTES + 1];

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(future)
}

fn upload(dir: &Path, bytes: &[u8]) -> Received {
    block_on(async {
        let mut incoming = Incoming::new(&disk::tmp(dir), None);
        for chunk in bytes.chunks(100_000) {
            incoming = incoming.write(chunk).await.unwrap();
        }
        incoming.finish().unwrap()
    })
}

fn insert(store: &Store, id: Uuid, bytes: &[u8]) -> Result<Stored, StoreError> {
    insert_with(store, id, MANIFEST.to_vec(), bytes)
}

fn insert_with(store: &Store, id: Uuid, manifest: Vec<u8>, bytes: &[u8]) -> Result<Stored, StoreError> {
    let bundle = upload(&store.dir, bytes);
    block_on(store.insert(id, manifest, bundle, Timestamp::UNIX_EPOCH))
}

/// A report of a group, for a writer without its thread.
fn report(dir: &Path, id: Uuid, bytes: &[u8]) -> writer::Report {
    writer::Report {
        id,
        manifest: MANIFEST.to_vec(),
        bundle: upload(dir, bytes),
        now: Timestamp::UNIX_EPOCH,
    }
}

fn new(number: i64) -> Stored {
    let number = Number(number);
    Stored { number, new: true }
}

fn again(number: i64) -> Stored {
    let number = Number(number);
    Stored { number, new: false }
}

fn find(store: &Store, id: Uuid) -> Option<StoredReport> {
    store.find(Reference::Id(id)).unwrap()
}

fn bundle(store: &Store, id: Uuid) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let report = find(store, id).unwrap();
    store.blob(&report).open()?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn files_below(path: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// All files that hold bundles, or will.
fn bundle_files(dir: &Path) -> Vec<PathBuf> {
    let folders = [disk::tmp(dir), disk::blobs(dir), disk::segments(dir)];
    folders.iter().flat_map(|folder| files_below(folder)).collect()
}

fn lose_database(dir: &Path) {
    for name in ["reports.sqlite3", "reports.sqlite3-wal", "reports.sqlite3-shm"] {
        let _ = fs::remove_file(dir.join(name));
    }
}

fn segment(dir: &Path, number: u32) -> PathBuf {
    disk::segment(&disk::segments(dir), number)
}

#[test]
fn numbers_grow_and_a_repeat_keeps_its_own() {
    let dir = TempDir::new().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let (a, b) = (Uuid::now_v7(), Uuid::now_v7());
    for round in [new, again] {
        assert_eq!(insert(&store, a, b"small").unwrap(), round(1001));
        assert_eq!(insert(&store, b, &LARGE).unwrap(), round(1002));
    }
    for id in [a, b] {
        assert!(matches!(
            insert(&store, id, b"other"),
            Err(StoreError::Conflict { .. })
        ));
    }
    assert_eq!(bundle(&store, a).unwrap(), b"small");
    assert_eq!(bundle(&store, b).unwrap(), LARGE);
    assert!(files_below(&disk::tmp(dir.path())).is_empty());
}

#[test]
fn a_group_is_as_if_each_had_come_alone() {
    let dir = TempDir::new().unwrap();
    let mut writer = Store::writer(dir.path()).unwrap();
    let (a, b, c) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    let bundles: [(Uuid, &[u8]); 6] = [
        (a, b"one"),
        (b, &LARGE),
        (a, b"one"),
        (b, b"other"),
        (c, b"three"),
        (b, &LARGE),
    ];
    let results = writer.keep(&mut bundles.map(|(id, bytes)| report(dir.path(), id, bytes)));
    let results: Vec<_> = results.into_iter().map(Result::ok).collect();
    let expected = [
        Some(new(1001)),
        Some(new(1002)),
        Some(again(1001)),
        None,
        Some(new(1003)),
        Some(again(1002)),
    ];
    assert_eq!(results, expected);
    drop(writer);

    let store = Store::open(dir.path()).unwrap();
    for (id, bytes) in [(a, &b"one"[..]), (b, &LARGE), (c, b"three")] {
        assert_eq!(bundle(&store, id).unwrap(), bytes);
    }
    assert_eq!(bundle_files(dir.path()).len(), 2, "one segment, one file");
}

#[test]
fn a_failure_of_one_part_keeps_nothing_of_the_group_and_no_gap_in_the_numbers() {
    let dir = TempDir::new().unwrap();
    let dir = dir.path();
    let (kept, small, large) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    let mut writer = Store::writer(dir).unwrap();
    let group = |writer: &mut Writer| {
        let results = writer.keep(&mut [report(dir, small, b"small"), report(dir, large, &LARGE)]);
        results.into_iter().map(Result::ok).collect::<Vec<_>>()
    };
    assert_eq!(
        writer.keep(&mut [report(dir, kept, b"kept")])[0]
            .as_ref()
            .unwrap(),
        &new(1001)
    );
    let before = (bundle_files(dir), fs::read(segment(dir, 1)).unwrap());

    // The large one cannot be moved into place.
    fs::remove_dir(disk::blobs(dir)).unwrap();
    fs::write(disk::blobs(dir), b"in the way").unwrap();
    assert_eq!(group(&mut writer), [None, None]);
    fs::remove_file(disk::blobs(dir)).unwrap();
    fs::create_dir(disk::blobs(dir)).unwrap();
    assert_eq!((bundle_files(dir), fs::read(segment(dir, 1)).unwrap()), before);

    // The segment cannot be written: after the failure it is another one.
    drop(writer);
    let mut writer = Store::writer(dir).unwrap();
    fs::write(segment(dir, 2), b"in the way").unwrap();
    assert_eq!(group(&mut writer), [None, None]);
    fs::remove_file(segment(dir, 2)).unwrap();
    assert_eq!((bundle_files(dir), fs::read(segment(dir, 1)).unwrap()), before);

    assert_eq!(group(&mut writer), [Some(new(1002)), Some(new(1003))]);
    drop(writer);
    let store = Store::open(dir).unwrap();
    assert_eq!(bundle(&store, kept).unwrap(), b"kept");
    assert_eq!(bundle(&store, small).unwrap(), b"small");
    let place = find(&store, small).unwrap().place;
    assert!(
        matches!(place, Place::Segment(position) if position.segment == 3),
        "{place:?}"
    );
    assert_eq!(bundle(&store, large).unwrap(), LARGE);
}

#[test]
fn a_full_disk_leaves_neither_row_nor_blob() {
    let dir = TempDir::new().unwrap();
    let mut writer = Store::writer(dir.path()).unwrap();
    let (small, large) = (Uuid::now_v7(), Uuid::now_v7());
    let group = || {
        let mut group = [
            report(dir.path(), small, b"one"),
            report(dir.path(), large, &LARGE),
        ];
        group[1].manifest = vec![b' '; 100_000];
        group
    };
    // As full as it gets: not one page more.
    writer
        .database()
        .execute_batch("PRAGMA max_page_count = 1")
        .unwrap();
    for result in writer.keep(&mut group()) {
        let StoreError::Disk(error) = result.unwrap_err() else {
            panic!("a full disk is no conflict")
        };
        assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
    }
    assert_eq!(bundle_files(dir.path()), Vec::<PathBuf>::new());

    writer
        .database()
        .execute_batch("PRAGMA max_page_count = 1000")
        .unwrap();
    let results = writer.keep(&mut group());
    assert_eq!(
        results.into_iter().map(Result::unwrap).collect::<Vec<_>>(),
        [new(1001), new(1002)]
    );
}

#[test]
fn a_full_segment_is_followed_by_another() {
    let dir = TempDir::new().unwrap();
    let mut kept = Position { segment: 4, at: 4711 };
    let mut segments = segments::Segments::begin(dir.path().to_owned(), kept, 6);
    let bundle_bytes = 64 * 1024 * 1024;
    let head = report(dir.path(), Uuid::nil(), b"").head(Number(1));
    for number in [7, 8] {
        let mut batch = segments::Batch::default();
        assert_eq!(segments.after(&batch).segment, number);
        let mut record = record::room(bundle_bytes);
        record.extend(&vec![0; bundle_bytes]);
        batch.add(&head, record);
        let end = segments.after(&batch);
        segments.write(&batch).unwrap();
        let mut file = fs::File::open(disk::segment(dir.path(), number)).unwrap();
        let (after, _) = record::read_opening(&mut file).unwrap().unwrap();
        assert_eq!(after, kept);
        kept = end;
    }
}

#[test]
fn what_is_not_the_bundle_of_the_row_is_not_served() {
    let dir = TempDir::new().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let (first, second) = (Uuid::now_v7(), Uuid::now_v7());
    insert(&store, first, b"first").unwrap();
    insert(&store, second, b"secnd").unwrap();
    let whole = fs::read(segment(dir.path(), 1)).unwrap();

    let (head, tail) = whole.split_at(whole.len() / 2);
    fs::write(segment(dir.path(), 1), [tail, head].concat()).unwrap();
    assert!(bundle(&store, first).is_err() && bundle(&store, second).is_err());
    let end = whole.iter().rposition(|byte| *byte != 0).unwrap();
    fs::write(segment(dir.path(), 1), &whole[..end]).unwrap();
    assert_eq!(bundle(&store, first).unwrap(), b"first");
    assert!(bundle(&store, second).is_err());
    fs::write(segment(dir.path(), 1), &whole).unwrap();
    assert_eq!(bundle(&store, second).unwrap(), b"secnd");
}

#[test]
fn a_slice_is_read_like_a_file() {
    use std::io::{Cursor, Seek, SeekFrom};
    let dir = TempDir::new().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let (id, next) = (Uuid::now_v7(), Uuid::now_v7());
    insert(&store, id, b"0123456789").unwrap();
    insert(&store, next, b"after it").unwrap();
    let mut slice = store.blob(&find(&store, id).unwrap()).open().unwrap();
    let mut peer = Cursor::new(b"0123456789");
    for to in [
        SeekFrom::Start(3),
        SeekFrom::Current(2),
        SeekFrom::Current(-6),
        SeekFrom::End(-4),
        SeekFrom::End(0),
        SeekFrom::Start(100),
        SeekFrom::Current(-200),
        SeekFrom::End(-11),
    ] {
        assert_eq!(slice.seek(to).ok(), peer.seek(to).ok(), "{to:?}");
        let (mut ours, mut theirs) = ([0; 5], [0; 5]);
        assert_eq!(
            slice.read(&mut ours).unwrap(),
            peer.read(&mut theirs).unwrap(),
            "{to:?}"
        );
        assert_eq!(ours, theirs, "{to:?}");
    }
}

#[test]
fn a_file_of_the_folder_becomes_a_bundle_by_moving_or_stays() {
    let dir = TempDir::new().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let (id, path) = (Uuid::now_v7(), dir.path().join("finished"));
    let insert_file = |id: Uuid| {
        let bundle = Received::from_file(path.clone(), "0".repeat(64)).unwrap();
        block_on(store.insert(id, MANIFEST.to_vec(), bundle, Timestamp::UNIX_EPOCH))
    };
    fs::write(&path, b"resumed").unwrap();
    assert_eq!(insert_file(id).unwrap(), new(1001));
    assert!(!path.exists());
    assert_eq!(bundle(&store, id).unwrap(), b"resumed");

    fs::write(&path, b"resumed").unwrap();
    assert_eq!(insert_file(id).unwrap(), again(1001));
    assert!(path.exists());

    fs::remove_dir_all(disk::blobs(dir.path())).unwrap();
    fs::write(disk::blobs(dir.path()), b"in the way").unwrap();
    assert!(insert_file(Uuid::now_v7()).is_err());
    assert!(path.exists());
}

#[test]
fn a_page_is_not_larger_for_large_manifests() {
    let dir = TempDir::new().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let most = usize::try_from(PAGE_BYTES).unwrap();
    for manifest_bytes in [100, 100, most - 150, 100, most + 1] {
        let mut manifest = MANIFEST.to_vec();
        manifest.resize(manifest_bytes, b' ');
        insert_with(&store, Uuid::now_v7(), manifest, b"x").unwrap();
    }
    let mut before = None;
    let mut pages = Vec::new();
    loop {
        let page = store.list(before, 3).unwrap();
        pages.push(
            page.reports
                .iter()
                .map(|report| report.number.0)
                .collect::<Vec<_>>(),
        );
        before = page.reports.last().map(|last| last.number);
        if !page.more {
            break;
        }
    }
    assert_eq!(pages, [vec![1005], vec![1004, 1003], vec![1002, 1001]]);
    assert_eq!(store.list(None, 0).unwrap().reports.len(), 0);
}
