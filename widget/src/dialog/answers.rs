//! What comes back from the SDK, and what is done with it: one frame's worth, without waiting.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::Context;
use feedback_sdk::{Events, FeedbackError, Pending, ReportId};

use super::attachments::Sight;
use super::form::Notice;
use super::{FeedbackDialog, FeedbackResponse, Focus};
use crate::phase::{Happened, Phase};
use crate::text;

/// What has been asked of the SDK and is not answered yet.
#[derive(Default)]
pub(crate) struct Sdk {
    events: Option<Events>,
    /// Whether answers should wake the app.
    pub(crate) wake: Arc<AtomicBool>,
    pub(crate) storing: Option<Pending<ReportId>>,
    pub(crate) deleting: Option<Pending<()>>,
    pub(crate) retrying: Option<Pending<()>>,
    pub(crate) saving: Option<Saving>,
}

/// A report on its way into a file of the person's choice.
pub(crate) enum Saving {
    /// It must be collected first.
    Wanted(PathBuf),
    Report(PathBuf, Pending<u64>),
    Stored(PathBuf, Pending<()>),
}

impl FeedbackDialog {
    /// Listens to the SDK from the first frame on that shows the dialog.
    pub(super) fn subscribe(&mut self, ctx: &Context) {
        if self.sdk.events.is_none() {
            let (ctx, viewport) = (ctx.clone(), ctx.viewport_id());
            let wake = Arc::clone(&self.sdk.wake);
            self.sdk.events = Some(self.client.subscribe(move || {
                if wake.load(Ordering::Relaxed) {
                    ctx.request_repaint_of(viewport);
                }
            }));
        }
    }

    /// Moves on to the phase that follows, and the keyboard with it.
    pub(super) fn happened(&mut self, happened: Happened) {
        let before = std::mem::replace(&mut self.phase, Phase::FORM);
        let had_draft = before.has_draft();
        let kind = std::mem::discriminant(&before);
        let was_taken_back = matches!(before, Phase::TakingBack(_));
        self.phase = before.after(happened);
        if had_draft && self.phase.is_end() {
            self.form.clear();
            self.contents.forget();
        }
        if was_taken_back && matches!(self.phase, Phase::Form { .. }) {
            // It may have arrived after all: the next one is another report.
            self.contents.forget();
        }
        if kind != std::mem::discriminant(&self.phase) {
            self.focus = match &self.phase {
                Phase::Form { .. } => Focus::Message,
                phase if phase.is_end() => Focus::Close,
                _ => Focus::Stay,
            };
        }
    }

    /// The person must look at the form again, also if the dialog was closed meanwhile.
    fn back_to_form(&mut self, happened: Happened) {
        self.happened(happened);
        self.open();
    }

    /// Takes every answer that has come.
    pub(super) fn take_answers(&mut self, ctx: &Context, response: &mut FeedbackResponse) {
        self.form.poll();
        if let Some((wish, paths)) = self.picker.poll() {
            self.picked(wish, paths);
        }
        while let Some(shot) = self.pasted.next() {
            self.form.add_picture(Sight::new(ctx, shot));
        }
        self.go_on_collecting(ctx);
        self.take_stored(response);
        self.take_saved();
        if let Some(answer) = poll(&mut self.sdk.retrying)
            && let Err(error) = answer
        {
            self.happened(Happened::NotRetried(error.to_string()));
        }
        match poll(&mut self.sdk.deleting) {
            // Gone from the spool: deleted, or delivered, which an event tells.
            Some(Ok(()) | Err(FeedbackError::UnknownReport(_))) => {
                self.take_events(response);
                self.happened(Happened::TakenBack);
            }
            Some(Err(_)) => self.happened(Happened::NotTakenBack),
            None => {}
        }
        self.take_events(response);
    }

    fn take_events(&mut self, response: &mut FeedbackResponse) {
        while let Some(event) = self.sdk.events.as_ref().and_then(Events::try_next) {
            let was_sent = matches!(self.phase, Phase::Sent(_));
            self.happened(Happened::Told(event));
            if let Phase::Sent(receipt) = &self.phase
                && !was_sent
            {
                response.sent = Some(receipt.clone());
            }
        }
    }

    /// Collects where it is wanted: to show, to send or to save. Hands over what is collected.
    pub(super) fn go_on_collecting(&mut self, ctx: &Context) {
        match self.contents.poll(&self.form) {
            Ok(None) => {}
            Ok(Some(problems)) => {
                if self.form.note_problems(&problems) {
                    self.back_to_form_if_sending();
                }
            }
            Err(error) => {
                self.sdk.saving = None;
                self.contents.is_open = false;
                self.back_to_form(Happened::NotStored(text::not_stored(&error)));
            }
        }
        let to_send = matches!(self.phase, Phase::Collecting);
        let to_save = matches!(self.sdk.saving, Some(Saving::Wanted(_)));
        if !(to_send || to_save || self.contents.is_open) {
            return;
        }
        if !self.contents.is_current(&self.form) {
            self.contents
                .collect(&self.client, &self.form, ctx.pixels_per_point());
            return;
        }
        if to_save
            && let Some(Saving::Wanted(path)) = self.sdk.saving.take()
            && let Some(report) = self.contents.current(&self.form)
        {
            let answer = self.client.save(report, path.clone());
            self.sdk.saving = Some(Saving::Report(path, answer));
        }
        if to_send && let Some(report) = self.contents.current(&self.form) {
            self.happened(Happened::HandedOver(report.id()));
            self.sdk.storing = Some(self.client.submit(report));
        }
    }

    /// A file the person chose cannot be sent: they should know before anything is.
    fn back_to_form_if_sending(&mut self) {
        if matches!(self.phase, Phase::Collecting) {
            self.back_to_form(Happened::MustLook);
        }
    }

    fn take_stored(&mut self, response: &mut FeedbackResponse) {
        match poll(&mut self.sdk.storing) {
            Some(Ok(id)) => response.stored = Some(id),
            Some(Err(error)) => self.back_to_form(Happened::NotStored(text::not_stored(&error))),
            None => {}
        }
    }

    fn take_saved(&mut self) {
        let (path, answer) = match &mut self.sdk.saving {
            Some(Saving::Report(path, answer)) => (path, answer.poll().map(|saved| saved.map(drop))),
            Some(Saving::Stored(path, answer)) => (path, answer.poll()),
            Some(Saving::Wanted(_)) | None => return,
        };
        self.form.notice = Some(match answer {
            None => return,
            Some(Ok(())) => Notice::Good(text::saved(path)),
            Some(Err(error)) => Notice::Bad(text::not_saved(&error)),
        });
        self.sdk.saving = None;
    }
}

/// Takes an answer and forgets the question.
fn poll<T>(pending: &mut Option<Pending<T>>) -> Option<Result<T, FeedbackError>> {
    let answer = pending.as_mut()?.poll()?;
    *pending = None;
    Some(answer)
}
