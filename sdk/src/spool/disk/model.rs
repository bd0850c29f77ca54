//! A disk that loses in a power cut all that POSIX lets it lose, for tests.
//!
//! What is not synced survives or not, each piece for itself: of a file any beginning, pages of zeroes or of
//! noise; of a folder any of the names made or taken away since its last sync. A rename within one folder is
//! one piece, as every journaling file system keeps it; between two folders it is two. (The crate `turmoil-fs`
//! has no file locks and takes the place of `std::fs`, so the code under test would not be the real one.)

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Cursor, Write};
use std::path::{Component, Path};
use std::sync::{Arc, Mutex, MutexGuard, Weak};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use fastrand::Rng;

use super::{Bundle, Disk, Facts, Kind, Output};

/// The disk. Clones are the same one.
#[derive(Debug, Clone)]
pub(crate) struct Model(Arc<Mutex<State>>);

/// The syncs that a disk only pretends to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lies {
    None,
    /// Those of a file's bytes.
    Bytes,
    /// Those of a file's name.
    Names,
    /// Those of a new folder's name.
    Folders,
}

#[derive(Debug)]
struct State {
    nodes: Vec<Node>,
    lies: Lies,
    dice: Rng,
    /// The power fails after so many calls.
    calls_left: u64,
    /// What another process does after so many calls.
    meanwhile: Option<(u64, Deed)>,
    opened: usize,
    clock: u64,
}

/// Something that is done once.
struct Deed(Box<dyn FnOnce() + Send>);

impl fmt::Debug for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Deed")
    }
}

type Inode = usize;
type Names = BTreeMap<String, Inode>;

#[derive(Debug)]
enum Node {
    Folder {
        now: Names,
        safe: Names,
        /// Since the last sync.
        changes: Vec<Change>,
    },
    File {
        now: Vec<u8>,
        is_safe: bool,
        modified: SystemTime,
        lock: Weak<()>,
    },
}

#[derive(Debug)]
enum Change {
    Linked(String, Inode),
    Unlinked(String),
    Renamed(String, String, Inode),
}

impl Change {
    fn apply(&self, names: &mut Names) {
        match self {
            Self::Linked(name, inode) => drop(names.insert(name.clone(), *inode)),
            Self::Unlinked(name) => drop(names.remove(name)),
            Self::Renamed(from, to, inode) => {
                names.remove(from);
                names.insert(to.clone(), *inode);
            }
        }
    }
}

impl Model {
    pub(crate) fn new(seed: u64, lies: Lies) -> Self {
        Self(Arc::new(Mutex::new(State {
            nodes: vec![Node::EMPTY],
            lies,
            dice: Rng::with_seed(seed),
            calls_left: u64::MAX,
            meanwhile: None,
            opened: 0,
            clock: 0,
        })))
    }

    /// Lets the power fail in the middle of the `calls`th call from now on; nothing works after it.
    pub(crate) fn cut_after(&self, calls: u64) {
        self.state().calls_left = calls;
    }

    /// Lets another process do something after so many calls from now on.
    pub(crate) fn meanwhile(&self, calls: u64, deed: impl FnOnce() + Send + 'static) {
        self.state().meanwhile = Some((calls, Deed(Box::new(deed))));
    }

    /// Whether another process has done what it was to do.
    pub(crate) fn is_done(&self) -> bool {
        self.state().meanwhile.is_none()
    }

    pub(crate) fn has_power(&self) -> bool {
        self.state().calls_left > 0
    }

    /// The power is back. What was not synced may be lost.
    pub(crate) fn restart(&self) {
        let mut state = self.state();
        state.calls_left = u64::MAX;
        let State { nodes, dice, .. } = &mut *state;
        for node in nodes {
            match node {
                Node::Folder { now, safe, changes } => {
                    changes.retain(|_| dice.usize(..2) == 0);
                    changes.drain(..).for_each(|change| change.apply(safe));
                    *now = safe.clone();
                }
                Node::File {
                    now, is_safe, lock, ..
                } => {
                    if !std::mem::replace(is_safe, true) {
                        tear(now, dice);
                    }
                    *lock = Weak::new();
                }
            }
        }
    }

    /// How many files were opened so far.
    pub(crate) fn opened(&self) -> usize {
        self.state().opened
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// One call, unless the power has failed.
    fn call<T>(&self, call: impl FnOnce(&mut State) -> io::Result<T>) -> io::Result<T> {
        let meanwhile = self.state().meanwhile.take();
        match meanwhile {
            Some((0, Deed(deed))) => deed(),
            Some((left, deed)) => self.state().meanwhile = Some((left - 1, deed)),
            None => {}
        }
        let mut state = self.state();
        state.calls_left = state.calls_left.saturating_sub(1);
        if state.calls_left == 0 {
            return Err(io::Error::other("no power"));
        }
        call(&mut state)
    }

    fn open(&self, path: &Path, locked: bool) -> io::Result<Bundle> {
        self.call(|state| {
            let inode = state.find(path)?;
            state.opened += 1;
            let Node::File { now, lock, .. } = &mut state.nodes[inode] else {
                return Err(io::ErrorKind::IsADirectory.into());
            };
            let held = Arc::new(());
            if locked {
                if lock.strong_count() > 0 {
                    return Err(io::ErrorKind::WouldBlock.into());
                }
                *lock = Arc::downgrade(&held);
            }
            let bytes = Bytes::from_owner(Opened {
                bytes: now.clone(),
                _lock: held,
            });
            Ok(Bundle::Memory(Cursor::new(bytes)))
        })
    }
}

/// The bytes of a file that is open, and its lock, which ends with the last handle.
struct Opened {
    bytes: Vec<u8>,
    _lock: Arc<()>,
}

impl AsRef<[u8]> for Opened {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// What a power cut leaves of bytes that were not synced.
fn tear(bytes: &mut Vec<u8>, dice: &mut Rng) {
    let kept = dice.usize(..=bytes.len());
    match dice.usize(..5) {
        0 => bytes.clear(),
        1 => bytes.truncate(kept),
        2 => bytes[kept..].fill(0),
        3 => bytes[kept..].fill_with(|| dice.u8(..)),
        _ => {}
    }
}

impl Node {
    const EMPTY: Self = Self::Folder {
        now: Names::new(),
        safe: Names::new(),
        changes: Vec::new(),
    };
}

impl State {
    fn find(&self, path: &Path) -> io::Result<Inode> {
        let mut names = path.components().filter_map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        });
        names.try_fold(0, |folder: Inode, name| match &self.nodes[folder] {
            Node::Folder { now, .. } => now.get(name).copied().ok_or(io::ErrorKind::NotFound.into()),
            Node::File { .. } => Err(io::ErrorKind::NotADirectory.into()),
        })
    }

    /// The folder of a path, and its name there.
    fn place(&self, path: &Path) -> io::Result<(Inode, String)> {
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.ok_or(io::ErrorKind::InvalidInput)?.to_owned();
        Ok((self.find(path.parent().unwrap_or(Path::new("/")))?, name))
    }

    fn change(&mut self, folder: Inode, change: Change) -> io::Result<()> {
        let Node::Folder { now, changes, .. } = &mut self.nodes[folder] else {
            return Err(io::ErrorKind::NotADirectory.into());
        };
        change.apply(now);
        changes.push(change);
        Ok(())
    }

    fn add(&mut self, path: &Path, node: Node) -> io::Result<Inode> {
        if self.find(path).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let (folder, name) = self.place(path)?;
        self.nodes.push(node);
        let inode = self.nodes.len() - 1;
        self.change(folder, Change::Linked(name, inode))?;
        Ok(inode)
    }

    fn facts(&self, inode: Inode) -> Facts {
        let (kind, bytes, modified) = match &self.nodes[inode] {
            Node::Folder { .. } => (Kind::Folder, 0, SystemTime::UNIX_EPOCH),
            Node::File { now, modified, .. } => (Kind::File, now.len() as u64, *modified),
        };
        Facts::own(kind, bytes, modified)
    }
}

impl Disk for Model {
    fn facts(&self, path: &Path) -> io::Result<Facts> {
        self.call(|state| state.find(path).map(|inode| state.facts(inode)))
    }

    fn is_folder(&self, path: &Path) -> bool {
        Disk::facts(self, path).is_ok_and(|facts| facts.kind == Kind::Folder)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, Facts)>> {
        self.call(|state| match &state.nodes[state.find(folder)?] {
            Node::Folder { now, .. } => {
                let known = now.iter();
                Ok(known
                    .map(|(name, inode)| (name.clone(), state.facts(*inode)))
                    .collect())
            }
            Node::File { .. } => Err(io::ErrorKind::NotADirectory.into()),
        })
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.call(|state| state.add(folder, Node::EMPTY).map(drop))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Output>> {
        self.call(|state| {
            state.clock += 1;
            let lock = Arc::new(());
            let node = Node::File {
                now: Vec::new(),
                is_safe: false,
                modified: SystemTime::UNIX_EPOCH + Duration::from_secs(state.clock),
                lock: Arc::downgrade(&lock),
            };
            let inode = state.add(path, node)?;
            let model = self.clone();
            let filling = Filling {
                model,
                inode,
                _lock: lock,
            };
            Ok(Box::new(filling) as Box<dyn Output>)
        })
    }

    fn read(&self, path: &Path) -> io::Result<Bundle> {
        self.open(path, false)
    }

    fn claim(&self, path: &Path) -> io::Result<Bundle> {
        self.open(path, true)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call(|state| {
            let inode = state.find(from)?;
            let ((old, from), (new, to)) = (state.place(from)?, state.place(to)?);
            if old == new {
                return state.change(old, Change::Renamed(from, to, inode));
            }
            state.change(new, Change::Linked(to, inode))?;
            state.change(old, Change::Unlinked(from))
        })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call(|state| {
            state.find(path)?;
            let (folder, name) = state.place(path)?;
            state.change(folder, Change::Unlinked(name))
        })
    }

    fn sync_name(&self, path: &Path) -> io::Result<()> {
        self.call(|state| {
            let is_folder =
                matches!(state.find(path), Ok(inode) if matches!(state.nodes[inode], Node::Folder { .. }));
            let (folder, _) = state.place(path)?;
            if state.lies == (if is_folder { Lies::Folders } else { Lies::Names }) {
                return Ok(());
            }
            if let Node::Folder { now, safe, changes } = &mut state.nodes[folder] {
                safe.clone_from(now);
                changes.clear();
            }
            Ok(())
        })
    }
}

struct Filling {
    model: Model,
    inode: Inode,
    _lock: Arc<()>,
}

impl Write for Filling {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.model.call(|state| match &mut state.nodes[self.inode] {
            Node::File { now, .. } => now.write(bytes),
            Node::Folder { .. } => Err(io::ErrorKind::IsADirectory.into()),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Output for Filling {
    fn sync(&mut self) -> io::Result<()> {
        self.model.call(|state| {
            let lies = state.lies;
            if let Node::File { is_safe, .. } = &mut state.nodes[self.inode] {
                *is_safe = lies != Lies::Bytes;
            }
            Ok(())
        })
    }
}
