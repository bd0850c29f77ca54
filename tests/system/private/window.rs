//! What the window leaves on the disk: what is typed into it and hidden in a picture is nowhere before Send, and what is
//! hidden never.

use std::fs;

use feedback_sdk::testing::{Receiver, Reply};
use feedback_tests::process::Process;
use feedback_tests::secrets::{check, search};

use super::Home;
use crate::desk::Desk;
use crate::hosts::{CANVAS, MESSAGE};

const TYPED: &str = "Nobody but me has read this yet";
const SIZE: [u32; 2] = [200, 120];

/// A picture whose lower right quarter says a secret.
fn picture() -> Vec<u8> {
    let [width, height] = SIZE;
    let secret = b"hunter2-in-picture";
    let mut pixels = Vec::new();
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        let at = x as usize * 3 % secret.len();
        let is_secret = x > width / 2 + 2 && y > height / 2 + 2;
        pixels.extend_from_slice(if is_secret { &secret[at..at + 3] } else { b"see" });
    }
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    png
}

/// A window with words and a picture in it whose secret is hidden.
fn filled_in(desk: &mut Desk, home: &Home, endpoint: &str) -> Process {
    let file = home.mine("picture.png");
    fs::write(&file, picture()).unwrap();
    let unhidden = std::panic::catch_unwind(|| check(&picture(), &[], "", ""));
    assert!(unhidden.is_err(), "it would be found");
    let [log, file] = [home.mine("app.log"), file].map(|path| path.to_str().unwrap().to_owned());
    let window = desk.window(endpoint, &["--log", &log, "--screenshot", &file]);
    let reader = &mut desk.reader;
    reader.write(MESSAGE[0], MESSAGE[1], TYPED);
    reader.reads(MESSAGE[0], MESSAGE[1], TYPED);
    reader.press("push button", "Edit Picture 1");
    let tool = ["toggle button", "Black out"];
    reader.press(tool[0], tool[1]);
    reader.go(CANVAS[0], CANVAS[1]);
    assert_eq!(reader.next_focus(&tool.map(str::to_owned)).0, CANVAS);
    // From the middle to the corner.
    let way = [vec!["space"], vec!["Right"; 22], vec!["Down"; 14], vec!["space"]].concat();
    desk.screen.xdotool(&[vec!["key"], way].concat());
    desk.reader.press("push button", "Done");
    desk.reader.find("push button", "Send");
    window
}

#[test]
fn a_window_that_is_killed_or_closed_without_send_leaves_nothing_of_a_report_on_the_disk() {
    for is_killed in [true, false] {
        let Some(mut desk) = Desk::new() else { return };
        let home = Home::new();
        let mut window = filled_in(&mut desk, &home, "http://127.0.0.1:9/x");
        desk.reader.press("toggle button", "What will be sent");
        desk.reader.find("check box", "Send logs/app.log");
        if is_killed {
            window.0.kill().unwrap();
        } else {
            desk.screen.xdotool(&["key", "Escape"]);
            desk.reader.press("push button", "Close anyway");
        }
        let end = window.0.wait().unwrap();
        assert_eq!(end.code(), if is_killed { None } else { Some(1) });
        let seen = search(desk.folder.path(), &[TYPED], "without Send");
        assert_eq!(seen.logs, 0, "{seen:?}");
    }
}

#[test]
fn what_was_hidden_is_not_on_the_disk_after_a_kill_on_the_way_and_does_not_leave() {
    let Some(mut desk) = Desk::new() else { return };
    let receiver = Receiver::start(|_| Reply::Silence).unwrap();
    let home = Home::new();
    let mut window = filled_in(&mut desk, &home, &receiver.url());
    desk.reader.press("push button", "Send");
    desk.reader.heard("Waiting for the answer…");
    window.0.kill().unwrap();
    window.0.wait().unwrap();
    assert!(search(desk.folder.path(), &[], "while it is sent").logs > 0);
    let request = receiver.next_within(std::time::Duration::from_mins(1)).unwrap();
    check(&request.bundle, &[], "what was sent", "the bundle");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&request.bundle)).unwrap();
    let mut png = Vec::new();
    std::io::copy(&mut zip.by_name("screenshots/1.png").unwrap(), &mut png).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(&png)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    assert!(pixels.starts_with(b"see"), "the rest is there");
}
