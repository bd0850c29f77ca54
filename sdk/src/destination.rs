//! Whom a client sends to. A report waits in a folder, and whoever delivers from there sends it to his own address: of
//! two clients with one folder and two addresses, each would send the other's.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use url::Url;

use crate::error::ConfigError;

/// The address that reports go to, and the key that lets them in.
#[derive(PartialEq, Eq)]
pub(crate) struct Destination {
    pub(crate) url: Url,
    pub(crate) authorization: String,
}

/// Those that clients of this process send to, each from its folder, as long as they live.
static TAKEN: Mutex<Vec<(PathBuf, Weak<Destination>)>> = Mutex::new(Vec::new());

impl Destination {
    /// Lets a client send from a folder to here, as long as it keeps the answer; an error while another sends from there to
    /// elsewhere. An app may move to another server between two runs: then what waits goes there.
    pub(crate) fn claim(self, folder: Option<&Path>) -> Result<Arc<Self>, ConfigError> {
        let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        taken.retain(|(_, destination)| destination.strong_count() > 0);
        let in_folder = taken.iter().filter(|(at, _)| Some(&**at) == folder);
        let mut others = in_folder.filter_map(|(_, destination)| destination.upgrade());
        if others.any(|other| *other != self) {
            return Err(ConfigError {
                field: "spool_dir",
                problem: "is the folder of another client of this process, which sends to another address"
                    .to_owned(),
                remedy: "give each its own folder, or drop the other one before",
            });
        }
        let claimed = Arc::new(self);
        taken.extend(folder.map(|folder| (folder.to_owned(), Arc::downgrade(&claimed))));
        Ok(claimed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(folder: &str, address: &str, key: &str) -> Result<Arc<Destination>, ConfigError> {
        let destination = Destination {
            url: Url::parse(address).unwrap(),
            authorization: key.to_owned(),
        };
        destination.claim(Some(Path::new(folder)))
    }

    #[test]
    fn nobody_sends_what_another_has_taken_to_an_address_of_his_own() {
        let first = claim("/own/a", "https://a.example", "k").unwrap();
        let second = claim("/own/a", "https://a.example", "k").unwrap();
        assert!(
            claim("/own/b", "https://b.example", "k").is_ok(),
            "another folder"
        );
        drop(first);
        for (address, key) in [("https://b.example", "k"), ("https://a.example", "other")] {
            let error = claim("/own/a", address, key).err().unwrap();
            assert_eq!(error.field, "spool_dir");
        }
        drop(second);
        assert!(claim("/own/a", "https://b.example", "k").is_ok(), "it has moved");
    }
}
