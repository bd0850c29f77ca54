//! A program under strace, which meddles with its n-th call of a kind.

use std::collections::HashSet;
use std::path::Path;
use std::process::Command;

use crate::server::Server;
use crate::tools;

/// `program`, whose `n`th `call` meets `fate`: `signal=KILL`, or `error=EIO`. `None` where strace is
/// missing.
pub fn inject(call: &str, fate: &str, n: usize, program: &Path) -> Option<Command> {
    let mut strace = tools::find("strace")?;
    strace
        .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}")])
        .args(["-e", &format!("inject={call}:{fate}:when={n}")])
        .arg(program);
    Some(strace)
}

/// The ids that `feedback --verbose` has promised: it says so once a report would survive.
pub fn promised(stderr: &str) -> impl Iterator<Item = String> {
    stderr
        .lines()
        .filter_map(|line| line.split_once(" report ")?.1.split_once(" stored"))
        .map(|(id, _)| id.to_owned())
}

/// The ids of all reports on the server. Panics if a message is there twice, or a bundle is not whole.
pub fn arrived_once(server: &Server) -> HashSet<String> {
    let reports = server.reports();
    let text = |report: &serde_json::Value, key: &str| report[key].as_str().unwrap().to_owned();
    let messages: HashSet<String> = reports.iter().map(|report| text(report, "message")).collect();
    assert_eq!(messages.len(), reports.len(), "a report arrived twice");
    let ids: HashSet<String> = reports.iter().map(|report| text(report, "id")).collect();
    for id in &ids {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(server.bundle(id))).unwrap();
        for index in 0..zip.len() {
            std::io::copy(&mut zip.by_index(index).unwrap(), &mut std::io::sink()).unwrap();
        }
    }
    ids
}
