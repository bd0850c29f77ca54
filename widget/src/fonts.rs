//! Fonts for letters that the app's own fonts lack. They are looked for on a thread of their own and go behind all
//! that the app has chosen; an app that can draw a letter is never asked about it.

mod find;
mod install;
mod painted;

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::sync::Arc;
use std::sync::mpsc::TryRecvError;

use egui::{Context, FontFamily, FontId, FontProvider, LayerId};

use self::find::{Found, Source};
use self::painted::{Lacking, Seen, is_unprintable};
use crate::dialog::background::start;
use crate::handover::{Receiver, channel};

/// So often the app's own change of fonts is followed from one opening of the dialog to the next.
const MOST_CHANGES: u32 = 10;

/// What is known about letters and fonts.
pub(crate) struct Fallback {
    source: Source,
    /// Letters of the window that were looked at.
    seen: Seen,
    /// Letters that the app's fonts lack.
    lacking: BTreeSet<char>,
    /// Those of them that are still to be looked for.
    wanted: Vec<char>,
    running: Option<Receiver<Found>>,
    /// The hash of the names of the fonts that there were last.
    names: Option<u64>,
    /// Some of ours come with the next pass.
    has_added: bool,
    /// How often the app has set others since the dialog was opened.
    changes: u32,
    /// Whether the language can be drawn may have changed.
    is_language_due: bool,
    /// A font that would help, if it were installed.
    missing: Option<String>,
    is_told: bool,
}

impl Default for Fallback {
    fn default() -> Self {
        Self {
            source: Source::System,
            seen: Seen::default(),
            lacking: BTreeSet::new(),
            wanted: Vec::new(),
            running: None,
            names: None,
            has_added: false,
            changes: 0,
            is_language_due: true,
            missing: None,
            is_told: false,
        }
    }
}

impl Fallback {
    /// Looks for fonts here instead of in the system.
    pub(crate) fn set_source(&mut self, source: Arc<dyn FontProvider>) {
        self.source = Source::Given(source);
    }

    /// The dialog opens: the app may have other fonts than before, and the system more.
    pub(crate) fn start_anew(&mut self) {
        self.changes = 0;
        self.look_again();
    }

    /// Looks at every letter again.
    fn look_again(&mut self) {
        self.seen = Seen::default();
        self.lacking.clear();
        self.is_language_due = true;
    }

    /// The window is to speak another language.
    pub(crate) fn language_changed(&mut self) {
        self.is_language_due = true;
    }

    /// Whether to look if the language can be drawn. Asked once per change.
    pub(crate) fn take_language_due(&mut self) -> bool {
        std::mem::take(&mut self.is_language_due)
    }

    /// Whether the app's fonts have all these letters. What they lack is wanted from now on.
    pub(crate) fn has(&mut self, ctx: &Context, letters: impl Iterator<Item = char>) -> bool {
        let mut seen = Seen::default();
        let mut new = BTreeSet::new();
        new.extend(letters.filter(|letter| seen.is_new(*letter)));
        let mut has_all = true;
        for letter in lacking(ctx, &new).into_iter().flat_map(|(_, letters)| letters) {
            has_all = false;
            if self.lacking.insert(letter) && !is_unprintable(letter) {
                self.wanted.push(letter);
            }
        }
        has_all
    }

    /// Looks at what was just painted on a layer. What cannot be drawn, perhaps only until there is a font for it, is
    /// a dot and no box.
    pub(crate) fn look_at(&mut self, ctx: &Context, layer: LayerId) {
        self.follow_the_app(ctx);
        let new = painted::new_letters(ctx, layer, &mut self.seen);
        if !new.is_empty() {
            self.has(ctx, new.into_iter());
        }
        if !self.lacking.is_empty() && painted::has_any(ctx, layer) {
            let lacking = lacking(ctx, &self.lacking);
            // A font may have come for the others.
            self.lacking
                .retain(|letter| lacking.iter().any(|(_, letters)| letters.contains(letter)));
            painted::dot_boxes(ctx, layer, &lacking);
        }
    }

    /// Whether there is something to look for.
    pub(crate) fn is_wanting(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// Where the app sets other fonts, ours are gone. Not in each frame, for an app that does so in each frame.
    fn follow_the_app(&mut self, ctx: &Context) {
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        let names = ctx.fonts(|fonts| hasher.hash_one(&fonts.definitions().families));
        let has_added = std::mem::take(&mut self.has_added);
        let before = self.names.replace(names);
        if before.is_some_and(|before| before != names) && !has_added && self.changes < MOST_CHANGES {
            self.changes += 1;
            self.look_again();
            ctx.request_repaint();
        }
    }

    /// Takes what was found, and looks for what is wanted: in the system, with the fonts of this language first.
    /// `wake` is called on another thread once there is more to take.
    pub(crate) fn go_on(
        &mut self,
        ctx: &Context,
        language: &'static str,
        wake: impl FnOnce() + Send + 'static,
    ) {
        if let Some(running) = &self.running {
            match running.try_recv() {
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Disconnected) => {} // nothing will come of it
                Ok(found) => self.take(ctx, found),
            }
            self.running = None;
        }
        if self.is_wanting() {
            self.running = self.search(ctx, language, wake);
        }
    }

    fn take(&mut self, ctx: &Context, found: Found) {
        for font in found.fonts {
            ctx.add_font(font);
            self.has_added = true;
        }
        // The next pass is the first that has them.
        self.is_language_due = true;
        ctx.request_repaint();
        if !self.is_told {
            self.missing = found.lacking.into_iter().find_map(install::font_for);
        }
    }

    fn search(
        &mut self,
        ctx: &Context,
        language: &'static str,
        wake: impl FnOnce() + Send + 'static,
    ) -> Option<Receiver<Found>> {
        let source = self.source.clone();
        let letters = std::mem::take(&mut self.wanted);
        let families = families(ctx);
        let own = ctx.fonts(|fonts| fonts.definitions().clone());
        let (sender, found) = channel();
        let search = move || {
            // The dialog may be gone by now.
            sender.send(find::find(source, own, &families, &letters, language));
            wake();
        };
        start("feedback-fonts", search).ok().map(|()| found)
    }

    /// The font to install so that all can be read. Told once.
    pub(crate) fn take_missing(&mut self) -> Option<String> {
        let missing = self.missing.take()?;
        self.is_told = true;
        Some(missing)
    }
}

/// Which of these letters the app's fonts lack now, in each family of its style.
fn lacking(ctx: &Context, letters: &BTreeSet<char>) -> Lacking {
    let families = families(ctx).into_iter();
    ctx.fonts_mut(|fonts| {
        let of_family = |family| {
            let font = any_size(&family);
            let lacks = |letter: &char| !fonts.has_glyph(&font, *letter);
            let mut lacking = BTreeSet::new();
            lacking.extend(letters.iter().copied().filter(lacks));
            (family, lacking)
        };
        families.map(of_family).collect()
    })
}

/// The families that the app's style writes with.
fn families(ctx: &Context) -> Vec<FontFamily> {
    let style = ctx.global_style();
    let mut families = Vec::new();
    for font in style.text_styles.values() {
        if !families.contains(&font.family) {
            families.push(font.family.clone());
        }
    }
    families
}

/// Whether there is a letter does not depend on the size.
fn any_size(family: &FontFamily) -> FontId {
    FontId::new(FontId::default().size, family.clone())
}

#[cfg(test)]
mod tests {
    use egui::RawInput;
    use egui::epaint::text::FontDefinitions;

    use super::*;

    /// A window of an app with only this of egui's fonts.
    fn frame(ctx: &Context, font: &str, fallback: &mut Fallback) {
        let mut fonts = FontDefinitions::default();
        for family in fonts.families.values_mut() {
            *family = vec![font.to_owned()];
        }
        ctx.set_fonts(fonts);
        let mut frame = ctx.run_ui(RawInput::default(), |ui| {
            ui.label("a\u{18f}"); // Hack has no capital schwa
            fallback.look_at(ui.ctx(), ui.layer_id());
        });
        frame.textures_delta.clear();
    }

    #[test]
    fn an_app_that_sets_other_fonts_in_each_frame_is_not_followed_in_each() {
        let (ctx, mut fallback) = (Context::default(), Fallback::default());
        let mut looks = 0;
        for number in 0..3 * MOST_CHANGES {
            frame(&ctx, ["Hack", "Ubuntu-Light"][number as usize % 2], &mut fallback);
            looks += u32::from(fallback.take_language_due());
        }
        assert_eq!(looks, 1 + MOST_CHANGES, "and the first");
    }

    #[test]
    fn a_letter_that_a_font_has_come_for_is_asked_about_no_more() {
        let (ctx, mut fallback) = (Context::default(), Fallback::default());
        frame(&ctx, "Hack", &mut fallback);
        assert_eq!(fallback.lacking, ['\u{18f}'].into());
        frame(&ctx, "Ubuntu-Light", &mut fallback);
        assert!(fallback.lacking.is_empty());
    }
}
