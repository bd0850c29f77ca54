//! The promise: a picture shows what a window would show, to the pixel, without a window.

use eframe::egui::epaint::{Mesh, Vertex, WHITE_UV};
use eframe::egui::{Pos2, Rect, TextureOptions, pos2, vec2};

use super::*;

const SIZE: [usize; 2] = [64, 48];
const EVERYWHERE: Rect = Rect::EVERYTHING;

fn painter() -> Painter {
    let painter = Painter::default();
    let white = ColorImage::filled([1, 1], Color32::WHITE);
    painter.0.lock().apply(
        TextureId::default(),
        ImageDelta::full(ImageData::Color(Arc::new(white)), TextureOptions::LINEAR),
    );
    painter
}

fn mesh(points: &[Pos2], indices: &[u32], colour: Color32) -> Mesh {
    Mesh {
        indices: indices.to_vec(),
        vertices: points
            .iter()
            .map(|&pos| Vertex {
                pos,
                uv: WHITE_UV,
                color: colour,
            })
            .collect(),
        texture_id: TextureId::default(),
    }
}

fn paint(painter: &Painter, mesh: Mesh, clip_rect: Rect) -> ColorImage {
    let primitive = Primitive::Mesh(mesh);
    painter.paint_primitives(SIZE, &[ClippedPrimitive { clip_rect, primitive }], 1.0)
}

fn count(image: &ColorImage, colour: Color32) -> usize {
    image.pixels.iter().filter(|&&pixel| pixel == colour).count()
}

#[test]
fn a_red_rectangle_is_exactly_red_and_exactly_that_large() {
    let mut mesh = Mesh::default();
    let rect = Rect::from_min_size(pos2(3.0, 5.0), vec2(20.0, 10.0));
    mesh.add_colored_rect(rect, Color32::RED);
    let image = paint(&painter(), mesh, EVERYWHERE);
    assert_eq!(count(&image, Color32::RED), 200);
    assert_eq!(count(&image, Color32::TRANSPARENT), 64 * 48 - 200);
    assert_eq!(image[(3, 5)], Color32::RED);
    assert_eq!(image[(22, 14)], Color32::RED);
}

/// Feathering lays hundreds of slivers side by side; a pixel painted twice would be a dark dot.
#[test]
fn triangles_that_share_edges_paint_each_pixel_once() {
    let half = Color32::from_rgba_premultiplied(100, 0, 0, 128);
    let centre = pos2(31.37, 22.81);
    let mut points = vec![centre];
    for corner in 0..17_u8 {
        let angle = f32::from(corner) / 17.0 * std::f32::consts::TAU;
        points.push(centre + 20.0 * vec2(angle.cos(), angle.sin()));
    }
    let mut fan = Vec::new();
    for corner in 0..17 {
        fan.extend([0, 1 + corner, 1 + (corner + 1) % 17]);
    }
    let image = paint(&painter(), mesh(&points, &fan, half), EVERYWHERE);
    let (painted, empty) = (count(&image, half), count(&image, Color32::TRANSPARENT));
    assert_eq!(painted + empty, 64 * 48, "no pixel has another colour");
    let circle = std::f32::consts::PI * 400.0;
    assert!((painted as f32 - circle).abs() < 0.05 * circle, "{painted}");

    // Through pixel centres too, where only the rule for edges decides; and in either winding.
    let square = [pos2(4.5, 4.5), pos2(36.5, 4.5), pos2(36.5, 36.5), pos2(4.5, 36.5)];
    let image = paint(&painter(), mesh(&square, &[0, 1, 2, 0, 3, 2], half), EVERYWHERE);
    assert_eq!(count(&image, half), 32 * 32);
}

#[test]
fn nothing_is_painted_outside_the_clip_or_the_picture() {
    let far = [pos2(-1e9, -1e9), pos2(1e9, -1e9), pos2(0.0, 1e9)];
    let clip = Rect::from_min_max(pos2(10.0, 10.0), pos2(20.0, 12.0));
    let image = paint(&painter(), mesh(&far, &[0, 1, 2], Color32::GREEN), clip);
    assert_eq!(count(&image, Color32::GREEN), 20);
    let strange = [pos2(f32::NAN, 0.0), pos2(f32::INFINITY, 1.0), pos2(3.0, 40.0)];
    paint(
        &painter(),
        mesh(&strange, &[0, 1, 2, 9], Color32::GREEN),
        EVERYWHERE,
    );
}

#[test]
fn an_edge_between_pixels_is_blended_between_its_colours() {
    let mut mesh = mesh(
        &[pos2(0.0, 0.0), pos2(4.0, 0.0), pos2(4.0, 4.0), pos2(0.0, 4.0)],
        &[0, 1, 2, 0, 2, 3],
        Color32::WHITE,
    );
    mesh.vertices[1].color = Color32::BLACK;
    mesh.vertices[2].color = Color32::BLACK;
    let image = paint(&painter(), mesh, EVERYWHERE);
    let row: Vec<u8> = (0..4).map(|x| image[(x, 1)].r()).collect();
    assert_eq!(row, [223, 159, 96, 32]); // the centres, at 1/8, 3/8, 5/8 and 7/8 of the way
}

#[test]
fn a_picture_made_smaller_is_the_mean_of_what_it_shows() {
    let painter = painter();
    let checks = (0..256)
        .map(|i| {
            if (i / 16 + i) % 2 == 0 {
                Color32::WHITE
            } else {
                Color32::BLACK
            }
        })
        .collect();
    let image = ImageData::Color(Arc::new(ColorImage::new([16, 16], checks)));
    let id = TextureId::Managed(1);
    painter
        .0
        .lock()
        .apply(id, ImageDelta::full(image, TextureOptions::LINEAR));
    let mut mesh = Mesh::with_texture(id);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    mesh.add_rect_with_uv(
        Rect::from_min_size(Pos2::ZERO, vec2(4.0, 4.0)),
        whole,
        Color32::WHITE,
    );
    let image = paint(&painter, mesh, EVERYWHERE);
    for x in 0..4 {
        assert!((126..=129).contains(&image[(x, x)].r()), "{:?}", image[(x, x)]);
    }
}

#[test]
fn text_is_painted_and_survives_the_way_into_a_png() {
    let painter = Painter::default();
    let mut harness = egui_kittest::Harness::builder()
        .with_size(vec2(200.0, 40.0))
        .renderer(painter.clone())
        .build_ui(|ui| {
            ui.heading("Hello, мир!");
        });
    harness.run();
    let image = painter.paint(&harness.ctx, harness.output());
    assert_eq!(image.size, [200, 40]);
    let inked = image.pixels.iter().filter(|pixel| pixel.a() > 128).count();
    assert!((200..2000).contains(&inked), "{inked} pixels of text");

    let file = encode_png(&image).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    let back = ColorImage::from_rgba_unmultiplied(image.size, &bytes);
    assert_eq!(back.pixels.iter().filter(|pixel| pixel.a() > 128).count(), inked);
}
