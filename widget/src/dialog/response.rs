//! What the app is told each frame.

use feedback_sdk::{Receipt, ReportId};

/// What happened in this frame. All quiet by default.
///
/// What becomes of a report otherwise, such as that it waits and why, is told by
/// [`FeedbackClient::subscribe`](feedback_sdk::FeedbackClient::subscribe), also of reports of earlier runs. A report
/// is changed or withheld by [`FeedbackConfig::before_send`](feedback_sdk::FeedbackConfig::before_send). Before a
/// picture is taken, [`FeedbackDialog::is_taking_picture`](crate::FeedbackDialog::is_taking_picture) says so.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct FeedbackResponse {
    /// The dialog has appeared.
    pub opened: bool,
    /// The person has closed the dialog.
    pub closed: bool,
    /// The person has sent a report: it is complete and on its way to the disk. Nothing is promised yet.
    pub sending: Option<ReportId>,
    /// The person's report was stored: it survives a power cut and will be sent.
    pub stored: Option<ReportId>,
    /// The person's report is in the file of [`FeedbackDialog::save_to`](crate::FeedbackDialog::save_to).
    pub saved: Option<ReportId>,
    /// The person's report could be neither stored nor sent, for this reason, in the words that they read. What
    /// they wrote is back in the form.
    pub not_stored: Option<String>,
    /// The server has refused a report that was sent from this dialog. It is kept, and not sent again by itself.
    pub refused: Option<ReportId>,
    /// A report that was sent from this dialog has arrived. Told also while the dialog is closed.
    pub sent: Option<Receipt>,
    /// The link of [`FeedbackDialog::thank_you_link`](crate::FeedbackDialog::thank_you_link) was clicked.
    pub thank_you_link_clicked: bool,
}
