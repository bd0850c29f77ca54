//! presidio and scrubadub on the same text, installed from `PyPI` into an environment under `target/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PEERS: [(&str, &str); 2] = [
    ("presidio", "presidio-analyzer==2.2.366"),
    ("scrubadub", "scrubadub==2.0.1"),
];

/// How much of the log they get: at their pace the whole would take minutes.
const BYTES: usize = 200_000;

/// One pass has to be so many times as fast as each.
const TIMES: f64 = 50.0;

/// Prints a line of the table for each. Returns whether the goal is met.
pub(crate) fn measure(log: &str, pass: f64) -> bool {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("masking-peers");
    let part = &log[..log.floor_char_boundary(BYTES)];
    let python = environment(&folder);
    let mut all_met = true;
    for (peer, package) in PEERS {
        let rate = python
            .as_deref()
            .and_then(|python| rate(python, &folder, peer, part));
        match rate {
            Some(rate) => {
                println!(
                    "| {package} | {rate:.3} | {:.5} | at most {} |",
                    rate / pass,
                    1.0 / TIMES
                );
                all_met &= pass >= TIMES * rate;
            }
            None => println!("| {package} | not measured: it could not be installed or run | | |"),
        }
    }
    all_met
}

/// The Python of the environment, made if it is not there.
fn environment(folder: &Path) -> Option<PathBuf> {
    let python = folder.join("venv/bin/python");
    let done = folder.join("installed");
    if !done.exists() {
        fs::create_dir_all(folder).ok()?;
        run(Command::new("python3")
            .args(["-m", "venv"])
            .arg(folder.join("venv")))?;
        let packages = PEERS.map(|(_, package)| package);
        run(Command::new(&python)
            .args(["-m", "pip", "install", "--quiet"])
            .args(packages))?;
        fs::write(done, "").ok()?;
    }
    Some(python)
}

fn rate(python: &Path, folder: &Path, peer: &str, text: &str) -> Option<f64> {
    let log = folder.join("log.txt");
    fs::write(&log, text).ok()?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/masking/peers.py");
    let seconds = run(Command::new(python).arg(script).arg(peer).arg(&log))?;
    Some(text.len() as f64 / 1e6 / seconds.trim().parse::<f64>().ok()?)
}

fn run(command: &mut Command) -> Option<String> {
    let done = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    done.status
        .success()
        .then(|| String::from_utf8_lossy(&done.stdout).into_owned())
}
