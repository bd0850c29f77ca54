//! Turns what egui wants to show into pixels, on the CPU.
//!
//! Pictures of a window usually need a window: a display, a driver, a graphics card. This painter
//! needs none of them and gives the same pixels on every machine, so a build server can draw the
//! pictures of the README. It follows egui's own shader: colour × texture, both premultiplied and
//! in gamma space, blended over what is there.

mod raster;
mod texture;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use eframe::egui::epaint::{ClippedPrimitive, ImageData, ImageDelta, Primitive};
use eframe::egui::mutex::Mutex;
use eframe::egui::{Color32, ColorImage, Context, FullOutput, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;

use self::raster::{Canvas, Corner};
use self::texture::Texture;

/// Keeps egui's textures and paints with them. Clones share the textures, so one can be given to a
/// test harness and the other used to paint.
#[derive(Clone, Default)]
pub struct Painter(Arc<Mutex<Textures>>);

#[derive(Default)]
struct Textures {
    kept: HashMap<TextureId, Texture>,
    /// Still shown by the frame at hand, gone with the next.
    freed: HashSet<TextureId>,
}

impl TestRenderer for Painter {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let mut textures = self.0.lock();
        for id in std::mem::take(&mut textures.freed) {
            textures.kept.remove(&id);
        }
        for (id, changes) in delta.set.drain() {
            for change in changes {
                textures.apply(id, change);
            }
        }
        textures.freed.extend(delta.free.drain());
    }
}

impl Textures {
    fn apply(&mut self, id: TextureId, change: ImageDelta) {
        let ImageData::Color(image) = change.image;
        match change.pos {
            None => {
                let texture = Texture::new(Arc::unwrap_or_clone(image), change.options);
                self.kept.insert(id, texture);
            }
            Some(at) => {
                if let Some(texture) = self.kept.get_mut(&id) {
                    texture.put(at, &image);
                }
            }
        }
    }
}

impl Painter {
    /// The picture of one frame, in the window's physical pixels.
    pub fn paint(&self, ctx: &Context, output: &FullOutput) -> ColorImage {
        let scale = output.pixels_per_point;
        let primitives = ctx.tessellate(output.shapes.clone(), scale);
        let size = ctx.content_rect().size() * scale;
        self.paint_primitives(
            [raster::pixels(size.x), raster::pixels(size.y)],
            &primitives,
            scale,
        )
    }

    /// The picture of triangles, `scale` pixels per point. What no triangle covers is transparent.
    pub fn paint_primitives(
        &self,
        size: [usize; 2],
        primitives: &[ClippedPrimitive],
        scale: f32,
    ) -> ColorImage {
        let textures = self.0.lock();
        let mut canvas = Canvas::new(ColorImage::filled(size, Color32::TRANSPARENT));
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            // A callback paints with a graphics card's own commands; there is none here.
            let Primitive::Mesh(mesh) = primitive else {
                continue;
            };
            let Some(texture) = textures.kept.get(&mesh.texture_id) else {
                continue;
            };
            canvas.clip_to(*clip_rect * scale);
            let corners: Vec<Corner> = mesh
                .vertices
                .iter()
                .map(|vertex| Corner::new(vertex, scale))
                .collect();
            for indices in mesh.indices.as_chunks::<3>().0 {
                if let [Some(a), Some(b), Some(c)] = indices.map(|i| corners.get(i as usize)) {
                    canvas.triangle(texture, [a, b, c]);
                }
            }
        }
        canvas.into_image()
    }
}

/// A picture as a PNG file.
pub fn encode_png(image: &ColorImage) -> Result<Vec<u8>, png::EncodingError> {
    let side = |pixels: usize| u32::try_from(pixels).map_err(|_| png::EncodingError::LimitsExceeded);
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side(image.width())?, side(image.height())?);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    // Most pictures are of whole windows: without holes a third of the bytes says nothing.
    if image.pixels.iter().all(Color32::is_opaque) {
        encoder.set_color(png::ColorType::Rgb);
        let bytes: Vec<u8> = image.pixels.iter().flat_map(|p| [p.r(), p.g(), p.b()]).collect();
        encoder.write_header()?.write_image_data(&bytes)?;
    } else {
        encoder.set_color(png::ColorType::Rgba);
        let bytes: Vec<u8> = image
            .pixels
            .iter()
            .flat_map(Color32::to_srgba_unmultiplied)
            .collect();
        encoder.write_header()?.write_image_data(&bytes)?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests;
