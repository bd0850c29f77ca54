//! What an act has cost, and what of it is egui's own: the peer lays out the same texts and draws their letters.

use std::sync::Arc;
use std::time::Duration;

use egui::epaint::ClippedShape;
use egui::text::LayoutJob;
use egui::{Context, RawInput, Shape};

use super::super::cpu::{cpu_time, cpu_time_since};
use super::super::font::Source;

/// What an act has cost.
pub(crate) struct Cost {
    pub(crate) act: String,
    /// The processor's time that the dialog has taken in the slowest of its frames.
    pub(crate) frame: Duration,
    pub(crate) texts: Texts,
}

/// The texts in a frame.
#[derive(Default)]
pub(crate) struct Texts {
    jobs: Vec<Arc<LayoutJob>>,
    pixels_per_point: f32,
}

impl Texts {
    pub(super) fn of(shapes: &[ClippedShape], pixels_per_point: f32) -> Self {
        let mut texts = Self {
            jobs: Vec::new(),
            pixels_per_point,
        };
        for clipped in shapes {
            texts.read(&clipped.shape);
        }
        texts
    }

    fn read(&mut self, shape: &Shape) {
        match shape {
            Shape::Text(text) => self.jobs.push(Arc::clone(&text.galley.job)),
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| self.read(shape)),
            _ => {}
        }
    }

    /// The processor's time that egui alone takes to lay them out, in letters of a size that it has not drawn before.
    /// The least of three times.
    pub(crate) fn alone(&self) -> Duration {
        let times = [(); 3].map(|()| self.lay_out());
        times.into_iter().min().unwrap_or_default()
    }

    fn lay_out(&self) -> Duration {
        let ctx = Context::default();
        ctx.add_font_provider(Source::for_all_languages());
        let mut took = Duration::ZERO;
        // The first time it reads the fonts as well.
        for zoom in [self.pixels_per_point / 2.0, self.pixels_per_point] {
            ctx.set_zoom_factor(zoom);
            let mut pass = ctx.run_ui(RawInput::default(), |ui| {
                let start = cpu_time();
                for job in &self.jobs {
                    ui.fonts_mut(|fonts| fonts.layout_job((**job).clone()));
                }
                took = cpu_time_since(start);
            });
            pass.textures_delta.clear();
        }
        took
    }
}
