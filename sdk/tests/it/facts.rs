//! Guards promise 3 for what only the app knows: its facts, its collectors, its own last look; and promise 2: all of
//! it is masked, and shown as it is sent.

use std::error::Error;
use std::io;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use feedback_sdk::{Collected, Collector, FeedbackError, LogRing, Report, ReportDraft, ReportFile, Verdict};
use serde_json::json;

use super::support::{App, dead_endpoint};

fn app(more: impl FnOnce(feedback_sdk::FeedbackConfig) -> feedback_sdk::FeedbackConfig) -> App {
    App::with(&dead_endpoint(), |config| more(config.deliver(false)))
}

fn text(report: &Report, path: &str) -> String {
    let file = report.files().into_iter().find(|file| file.path() == path);
    String::from_utf8(file.expect(path).content().unwrap()).unwrap()
}

fn gap(report: &Report, what: &str) -> String {
    let gap = report.gaps().iter().find(|gap| gap.what == what);
    gap.expect(what).why.to_string()
}

#[test]
fn of_two_facts_of_one_name_the_one_of_this_moment_stands() {
    let app = app(|config| config.context("plan", "free").context("edition", "desktop"));
    app.client.set_context("plan", "family");
    app.client.set_context("owner", "maria@example.org");
    app.client.set_context("gone", "x");
    app.client.remove_context("gone");
    let mut draft = ReportDraft::new("x");
    draft.context.push(("document".into(), "note".into()));
    draft.context.push(("owner".into(), "anna@example.org".into()));
    let report = app.client.prepare(draft).wait().unwrap();
    let context: Vec<_> = report
        .context()
        .iter()
        .map(|(key, value)| (&**key, &**value))
        .collect();
    assert_eq!(
        context,
        [
            ("document", "note"),
            ("edition", "desktop"),
            ("owner", "[email-1]"),
            ("plan", "family")
        ]
    );
}

#[test]
fn breadcrumbs_are_a_masked_log_of_the_last_things_done() {
    let app = app(|config| config.breadcrumbs(2));
    for action in ["started", "opened /home/maria/a.txt", "exported"] {
        app.client.breadcrumb(action);
    }
    let text = text(&app.prepare("x"), "logs/breadcrumbs.log");
    let actions: Vec<&str> = text
        .lines()
        .filter_map(|line| Some(line.split_once("Z ")?.1))
        .collect();
    assert_eq!(actions, ["opened /home/[user-1]/a.txt", "exported"]);
}

#[test]
fn the_ring_is_a_masked_log_and_stands_for_log_files() {
    let ring = LogRing::with_capacity(4096);
    let app = app(|config| config.log_ring(&ring));
    assert_eq!(
        gap(&app.prepare("x"), "log recent.log"),
        "the app has logged nothing yet"
    );
    for n in 0..1000 {
        say(&ring, &format!("maria@example.org, line {n}"));
    }
    let report = app.prepare("x");
    assert!(report.gaps().is_empty(), "{:?}", report.gaps());
    let file = report
        .evidence()
        .iter()
        .find(|file| file.path() == "logs/recent.log")
        .unwrap();
    let text = text(&report, "logs/recent.log");
    assert!(
        text.starts_with("[feedback: ") && text.ends_with("[email-1], line 999\n"),
        "{text}"
    );
    assert!(!text.contains("maria") && text.len() < 8192, "{text}");
    assert_eq!(file.cut(), feedback_sdk::Cut::Head);
    assert!(file.original_bytes() > 40_000 && file.masked()["email"] > 10);
}

fn say(ring: &LogRing, line: &str) {
    let logger = ring.logger(log::LevelFilter::Debug);
    log::Log::log(
        &logger,
        &log::Record::builder().args(format_args!("{line}")).build(),
    );
}

/// A collector made of a function.
struct Does<F>(&'static str, F);

type Done = Result<(), Box<dyn Error + Send + Sync>>;

impl<F: Fn(&mut Collected) -> Done + Send + Sync> Collector for Does<F> {
    fn name(&self) -> &str {
        self.0
    }

    fn collect(&self, to: &mut Collected) -> Done {
        (self.1)(to)
    }
}

#[test]
fn what_a_collector_hands_over_is_masked_and_its_failure_is_a_gap() {
    let app = app(|config| {
        config
            .log_budget(100, 1000)
            .collector(Does("plugins", |to: &mut Collected| {
                to.fact("plugins", "by maria@example.org");
                to.text("plugins.txt", "maria@example.org\n".repeat(100));
                Err(io::Error::other("no plugin of maria@example.org").into())
            }))
            .collector(Does("broken", |_: &mut Collected| panic!("a bug of the app")))
            .collector(Does("database", |to: &mut Collected| {
                to.fact("rows", "7");
                Ok(())
            }))
    });
    let report = app.prepare("x");
    assert_eq!(report.context()["plugins"], "by [email-1]");
    assert_eq!(report.context()["rows"], "7");
    assert_eq!(gap(&report, "plugins"), "no plugin of [email-1]");
    assert_eq!(gap(&report, "broken"), "has panicked");
    let text = text(&report, "logs/plugins.txt");
    assert!(
        text.starts_with("[feedback: ") && text.len() < 200 && text.ends_with("[email-1]\n"),
        "{text}"
    );
}

#[test]
fn a_collector_that_never_stops_telling_fills_no_report() {
    let app = app(|config| {
        config
            .log_budget(900, 50_000)
            .collector(Does("rows", |to: &mut Collected| {
                for row in 0..1000 {
                    to.fact(format!("row {row:04}"), "word ".repeat(10_000));
                    to.text(format!("row {row:04}.txt"), "word ".repeat(200));
                }
                Ok(())
            }))
    });
    let report = app.client.prepare(ReportDraft::new("x")).wait().unwrap();
    assert_eq!(report.context().len(), 200);
    let texts: Vec<&str> = report.evidence().iter().map(ReportFile::path).collect();
    assert_eq!((texts.len(), texts[1]), (57, "logs/row 0900.txt"), "{texts:?}");
    assert!(report.context()["row 0199"].len() < 5000);
    assert_eq!(
        gap(&report, "rows"),
        "has more facts than the 200 that a report takes"
    );
}

#[test]
fn a_collector_that_hangs_holds_nothing_up_and_is_not_started_twice() {
    let (let_go, wait) = channel::<()>();
    let (starts, started) = channel();
    let (wait, starts): (Mutex<Receiver<()>>, _) = (Mutex::new(wait), Mutex::new(starts));
    let app = app(|config| {
        config
            .collect_within(Duration::from_millis(1))
            .collector(Does("disk", move |_: &mut Collected| {
                starts.lock().unwrap().send(()).unwrap();
                let _ = wait.lock().unwrap().recv();
                Ok(())
            }))
    });
    assert_eq!(gap(&app.prepare("x"), "disk"), "was not done in time");
    let busy = app.prepare("x");
    let why = gap(&busy, "disk");
    assert!(why.starts_with("still busy since 20"), "{why}");
    started.recv().unwrap();
    assert_eq!(started.try_iter().count(), 0);
    drop(let_go);
}

#[test]
fn the_app_can_change_what_was_collected_and_the_person_sees_it() {
    let ring = LogRing::new();
    let app = app(|config| {
        config
            .log_ring(&ring)
            .context("plan", "free")
            .before_send(|review| {
                assert_eq!(review.report().message(), "x");
                review.remove_context("plan");
                review.set_context("checked", "by maria@example.org");
                assert!(review.remove_file("logs/recent.log", "maria@example.org is in it"));
                assert!(!review.remove_file("screenshots/1.png", "the person chose it"));
                Verdict::Send
            })
    });
    say(&ring, "by anna@example.org");
    let mut draft = ReportDraft::new("x");
    draft
        .pictures
        .push(feedback_sdk::Picture::from_rgba(1, 1, vec![0; 4]).unwrap());
    let report = app.client.prepare(draft).wait().unwrap();
    let paths: Vec<String> = report.files().iter().map(|file| file.path().to_owned()).collect();
    assert_eq!(paths, ["message.txt", "system.json", "screenshots/1.png"]);
    assert_eq!(
        gap(&report, "logs/recent.log"),
        "left out by the app: [email-2] is in it"
    );
    assert!(!report.context().contains_key("plan"));
    assert_eq!(report.context()["checked"], "by [email-2]");
    assert_eq!(report.masked()["email"], 2, "what was taken out is not counted");
}

#[test]
fn facts_that_the_app_takes_out_are_not_in_the_manifest_either() {
    let app = app(|config| {
        config.context("plan", "free").before_send(|review| {
            assert!(review.remove_file("system.json", "the contract says so"));
            review.set_context("checked", "yes");
            Verdict::Send
        })
    });
    let report = app.prepare("x");
    let manifest: serde_json::Value = serde_json::from_slice(&report.manifest().unwrap()).unwrap();
    assert_eq!(
        (&manifest["system"], &manifest["context"]),
        (&json!({}), &json!({}))
    );
    assert_eq!(
        gap(&report, "system.json"),
        "left out by the app: the contract says so"
    );
}

#[test]
fn the_crash_of_the_last_run_goes_along_unless_the_app_takes_it_out() {
    let crash = r#"{"app_version": "1.3.9", "started_at": "2026-11-22T16:12:38.123Z", "other_panics": 0,
        "went_on": false, "panic": {"at": "2026-11-22T17:12:38.123Z", "uptime": 3600, "message": "of maria@example.org",
        "location": null, "thread": "main"}}"#;
    let mut draft = ReportDraft::new("x");
    draft.crash = Some(serde_json::from_str(crash).unwrap());
    let report = app(|config| config).client.prepare(draft.clone()).wait().unwrap();
    let panic = report.crash().unwrap().panic.as_ref().unwrap();
    assert_eq!((&*panic.message, panic.uptime), ("of [email-1]", 3600));

    let app = app(|config| {
        config.before_send(|review| {
            review.remove_crash();
            Verdict::Send
        })
    });
    assert_eq!(app.client.prepare(draft).wait().unwrap().crash(), None);
}

#[test]
fn a_report_that_the_app_withholds_is_told_and_so_is_a_check_that_breaks() {
    let withheld = |review: fn() -> Verdict| {
        let app = app(|config| config.before_send(move |_| review()));
        match app.client.prepare(ReportDraft::new("sacred text")).wait() {
            Err(FeedbackError::Withheld(why)) => why,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        withheld(|| Verdict::Withhold("exam mode is on".into())),
        "exam mode is on"
    );
    assert_eq!(
        withheld(|| panic!("a bug")),
        "its own check of the report has failed"
    );

    let (never, wait) = channel::<()>();
    let (starts, started) = channel();
    let (wait, starts) = (Mutex::new(wait), Mutex::new(starts));
    let app = app(|config| {
        config
            .collect_within(Duration::from_millis(1))
            .before_send(move |_| {
                starts.lock().unwrap().send(()).unwrap();
                let _ = wait.lock().unwrap().recv();
                Verdict::Send
            })
    });
    for says in ["did not end", "still busy since 20", "still busy since 20"] {
        let hung = app.client.prepare(ReportDraft::new("x")).wait().unwrap_err();
        assert!(hung.to_string().contains(says), "{hung}");
    }
    started.recv().unwrap();
    assert_eq!(
        started.try_iter().count(),
        0,
        "one thread is left behind, not one a report"
    );
    drop(never);
}
