//! An app that tells of itself all that an app can, with a secret of [`feedback_tests::secrets`] in each, and does what
//! its first argument says: the way that its report goes, or the way that it ends. The others are its server and the folder
//! with its files.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a program of the tests"
)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fs, panic, process, thread};

use feedback_sdk::{
    Attachment, Collected, Collector, DeliveryEvent, FeedbackClient, FeedbackConfig, LogRing, Picture,
    Report, ReportDraft, Review, RunGuard, Verdict, default_spool_dir, install_panic_hook,
};
use feedback_tests::PATIENCE;
use feedback_tests::server::KEY;

struct Plugins;

impl Collector for Plugins {
    fn name(&self) -> &'static str {
        "plugins"
    }

    fn collect(&self, to: &mut Collected) -> Result<(), Box<dyn Error + Send + Sync>> {
        to.fact("fact.password", "hunter2-in-fact");
        to.text(
            "text.private@example.org.txt",
            "{\"password\": \"hunter2-in-text\"}\n".repeat(99),
        );
        Err("no answer from error.private@example.org".into())
    }
}

fn look(review: &mut Review) -> Verdict {
    review.set_context("review.password", "hunter2-in-review");
    review.remove_file("logs/old.log", "as why.private@example.org has asked");
    Verdict::Send
}

fn config(endpoint: &str, files: &Path, ring: &LogRing) -> FeedbackConfig {
    FeedbackConfig::new(endpoint, KEY, "Notes", "1")
        .log(files.join("*.log"))
        .log_ring(ring)
        .context("config.password", "hunter2-in-config")
        .collector(Plugins)
        .before_send(look)
}

/// What the person and the app say, with how the last run has ended.
fn draft(files: &Path, run: &RunGuard) -> ReportDraft {
    let mut draft = ReportDraft::new("It is slow.");
    draft
        .attachments
        .push(Attachment::from(files.join("file.private@example.org.txt")));
    draft
        .context
        .push(("password".to_owned(), "hunter2-in-context".to_owned()));
    draft
        .pictures
        .extend(Picture::from_rgba(30, 20, vec![200; 30 * 20 * 4]));
    draft.crash = run.crashed_last_run().cloned();
    draft
}

struct App {
    client: FeedbackClient,
    files: PathBuf,
    run: RunGuard,
}

impl App {
    fn report(&self) -> Report {
        self.client.prepare(draft(&self.files, &self.run)).wait().unwrap()
    }

    fn go(self, way: &str) {
        match way {
            "store" => drop(self.client.submit(self.report()).wait().unwrap()),
            "store when prepared" => {
                let prepared = self.client.prepare(draft(&self.files, &self.run));
                let done = self
                    .client
                    .submit_prepared(prepared, |report| report.leave_out("logs/recent.log", false));
                done.wait().unwrap().stored.unwrap().unwrap();
            }
            "save" => {
                let to = default_spool_dir("Notes").unwrap().with_file_name("saved.zip");
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                self.client.save(self.report(), to).wait().unwrap();
            }
            "send" => {
                let events = self.client.subscribe(|| {});
                self.client.submit(self.report()).wait().unwrap();
                let is_fitted = |event: &DeliveryEvent| matches!(event, DeliveryEvent::Fitted { .. });
                let rests = |event: &DeliveryEvent| matches!(event, DeliveryEvent::Waiting { .. });
                while !is_fitted(&events.next_within(PATIENCE).unwrap()) {}
                while !rests(&events.next_within(PATIENCE).unwrap()) {}
            }
            "send from memory" => self.send_from_memory(),
            "wait" => {
                let _report = self.report();
                println!("prepared");
                loop {
                    thread::park(); // until it is killed
                }
            }
            "panic" | "abort" => panic!("password=hunter2-in-panic"),
            "panic of a thread" => {
                let worker = thread::Builder::new().name("of thread.private@example.org".to_owned());
                assert!(
                    worker
                        .spawn(|| panic!("password=hunter2-in-panic"))
                        .unwrap()
                        .join()
                        .is_err()
                );
            }
            _ => panic!("no way is called {way}"),
        }
    }

    /// What the disk does not take, until it does.
    fn send_from_memory(&self) {
        let folder = default_spool_dir("Notes").unwrap();
        let runs = folder.with_file_name("aside");
        fs::rename(&folder, &runs).unwrap();
        fs::write(&folder, "a file in the folder's place").unwrap();
        let events = self.client.subscribe(|| {});
        let report = self.report();
        assert!(self.client.submit(report.clone()).wait().is_err());
        let id = self.client.send_unstored(report).wait().unwrap();
        while !matches!(
            events.next_within(PATIENCE).unwrap(),
            DeliveryEvent::Waiting { .. }
        ) {}
        fs::remove_file(&folder).unwrap();
        fs::rename(runs, &folder).unwrap();
        self.client.retry(id).wait().unwrap();
        while !matches!(
            events.next_within(PATIENCE).unwrap(),
            DeliveryEvent::Stored { .. }
        ) {}
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, way, endpoint, files] = arguments.as_slice() else {
        panic!("a way, a server and a folder")
    };
    if way == "abort" {
        panic::set_hook(Box::new(|_| process::abort()));
    }
    let (ring, files) = (LogRing::new(), PathBuf::from(files));
    ring.logger(log::LevelFilter::Debug).install().unwrap();
    let config = config(endpoint, &files, &ring);
    let run = install_panic_hook(&config);
    let client = FeedbackClient::new(config).unwrap();
    log::info!("opened by ring.private@example.org, password=hunter2-in-ring");
    client.breadcrumb("password=hunter2-in-breadcrumb");
    client.set_context("client.password", "hunter2-in-client");
    client.set_context("of key.private@example.org", "yes");
    App { client, files, run }.go(way);
}
