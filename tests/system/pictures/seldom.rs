//! What few people ever see: a slow upload, fields that are full, no picker, no font, no room, and what an app asks for.

use std::io;
use std::sync::mpsc::{Receiver as Held, Sender, channel};
use std::sync::{Arc, Mutex};

use eframe::egui::{Event, FallbackRequest, FontInsert, vec2};
use feedback_sdk::testing::{Reply, with_monitor, with_window};
use feedback_sdk::transport::{Request, Response, Transport};
use feedback_sdk::{Collected, Collector, FeedbackConfig, Picture, ReportDraft};
use feedback_widget::FeedbackDialog;

use super::scene::Scene;
use super::{THEMES, come_back};

fn as_it_comes(dialog: FeedbackDialog) -> FeedbackDialog {
    dialog
}

/// A way to a server that says this about itself. A report stands still on it, and comes back once the other end of
/// the channel is dropped.
struct DeadEnd {
    says: Response,
    held: Mutex<Held<()>>,
}

impl DeadEnd {
    fn new(status: u16, body: &str) -> (Self, Sender<()>) {
        let (holds, held) = channel();
        let says = Response {
            status,
            body: body.as_bytes().to_vec(),
            ..Response::default()
        };
        let held = Mutex::new(held);
        (Self { says, held }, holds)
    }
}

impl Transport for DeadEnd {
    fn send(&self, request: Request) -> io::Result<Response> {
        if request.method() == "GET" {
            return Ok(self.says.clone());
        }
        // Nothing is read: once bytes have moved, the window also tells how long it takes still.
        let _ = self.held.lock().unwrap().recv();
        Err(io::ErrorKind::ConnectionReset.into())
    }
}

#[test]
fn the_way_is_slow() {
    for theme in THEMES {
        let (way, _holds) = DeadEnd::new(404, "");
        let mut scene = Scene::open_as(theme, Reply::RECEIPT, |config| config.transport(way), as_it_comes);
        scene.attach_noise().send();
        scene.until("0.0 of 1.5 MB").check("sending-begun");
    }
}

/// Says that it has begun, and goes on when it is told to, or when the other end is gone.
struct Slow {
    begun: Sender<()>,
    goes_on: Mutex<Held<()>>,
}

impl Collector for Slow {
    fn name(&self) -> &'static str {
        "slow"
    }

    fn collect(&self, _: &mut Collected) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let _ = self.begun.send(());
        let _ = self.goes_on.lock().unwrap().recv();
        Ok(())
    }
}

/// Another report keeps the SDK busy from the moment that this one is stored.
#[test]
fn changing_ones_mind_at_once() {
    for theme in THEMES {
        let (begun, begins) = channel();
        let (go_on, goes_on) = channel();
        let goes_on = Mutex::new(goes_on);
        let slow = |config: FeedbackConfig| {
            let hour = std::time::Duration::from_hours(1);
            config.collector(Slow { begun, goes_on }).collect_within(hour)
        };
        let mut scene = Scene::open_as(theme, Reply::RECEIPT, slow, as_it_comes);
        scene
            .attach_noise()
            .send()
            .until("Collecting…")
            .check("collecting");
        begins.recv().unwrap();
        let _other = scene.client.prepare(ReportDraft::default());
        go_on.send(()).unwrap();
        begins.recv().unwrap();
        scene.stage.settle();
        scene.stage.click("Don’t send").unwrap();
        scene.until("Cancelling…").check("cancelling");
        drop(go_on);
    }
}

#[test]
fn several_screens_and_windows() {
    for theme in THEMES {
        let more = |config| {
            let config = with_monitor(config, "DP-2", 2560, 1440);
            let config = with_window(config, "Export.xlsx – Table", 1400, 900);
            let long = "Why the export is empty, and what else may be done about it in the evening – Forum";
            with_window(config, long, 1200, 1000)
        };
        let mut scene = Scene::open_as(theme, Reply::RECEIPT, more, as_it_comes);
        scene.stage.click("Add a picture of a screen or window…").unwrap();
        scene.until("Screen 2 (DP-2, 2560 × 1440)").check("screens");
    }
}

#[test]
fn a_path_to_type() {
    for theme in THEMES {
        let app = |config| config;
        let mut scene = Scene::open_as(theme, Reply::RECEIPT, app, FeedbackDialog::typed_paths);
        scene.write().stage.click("Attach a file…").unwrap();
        scene.until("Path of the file").check("path");
    }
}

#[test]
fn a_text_that_is_too_long_for_the_field() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        scene.stage.click("Your message").unwrap();
        scene.stage.event(Event::Paste("word ".repeat(2_000)));
        scene.until("Remove Long text 1").check("long-text");
    }
}

#[test]
fn a_field_that_is_full() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        scene
            .stage
            .type_into("Your message", &"word ".repeat(1_000))
            .unwrap();
        scene
            .until("This field is full. Please put the rest into a file and attach it.")
            .check("full");
    }
}

#[test]
fn no_room_for_one_more_report() {
    for theme in THEMES {
        let app = |config: FeedbackConfig| config.spool_limits(1, 1 << 30);
        let mut scene = Scene::open_as(theme, come_back(), app, as_it_comes);
        scene.send().until("Saved");
        scene
            .next_report()
            .stage
            .type_into("Your message", "And so is the import.")
            .unwrap();
        scene.stage.click("Send").unwrap();
        scene.until_part("no room for one more").check("no-room");
    }
}

#[test]
fn letters_without_a_font() {
    for theme in THEMES {
        let none = Arc::new(|_: &FallbackRequest<'_>| -> Option<FontInsert> { None });
        let says = |dialog: FeedbackDialog| dialog.fallback_fonts(none);
        let mut scene = Scene::open_as(theme, Reply::RECEIPT, |config| config, says);
        scene.stage.type_into("Your message", "ሰላም").unwrap();
        scene.until_part("This computer has no font").check("no-font");
    }
}

#[test]
fn more_than_the_server_takes() {
    for theme in THEMES {
        // It is asked for its limit before a large report is sent.
        let (way, holds) = DeadEnd::new(200, r#"{"max_bytes":1000000}"#);
        drop(holds);
        let folder = tempfile::tempdir().unwrap();
        let spool = folder.path().join("spool");
        let app = |config: FeedbackConfig| config.spool_dir(spool).transport(way);
        let replies = [Reply::RECEIPT, Reply::RECEIPT];
        let mut scene = Scene::open_in(theme, replies, folder, vec2(540.0, 720.0), app, as_it_comes);
        scene.attach_noise().send().until("Saved");
        scene.next_report().attach_noise();
        scene.until_part("That is more than");
        scene.stage.settle();
        scene.check("over-limit");
    }
}

#[test]
fn a_picture_that_cannot_be_read() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        let file = scene.folder.path().join("broken.png");
        std::fs::write(&file, "no picture").unwrap();
        scene.stage.app_mut().add_picture(Picture::from_file(&file));
        scene
            .until("This picture cannot be read, so it is not sent. You can attach its file instead.")
            .check("picture-unreadable");
    }
}

#[test]
fn arrived_with_a_link() {
    for theme in THEMES {
        let says = |dialog: FeedbackDialog| dialog.thank_you_link("Read our forum");
        Scene::open_as(theme, Reply::RECEIPT, |config| config, says)
            .send()
            .until("Thank you")
            .check("sent-link");
    }
}
