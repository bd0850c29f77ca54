//! Upload handlers of other people, in a virtual environment in the target folder.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const PACKAGES: [&str; 4] = [
    "aiohttp==3.14.5",
    "fastapi==0.165.0",
    "uvicorn==0.54.0",
    "python-multipart==0.0.34",
];

/// A handler that is listening; killed when it is dropped.
pub(crate) struct Peer {
    process: Child,
    pub(crate) address: SocketAddr,
}

impl Peer {
    /// Starts `<handler>_upload.py`, which writes what it gets to files in `folder`; `None` when it cannot be installed.
    pub(crate) fn start(handler: &str, folder: &Path) -> Option<Self> {
        let script =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("benches/intake/{handler}_upload.py"));
        let mut process = Command::new(python()?)
            .arg(script)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take()?).read_line(&mut line).ok()?;
        let address = line.trim().parse().ok();
        if address.is_none() {
            let _ = process.wait(); // it has said why
        }
        Some(Self {
            process,
            address: address?,
        })
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The environment's interpreter; made and filled when it is not there.
fn python() -> Option<PathBuf> {
    let venv = Path::new(env!("CARGO_TARGET_TMPDIR")).join("intake-peers");
    let python = venv.join("bin/python");
    let run = |command: &mut Command| command.status().is_ok_and(|status| status.success());
    let installed = venv.join("installed");
    if !installed.exists() {
        let made = run(Command::new("python3").args(["-m", "venv"]).arg(&venv))
            && run(Command::new(&python)
                .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
                .args(PACKAGES));
        if !made {
            return None;
        }
        std::fs::write(installed, "").ok()?;
    }
    Some(python)
}
