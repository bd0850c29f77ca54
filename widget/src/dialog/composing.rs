//! Whether an input method is at work. Its keys are not ours: Escape takes back what is being composed, and what is
//! composed is no text yet.

use egui::{Context, Event, ImeEvent, Key};

/// Follows what the input method tells.
#[derive(Default)]
pub(super) struct Composing {
    is_active: bool,
    /// The frame in which it was active last. The key that ended it may come in the same one.
    last: Option<u64>,
}

impl Composing {
    /// Looks at what came in this frame.
    pub(super) fn follow(&mut self, ctx: &Context) {
        let now = ctx.cumulative_frame_nr();
        if self.is_active {
            self.last = Some(now);
        }
        ctx.input(|input| {
            for event in &input.events {
                match event {
                    Event::Ime(ImeEvent::Preedit { text, .. }) => self.is_active = !text.is_empty(),
                    // After Escape, what was composed is text or gone; not every system says more.
                    Event::Ime(ImeEvent::Commit(_))
                    | Event::Key {
                        key: Key::Escape,
                        pressed: true,
                        ..
                    } => self.is_active = false,
                    _ => {}
                }
            }
        });
        // It ends with the field it was for: then what stands there is text, and not every system says more.
        self.is_active &= ctx.memory(|memory| memory.focused().is_some());
        if self.is_active {
            self.last = Some(now);
        }
    }

    /// Whether keys in this frame may be meant for the input method.
    pub(super) fn has_keys(&self, ctx: &Context) -> bool {
        self.last == Some(ctx.cumulative_frame_nr())
    }
}
