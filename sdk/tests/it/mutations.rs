//! Guards promise 1 against a spool folder that something has meddled with: start-up always works, good
//! reports are delivered once, and what is not as it was written never arrives.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use feedback_sdk::FeedbackClient;
use feedback_sdk::testing::{Receiver, Reply};

use super::support::{App, PATIENCE, config};

const ROUNDS: usize = 100;
const MUTATIONS: usize = 20;

#[test]
fn two_thousand_mutations_of_a_spool_stop_nothing_and_bring_nothing_wrong() {
    let mut dice = Rng::with_seed(20_261_122);
    let (mut damaged, mut delivered) = (0, 0);
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

        let config = config(receiver.url()).spool_dir(&app.spool);
        let client = FeedbackClient::new(config).unwrap();
        let before = client.waiting().wait().unwrap();
        assert!(before.len() >= good.len(), "round {round}");
        client.flush(PATIENCE).wait().unwrap();
        let after = client.waiting().wait().unwrap();
        damaged += after.len();
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
    println!(
        "{} mutations: {delivered} reports arrived, {damaged} set aside",
        ROUNDS * MUTATIONS
    );
    assert!(
        damaged > ROUNDS,
        "the mutations damaged too little to prove anything"
    );
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
    match dice.usize(..9) {
        0 => drop(fs::write(victim, &changed)),
        1 => drop(fs::write(victim, &bytes[..dice.usize(..bytes.len())])),
        2 => drop(fs::write(victim, [bytes, b"more"].concat())),
        3 => drop(fs::write(&other, bytes)),
        4 => drop(fs::write(&other, &changed)),
        5 => drop(fs::create_dir(&other)),
        6 => drop(fs::write(&other, "")),
        7 => drop(fs::write(spool.join(format!("tmp/{flip}.zip")), &changed)),
        _ => link(&other),
    }
}

#[cfg(unix)]
fn link(at: &Path) {
    drop(std::os::unix::fs::symlink("/etc/hostname", at));
}

#[cfg(not(unix))]
fn link(_: &Path) {}
