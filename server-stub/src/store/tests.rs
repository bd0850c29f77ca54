//! Guards the promise that a row and its bundle are both there or both not.

use super::*;
use std::fs;
use tempfile::TempDir;

const MANIFEST: &[u8] = br#"{"schema":1,"id":"x","app":{"name":"a"}}"#;

fn upload(store: &Store, bytes: &[u8]) -> Received {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut incoming = store.incoming().await.unwrap();
        incoming.write(bytes).await.unwrap();
        incoming.finish().await.unwrap()
    })
}

fn insert(store: &Store, id: Uuid, bytes: &[u8]) -> Result<Stored, StoreError> {
    store.insert(id, MANIFEST, upload(store, bytes), Timestamp::UNIX_EPOCH)
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

#[test]
fn numbers_grow_and_a_repeat_keeps_its_own() {
    let dir = TempDir::new().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let (a, b) = (Uuid::now_v7(), Uuid::now_v7());
    assert_eq!(
        insert(&store, a, b"one").unwrap(),
        Stored {
            number: Number(1001),
            new: true
        }
    );
    assert_eq!(
        insert(&store, b, b"two").unwrap(),
        Stored {
            number: Number(1002),
            new: true
        }
    );
    assert_eq!(
        insert(&store, a, b"one").unwrap(),
        Stored {
            number: Number(1001),
            new: false
        }
    );
    assert!(matches!(
        insert(&store, a, b"other"),
        Err(StoreError::Conflict { .. })
    ));
    assert_eq!(fs::read(store.blob(a)).unwrap(), b"one");
    assert!(files_below(&disk::tmp(dir.path())).is_empty());
}

#[test]
fn a_bundle_that_cannot_be_moved_leaves_no_row_and_no_gap_in_the_numbers() {
    let dir = TempDir::new().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let id = Uuid::now_v7();
    fs::remove_dir(disk::blobs(dir.path())).unwrap();
    fs::write(disk::blobs(dir.path()), b"in the way").unwrap();
    assert!(matches!(insert(&store, id, b"one"), Err(StoreError::Disk(_))));
    assert!(store.find(Reference::Id(id)).unwrap().is_none());
    assert!(files_below(&disk::tmp(dir.path())).is_empty());

    fs::remove_file(disk::blobs(dir.path())).unwrap();
    assert_eq!(
        insert(&store, id, b"one").unwrap(),
        Stored {
            number: Number(1001),
            new: true
        }
    );
}

#[test]
fn a_full_disk_leaves_neither_row_nor_blob() {
    let dir = TempDir::new().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let id = Uuid::now_v7();
    store
        .database()
        .execute_batch("PRAGMA max_page_count = 1")
        .unwrap(); // as full as it gets: not one page more
    let large = vec![b' '; 100_000];
    let error = store
        .insert(id, &large, upload(&store, b"one"), Timestamp::UNIX_EPOCH)
        .unwrap_err();
    assert!(matches!(error, StoreError::Database(error) if is_full(&error)));
    assert!(store.find(Reference::Id(id)).unwrap().is_none());
    assert!(files_below(&disk::blobs(dir.path())).is_empty());
    assert!(files_below(&disk::tmp(dir.path())).is_empty());
}

#[test]
fn a_start_sweeps_what_no_row_owns_and_nothing_else() {
    let dir = TempDir::new().unwrap();
    let (kept, orphan) = (Uuid::now_v7(), Uuid::now_v7());
    let store = Store::open(dir.path()).unwrap();
    insert(&store, kept, b"one").unwrap();
    fs::write(
        store.blob(kept).with_file_name(format!("{orphan}.zip")),
        b"orphan",
    )
    .unwrap();
    fs::write(store.blob(kept).with_file_name("notes.txt"), b"not ours").unwrap();
    fs::write(disk::tmp(dir.path()).join("cut-off.part"), b"half").unwrap();
    drop(store);

    let store = Store::open(dir.path()).unwrap();
    assert_eq!(fs::read(store.blob(kept)).unwrap(), b"one");
    let names: Vec<_> = files_below(&disk::blobs(dir.path()))
        .iter()
        .map(|p| p.file_name().unwrap().to_owned())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().any(|name| name == "notes.txt"));
    assert!(files_below(&disk::tmp(dir.path())).is_empty());
}

#[test]
fn a_lost_database_does_not_cost_the_bundles() {
    let dir = TempDir::new().unwrap();
    let id = Uuid::now_v7();
    let store = Store::open(dir.path()).unwrap();
    insert(&store, id, b"one").unwrap();
    drop(store);
    for name in ["reports.sqlite3", "reports.sqlite3-wal", "reports.sqlite3-shm"] {
        let _ = fs::remove_file(dir.path().join(name));
    }
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(fs::read(store.blob(id)).unwrap(), b"one");
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
    let database = Connection::open(dir.path().join("reports.sqlite3")).unwrap();
    database.execute_batch("PRAGMA user_version = 2").unwrap();
    drop(database);
    let error = Store::open(dir.path()).unwrap_err().to_string();
    assert!(error.contains("newer"), "{error}");
}

#[test]
fn a_commit_is_on_the_disk_when_it_returns() {
    let dir = TempDir::new().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let database = store.database();
    let pragma = |name: &str| -> rusqlite::types::Value {
        database
            .query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))
            .unwrap()
    };
    assert_eq!(pragma("journal_mode"), "wal".to_owned().into());
    assert_eq!(pragma("synchronous"), 2.into()); // FULL
}
