//! The address for answers, which is remembered for the app's next run.

use feedback_sdk::Pending;

use super::FeedbackDialog;

/// What the dialog knows of the address that is remembered.
#[derive(Default)]
pub(crate) enum Remembered {
    #[default]
    NotAsked,
    Asked(Pending<Option<String>>),
    Known(Option<String>),
}

impl FeedbackDialog {
    /// Puts the address of an earlier run where none stands yet, unless the app has had a say in it.
    pub(super) fn take_address(&mut self) {
        let Remembered::Asked(asked) = &mut self.sdk.remembered else {
            return;
        };
        let Some(answer) = asked.poll() else { return };
        let known = answer.unwrap_or_default();
        if let Some(address) = &known
            && self.form.reply_to.is_empty()
            && self.handed_in.is_none()
        {
            self.form.reply_to.clone_from(address);
            self.contents.readdress(&self.form);
        }
        self.sdk.remembered = Remembered::Known(known);
    }

    /// Has the address remembered as it stands in the form, or that there is none. One that the app hands in is the
    /// app's to remember: the next person may be another.
    pub(super) fn note_address(&mut self) {
        let (Remembered::Known(known), address) = (&mut self.sdk.remembered, self.form.reply_to()) else {
            return;
        };
        if *known != address && (address.is_none() || address != self.handed_in) {
            drop(self.client.remember_reply_to(address.clone()));
            *known = address;
        }
    }
}
