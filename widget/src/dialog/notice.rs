//! What is told between the buttons and the fields.

use std::path::PathBuf;

use egui::Ui;
use feedback_sdk::ScreenError;

use super::parts;
use crate::phase::Cause;
use crate::words::Words;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// The app's window was kept from being closed over what stands here.
    WouldBeLost,
    /// A pasted text stands below the field.
    IsLong,
    /// Something was added while there is no form.
    ForNext,
    /// Something was added while a picture is edited.
    Added,
    /// What has this name was taken out again.
    Removed(String),
    /// The person's text.
    Copied,
    /// What stands beside the button.
    CopiedThis,
    Saved(PathBuf),
    NoPicture,
    NoScreen(ScreenError),
    /// Some letters cannot be drawn; this font would help.
    NoFont(String),
    /// What was said in an earlier report stands in the form again.
    WordsAgain,
    NotRead(Cause),
    NotDeleted(Cause),
    NotSaved(Cause),
    /// What was to be saved has arrived, and is on this computer no more.
    SentInstead,
    /// What was to be saved has been taken out.
    NothingToSave,
}

/// What went well or wrong, if anything did.
pub(crate) fn show(ui: &mut Ui, words: &Words, notice: Option<&Notice>) {
    match notice {
        // So that what has the keyboard below keeps it when one comes.
        None => ui.skip_ahead_auto_ids(1),
        // And is read out once, whatever comes or goes above it.
        Some(notice) => parts::lasting(ui, "notice", |ui| {
            let told = ui.scope(|ui| notice.show(ui, words)).response;
            if is_new(ui) {
                parts::scroll_to(&told, None); // in a low window it may stand below the fold
            }
        }),
    }
}

/// Whether nothing was told in the frame before.
fn is_new(ui: &Ui) -> bool {
    let (last, now) = (ui.scope_id().with("last frame"), ui.ctx().cumulative_frame_nr());
    let before = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<u64>(last), now));
    before + 1 < now
}

impl Notice {
    fn show(&self, ui: &mut Ui, words: &Words) {
        match self {
            Self::WouldBeLost => parts::complain(ui, &words.leave_again),
            Self::IsLong => parts::say(ui, &words.is_long),
            Self::ForNext => parts::say(ui, &words.for_next),
            Self::Added => parts::say(ui, &words.added),
            Self::Removed(name) => parts::say(ui, &words.removed(name)),
            Self::Copied => parts::say(ui, &words.copied),
            Self::CopiedThis => parts::say(ui, &words.copied_this),
            Self::Saved(path) => parts::say(ui, &words.saved(&path.to_string_lossy())),
            Self::NoPicture => parts::complain(ui, &words.no_picture),
            Self::NoScreen(why) => parts::complain(ui, words.no_screen(why)),
            Self::NoFont(font) => parts::say(ui, &words.no_font(font)),
            Self::WordsAgain => parts::say(ui, &words.words_again),
            Self::NotRead(cause) => parts::complain(ui, &words.attachment_unreadable(&words.cause(cause))),
            Self::NotDeleted(cause) => parts::complain(ui, &words.not_deleted(&words.cause(cause))),
            Self::NotSaved(cause) => parts::complain(ui, &words.not_saved(&words.cause(cause))),
            Self::SentInstead => parts::complain(ui, &words.not_saved(&words.arrived)),
            Self::NothingToSave => parts::complain(ui, &words.not_saved(&words.nothing_yet)),
        }
    }
}
