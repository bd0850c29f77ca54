//! Reports that are not sent by themselves any more, and what is told above the form of those that were.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use demo_app::stage::Stage;
use eframe::egui::vec2;
use feedback_sdk::testing::{Reply, with_system_facts};
use feedback_sdk::{FeedbackClient, FeedbackConfig, ReportDraft, SystemInfo};
use feedback_widget::FeedbackDialog;

use super::scene::{Scene, noise_in};
use super::{THEMES, come_back, unauthorized};

/// The reports in a spool, the oldest first.
fn reports(spool: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(spool).unwrap().map(|file| file.unwrap().path());
    let is_report = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "zip");
    let mut reports: Vec<PathBuf> = files.filter(is_report).collect();
    reports.sort();
    reports
}

#[test]
fn a_report_has_vanished() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, unauthorized());
        scene.send().until("Not delivered");
        for report in reports(&scene.folder.path().join("spool")) {
            fs::remove_file(report).unwrap();
        }
        scene.stage.click("Try again").unwrap();
        scene.until_part("no longer on this computer").check("vanished");
    }
}

/// Leaves five reports in a spool: one has waited for too long, the others have these states.
fn leave_behind(folder: &Path, spool: &Path, states: [&str; 4]) {
    let config = FeedbackConfig::new("http://127.0.0.1:9/reports", "pk_test", "Notes", "1.4.0");
    let config = with_system_facts(config.spool_dir(spool), SystemInfo::default());
    let client = FeedbackClient::new(config.deliver(false)).unwrap();
    for _ in 0..5 {
        let mut draft = ReportDraft::new("The export is empty.");
        draft.attachments.push(noise_in(folder).into());
        let report = client.prepare(draft).wait().unwrap();
        client.submit(report).wait().unwrap();
    }
    let reports = reports(spool);
    let old = File::options().write(true).open(&reports[0]).unwrap();
    old.set_modified(SystemTime::now() - Duration::from_hours(24 * 70))
        .unwrap();
    for (report, state) in reports[1..].iter().zip(states) {
        let name = report.file_name().unwrap().to_str().unwrap();
        let noted = name.replace(".new.", &format!(".{state}."));
        fs::rename(report, spool.join(noted)).unwrap();
    }
}

#[test]
fn reports_of_earlier_runs_that_stay() {
    for theme in THEMES {
        let folder = tempfile::tempdir().unwrap();
        let spool = folder.path().join("spool");
        let states = ["damaged", "parked", "refused-404", "refused-413"];
        leave_behind(folder.path(), &spool, states);
        let replies = [Reply::RECEIPT, Reply::RECEIPT];
        let mut scene = Scene::open_with_spool(theme, replies, folder, &spool, vec2(540.0, 760.0));
        scene.open_list(5);
        let all_begin = |stage: &Stage<'_, FeedbackDialog>| {
            let names = stage.names();
            names
                .iter()
                .filter(|name| name.contains("The export is empty."))
                .count()
                == 5
        };
        scene
            .stage
            .wait_until("the words of all five", all_begin)
            .unwrap();
        scene.check("earlier-kept");
        scene.stage.click("Back to my message, report 4").unwrap();
        scene.until_part("is in your message again.").check("words-again");
    }
}

#[test]
fn the_words_of_a_refused_report() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, unauthorized());
        scene.send().until("Not delivered");
        scene.next_report();
        scene.until_part("was not delivered.").check("not-delivered");
    }
}

/// While the next one is written.
#[test]
fn an_earlier_report_has_come_to_its_end() {
    for theme in THEMES {
        for (reply, told, picture) in [
            (Reply::RECEIPT, "It has arrived.", "arrived"),
            (unauthorized(), "It says: Unauthorized", "refused"),
        ] {
            let mut scene = Scene::open_with(theme, [come_back(), reply]);
            scene.attach_noise().send().until("Saved");
            scene.next_report();
            let message = "And so is the import.";
            scene.stage.type_into("Your message", message).unwrap();
            scene.open_list(1);
            scene.stage.click("Send now, report 1").unwrap();
            scene.until_part(told);
            if picture == "arrived" {
                scene.check("earlier-arrived");
            }
            scene.stage.click("Back").unwrap();
            scene
                .until_part("Your earlier report")
                .check(&format!("form-with-{picture}"));
        }
    }
}

#[test]
fn no_report_waits_any_more() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, come_back());
        scene.send().until("Saved");
        scene.next_report().open_list(1);
        scene.stage.click("Delete, report 1").unwrap();
        scene.stage.click("Delete for good, report 1").unwrap();
        scene.until("No report waits any more.").check("earlier-none");
    }
}
