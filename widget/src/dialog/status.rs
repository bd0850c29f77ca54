//! What an app may ask of the dialog, at any time.

use super::FeedbackDialog;
use super::capture::Capture;
use super::earlier::Earlier;
use super::picture_editor::PictureEditor;
use crate::phase::{Journey, Phase};

impl FeedbackDialog {
    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Whether something was written or chosen that is neither sent nor stored to be sent: it would be
    /// lost if the app were to end now, as far as the last [`show`](Self::show) or [`logic`](Self::logic) has seen.
    pub fn has_draft(&self) -> bool {
        !self.form.said.is_empty()
            || !self.pasted.is_empty()
            || self.phase == Phase::Collecting
            || self
                .phase
                .journey()
                .is_some_and(|journey| !journey.can_step_aside())
            || self.earlier.iter().any(Earlier::is_unsafe)
    }

    /// Whether a picture is not in the form as the person left it: something was done to it in the editor, or it was
    /// pasted, and it is not made ready yet. It would be lost if the app were to end now.
    ///
    /// What they have said "Done" to gets ready by itself, also while the dialog is closed and is
    /// [`shown`](Self::show).
    pub fn has_unfinished_picture(&self) -> bool {
        let is_edited = self
            .picture_editor
            .as_ref()
            .is_some_and(PictureEditor::is_changed);
        is_edited || !self.pasted.is_empty()
    }

    /// Whether a picture is on its way into the form and needs nothing more from the person.
    pub(super) fn is_getting_picture(&self) -> bool {
        let is_finishing = self
            .picture_editor
            .as_ref()
            .is_some_and(PictureEditor::is_finishing);
        is_finishing || !self.pasted.is_empty()
    }

    /// How many reports need the person's eye: they were not delivered, will not be sent by themselves, and were
    /// not looked at since. Those of earlier runs count too, as soon as the first [`show`](Self::show) has had
    /// them looked up.
    ///
    /// [`FeedbackButton`](crate::FeedbackButton) has a dot then. An app with a menu entry of its own can mark it;
    /// asking costs no more than looking at the reports that wait. [`open`](Self::open) shows them first.
    pub fn attention(&self) -> usize {
        let refused_meanwhile = self.phase.journey().is_some_and(Journey::is_refused) && !self.is_open;
        let earlier = self.earlier.iter().filter(|earlier| earlier.needs_the_eye());
        earlier.count() + usize::from(refused_meanwhile)
    }

    /// Whether a report is on its way right now. One that is stored is sent by the app's next run, if
    /// this one ends.
    pub fn is_sending(&self) -> bool {
        self.phase.is_moving() || self.earlier.iter().any(|earlier| earlier.journey.is_moving())
    }

    /// Whether a picture of the app's window or of the screen is being taken: from the person's click until it is
    /// here. An app that shows what is nobody else's business leaves it out of these frames.
    ///
    /// ```
    /// # fn frame(ui: &mut egui::Ui, dialog: &mut feedback_widget::FeedbackDialog) {
    /// if !dialog.is_taking_picture() {
    ///     ui.label("IBAN: DE02 1203 0000 0000 2020 51");
    /// }
    /// dialog.show(ui.ctx());
    /// # }
    /// ```
    pub fn is_taking_picture(&self) -> bool {
        !matches!(self.capture, Capture::Idle) || self.screens.is_shooting()
    }

    /// Whether what was sent may still become something that [`has_draft`](Self::has_draft) tells otherwise.
    pub(super) fn is_unsettled(&self) -> bool {
        self.phase.is_moving() || self.phase.journey().is_some_and(Journey::waits_unkept)
    }
}
