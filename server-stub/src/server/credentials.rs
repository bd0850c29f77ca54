//! The key and the token that a server believes: as configured, or generated at the first start and found again.

use std::io;
use std::path::Path;

use crate::secret::{self, SecretHash};
use crate::store::disk;

/// The agent's token: always its hash, its text when it is known.
pub(super) struct Token {
    pub(super) hash: SecretHash,
    pub(super) text: Option<String>,
    /// Made just now, and shown to nobody yet.
    pub(super) new: bool,
}

/// The given token, or the one whose hash is stored, or a new one.
pub(super) fn agent_token(dir: &Path, given: Option<String>) -> io::Result<Token> {
    if let Some(text) = given {
        return Ok(Token {
            hash: SecretHash::of(&text),
            text: Some(text),
            new: false,
        });
    }
    let path = dir.join("agent-token.sha256");
    if let Some(text) = read(&path)? {
        let damaged = || {
            io::Error::new(
                io::ErrorKind::InvalidData,
                format!("{} is damaged", path.display()),
            )
        };
        return Ok(Token {
            hash: SecretHash::from_hex(&text).ok_or_else(damaged)?,
            text: None,
            new: false,
        });
    }
    let text = generate()?;
    let hash = SecretHash::of(&text);
    disk::write_whole(&path, &hash.to_string())?;
    Ok(Token {
        hash,
        text: Some(text),
        new: true,
    })
}

/// The keys that may post; at least one.
pub(super) fn project_keys(dir: &Path, given: Vec<String>) -> io::Result<Vec<String>> {
    if !given.is_empty() {
        return Ok(given);
    }
    let path = dir.join("project-key");
    if let Some(key) = read(&path)?.filter(|key| !key.is_empty()) {
        return Ok(vec![key]);
    }
    let key = generate()?;
    disk::write_whole(&path, &key)?;
    Ok(vec![key])
}

fn generate() -> io::Result<String> {
    secret::random().ok_or_else(|| io::Error::other("the system gave no randomness"))
}

/// A small text file without the space around it; `None` when there is none.
fn read(path: &Path) -> io::Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text.trim().to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
