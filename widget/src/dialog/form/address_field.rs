//! The field for the address at which the person wants an answer, and what is said of it.

use egui::{Context, Ui};

use super::Form;
use crate::address::{self, Advice};
use crate::dialog::long_text::Field;
use crate::dialog::parts;
use crate::words::Words;

/// The longest e-mail address there can be (RFC 5321, section 4.5.3.1).
const LONGEST_ADDRESS: usize = 254;

/// An advice that stands below the field for the address.
pub(super) struct Advised {
    address: String,
    advice: Advice,
    /// The frame in which it came.
    since: u64,
}

impl Advised {
    fn of(address: &str, since: u64) -> Option<Self> {
        Some(Self {
            address: address.to_owned(),
            advice: address::advice(address)?,
            since,
        })
    }
}

impl Form {
    /// The address for the answer, and an advice about it once it is typed. Whether it has changed.
    pub(super) fn address_field(&mut self, ui: &mut Ui, words: &Words) -> bool {
        let label = ui.label(&*words.reply_to);
        let mut address = Field::new(ui, self.ids.of("reply-to"), &mut self.reply_to, LONGEST_ADDRESS);
        let field = address.line().desired_width(f32::INFINITY);
        let field = parts::field(ui, field).labelled_by(label.id);
        let aside = address.aside(ui);
        self.put_aside(aside);
        let advice = |form: &Self| Some(form.advised()?.advice.clone());
        if advice(self) == Some(Advice::NoAddress) {
            parts::describe(&field, &words.no_address); // also for who comes back to it
        }
        if field.has_focus() {
            return field.changed();
        }
        if self.advised().is_none() {
            let frame = ui.ctx().cumulative_frame_nr();
            self.advised = Advised::of(&self.reply_to, frame);
        }
        match advice(self) {
            None => {}
            Some(Advice::NoAddress) => {
                parts::lasting(ui, "no address", |ui| parts::complain(ui, &words.no_address));
            }
            Some(Advice::DidYouMean(meant)) => {
                let offer = parts::button(words.did_you_mean(&meant)).wrap();
                let offer = parts::reachable(ui.add(offer));
                parts::announce(&offer);
                if offer.clicked() {
                    self.reply_to = meant;
                    ui.memory_mut(|memory| memory.request_focus(field.id)); // the offer goes
                    return true;
                }
            }
        }
        field.changed()
    }

    fn advised(&self) -> Option<&Advised> {
        self.advised
            .as_ref()
            .filter(|advised| advised.address == self.reply_to)
    }

    /// Whether there is something to say of the address that nobody can have seen before this frame: who sends from the
    /// field itself has not.
    pub(crate) fn has_unseen_advice(&self, ctx: &Context) -> bool {
        let frame = ctx.cumulative_frame_nr();
        match self.advised() {
            Some(advised) => advised.since >= frame,
            None => address::advice(&self.reply_to).is_some(),
        }
    }
}
