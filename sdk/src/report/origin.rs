//! Which file of this machine one of the evidence was made from: told again when the evidence is collected anew. Pure.

use std::path::Path;

use ring::digest::{SHA256, digest};

use crate::hex::hex;

/// Of a log its family's hash, and behind a dot its own where it was rotated away; of any other file one hash. It tells no
/// path, since an app may keep it with a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin(String);

impl Origin {
    /// That of a file by what tells it from all others.
    pub(crate) fn of(what: &[u8]) -> Self {
        Self(short_hash(what))
    }

    /// That of an attached file, which may be one of the logs too.
    pub(crate) fn of_attached(path: &Path) -> Self {
        Self::of(&[b"attached ", path.as_os_str().as_encoded_bytes()].concat())
    }

    /// That of a log: its family is what all that is rotated away from one log has in common.
    pub(crate) fn of_log(folder: &Path, family: &str, name: &str) -> Self {
        let hash = |name: &str| short_hash(folder.join(name).as_os_str().as_encoded_bytes());
        Self(if name == family {
            hash(family)
        } else {
            format!("{}.{}", hash(family), hash(name))
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether what stands in the file of one origin may come to stand in that of another: in the same, or in one that is
/// rotated away from its family. The newest of a family has its text from no other.
pub(super) fn passes_on(from: &str, to: &str) -> bool {
    let family = |origin: &str| origin.split_once('.').map(|(family, _)| family.to_owned());
    let of_whole = || family(from).unwrap_or_else(|| from.to_owned());
    from == to || family(to).is_some_and(|family| family == of_whole())
}

fn short_hash(bytes: &[u8]) -> String {
    let hash = digest(&SHA256, bytes);
    hex(hash.as_ref().get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_rotated_away_may_have_its_text_from_each_of_its_family() {
        let log = |folder: &str, name: &str| Origin::of_log(Path::new(folder), "app.log", name);
        let (log, second, third) = (
            log("/logs", "app.log"),
            log("/logs", "app.log.1"),
            log("/logs", "app.log.2"),
        );
        for (from, to, passes) in [
            (&log, &log, true),
            (&log, &second, true),
            (&second, &third, true),
            (&third, &second, true),
            (&second, &log, false),
            (
                &log,
                &Origin::of_log(Path::new("/gpu"), "app.log", "app.log.1"),
                false,
            ),
            (&log, &Origin::of_attached(Path::new("/logs/app.log")), false),
        ] {
            assert_eq!(passes_on(from.as_str(), to.as_str()), passes, "{from:?} {to:?}");
        }
        assert!(!second.as_str().contains("app"));
    }
}
