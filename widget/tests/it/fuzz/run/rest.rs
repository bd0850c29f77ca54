//! Frames until all that was begun has come to rest, so that the same seed gives the same run.

use std::fs;
use std::time::Instant;

use egui::ViewportCommand;
use egui_kittest::kittest::NodeT as _;
use feedback_sdk::{DeliveryEvent, ReportId};

use super::{DEADLINE, Run};

/// How many questions to the SDK follow from one another, where no report is on its way.
const LINKS: usize = 3;

impl Run {
    /// Frames until nothing is under way but what waits for the server's answer.
    pub(super) fn come_to_rest(&mut self) {
        let deadline = Instant::now() + DEADLINE;
        let mut links = 0;
        loop {
            self.frame();
            // Whatever was asked before this is answered then.
            drop(self.stage.client.waiting().wait()); // without a disk it says so
            while let Some(event) = self.events.try_next() {
                self.told(&event);
            }
            let is_out = self.upload.as_ref().is_none_or(|(_, is_out)| *is_out);
            let is_moving = self.upload.is_none() && self.stage.app().dialog.is_sending();
            if is_out && !is_moving && !works_aside() {
                links += 1;
            }
            if links >= LINKS {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "never at rest: {:?}; on screen: {:#?}",
                self.upload,
                self.stage.labels()
            );
        }
    }

    pub(super) fn frame(&mut self) {
        self.step();
        for output in self.stage.harness.output().viewport_output.values() {
            for command in &output.commands {
                if let ViewportCommand::Screenshot(callback) = command {
                    self.picture = Some(callback.clone());
                }
            }
        }
        self.keep_in_the_folder();
    }

    /// Wherever a path is typed, it is one in the folder of this run: what is random must not write elsewhere.
    fn keep_in_the_folder(&mut self) {
        let label = self.spoken[self.speaks].say("path");
        let folder = self.stage.folder.path();
        let path = folder.join("typed.zip").to_string_lossy().into_owned();
        let field = self
            .controls()
            .find(|node| node.accesskit_node().label().as_ref() == Some(&label));
        if let Some(field) = field.filter(|field| field.value().as_ref() != Some(&path)) {
            field.set_text_value_accesskit(&path);
            self.step();
        }
    }

    fn is_uploading(&self, id: ReportId) -> bool {
        self.upload
            .as_ref()
            .is_some_and(|(upload, _)| *upload == id.to_string())
    }

    fn told(&mut self, event: &DeliveryEvent) {
        match event {
            DeliveryEvent::Sending { id, sent, total } => {
                self.upload = Some((id.to_string(), sent == total && *total > 0));
            }
            DeliveryEvent::Stored { .. } | DeliveryEvent::Fitted { .. } => {}
            DeliveryEvent::Deleted(id) if !self.is_uploading(*id) => {} // it waited for its turn
            // One goes at a time.
            _ => self.upload = None,
        }
    }
}

/// Whether a window's own thread is at work, with a picture, a file or fonts. Those of other tests are waited for too.
///
/// Known where the system lists threads, by the 15 letters of a name that it keeps.
fn works_aside() -> bool {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let mut names = threads.filter_map(|thread| fs::read_to_string(thread.path().join("comm")).ok());
    names.any(|name| {
        matches!(
            name.trim(),
            "feedback-pictur" | "feedback-reader" | "feedback-fonts" | "feedback-path"
        )
    })
}
