//! Guards the spool against leading elsewhere: nothing is written or read through a symbolic link, or in a
//! folder that is not the person's own, and they are told which it is and what to do.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{FeedbackError, WaitingState};

use super::support::{App, PATIENCE};

/// An app that is sure to be refused its spool, and a folder of its own beside that.
struct Refused {
    app: App,
    elsewhere: PathBuf,
    receiver: Receiver,
}

impl Refused {
    fn new() -> Self {
        let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
        let app = App::new(&receiver.url());
        let elsewhere = app.spool.with_file_name("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        Self {
            app,
            elsewhere,
            receiver,
        }
    }

    /// Submitting is refused, in words that name `path`; the report goes out nevertheless.
    fn check(&self, path: &Path) {
        let report = self.app.prepare("sacred text");
        let error = self.app.client.submit(report.clone()).wait().unwrap_err();
        let FeedbackError::UnsafeSpool { path: named, .. } = &error else {
            panic!("{error}");
        };
        assert_eq!(named, path);
        assert!(error.to_string().contains("spool_dir"), "{error}");
        self.app.client.send_unstored(report).wait().unwrap();
        assert!(self.receiver.next_within(PATIENCE).is_some());
        assert_eq!(
            fs::read_dir(&self.elsewhere).unwrap().count(),
            0,
            "nothing is written there"
        );
    }
}

#[test]
fn a_spool_that_is_a_link_is_refused() {
    let refused = Refused::new();
    symlink(&refused.elsewhere, &refused.app.spool).unwrap();
    let error = refused.app.client.waiting().wait().unwrap_err();
    assert!(matches!(error, FeedbackError::UnsafeSpool { .. }), "{error}");
    refused.check(&refused.app.spool);
}

#[test]
fn a_spool_that_is_a_link_to_nothing_is_refused() {
    let refused = Refused::new();
    let nowhere = refused.elsewhere.join("nothing");
    symlink(&nowhere, &refused.app.spool).unwrap();
    refused.check(&refused.app.spool);
}

#[test]
fn a_link_in_the_place_of_the_folder_for_half_written_files_is_refused() {
    let refused = Refused::new();
    fs::create_dir(&refused.app.spool).unwrap();
    let tmp = refused.app.spool.join("tmp");
    symlink(&refused.elsewhere, &tmp).unwrap();
    refused.check(&tmp);
}

#[test]
fn a_folder_that_everyone_may_write_is_refused_and_left_as_it_is() {
    let refused = Refused::new();
    fs::create_dir(&refused.app.spool).unwrap();
    fs::set_permissions(&refused.app.spool, fs::Permissions::from_mode(0o1777)).unwrap();
    refused.check(&refused.app.spool);
    assert_eq!(fs::metadata(&refused.app.spool).unwrap().mode() & 0o7777, 0o1777);
}

#[test]
fn a_folder_of_another_user_is_refused() {
    let refused = Refused::new();
    fs::create_dir(&refused.app.spool).unwrap();
    if std::os::unix::fs::chown(&refused.app.spool, Some(4242), None).is_err() {
        return; // only root can give a folder away; then no other user's folder can be written either
    }
    refused.check(&refused.app.spool);
}

#[test]
fn the_folders_above_may_be_links() {
    let refused = Refused::new();
    let home = refused.app.spool.with_file_name("home");
    symlink(&refused.elsewhere, &home).unwrap();
    let receiver = &refused.receiver;
    let app = App::with(&receiver.url(), |config| {
        config.spool_dir(home.join("state/spool"))
    });
    app.client.submit(app.prepare("x")).wait().unwrap();
    assert!(receiver.next_within(PATIENCE).is_some());
    assert!(refused.elsewhere.join("state/spool").is_dir());
}

#[test]
fn a_link_in_the_place_of_a_report_is_told_and_leads_nowhere() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = App::with(&receiver.url(), |config| config.deliver(false));
    let id = app.client.submit(app.prepare("x")).wait().unwrap();
    let mut files = fs::read_dir(&app.spool)
        .unwrap()
        .flatten()
        .map(|item| item.path());
    let entry = files.find(|path| path.is_file()).unwrap();
    let secret = app.spool.with_file_name("secret.zip");
    fs::rename(&entry, &secret).unwrap();
    symlink(&secret, &entry).unwrap();

    let again = App::with(&receiver.url(), |config| config.spool_dir(&app.spool));
    assert_eq!(again.client.flush(PATIENCE).wait().unwrap(), 0);
    let waiting = again.client.waiting().wait().unwrap();
    assert_eq!((waiting[0].id, waiting[0].state), (id, WaitingState::Damaged));
    let to = app.spool.with_file_name("copy.zip");
    let error = again.client.save_waiting(id, &to).wait().unwrap_err();
    assert!(
        matches!(&error, FeedbackError::UnsafeSpool { path, .. } if *path == entry),
        "{error}"
    );
    assert!(!to.exists() && receiver.next_within(std::time::Duration::ZERO).is_none());
    again.client.delete(id).wait().unwrap();
    assert!(
        !entry.exists() && secret.exists(),
        "the link goes, and not what it leads to"
    );
}
