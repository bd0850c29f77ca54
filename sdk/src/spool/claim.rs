//! A report that this process alone delivers.

use std::io;

use super::disk::Bundle;
use super::entry::Entry;
use crate::bundle::{self, NotRead};
use crate::pack::Packer;
use crate::report::Report;

/// An entry that this process alone may deliver. The lock is the system's and dies with the process.
#[derive(Debug)]
pub(crate) struct Claim {
    pub(crate) entry: Entry,
    pub(crate) bundle: Bundle,
}

/// Why an entry could not be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotClaimed {
    /// Another process has it, or has just had it, or taken it away.
    Held,
    /// It cannot be opened or locked.
    Unusable,
}

impl Entry {
    /// Takes the entry for delivery.
    pub(crate) fn claim(self) -> Result<Claim, NotClaimed> {
        match self.disk.claim(&self.path) {
            Ok(bundle) => Ok(Claim { entry: self, bundle }),
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::NotFound) => {
                Err(NotClaimed::Held)
            }
            Err(error) => {
                log::warn!("report {} cannot be held: {error}", self.name.id);
                Err(NotClaimed::Unusable)
            }
        }
    }
}

impl Claim {
    /// The whole report, read back from the bundle, under the same condition as its [`manifest`](Self::manifest).
    pub(crate) fn report(&self, packer: &mut Packer) -> Result<Report, NotRead> {
        self.manifest()?;
        bundle::read(self.bundle.try_clone()?, packer)
    }

    /// The report's manifest, read from the bundle. One of another report, under a name that someone has
    /// changed, is an error.
    pub(crate) fn manifest(&self) -> io::Result<Vec<u8>> {
        #[derive(serde::Deserialize)]
        struct Named {
            id: String,
        }
        let manifest = bundle::read_manifest(self.bundle.try_clone()?)?;
        let Named { id } = serde_json::from_slice(&manifest)?;
        if id.parse() == Ok(self.entry.name.id) {
            Ok(manifest)
        } else {
            Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the bundle is of another report",
            ))
        }
    }
}
