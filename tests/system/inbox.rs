//! Guards the other end: a support person opens the inbox in a real browser and reads the report,
//! and nothing in a report runs there.

use std::process::Command;

use feedback_tests::server::{Server, TOKEN};
use feedback_tests::{feedback, http, tools};

#[test]
fn a_report_is_read_in_a_real_browser_and_nothing_in_it_runs() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("server"));
    let message = "Grüße <img src=x onerror=document.title='owned'> 日本語";
    let sent = feedback::send(
        &server.endpoint(),
        &folder.path().join("spool"),
        ["--message", message],
    );
    assert_eq!(sent.status, 0, "{}", sent.stderr);
    let number = sent.report()["number"].as_str().unwrap();

    let Some(browser) = tools::find("chromium") else {
        return;
    };
    let page = dump(
        browser,
        &folder.path().join("profile"),
        &format!("{}/sign-in?token={TOKEN}", server.url),
    );
    assert!(page.contains(number), "{page}");
    assert!(page.contains("日本語"), "{page}");
    assert!(page.contains("&lt;img"), "{page}");
    assert!(!page.contains("<title>owned"), "{page}");
}

#[test]
fn the_inbox_is_closed_to_strangers() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("server"));
    assert_eq!(http::get(&format!("{}/healthz", server.url), None).status, 200);
    assert_eq!(http::get(&format!("{}/inbox", server.url), None).status, 303);
    assert_eq!(http::get(&server.endpoint(), Some("wrong")).status, 401);
}

/// The page as the browser has it after loading, as HTML.
fn dump(mut browser: Command, profile: &std::path::Path, url: &str) -> String {
    let page = tools::run(
        browser
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-sync",
            ])
            .args([
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-quic",
            ])
            .arg(format!("--user-data-dir={}", profile.display()))
            .args(["--dump-dom", url]),
    );
    String::from_utf8(page).unwrap()
}
