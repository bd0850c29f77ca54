//! The names by which this machine knows its person.

use std::ffi::OsStr;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::code_pages;
use crate::redact::pattern::{Pattern, Ways, any_case};
use crate::redact::rule::{Found, Rule, Secret, is_word, run, run_back, word};

/// What the system tells of its person.
#[derive(Debug, Clone, Default)]
pub(crate) struct Machine {
    /// The home folder, wherever the system has put it.
    pub(crate) home: Option<PathBuf>,
    /// The name that the person logs in with, also as `maria@corp.local` or `CORP\maria`.
    pub(crate) user: Option<String>,
    /// The name of the machine, often that of its person.
    pub(crate) host: Option<String>,
}

/// Names that name nobody, and words that logs are full of.
const WORDS: [&str; 39] = [
    "admin",
    "administrator",
    "app",
    "build",
    "client",
    "daemon",
    "debian",
    "debug",
    "default",
    "desktop",
    "dev",
    "docker",
    "error",
    "guest",
    "home",
    "host",
    "info",
    "laptop",
    "linux",
    "local",
    "localhost",
    "main",
    "none",
    "null",
    "office",
    "owner",
    "public",
    "root",
    "runner",
    "server",
    "system",
    "test",
    "trace",
    "ubuntu",
    "user",
    "vagrant",
    "warn",
    "windows",
    "work",
];

/// Names of people that are words too, which sentences and settings have.
const ALSO_WORDS: [&str; 28] = [
    "art", "bill", "chase", "chip", "dean", "drew", "frank", "grace", "grant", "guy", "hope", "jack", "jay",
    "joy", "june", "lane", "mark", "max", "may", "miles", "pat", "pierce", "ray", "rich", "rob", "rose",
    "sue", "will",
];

/// The longest name of a machine in `NetBIOS`, in `COMPUTERNAME` and before the backslash of `ANNAS-PC\anna`.
const NETBIOS: usize = 15;

impl Machine {
    /// The rules for its names; those that name nobody have none.
    pub(crate) fn rules(&self) -> Vec<Rule> {
        let rule = |name: &'static str, texts: Vec<Ways>, secret: fn(&Found<'_>) -> _| Rule {
            name: name.into(),
            pattern: Pattern::Texts(texts),
            secret: Secret::By(secret),
        };
        let named = |name: &str| any_case(name).collect();
        let home = self.home.as_deref().and_then(home_texts);
        let user = self.user.as_deref();
        // In a domain logs mostly have the name alone.
        let alone = user.map(without_domain).filter(|alone| Some(*alone) != user);
        let users = user.into_iter().chain(alone).filter(|user| names_somebody(user));
        let shown = users.clone().flat_map(code_pages::shown);
        let host = self.host.as_deref().filter(|host| names_somebody(host));
        // macOS and some networks write `Marias-Mac.local`; what stands before the dot is the name.
        let short = host.and_then(|host| host.split_once('.')).map(|(short, _)| short);
        let short = short.filter(|short| names_somebody(short));
        // The older of a Windows machine's two names is the first fifteen letters of the other.
        let old = short.or(host).filter(|name| name.len() > NETBIOS);
        let old = old.and_then(|name| name.get(..NETBIOS));
        home.map(|texts| rule("user", texts, home_name))
            .into_iter()
            .chain(users.map(|user| {
                rule(
                    "user",
                    named(user),
                    if is_also_a_word(user) { somebody } else { word },
                )
            }))
            .chain(shown.map(|texts| rule("user", texts, word)))
            .chain(host.map(|host| rule("host", named(host), word)))
            .chain(short.map(|short| rule("host", named(short), word)))
            .chain(old.map(|old| rule("host", named(old), word)))
            .collect()
    }
}

/// `maria` of `maria@corp.local` and of `CORP\maria`.
fn without_domain(user: &str) -> &str {
    let name = user.rsplit_once('\\').map_or(user, |(_, name)| name);
    name.split_once('@').map_or(name, |(name, _)| name)
}

/// A name of the system's as logs show it: what is no UTF-8 is read as Latin-1.
pub(crate) fn as_shown(name: &OsStr) -> String {
    let bytes = || name.as_encoded_bytes().iter().copied().map(char::from);
    name.to_str().map_or_else(|| bytes().collect(), str::to_owned)
}

fn names_somebody(name: &str) -> bool {
    (3..=64).contains(&name.len()) && !WORDS.contains(&&*name.to_lowercase())
}

fn is_also_a_word(name: &str) -> bool {
    ALSO_WORDS.contains(&&*name.to_lowercase())
}

/// A name that is a word too, where it stands for somebody: in a path or an address, and behind what says whose it is.
fn somebody(found: &Found<'_>) -> Option<Range<usize>> {
    let before = found.before();
    let in_path = before.ends_with(['/', '\\', '@']) || found.after().starts_with('@');
    let named = before.trim_end_matches(['"', '\'', '\\', ' ', '=', ':']);
    let last = run_back(named, 16, |letter| letter.is_ascii_alphabetic()).to_ascii_lowercase();
    let is_named = named.len() < before.len()
        && ["user", "username", "login", "logname"]
            .iter()
            .any(|name| last.ends_with(name));
    word(found).filter(|_| in_path || is_named)
}

/// The home folder up to the end of its name. `None` where the folder's name is no person's (`/root`, `/`).
fn home_texts(home: &Path) -> Option<Vec<Ways>> {
    let user = as_shown(home.file_name()?);
    let parent = as_shown(home.parent()?.as_os_str());
    let parent = parent.trim_end_matches(['/', '\\']);
    if user.chars().count() < 2 || parent.is_empty() {
        return None;
    }
    let folder = |name: &str| any_case(name).chain([separators()]).collect::<Vec<_>>();
    let folders = parent.split(['/', '\\']).flat_map(folder);
    Some(folders.chain(any_case(&user)).collect())
}

/// How folders are set apart: logs write either slash, Debug output doubles the backslash. The longest come first.
fn separators() -> Ways {
    let mut slashes = vec![String::new()];
    let mut all: Ways = ["%2F", "%2f", "%5C", "%5c"].map(str::to_owned).into();
    for _ in 0..4 {
        slashes = slashes
            .iter()
            .flat_map(|slashes| ["/", "\\"].map(|one| slashes.clone() + one))
            .collect();
        all.splice(0..0, slashes.iter().cloned());
    }
    all
}

/// The name at the end of the home folder. What only starts like it (`anna-old` beside `anna`) is
/// another's: hidden to its end.
fn home_name(found: &Found<'_>) -> Option<Range<usize>> {
    let matched = found.matched();
    let ends = ["/", "\\", "%2F", "%2f", "%5C", "%5c"].iter();
    let name = ends
        .filter_map(|end| Some(matched.rfind(end)? + end.len()))
        .max()?;
    let more = run(found.after(), 64, |letter| !ends_name(letter));
    let more = more.trim_end_matches(|letter| !is_word(letter));
    Some(found.place.start + name..found.until(more))
}

/// Whether a folder's name ends here, where nothing tells if it has spaces.
pub(super) fn ends_name(letter: char) -> bool {
    letter.is_whitespace() || r#"/\:"'`<>|[]()*?,;%"#.contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_that_names_nobody_is_no_rule() {
        for home in ["/root", "/", "", "/home/x"] {
            assert!(home_texts(Path::new(home)).is_none(), "{home}");
        }
        assert!(home_texts(Path::new("/srv/people/anna")).is_some());
    }

    #[test]
    fn words_of_logs_are_no_names() {
        let rules = |user: &str, host: &str| {
            let machine = Machine {
                home: None,
                user: Some(user.into()),
                host: Some(host.into()),
            };
            machine.rules().len()
        };
        assert_eq!(rules("root", "LOCALHOST"), 0);
        assert_eq!(rules("dev", "office"), 0);
        assert_eq!(rules("anna", "annas-laptop"), 2);
        assert_eq!(rules("me", "annas-mac.local"), 2);
        assert_eq!(rules("anna@corp.local", "localhost"), 2);
        assert_eq!(rules(r"CORP\admin", "localhost"), 1);
        assert_eq!(rules("me", "annas-new-computer"), 2);
    }
}
