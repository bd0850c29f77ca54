//! What a screen can ask of the dialog.

use std::path::PathBuf;

use egui::Id;
use feedback_sdk::{ReportId, Screen};

use crate::pick::{Picked, Wish};

/// What the person wants, as the screens report it.
pub(super) enum Action {
    Send,
    Cancel,
    Close,
    Retry,
    Back,
    Show,
    Capture,
    CaptureScreen(Screen),
    CopyText,
    /// Copies the number of the report.
    CopyNumber(String),
    Link,
    /// Attaches the files whose names were pasted.
    AttachNamed,
    /// Has nothing in an attached file hidden, or what the rules find.
    AsItIs(PathBuf, bool),
    Pick(Wish),
    Picked(Picked),
    /// Reads a file of the report; the keyboard was on this.
    Read(String, Id),
    LeaveFile,
    /// Opens the editor of the picture with this key; the keyboard was on this.
    EditPicture(u64, Id),
    /// Leaves the editor, if nothing is lost by that.
    LeavePicture,
    StayWithPicture,
    /// Leaves the editor without what was done in it.
    DropPicture,
    FinishPicture,
    OpenList,
    LeaveList,
    SendNow(ReportId),
    /// Puts the words of this earlier report into the form.
    TakeUp(ReportId),
    /// Asks whether to delete this report, or asks no more.
    AskToDelete(Option<ReportId>),
    Delete(ReportId),
    /// Comes back from the question before the window goes.
    Stay,
    LeaveAnyway,
}
