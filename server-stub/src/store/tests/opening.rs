//! Guards what a start finds: data of before is served, what nobody owns is swept, and nothing else is touched.

use super::*;

#[test]
fn a_start_sweeps_what_no_row_owns_and_nothing_else() {
    let dir = TempDir::new().unwrap();
    let (kept, small, orphan) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    let store = Store::open(dir.path()).unwrap();
    insert(&store, kept, &LARGE).unwrap();
    insert(&store, small, b"small").unwrap();
    drop(store);
    let before = bundle_files(dir.path()).len();

    let beside = |name: &str| disk::blob(dir.path(), kept).with_file_name(name);
    fs::write(beside(&format!("{orphan}.zip")), b"orphan").unwrap();
    fs::copy(disk::blob(dir.path(), kept), disk::blob(dir.path(), small)).unwrap(); // its row is elsewhere
    fs::write(beside("notes.txt"), b"not ours").unwrap();
    fs::write(disk::tmp(dir.path()).join("cut-off.part"), b"half").unwrap();
    // Of a log nothing is swept: what cannot be read may still be the only copy.
    let torn = [
        &fs::read(segment(dir.path(), 1)).unwrap()[..],
        b"FBR2 and a part of a line",
    ]
    .concat();
    fs::write(segment(dir.path(), 1), &torn).unwrap();
    fs::write(segment(dir.path(), 2), b"FBR2").unwrap();
    fs::write(segment(dir.path(), 1).with_file_name("3.segment"), b"not ours").unwrap();

    let store = Store::open(dir.path()).unwrap();
    assert_eq!(bundle(&store, kept).unwrap(), LARGE);
    assert_eq!(bundle(&store, small).unwrap(), b"small");
    assert_eq!(fs::read(segment(dir.path(), 1)).unwrap(), torn);
    let files = bundle_files(dir.path());
    assert_eq!(files.len(), before + 3, "{files:?}");
    assert!(beside("notes.txt").exists());
    assert_eq!(insert(&store, orphan, b"new").unwrap(), new(1003));
    assert!(segment(dir.path(), 3).exists());
}

#[test]
fn a_folder_from_before_segments_is_served_as_it_is() {
    let dir = TempDir::new().unwrap();
    let id = Uuid::now_v7();
    let old = Connection::open(database_file(dir.path())).unwrap();
    old.execute_batch(
        "CREATE TABLE reports (
            number      INTEGER PRIMARY KEY AUTOINCREMENT,
            id          TEXT NOT NULL UNIQUE,
            received_at TEXT NOT NULL,
            bytes       INTEGER NOT NULL,
            sha256      TEXT NOT NULL,
            manifest    BLOB NOT NULL
        ) STRICT;
        INSERT INTO sqlite_sequence (name, seq) VALUES ('reports', 1000);
        CREATE TABLE probe (at TEXT NOT NULL) STRICT;
        INSERT INTO probe VALUES ('');
        PRAGMA user_version = 1;",
    )
    .unwrap();
    let row = params![
        id.to_string(),
        Timestamp::UNIX_EPOCH.to_string(),
        3,
        "the hash",
        MANIFEST
    ];
    let sql = "INSERT INTO reports (id, received_at, bytes, sha256, manifest) VALUES (?1, ?2, ?3, ?4, ?5)";
    old.execute(sql, row).unwrap();
    drop(old);
    let file = disk::blob(dir.path(), id);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, b"old").unwrap();

    for _ in 0..2 {
        let store = Store::open(dir.path()).unwrap();
        assert_eq!(bundle(&store, id).unwrap(), b"old");
        assert_eq!(find(&store, id).unwrap().number, Number(1001));
    }
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(insert(&store, Uuid::now_v7(), b"new").unwrap(), new(1002));
}

#[test]
fn a_folder_from_before_the_log_is_served_and_gone_on_with() {
    let dir = TempDir::new().unwrap();
    let id = Uuid::now_v7();
    let old = Connection::open(database_file(dir.path())).unwrap();
    old.execute_batch(&database::STEPS[..2].concat()).unwrap();
    old.pragma_update(None, "user_version", 2).unwrap();
    let record = old_record(id, b"small");
    let sql = "INSERT INTO reports (id, received_at, bytes, sha256, manifest, segment, start)
               VALUES (?1, ?2, 5, 'the hash', ?3, 4, 33)";
    let at = Timestamp::UNIX_EPOCH.to_string();
    old.execute(sql, params![id.to_string(), at, MANIFEST]).unwrap();
    drop(old);
    fs::create_dir(disk::segments(dir.path())).unwrap();
    let before = [&record[..], &record, b"FBR1 and a part"].concat();
    fs::write(segment(dir.path(), 4), before).unwrap();
    for number in [1002, 1003] {
        let store = Store::open(dir.path()).unwrap();
        assert_eq!(bundle(&store, id).unwrap(), b"small");
        assert_eq!(insert(&store, Uuid::now_v7(), b"new").unwrap(), new(number));
    }
    assert!(segment(dir.path(), 5).exists() && segment(dir.path(), 6).exists());
}

#[test]
fn bundles_that_a_lost_database_leaves_without_a_row_stay() {
    let dir = TempDir::new().unwrap();
    let large = Uuid::now_v7();
    let store = Store::open(dir.path()).unwrap();
    insert(&store, large, &LARGE).unwrap(); // no zip: its row cannot be made again
    drop(store);
    fs::write(segment(dir.path(), 1), old_record(large, b"small")).unwrap();
    lose_database(dir.path());
    let before = bundle_files(dir.path());
    for _ in 0..3 {
        drop(Store::open(dir.path()).unwrap());
        assert_eq!(bundle_files(dir.path()), before);
    }
}

/// As the first segments had it.
fn old_record(id: Uuid, bundle: &[u8]) -> Vec<u8> {
    let bytes = bundle.len() as u64;
    [b"FBR1", &id.as_bytes()[..], &bytes.to_le_bytes(), bundle].concat()
}

#[test]
fn a_folder_has_one_store() {
    let dir = TempDir::new().unwrap();
    let first = Store::open(dir.path()).unwrap();
    assert!(Store::open(dir.path()).is_err());
    drop(first);
    Store::open(dir.path()).unwrap();
}

#[test]
fn a_newer_database_is_not_touched() {
    let dir = TempDir::new().unwrap();
    drop(Store::open(dir.path()).unwrap());
    let database = Connection::open(database_file(dir.path())).unwrap();
    database.execute_batch("PRAGMA user_version = 99").unwrap();
    drop(database);
    let error = Store::open(dir.path()).unwrap_err().to_string();
    assert!(error.contains("newer"), "{error}");
}
