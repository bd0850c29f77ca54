//! Programs of other people, which the tests use where they are.

use std::path::PathBuf;
use std::process::Command;

use crate::measured;

/// A command, if the program is installed. Where it is not, the test prints that it skips this part;
/// with `FEEDBACK_ALL_TOOLS` set, as `./check.sh` does, it fails instead.
pub fn find(program: &str) -> Option<Command> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    if found {
        return Some(Command::new(program));
    }
    skip(&format!("{program} is not installed"));
    None
}

/// Whether a command that looks for something does find it; where it does not, as [`find`] does for `what`.
pub fn check(what: &str, look: &mut Command) -> Option<()> {
    if look.output().is_ok_and(|done| done.status.success()) {
        return Some(());
    }
    skip(&format!("{what} is not installed"));
    None
}

/// The font file of Debian's fonts-ipafont-gothic, if it is installed: egui's own fonts have no Japanese.
pub fn japanese_font() -> Option<PathBuf> {
    let font = PathBuf::from("/usr/share/fonts/opentype/ipafont-gothic/ipagp.ttf");
    if font.is_file() {
        return Some(font);
    }
    skip("fonts-ipafont-gothic is not installed");
    None
}

/// Says that a test leaves a part out, and why; with `FEEDBACK_ALL_TOOLS` set it fails instead.
pub fn skip(why: &str) {
    assert!(std::env::var_os("FEEDBACK_ALL_TOOLS").is_none(), "{why}");
    measured(format_args!("skipped: {why}"));
}

/// A command in a namespace of its own, in which it may mount what it likes. `None` where the system does not
/// let us, which it may keep from any user but root.
pub fn namespace() -> Option<Command> {
    let mut probe = find("unshare")?;
    let tried = probe
        .args(["-rm", "mount", "-t", "tmpfs", "none", "/mnt"])
        .output();
    if !tried.is_ok_and(|done| done.status.success()) {
        let why = "this system does not let us mount (a container needs `--privileged`)";
        if is_root() {
            skip(why);
        } else {
            measured(format_args!("skipped: {why}"));
        }
        return None;
    }
    let mut unshare = find("unshare")?;
    unshare.arg("-rm");
    Some(unshare)
}

#[cfg(unix)]
fn is_root() -> bool {
    let this = std::fs::metadata("/proc/self");
    this.is_ok_and(|this| std::os::unix::fs::MetadataExt::uid(&this) == 0)
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

/// Runs a command to its end; panics with what it said if it failed. Returns its stdout.
pub fn run(command: &mut Command) -> Vec<u8> {
    let done = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        done.status.success(),
        "{command:?}\n{}\n{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
    done.stdout
}
