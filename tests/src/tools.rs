//! Programs of other people, which the tests use where they are.

use std::path::PathBuf;
use std::process::Command;

/// A command, if the program is installed. Where it is not, the test prints that it skips this part;
/// with `FEEDBACK_ALL_TOOLS` set, as `./check.sh` does, it fails instead.
pub fn find(program: &str) -> Option<Command> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    if found {
        return Some(Command::new(program));
    }
    skip(program);
    None
}

/// Whether a command that looks for something does find it; where it does not, as [`find`] does for `what`.
pub fn check(what: &str, look: &mut Command) -> Option<()> {
    if look.output().is_ok_and(|done| done.status.success()) {
        return Some(());
    }
    skip(what);
    None
}

/// The font file of Debian's fonts-ipafont-gothic, if it is installed: egui's own fonts have no Japanese.
pub fn japanese_font() -> Option<PathBuf> {
    let font = PathBuf::from("/usr/share/fonts/opentype/ipafont-gothic/ipagp.ttf");
    if font.is_file() {
        return Some(font);
    }
    skip("fonts-ipafont-gothic");
    None
}

/// Says that a test leaves a part out; with `FEEDBACK_ALL_TOOLS` set it fails instead.
pub fn skip(what: &str) {
    assert!(
        std::env::var_os("FEEDBACK_ALL_TOOLS").is_none(),
        "{what} is not installed"
    );
    println!("skipped: {what} is not installed");
}

/// A command in a namespace of its own, in which it may mount what it likes. `None` where the system does not
/// let us.
pub fn namespace() -> Option<Command> {
    let mut probe = find("unshare")?;
    let tried = probe
        .args(["-rm", "mount", "-t", "tmpfs", "none", "/mnt"])
        .output();
    if !tried.is_ok_and(|done| done.status.success()) {
        println!("skipped: this system does not let us mount");
        return None;
    }
    let mut unshare = find("unshare")?;
    unshare.arg("-rm");
    Some(unshare)
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
