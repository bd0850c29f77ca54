//! Guards promise 1 against a spool folder that something has meddled with: start-up always works, good
//! reports are delivered once, what is not as it was written never arrives, and nothing is deleted unread.

use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use fastrand::Rng;
use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{FeedbackClient, ReportId};

use super::support::{App, PATIENCE, config};

const ROUNDS: usize = 100;
const MUTATIONS: usize = 20;

#[test]
fn two_thousand_mutations_of_a_spool_stop_nothing_and_bring_nothing_wrong() {
    let mut dice = Rng::with_seed(20_261_122);
    let (mut meddled, mut kept, mut delivered) = (0, 0, 0);
    for round in 0..ROUNDS {
        let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
        let app = App::with(&receiver.url(), |config| config.deliver(false));
        let victim = app
            .client
            .submit(app.prepare("victim"))
            .wait()
            .unwrap()
            .to_string();
        let original = entry(&app.spool, &victim);
        let bytes = fs::read(&original).unwrap();
        let good: HashSet<String> = (0..2)
            .map(|n| {
                app.client
                    .submit(app.prepare(&format!("good {n}")))
                    .wait()
                    .unwrap()
                    .to_string()
            })
            .collect();
        for _ in 0..MUTATIONS {
            mutate(&mut dice, &app.spool, &original, &bytes);
        }

        let found = entries(&app.spool);
        let config = config(receiver.url()).spool_dir(&app.spool);
        let client = FeedbackClient::new(config).unwrap();
        let before = client.waiting().wait().unwrap();
        assert!(before.len() >= good.len(), "round {round}");
        client.flush(PATIENCE).wait().unwrap();
        let mut arrived = Vec::new();
        while let Some(request) = receiver.next_within(std::time::Duration::ZERO) {
            let id = request.id().to_owned();
            // What arrives is what was written: the victim's own bytes under its own id, or a good one.
            assert!(
                good.contains(&id) || (id == victim && request.bundle == bytes),
                "round {round}: {id}"
            );
            arrived.push(id);
        }
        delivered += arrived.len();
        let left = entries(&app.spool);
        for entry in &found {
            // Once it has arrived, as it was written, no other form of it is needed.
            let has_arrived = arrived.contains(&entry.id);
            let is_kept = left.iter().any(|left| left.is_kept(entry));
            assert!(has_arrived || is_kept, "round {round}: {entry:?} among {left:?}");
            kept += usize::from(is_kept);
        }
        meddled += found.len() - good.len();
        for id in &good {
            assert_eq!(
                arrived.iter().filter(|known| *known == id).count(),
                1,
                "round {round}: {id}"
            );
        }
        // A new report is stored and sent as ever.
        client.submit(app.prepare("after")).wait().unwrap();
        assert!(receiver.next_within(PATIENCE).is_some(), "round {round}");
    }
    // `println!` would show it only when the test fails.
    let _ = writeln!(
        io::stdout(),
        "\n{} mutations: of {meddled} entries that something had meddled with {kept} are kept as they were; {delivered} \
         reports arrived",
        ROUNDS * MUTATIONS
    );
    assert!(
        kept > ROUNDS,
        "the mutations damaged too little to prove anything"
    );
}

/// A file with the name of an entry.
struct Found {
    id: String,
    /// The checksum of the whole file, as its name says.
    crc32: String,
    state: String,
    bytes: Vec<u8>,
}

impl Found {
    /// Whether this is an entry of before, marked as one that is not sent.
    fn is_kept(&self, before: &Self) -> bool {
        let is_parked = self.state != "new" && !self.state.starts_with("wait");
        is_parked && (&self.id, &self.crc32, &self.bytes) == (&before.id, &before.crc32, &before.bytes)
    }
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.bytes.len();
        write!(
            f,
            "{}.{}.{}.zip with {bytes} bytes",
            self.id, self.crc32, self.state
        )
    }
}

fn entries(spool: &Path) -> Vec<Found> {
    let files = fs::read_dir(spool).unwrap().map(|item| item.unwrap());
    let files = files.filter(|item| item.file_type().unwrap().is_file());
    files.filter_map(|item| entry_at(&item.path())).collect()
}

fn entry_at(path: &Path) -> Option<Found> {
    let parts: Vec<&str> = path.file_name()?.to_str()?.split('.').collect();
    let [id, crc32, state, "zip"] = parts[..] else {
        return None;
    };
    let is_hex = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let is_word = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'z' | b'-');
    let is_entry = crc32.len() == 8 && crc32.bytes().all(is_hex) && state.bytes().all(is_word);
    let id: ReportId = id.parse().ok()?;
    (is_entry && !state.is_empty()).then(|| Found {
        id: id.to_string(),
        crc32: crc32.to_owned(),
        state: state.to_owned(),
        bytes: fs::read(path).unwrap(),
    })
}

/// The file of a report.
fn entry(spool: &Path, id: &str) -> PathBuf {
    let files = fs::read_dir(spool).unwrap().flatten().map(|item| item.path());
    let mut ours = files.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(id));
    ours.next().unwrap()
}

/// Does one thing to the folder that a disk, a person or a virus scanner might do. Only the victim and
/// new files are touched.
fn mutate(dice: &mut Rng, spool: &Path, victim: &Path, bytes: &[u8]) {
    let name = victim.file_name().unwrap().to_string_lossy().into_owned();
    let mut letters: Vec<char> = name.chars().collect();
    let at = dice.usize(..letters.len());
    letters[at] = ['0', 'a', '.', '-', 'Z', ' ', 'я'][dice.usize(..7)];
    let other: PathBuf = spool.join(letters.into_iter().collect::<String>());
    let mut changed = bytes.to_vec();
    let flip = dice.usize(..changed.len());
    changed[flip] ^= 1 << dice.usize(..8);
    let note = |ending: &str, prefix: usize| {
        let whose: Vec<&str> = name.split('.').take(prefix).collect();
        spool.join(whose.join(".") + ending)
    };
    // Nothing is written through a link, and no pipe waited for: the other name may be the victim's own.
    drop(fs::remove_file(&other));
    let rewrite = |bytes: &[u8]| {
        drop(fs::remove_file(victim));
        drop(fs::write(victim, bytes));
    };
    match dice.usize(..14) {
        0 => rewrite(&changed),
        1 => rewrite(&bytes[..dice.usize(..bytes.len())]),
        2 => rewrite(&[bytes, b"more"].concat()),
        3 => drop(fs::write(&other, bytes)),
        4 => drop(fs::write(&other, &changed)),
        5 => drop(fs::create_dir(&other)),
        6 => drop(fs::write(&other, "")),
        7 => drop(fs::write(spool.join(format!("tmp/{flip}.zip")), &changed)),
        8 => drop(fs::write(note(".upload", 2), &changed[..flip])),
        9 => drop(fs::write(note(".sent", 1), &changed[..flip])),
        10 => drop(fs::remove_dir_all(spool.join("tmp"))),
        11 => pipe(&other),
        12 => rights(victim, [0o400, 0o444, 0o644, 0o777][dice.usize(..4)]),
        _ => link(&other),
    }
}

#[cfg(unix)]
fn link(at: &Path) {
    drop(std::os::unix::fs::symlink("/etc/hostname", at));
}

#[cfg(unix)]
fn pipe(at: &Path) {
    let mut mkfifo = std::process::Command::new("mkfifo");
    drop(mkfifo.arg(at).stderr(std::process::Stdio::null()).status());
}

#[cfg(unix)]
fn rights(of: &Path, mode: u32) {
    let rights = std::os::unix::fs::PermissionsExt::from_mode(mode);
    drop(fs::set_permissions(of, rights));
}

#[cfg(not(unix))]
fn link(_: &Path) {}

#[cfg(not(unix))]
fn pipe(_: &Path) {}

#[cfg(not(unix))]
fn rights(_: &Path, _: u32) {}
