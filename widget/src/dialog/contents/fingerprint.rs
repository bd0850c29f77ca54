//! The hash of what would be sent now, and the size of its manifest, asked for while the list is open.

use egui::{RichText, Ui};
use feedback_sdk::{BundleInfo, FeedbackClient, FeedbackError, Pending, Report};

use crate::dialog::parts;
use crate::dialog::said::Said;
use crate::words::Words;

/// So many characters of the hash stand in the window.
const SHORT: usize = 12;
/// Stands there until it is known.
const UNKNOWN: &str = "············";

/// What the report makes, for the words that it was asked for.
#[derive(Default)]
pub(crate) struct Fingerprint {
    words: String,
    running: Option<Pending<BundleInfo>>,
    /// Where it cannot be had, Send tells why.
    answer: Option<Result<BundleInfo, FeedbackError>>,
    /// The hash of this answer was copied.
    is_copied: bool,
}

impl Fingerprint {
    /// Asks unless the answer for these words is here or on its way. One question at a time: words that are
    /// typed meanwhile are asked for next. `report` makes the report of now.
    pub(crate) fn follow(
        &mut self,
        client: &FeedbackClient,
        said: &Said,
        report: impl FnOnce() -> Option<Report>,
    ) {
        if let Some(running) = &mut self.running {
            let Some(answer) = running.poll() else { return };
            self.running = None;
            self.answer = Some(answer);
        }
        let is_asked = self.answer.is_some() && said.is(&self.words);
        if !is_asked && let Some(report) = report() {
            (self.answer, self.is_copied) = (None, false);
            report.message().clone_into(&mut self.words);
            self.running = Some(client.bundle_info(report));
        }
    }

    /// Of what stands in the form now, once it is known.
    fn info(&self, said: &Said) -> Option<&BundleInfo> {
        self.answer
            .as_ref()?
            .as_ref()
            .ok()
            .filter(|_| said.is(&self.words))
    }

    /// The size of the manifest, in bytes.
    pub(crate) fn manifest_bytes(&self, said: &Said) -> Option<u64> {
        self.info(said).map(|info| info.manifest_bytes)
    }

    /// The hash in its short form; the long one is shown and copied.
    pub(crate) fn show(&mut self, ui: &mut Ui, words: &Words, said: &Said) {
        let hash = self.info(said).map(|info| info.sha256.as_str());
        let short = hash.and_then(|hash| hash.get(..SHORT));
        let mut is_copied = self.is_copied;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0; // its rows are one thing, and high enough
            parts::quiet(ui, &words.fingerprint);
            // Letters of one width: whichever hash it is, and before it is known, its line breaks at the same place.
            let shown = RichText::new(short.unwrap_or(UNKNOWN)).monospace();
            let button = parts::button(shown).frame_when_inactive(false);
            let button = parts::reachable(ui.add_enabled(short.is_some(), button));
            if let (Some(hash), Some(short)) = (hash, short) {
                let button = button
                    .accessible_name(words.copy_number(short))
                    .on_hover_text(hash);
                if button.clicked() {
                    ui.ctx().copy_text(hash.to_owned());
                    is_copied = true;
                }
                if is_copied {
                    parts::say(ui, &words.copied_this);
                }
            } else {
                button.accessible_name(parts::NOT_YET);
            }
        });
        self.is_copied = is_copied;
    }
}
