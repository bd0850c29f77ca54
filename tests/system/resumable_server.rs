//! Guards that the server's tus is everybody's tus: other people's clients bring a real bundle through
//! connections that are cut, and it is a report like any other.

use std::ffi::OsStr;
use std::process::Command;

use fastrand::Rng;
use feedback_tests::backlog::noise;
use feedback_tests::chaos::{Fate, Proxy};
use feedback_tests::server::{KEY, Server};
use feedback_tests::{feedback, measured, peers, tools};

/// Of six requests one is cut and one loses its answer, so a piece of a megabyte with its checksum still gets through.
const FATES: [Fate; 6] = [
    Fate::Pass,
    Fate::CutRequest(700_000),
    Fate::Pass,
    Fate::CutAnswer(0),
    Fate::Pass,
    Fate::Pass,
];

#[test]
fn tus_js_client_gets_through() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/tus-js-client.js");
    if let Some(mut node) = peers::node(&["tus-js-client@4.3.1"]) {
        let struck = brings_a_report(node.arg(script));
        measured(format_args!("6 MB arrived: {struck}"));
    }
}

#[test]
fn tuspy_gets_through() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/tuspy.py");
    if let Some(mut python) = peers::python("tuspy==1.1.0") {
        let struck = brings_a_report(python.arg(script));
        measured(format_args!("6 MB arrived: {struck}"));
    }
}

/// Lets a client upload a bundle of 6 MB, and tells what became of its connections.
fn brings_a_report(client: &mut Command) -> String {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("server"));
    let bundle = folder.path().join("report.zip");
    let attachment = folder.path().join("large.bin");
    std::fs::write(&attachment, noise(&mut Rng::with_seed(1), 6_000_000)).unwrap();
    let saved = feedback::send(
        &server.endpoint(),
        &folder.path().join("spool"),
        [
            OsStr::new("--message"),
            "by other hands".as_ref(),
            "--attach".as_ref(),
            attachment.as_os_str(),
            "--save".as_ref(),
            bundle.as_os_str(),
        ],
    );
    assert_eq!(saved.status, 0, "{}", saved.stderr);

    let proxy = Proxy::start(server.address(), FATES.into_iter().cycle());
    let url = proxy.endpoint().replace("reports", "uploads");
    tools::run(client.args([&url, KEY]).arg(&bundle));

    let reports = server.reports();
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0]["message"], "by other hands");
    let id = reports[0]["id"].as_str().unwrap();
    assert!(
        server.bundle(id) == std::fs::read(&bundle).unwrap(),
        "other bytes"
    );
    let struck = proxy.struck();
    assert!(
        struck.contains_key("request cut") && struck.contains_key("answer lost"),
        "{struck:?}"
    );
    format!("{struck:?}")
}
