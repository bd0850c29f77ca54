//! What a 4K picture costs from its pixels to the packed report, against the png crate alone: as it encodes by default,
//! and as fast as it can. Medians of alternating rounds. Fails where it takes more than 60 ms.

#![expect(clippy::unwrap_used, reason = "a benchmark is a program of its own")]

mod rounds;

use std::process::ExitCode;

use feedback_sdk::{FeedbackClient, FeedbackConfig, Picture, ReportDraft};
use png::Compression;
use rounds::{head, line, median, timed};

const ROUNDS: usize = 15;
const WIDTH: u32 = 3840;
const HEIGHT: u32 = 2160;

fn main() -> ExitCode {
    let pixels = screen();
    let config = FeedbackConfig::new("http://127.0.0.1:9/x", "k", "bench", "1").deliver(false);
    let client = FeedbackClient::new(config).unwrap();
    let (mut usual, mut fast, mut ours) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let mut draft = ReportDraft::new("It looks wrong.");
        draft
            .pictures
            .push(Picture::from_rgba(WIDTH, HEIGHT, pixels.clone()).unwrap());
        let times = [
            timed(|| encode(&pixels, Compression::Balanced)),
            timed(|| encode(&pixels, Compression::Fast)),
            timed(|| client.prepare(draft).wait().unwrap()),
        ];
        if round > 0 {
            usual.push(times[0]);
            fast.push(times[1]);
            ours.push(times[2]);
        }
    }
    let [usual, fast, ours] = [usual, fast, ours].map(median);
    head("A 4K picture");
    line("the png crate, by default", usual, 1.0, "");
    line("the png crate, `Fast`", fast, fast / usual, "");
    let is_met = line("a report with it, prepared", ours, ours / usual, "60 ms");
    ExitCode::from(u8::from(!is_met))
}

fn encode(pixels: &[u8], compression: Compression) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(compression);
    encoder.write_header().unwrap().write_image_data(pixels).unwrap();
    bytes
}

/// What screens show: a soft background, a window, lines of letters with smooth edges.
fn screen() -> Vec<u8> {
    let mut dice = fastrand::Rng::with_seed(1);
    let letters: Vec<[u8; 128]> = (0..60).map(|_| std::array::from_fn(|_| dice.u8(..))).collect();
    let mut pixels = Vec::with_capacity((WIDTH * HEIGHT * 4) as usize);
    let mut line = Vec::new();
    for y in 0..HEIGHT as usize {
        if y % 24 == 0 {
            line = (0..WIDTH / 8).map(|_| dice.usize(..letters.len() * 2)).collect();
        }
        for x in 0..WIDTH as usize {
            let in_window = (400..3400).contains(&x) && (200..1900).contains(&y);
            let shade = match letters.get(line[x / 8]).filter(|_| in_window && y % 24 < 16) {
                Some(letter) => letter[(y % 24) * 8 + x % 8],
                None if in_window => 250,
                None => u8::try_from(40 + y / 40).unwrap(),
            };
            pixels.extend_from_slice(&[shade, shade, shade.saturating_add(4), 255]);
        }
    }
    pixels
}
