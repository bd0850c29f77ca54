//! Which display the window opens on. The environment may name a Wayland compositor that is gone, beside an X server that is
//! there, as in a session that was left and entered again.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::FileTypeExt as _;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

/// The open connection that a compositor hands to its child.
const HANDED: &str = "WAYLAND_SOCKET";
/// Where a compositor listens.
const LISTENS: &str = "WAYLAND_DISPLAY";

/// Begins the program anew without the names of displays that are gone, if there are any: what draws the window and what
/// has the clipboard read them each for themselves. Where it cannot, it goes on, and opening the window tells.
pub(super) fn forget_what_is_gone() {
    let gone = gone(|name| env::var_os(name));
    if gone.is_empty() {
        return;
    }
    let Ok(program) = env::current_exe() else {
        return;
    };
    let (mut again, mut line) = (Command::new(program), env::args_os());
    if let Some(name) = line.next() {
        again.arg0(name);
    }
    for name in &gone {
        again.env_remove(name);
    }
    let error = again.args(line).exec();
    log::debug!("cannot begin anew without {gone:?}: {error}");
}

/// The names that lead nowhere.
fn gone(named: impl Fn(&str) -> Option<OsString>) -> Vec<&'static str> {
    let mut gone = Vec::new();
    match named(HANDED) {
        Some(number) if is_open(&number) => return gone, // it comes before the other
        Some(_) => gone.push(HANDED),
        None => {}
    }
    let has_other = named("DISPLAY").is_some_and(|name| !name.is_empty());
    let folder = named("XDG_RUNTIME_DIR").unwrap_or_default();
    if has_other
        && named(LISTENS).is_some_and(|name| UnixStream::connect(Path::new(&folder).join(name)).is_err())
    {
        gone.push(LISTENS);
    }
    gone
}

/// Whether a file of this number was handed to the program, and is a socket.
fn is_open(number: &OsStr) -> bool {
    let number = number.to_str().and_then(|number| number.parse::<u32>().ok());
    let facts = number.and_then(|number| fs::metadata(format!("/dev/fd/{number}")).ok());
    facts.is_some_and(|facts| facts.file_type().is_socket())
}

#[cfg(test)]
mod tests {
    use std::os::fd::AsRawFd as _;
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn what_leads_nowhere_is_forgotten_where_there_is_another_way() {
        let folder = tempfile::tempdir().unwrap();
        let compositor = UnixListener::bind(folder.path().join("wayland-1")).unwrap();
        let handed = compositor.as_raw_fd().to_string();
        let gone_of = |environment: &[(&str, &str)]| {
            gone(|name| match name {
                "XDG_RUNTIME_DIR" => Some(folder.path().into()),
                name => environment
                    .iter()
                    .find(|(known, _)| *known == name)
                    .map(|(_, value)| value.into()),
            })
        };
        let x = ("DISPLAY", ":0");
        assert!(gone_of(&[x]).is_empty());
        assert!(gone_of(&[x, (LISTENS, "wayland-1")]).is_empty());
        assert_eq!(gone_of(&[x, (LISTENS, "wayland-7")]), [LISTENS]);
        assert!(
            gone_of(&[(LISTENS, "wayland-7")]).is_empty(),
            "opening the window tells"
        );
        assert!(gone_of(&[x, (HANDED, &handed), (LISTENS, "wayland-7")]).is_empty());
        for none in ["9999", "", "x"] {
            assert_eq!(gone_of(&[(HANDED, none), (LISTENS, "wayland-1")]), [HANDED]);
        }
    }
}
