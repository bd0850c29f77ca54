//! The address for the answer, kept from one window to the next: this process ends in between.
//!
//! It lies beside the reports that wait, once one was sent with it, and goes when the person empties the field.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::output;

/// Where the address is kept, if anywhere.
pub(super) struct Address(Option<PathBuf>);

impl Address {
    /// In the folder where reports wait.
    pub(super) fn beside(reports: Option<PathBuf>) -> Self {
        Self(reports.map(|folder| folder.join("reply-to")))
    }

    /// That of the last report.
    pub(super) fn last(&self) -> Option<String> {
        fs::read_to_string(self.0.as_deref()?).ok()
    }

    /// Keeps what stood in the field when a report was sent. An empty field is heeded also where none was.
    pub(super) fn keep(&self, address: Option<&str>, is_sent: bool) {
        let Some(file) = &self.0 else { return };
        let kept = match address {
            Some(address) if is_sent => write(file, address),
            Some(_) => Ok(()),
            None => fs::remove_file(file),
        };
        match kept {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                output::tell(format_args!("the address for the answer cannot be kept: {error}"));
            }
            _ => {}
        }
    }
}

/// Puts a new file in the place of the old one, for its owner alone.
fn write(file: &Path, address: &str) -> io::Result<()> {
    let new = file.with_extension("new");
    let _ = fs::remove_file(&new); // of a run that was killed
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&new)?.write_all(address.as_bytes())?;
    fs::rename(new, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_kept_with_a_report_and_forgotten_with_an_empty_field() {
        let folder = tempfile::tempdir().unwrap();
        let address = Address::beside(Some(folder.path().to_owned()));
        assert_eq!(address.last(), None);
        address.keep(Some("anna@example.org"), false);
        assert_eq!(address.last(), None, "nothing was sent");
        address.keep(Some("anna@example.org"), true);
        address.keep(Some("bob@example.org"), false);
        assert_eq!(address.last().as_deref(), Some("anna@example.org"));
        address.keep(Some("bob@example.org"), true);
        assert_eq!(address.last().as_deref(), Some("bob@example.org"));
        address.keep(None, false);
        assert_eq!(address.last(), None);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_it() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        Address::beside(Some(folder.path().to_owned())).keep(Some("anna@example.org"), true);
        let facts = fs::metadata(folder.path().join("reply-to")).unwrap();
        assert_eq!(facts.permissions().mode() & 0o777, 0o600);
    }
}
