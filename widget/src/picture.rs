//! What a person does to a picture before it is sent: marks on it, parts taken out of it. Pure.
//!
//! Both what the editor shows and what is sent are painted from the same shapes in the same order, so what was seen is
//! what leaves: first what is pixelated, then marks and black boxes in the order in which they were made.

mod edit;
mod marks;
mod mosaic;
pub(crate) mod pixels;
mod raster;

use std::sync::Arc;

use egui::epaint::text::{FontDefinitions, Fonts, FontsView, TextOptions};
use egui::{Color32, Context, Pos2, Rect, Shape, Vec2};
use feedback_sdk::Picture;

pub(crate) use self::edit::{Edit, History, whole_pixels};
use self::marks::Pen;
pub(crate) use self::marks::{Scale, paint};
pub(crate) use self::mosaic::Mosaic;
pub(crate) use self::pixels::Pixels;
use self::raster::Canvas;

/// Edits on their way into the pixels: all that the frame must lend for it. The rest is done elsewhere.
pub(crate) struct Work {
    picture: Picture,
    edits: Vec<Edit>,
    /// What writes words, and how.
    fonts: (TextOptions, FontDefinitions),
    pixels_per_point: f32,
}

impl Work {
    /// Takes what of the frame is needed.
    pub(crate) fn new(picture: Picture, edits: &[Edit], ctx: &Context) -> Self {
        Self {
            picture,
            edits: edits.to_vec(),
            fonts: ctx.fonts(|fonts| (*fonts.options(), definitions(fonts))),
            pixels_per_point: ctx.pixels_per_point(),
        }
    }

    /// The picture as it is sent. What was blacked out or pixelated is not in it any more.
    ///
    /// A 4K picture has 33 MB of pixels: not for a thread that draws. `None` where it cannot be read.
    pub(crate) fn done(self) -> Option<Picture> {
        let mut picture = Pixels::of(&self.picture).ok()?;
        let size = picture.size();
        // One pixel of the picture is one of the screen, so that letters are as sharp as there.
        let whole = Rect::from_min_size(Pos2::ZERO, Vec2::from(size.map(|side| side as f32)));
        let scale = Scale::new(whole, Pos2::ZERO, 1.0 / self.pixels_per_point);
        // The letters of the app's own fonts lie in a texture of many megabytes, which a frame has no time to copy.
        let (options, definitions) = self.fonts;
        let mut fonts = Fonts::new(options, definitions);
        let mut view = fonts.with_pixels_per_point(self.pixels_per_point);
        let mut pen = Pen::new(&mut view, self.pixels_per_point);
        let edits = self.edits.iter();
        let shapes: Vec<Vec<Shape>> = edits
            .map(|edit| marks::shapes(edit, size, &scale, &mut pen))
            .collect();
        let letters = fonts.image();

        for edit in &self.edits {
            if let Edit::Pixelate(mosaic) = edit {
                for (block, colour) in &*mosaic.blocks {
                    picture.fill(*block, *colour);
                }
            }
        }
        let mut seen = None;
        let mut canvas = Canvas::new(&mut picture, &letters, self.pixels_per_point);
        for (edit, shapes) in self.edits.into_iter().zip(shapes) {
            match edit {
                Edit::Pixelate(_) => {}
                Edit::BlackOut(rect) => canvas.picture().fill(rect, Color32::BLACK),
                Edit::Crop(rect) => seen = Some(rect),
                _ => canvas.paint(shapes),
            }
        }
        match seen {
            Some(rect) => picture.cut(rect).into_picture(),
            None => picture.into_picture(),
        }
    }
}

/// The app's fonts, with those that it has found in the system.
///
/// egui hands out neither an app's [`GlyphRasterizer`](egui::epaint::text::GlyphRasterizer)s nor what its
/// [`FontProvider`](egui::FontProvider)s add up front: a letter that only they have is drawn by another font of these,
/// or is a box.
fn definitions(fonts: &FontsView<'_>) -> FontDefinitions {
    let mut all = fonts.definitions().clone();
    for found in fonts.discovered_fonts() {
        all.font_data
            .insert(found.name.clone(), Arc::new(found.data.clone()));
        // Whatever place they ask for: egui puts them behind all others.
        for place in &found.families {
            let family = all.families.entry(place.family.clone()).or_default();
            family.push(found.name.clone());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use egui::epaint::text::{FontPriority, InsertFontFamily};
    use egui::{ColorImage, FallbackRequest, FontFamily, FontInsert, RawInput, pos2, vec2};

    use super::pixels::tests::filled;
    use super::*;

    const GROUND: Color32 = Color32::from_rgb(200, 210, 220);
    const REGION: Rect = Rect {
        min: pos2(20.0, 20.0),
        max: pos2(60.0, 40.0),
    };

    /// What becomes of a plain picture.
    fn done(edits: &[Edit]) -> ColorImage {
        done_in(&Context::default(), edits)
    }

    fn done_in(ctx: &Context, edits: &[Edit]) -> ColorImage {
        let mut first_frame = ctx.run_ui(RawInput::default(), |ui| {
            for edit in edits {
                if let Edit::Text { words, .. } = edit {
                    ui.label(words);
                }
            }
        });
        first_frame.textures_delta.clear();
        let picture = Work::new(plain(), edits, ctx).done().unwrap();
        Pixels::of(&picture).unwrap().shrunk(100)
    }

    /// An app that has only these of egui's fonts.
    fn app_with(names: &[&str]) -> Context {
        let ctx = Context::default();
        let mut fonts = FontDefinitions::default();
        for family in fonts.families.values_mut() {
            *family = names.iter().map(|name| (*name).to_owned()).collect();
        }
        ctx.set_fonts(fonts);
        ctx
    }

    fn plain() -> Picture {
        filled([100, 80], GROUND)
    }

    fn line() -> Edit {
        Edit::Line(vec![pos2(10.0, 30.0), pos2(90.0, 30.0)])
    }

    #[test]
    fn nothing_done_changes_nothing() {
        assert_eq!(done(&[]), ColorImage::filled([100, 80], GROUND));
    }

    #[test]
    fn black_hides_the_marks_below_it_and_shows_those_above() {
        let black = Edit::BlackOut(REGION);
        let hidden = done(&[line(), black.clone()]);
        assert_eq!(hidden[(40, 30)], Color32::BLACK);
        assert_ne!(hidden[(70, 30)], GROUND);
        assert_ne!(done(&[black, line()])[(40, 30)], Color32::BLACK);
    }

    /// Its blocks are made of the picture as it came, which the black was to hide.
    #[test]
    fn what_is_pixelated_after_it_was_blacked_out_stays_black() {
        let pixelated = Mosaic::of(&Pixels::of(&plain()).unwrap(), REGION.expand(10.0));
        let image = done(&[Edit::BlackOut(REGION), Edit::Pixelate(pixelated)]);
        for (x, y) in [(20, 20), (40, 30), (59, 39)] {
            assert_eq!(image[(x, y)], Color32::BLACK);
        }
        assert_eq!(image[(15, 15)], GROUND);
    }

    #[test]
    fn a_crop_is_done_last_wherever_it_stands() {
        let crop = Edit::Crop(Rect::from_min_size(pos2(30.0, 20.0), vec2(10.0, 8.0)));
        let image = done(&[Edit::BlackOut(REGION), crop.clone(), line()]);
        assert_eq!(image.size, [10, 8]);
        assert_eq!(image[(0, 0)], Color32::BLACK);
        assert_eq!(done(&[crop, Edit::BlackOut(REGION), line()]), image);
    }

    /// egui puts such a font behind the app's own, wherever it asks to stand.
    #[test]
    fn a_mark_has_the_letters_of_a_font_that_was_found_where_the_app_has_none() {
        let mark = Edit::Text {
            at: pos2(5.0, 5.0),
            words: "aƏ".to_owned(), // Hack has no capital schwa
        };
        let finds_one = app_with(&["Hack"]);
        finds_one.add_font_provider(Arc::new(|request: &FallbackRequest<'_>| {
            let fonts = FontDefinitions::default();
            let found = fonts.font_data.get("Ubuntu-Light")?;
            let first = |family: &FontFamily| InsertFontFamily {
                family: family.clone(),
                priority: FontPriority::Highest,
            };
            Some(FontInsert::new(
                "found",
                (**found).clone(),
                vec![first(request.family)],
            ))
        }));
        let found = done_in(&finds_one, std::slice::from_ref(&mark));
        assert_eq!(
            found,
            done_in(&app_with(&["Hack", "Ubuntu-Light"]), std::slice::from_ref(&mark))
        );
        assert_ne!(found, done_in(&app_with(&["Hack"]), &[mark]));
    }

    #[test]
    fn a_mark_that_leads_out_of_the_picture_ends_at_its_edge() {
        let text = Edit::Text {
            at: pos2(95.0, 75.0),
            words: "longer than the room".to_owned(),
        };
        let arrow = Edit::Arrow {
            from: pos2(50.0, 60.0),
            to: pos2(99.9, 79.9),
        };
        let image = done(&[text, arrow]);
        assert_eq!(image.size, [100, 80]);
        assert_ne!(image[(99, 79)], GROUND);
        assert_eq!(image[(10, 10)], GROUND);
    }
}
