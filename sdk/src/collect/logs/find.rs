//! Which files a path, a glob or a folder means: with what was rotated away, and nothing outside its folder.

mod route;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::mem;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::order::{Place, newest_first};
use super::several::Several;
use super::turn::{is_rotated, unread};
use super::{MOST_FILES, label};
use crate::collect::last_name;
use crate::report::GapReason;
use route::{Route, Step};

/// What one pattern of the maker's names.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Each file once, by the path that has no link in it: of very many, the newest.
    pub(super) files: BTreeMap<PathBuf, Place>,
    /// How many older ones were found beside them.
    pub(super) older: usize,
    /// What is missing, and why.
    pub(super) gaps: Vec<(String, GapReason)>,
}

/// Whether `App.log` and `app.log` are two files here.
const CASE_MATTERS: bool = !cfg!(any(windows, target_os = "macos"));

/// Looks for the files of one pattern, as long as there `is_time`. Reads folders only.
pub(super) fn find(pattern: &Path, is_time: impl Fn() -> bool) -> Found {
    find_as(pattern, is_time, CASE_MATTERS)
}

fn find_as(pattern: &Path, is_time: impl Fn() -> bool, case_matters: bool) -> Found {
    let mut search = Search {
        found: Found::default(),
        is_time,
        case_matters,
        looked_at: 0,
        is_cut_short: false,
        unread: Several::default(),
        folders: Several::default(),
        links: Several::default(),
        untold: 0,
    };
    let path = without_mark(pattern);
    let (folder, glob) = with_plain_folders(path);
    if path.is_dir() {
        search.take_folder(path);
    } else if is_there(path) || !is_glob(&glob) {
        search.take_family(path);
    } else {
        search.take_matches(&folder, &glob);
    }
    for (several, each, why) in [
        (&search.unread, "log", GapReason::Compressed),
        (&search.folders, "folder", GapReason::Subfolder),
        (&search.links, "folder", GapReason::LinkedElsewhere),
    ] {
        let told = several.label(each).map(|what| (what, why));
        search.found.gaps.extend(told);
    }
    if search.untold > 0 {
        let why = GapReason::MoreUntaken { more: search.untold };
        search.found.gaps.push((logs(path), why));
    }
    if search.is_cut_short {
        let names = search.looked_at;
        search
            .found
            .gaps
            .push((logs(path), GapReason::TooManyNames { names }));
    }
    search.found
}

/// Whether more than one file may be meant.
pub(super) fn is_glob(pattern: &Path) -> bool {
    pattern.to_string_lossy().contains(['*', '?', '['])
}

/// [`Path::canonicalize`] writes a path of Windows as `\\?\C:\logs`, in which a glob finds nothing.
fn without_mark(pattern: &Path) -> &Path {
    match pattern.to_str().and_then(|pattern| pattern.strip_prefix(r"\\?\")) {
        Some(plain) if cfg!(windows) && plain.as_bytes().get(1) == Some(&b':') => Path::new(plain),
        _ => pattern,
    }
}

/// So many problems with single files are told.
const MOST_GAPS: usize = 20;

struct Search<F> {
    found: Found,
    is_time: F,
    case_matters: bool,
    looked_at: usize,
    is_cut_short: bool,
    /// Those that are compressed in a way that is not read.
    unread: Several,
    /// Those that stand among the files, and may have files of their own.
    folders: Several,
    /// Those on the way of a glob that lie outside the maker's folder.
    links: Several,
    /// How many gaps there are beside those that are told.
    untold: usize,
}

impl<F: Fn() -> bool> Search<F> {
    fn take_folder(&mut self, folder: &Path) {
        let taken = self.take_files(folder, false, &|_, _| vec![Step::File]);
        self.tell_none(label(folder), taken, GapReason::EmptyFolder);
    }

    /// A log and what was rotated away from it. Where only the rotated ones are there, that is how this app writes.
    fn take_family(&mut self, log: &Path) {
        let folder = match log.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let is_there = is_there(log);
        if is_there {
            self.take(log, folder, true); // before there is no more time for it
        }
        let name = self.compared(&last_name(log));
        let rotated = |other: &str| is_rotated(&name, other).then_some(Step::File);
        let rotated = self.take_files(folder, false, &|_, other| rotated(other).into_iter().collect());
        if !is_there && !rotated.is_ok_and(|rotated| rotated > 0) {
            self.take(log, folder, true);
        }
    }

    fn take_matches(&mut self, folder: &Path, glob: &Path) {
        let pattern = self.compared(&glob.to_string_lossy());
        let taken = Route::new(Path::new(&pattern)).and_then(|route| {
            let is_deep = route.is_deep();
            self.take_files(folder, is_deep, &|at, name| route.steps(at, name))
        });
        self.tell_none(logs(glob), taken, GapReason::NoMatch);
    }

    /// Takes the files that `steps` lead to from a folder, the nearest first, and answers how many. No other one is looked
    /// at: a log may lie beside a million files. Each folder on the way is looked into once, by the path that has no link in
    /// it, so that no ring of links goes on for ever.
    fn take_files(
        &mut self,
        folder: &Path,
        is_deep: bool,
        steps: &dyn Fn(usize, &str) -> Vec<Step>,
    ) -> io::Result<usize> {
        let root = folder.canonicalize()?;
        if is_pretended(&root) {
            return Err(io::Error::other(GapReason::NotOnDisk));
        }
        let mut known = BTreeSet::new();
        known.insert((root.clone(), 0));
        let mut ahead = VecDeque::from([(root.clone(), 0)]);
        let mut taken = 0;
        while let Some((folder, at)) = ahead.pop_front() {
            let items = match fs::read_dir(&folder) {
                Err(error) if folder != root => {
                    self.gap(format!("folder {}", last_name(&folder)), &error);
                    continue;
                }
                items => items?,
            };
            for item in items.flatten() {
                if !self.looks_on() {
                    return Ok(taken);
                }
                let name = self.compared(&item.file_name().to_string_lossy());
                for step in steps(at, &name) {
                    match step {
                        Step::File => taken += usize::from(self.take_item(&item, &root, is_deep)),
                        Step::Into(at) => {
                            let inner = self.inner_folder(&item, &root).map(|inner| (inner, at));
                            ahead.extend(inner.filter(|inner| known.insert(inner.clone())));
                        }
                    }
                }
            }
        }
        Ok(taken)
    }

    /// Takes what stands in a folder without links in its path. Answers whether it is more than a folder.
    fn take_item(&mut self, item: &DirEntry, root: &Path, is_deep: bool) -> bool {
        let path = item.path();
        match item.metadata() {
            // No link: it is where it seems to be.
            Ok(facts) if facts.is_file() => self.keep(path, &facts, false),
            _ if path.is_dir() => {
                if !is_deep {
                    self.folders.add(last_name(&path).into_owned());
                }
                return false;
            }
            _ => self.take(&path, root, false),
        }
        true
    }

    /// Where a folder really is that stands in another, unless a symlink leads it out of `root`.
    fn inner_folder(&mut self, item: &DirEntry, root: &Path) -> Option<PathBuf> {
        let path = item.path();
        let kind = item.file_type().ok()?;
        let real = if kind.is_symlink() && path.is_dir() {
            let real = path.canonicalize().ok()?;
            if !real.starts_with(root) {
                self.links.add(last_name(&path).into_owned());
                return None;
            }
            real
        } else if kind.is_dir() {
            path
        } else {
            return None;
        };
        (!is_pretended(&real)).then_some(real)
    }

    /// A name, or a glob of names, as it is compared with others.
    fn compared(&self, name: &str) -> String {
        if self.case_matters {
            name.to_owned()
        } else {
            name.to_lowercase()
        }
    }

    /// Whether there is time to look at one more name.
    fn looks_on(&mut self) -> bool {
        self.is_cut_short = !(self.is_time)();
        if !self.is_cut_short {
            self.looked_at += 1;
        }
        !self.is_cut_short
    }

    /// Takes a file, unless a symlink leads it out of `folder` or into a place where the system only pretends to
    /// have files.
    fn take(&mut self, path: &Path, folder: &Path, is_named: bool) {
        let looked = path.canonicalize().and_then(|real| {
            let facts = fs::metadata(&real)?;
            Ok((real, facts, folder.canonicalize()?))
        });
        match looked {
            Ok((_, facts, _)) if !facts.is_file() => {
                self.gap(label(path), GapReason::NotAFile);
            }
            Ok((real, _, _)) if is_pretended(&real) => {
                self.gap(label(path), GapReason::NotOnDisk);
            }
            Ok((real, _, folder)) if !real.starts_with(&folder) => {
                self.gap(label(path), GapReason::LinkedElsewhere);
            }
            Ok((real, facts, _)) => self.keep(real, &facts, is_named),
            Err(error) => self.gap(label(path), &error),
        }
    }

    fn keep(&mut self, real: PathBuf, facts: &Metadata, is_named: bool) {
        let name = last_name(&real);
        if unread(&name).is_some() {
            self.unread.add(last_name(&real).into_owned());
            return;
        }
        let changed = facts.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        let place = Place::of(&name, changed, is_named);
        self.found.add(real, place);
        if self.found.files.len() == 8 * MOST_FILES {
            self.found.forget_older();
        }
    }

    fn tell_none(&mut self, what: String, taken: io::Result<usize>, none: GapReason) {
        match taken {
            Ok(0) if !self.is_cut_short => self.gap(what, none),
            Ok(_) => {}
            Err(error) => self.gap(what, &error),
        }
    }

    fn gap(&mut self, what: String, why: impl Into<GapReason>) {
        if self.found.gaps.len() < MOST_GAPS {
            self.found.gaps.push((what, why.into()));
        } else {
            self.untold += 1;
        }
    }
}

impl Found {
    /// Adds a file, which may be there already, by its name or by another pattern.
    pub(super) fn add(&mut self, real: PathBuf, place: Place) {
        let known = self.files.entry(real).or_insert_with(|| place.clone());
        if place < *known {
            *known = place;
        }
    }

    /// Keeps as many as a report takes: a folder may have a million.
    fn forget_older(&mut self) {
        let mut files = newest_first(mem::take(&mut self.files), SystemTime::now());
        self.older += files.len().saturating_sub(MOST_FILES);
        files.truncate(MOST_FILES);
        self.files
            .extend(files.into_iter().map(|(place, path)| (path, place)));
    }
}

/// The name of a pattern for a gap.
fn logs(pattern: &Path) -> String {
    format!("logs {}", last_name(pattern))
}

fn is_pretended(real: &Path) -> bool {
    PRETENDED.iter().any(|place| real.starts_with(place))
}

/// Where Linux shows devices and itself as files.
const PRETENDED: [&str; 3] = ["/proc", "/sys", "/dev"];

/// Also a link that leads nowhere.
fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The folder that all matches are in, taken by its letters since one may be called `notes [old]`, and the rest of the
/// pattern.
fn with_plain_folders(pattern: &Path) -> (PathBuf, PathBuf) {
    let mut folders = pattern.ancestors().skip(1).filter(|folder| folder.is_dir());
    let split = folders.find_map(|folder| {
        let rest = pattern.strip_prefix(folder).ok()?;
        Some((folder.to_owned(), rest.to_owned()))
    });
    split.unwrap_or_else(|| (PathBuf::from("."), pattern.to_owned()))
}
