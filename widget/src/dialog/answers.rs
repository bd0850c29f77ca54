//! What comes back from the SDK, and what is done with it: one frame's worth, without waiting.

use std::sync::Arc;
use std::time::Instant;

use egui::Context;
use feedback_sdk::{DeliveryEvent, Events, FeedbackError, Pending, Report, ReportId};

use super::capture::Captured;
use super::list::List;
use super::notice::Notice;
use super::remembered::Remembered;
use super::said::Said;
use super::sdk::Storing;
use super::sight::Sight;
use super::{FeedbackDialog, FeedbackResponse, Focus};
use crate::phase::{Cause, Happened, Pace, Phase, Stage, Trouble};
use crate::pick::Wish;

impl FeedbackDialog {
    /// Listens to the SDK from the first frame on that shows the dialog.
    pub(super) fn subscribe(&mut self, ctx: &Context) {
        self.sdk.bell.hang_in(ctx);
        if self.sdk.events.is_none() {
            let bell = Arc::clone(&self.sdk.bell);
            self.sdk.events = Some(self.client.subscribe(move || bell.ring()));
            if self.remembers_address {
                self.sdk.remembered = Remembered::Asked(self.client.reply_to());
            }
        }
    }

    /// Moves on to the phase that follows, and what was said and the keyboard with it.
    pub(super) fn happened(&mut self, happened: Happened) {
        let before = std::mem::replace(&mut self.phase, Phase::FORM);
        let kind = kind(&before);
        let was_away = before.journey().filter(|journey| !journey.is_sent());
        let was_away = was_away.map(|journey| journey.id);
        self.phase = before.after(happened);
        if self.phase.journey().is_none() {
            self.sdk.filed = None;
        }
        match (&self.phase, was_away) {
            (Phase::Form { .. }, Some(id)) => {
                let said = std::mem::take(&mut self.away);
                self.put_back(said);
                self.picker.rename(Wish::Save(Some(id)), Wish::Save(None));
                self.sdk.saving.iter_mut().for_each(|saving| saving.come_back(id));
            }
            // It is in safe hands.
            (Phase::Away(journey), _) if journey.is_sent() => {
                self.drop_refused();
                self.away = Said::default();
            }
            _ => {}
        }
        match self.phase.journey().map(|journey| &journey.stage) {
            Some(Stage::Sending(upload)) if upload.total > 0 => self.pace.note(*upload, Instant::now()),
            _ => self.pace = Pace::default(),
        }
        if kind != self::kind(&self.phase) {
            self.focus = self.focus_of_screen();
        }
    }

    /// Where the keyboard belongs.
    pub(super) fn focus_of_screen(&self) -> Focus {
        match &self.phase {
            Phase::Form { .. } if !self.list.is_open && self.picture_editor.is_none() => Focus::Message,
            _ => Focus::Button,
        }
    }

    /// The person must look at the form again, also if the dialog was closed meanwhile.
    pub(super) fn back_to_form(&mut self, happened: Happened) {
        self.list = List::default();
        self.happened(happened);
        self.open();
    }

    /// Takes every answer that has come.
    pub(super) fn take_answers(&mut self, ctx: &Context, response: &mut FeedbackResponse) {
        self.take_address();
        if self.form.poll(&self.client, ctx) {
            self.back_to_form_if_sending();
        }
        self.screens.poll(ctx, &self.client, self.is_open);
        // What is chosen while the dialog is closed is not to hold up a report that is being collected.
        if self.is_open
            && let Some(picked) = self.picker.poll(ctx)
        {
            self.picked(picked);
        }
        while let Some(pasted) = self.pasted.next() {
            self.captured(ctx, pasted);
        }
        self.take_edited(ctx);
        self.follow_reports(ctx, response);
        if response.sent.is_some() || response.refused.is_some() {
            // There may be more: each is told in a frame of its own.
            self.sdk.bell.ring();
        }
    }

    /// Takes what has become of reports. It takes no picture, no click and no drawing.
    pub(super) fn follow_reports(&mut self, ctx: &Context, response: &mut FeedbackResponse) {
        self.go_on_collecting(ctx, response);
        self.take_stored(response);
        self.copy_reports();
        self.take_saved(response);
        self.take_filed(response);
        self.take_retried(response);
        self.take_deleted(response);
        self.take_dropped();
        self.take_listed();
        self.learn_beginnings();
        self.take_words();
        self.take_events(response);
    }

    /// A picture is here, or will never be.
    pub(super) fn captured(&mut self, ctx: &Context, captured: Captured) {
        match captured {
            Captured::Shot(shot) => {
                self.hold_back();
                self.form.add_picture(Sight::new(ctx, shot));
            }
            Captured::Failed => self.form.notice = Some(Notice::NoPicture),
            Captured::NoScreen(why) => self.form.notice = Some(Notice::NoScreen(why)),
            Captured::NotYet | Captured::GivenUp => {}
        }
    }

    pub(super) fn take_events(&mut self, response: &mut FeedbackResponse) {
        while response.sent.is_none()
            && response.refused.is_none()
            && let Some(event) = self.sdk.events.as_ref().and_then(Events::try_next)
        {
            self.follow_what_is_gone();
            if let DeliveryEvent::Stored { id, .. } = event
                && self
                    .phase
                    .journey()
                    .is_some_and(|ours| ours.id == id && ours.unkept.is_some())
            {
                response.stored = Some(id); // the disk has taken it after all
                self.drop_refused();
            }
            if !matches!(event, DeliveryEvent::Sending { .. }) {
                self.sdk.spool_changed();
            }
            match &event {
                DeliveryEvent::Sent(receipt) if self.follows(receipt.id) => {
                    response.sent = Some(receipt.clone());
                }
                DeliveryEvent::Sent(receipt) if self.says_again(receipt.id) => {
                    response.sent = Some(receipt.clone());
                    self.arrived_after_all(receipt);
                    continue;
                }
                DeliveryEvent::Refused { id, .. } if self.follows(*id) => response.refused = Some(*id),
                _ => {}
            }
            self.earlier.retain_mut(|earlier| earlier.told(&event));
            self.happened(Happened::Told(event));
        }
    }

    /// Whether it is known that a report has arrived.
    pub(super) fn has_arrived(&self, id: ReportId) -> bool {
        let earlier = self.earlier.iter().map(|earlier| &earlier.journey);
        let mut all = self.phase.journey().into_iter().chain(earlier);
        all.any(|journey| journey.id == id && journey.is_sent())
    }

    /// Whether a report was sent from this dialog.
    fn follows(&self, id: ReportId) -> bool {
        let earlier = self.earlier.iter().filter(|earlier| earlier.is_followed);
        let current = self.phase.journey().into_iter();
        current
            .chain(earlier.map(|earlier| &earlier.journey))
            .any(|journey| journey.id == id)
    }

    fn take_stored(&mut self, response: &mut FeedbackResponse) {
        if let Some((stored, report)) = self.poll_stored() {
            self.stored(stored, report, response);
        }
    }

    /// Whether the report is stored, once that is known, and the report that may still be sent from memory.
    pub(super) fn poll_stored(&mut self) -> Option<(Result<ReportId, FeedbackError>, Option<Report>)> {
        if let Some(Stage::TakingBack(_)) = self.phase.journey().map(|journey| &journey.stage) {
            return None; // it is being deleted: whether it was stored matters only if that fails
        }
        let answer = self.sdk.storing.as_mut()?.poll()?;
        self.sdk.storing = None;
        Some(answer)
    }

    /// The report is stored, or goes from memory if it can, or is back in the form.
    pub(super) fn stored(
        &mut self,
        stored: Result<ReportId, FeedbackError>,
        report: Option<Report>,
        response: &mut FeedbackResponse,
    ) {
        match (stored, report) {
            (Ok(id), Some(_)) => {
                response.stored = Some(id);
                self.drop_refused();
                self.note_address();
            }
            (Ok(_), None) => {} // from memory: nothing is promised
            (Err(error), Some(report)) if has_no_disk(&error) => {
                self.happened(Happened::Unkept(Cause::from(&error)));
                self.sdk.storing = Some(Storing::Unstored(self.client.send_unstored(report)));
            }
            (Err(error), _) => {
                self.not_stored(Trouble::Storing(Cause::from(&error)), response);
            }
        }
    }

    /// The words of refused reports are stored anew, or have arrived. If an old report stays, nobody sends it.
    fn drop_refused(&mut self) {
        for refused in self.away.refused.drain(..) {
            drop(self.client.delete(refused));
        }
    }

    /// Nothing was promised: the person must know.
    pub(super) fn not_stored(&mut self, trouble: Trouble, response: &mut FeedbackResponse) {
        response.not_stored = Some(self.words.trouble(&trouble));
        self.back_to_form(Happened::NotStored(trouble));
    }

    pub(super) fn take_deleted(&mut self, response: &mut FeedbackResponse) {
        match poll(&mut self.sdk.deleting) {
            // Gone from the spool: deleted, or delivered, which an event tells.
            Some(Ok(()) | Err(FeedbackError::UnknownReport(_))) => {
                self.take_events(response);
                self.sdk.storing = None;
                self.happened(Happened::TakenBack);
            }
            Some(Err(_)) => self.happened(Happened::NotTakenBack),
            None => {}
        }
    }

    fn take_retried(&mut self, response: &mut FeedbackResponse) {
        let asked = std::mem::take(&mut self.sdk.retrying);
        for (id, mut pending) in asked {
            match pending.poll() {
                None => self.sdk.retrying.push((id, pending)),
                Some(Ok(())) => {}
                Some(Err(error)) => self.not_retried(id, &error, response),
            }
        }
    }

    fn not_retried(&mut self, id: ReportId, error: &FeedbackError, response: &mut FeedbackResponse) {
        // Its receipt may be here already.
        self.take_events(response);
        let happened = match error {
            FeedbackError::UnknownReport(_) => Happened::GoneAlready(id),
            error => Happened::NotRetried(id, Cause::from(error)),
        };
        for earlier in &mut self.earlier {
            earlier.happened(happened.clone());
        }
        self.happened(happened);
    }

    fn take_dropped(&mut self) {
        let notice = &mut self.form.notice;
        self.sdk.dropping.retain_mut(|pending| match pending.poll() {
            None => true,
            // Gone before it could be deleted: it has arrived, which an event tells.
            Some(Ok(()) | Err(FeedbackError::UnknownReport(_))) => false,
            Some(Err(error)) => {
                *notice = Some(Notice::NotDeleted(Cause::from(&error)));
                false
            }
        });
    }

    /// Asks what waits in the spool, and asks again where it has changed meanwhile.
    fn take_listed(&mut self) {
        if let Some(Ok(limit)) = poll(&mut self.sdk.limiting) {
            self.sdk.limit = limit;
        }
        let listed = poll(&mut self.sdk.listing);
        if self.sdk.listing.is_some() {
            return;
        }
        if !std::mem::replace(&mut self.sdk.is_list_new, true) {
            self.sdk.listing = Some(self.client.waiting());
            self.sdk.limiting = Some(self.client.limit()); // what was sent may have told
        } else if let Some(Ok(listed)) = listed {
            self.follow_what_is_gone();
            self.spool_was_read(&listed);
        }
    }
}

/// Which screen a phase has.
fn kind(phase: &Phase) -> impl PartialEq + use<> {
    let journey = phase.journey();
    let stage = journey.map(|journey| std::mem::discriminant(&journey.stage));
    let is_kept = journey.is_some_and(|journey| journey.unkept.is_none());
    (std::mem::discriminant(phase), stage, is_kept)
}

/// Whether the disk is to blame, and the network may still do.
fn has_no_disk(error: &FeedbackError) -> bool {
    matches!(
        error,
        FeedbackError::Spool { .. } | FeedbackError::UnsafeSpool { .. } | FeedbackError::NoSpoolFolder
    )
}

/// Takes an answer and forgets the question.
fn poll<T>(pending: &mut Option<Pending<T>>) -> Option<Result<T, FeedbackError>> {
    let answer = pending.as_mut()?.poll()?;
    *pending = None;
    Some(answer)
}
