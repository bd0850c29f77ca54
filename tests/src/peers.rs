//! Libraries of other people that are not in the system's packages: installed once, into the target folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::tools;

/// Node with these packages of npm, such as `tus-js-client@4.3.1`. `None` where they cannot be had.
pub fn node(packages: &[&str]) -> Option<Command> {
    let mut node = tools::find("node")?;
    let mut npm = tools::find("npm")?;
    npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts"]);
    npm.args(packages).arg("--prefix");
    let name = packages.join("+").replace('/', "-");
    let folder = install(&name, |folder| done(npm.arg(folder)))?;
    node.env("NODE_PATH", folder.join("node_modules"));
    Some(node)
}

/// Python with a package of its index, such as `tuspy==1.1.0`. `None` where it cannot be had.
pub fn python(package: &str) -> Option<Command> {
    let mut venv = tools::find("python3")?;
    venv.args(["-m", "venv"]);
    let python = |folder: &Path| Command::new(folder.join("bin/python"));
    let folder = install(package, |folder| {
        let pip = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            package,
        ];
        done(venv.arg(folder)) && done(python(folder).args(pip))
    })?;
    Some(python(&folder))
}

/// The folder of a package. It gets its name once all of it is there: two tests may want it at the same time.
fn install(package: &str, into: impl FnOnce(&Path) -> bool) -> Option<PathBuf> {
    let test = std::env::current_exe().unwrap();
    let target = test.ancestors().nth(3).expect("target/debug/deps/test");
    let folder = target.join("peers").join(package);
    if folder.exists() {
        return Some(folder);
    }
    fs::create_dir_all(target.join("peers")).unwrap();
    let half = tempfile::tempdir_in(target.join("peers")).unwrap();
    if !into(half.path()) {
        tools::skip(&format!("{package} cannot be installed"));
        return None;
    }
    // Whoever was first has the same in it.
    if fs::rename(half.path(), &folder).is_ok() {
        let _ = half.keep();
    }
    Some(folder)
}

fn done(command: &mut Command) -> bool {
    command.output().is_ok_and(|done| done.status.success())
}
