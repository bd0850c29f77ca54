//! Guards the picture under Wayland: the desktop's portal asks the person, and its answer is told as it is.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use feedback_tests::bus::{Portal, SessionBus};
use feedback_tests::process::Process;

use super::{Asker, Picture, RED, WHITE};

/// An app in a Wayland session with this bus.
fn asker<'a>(folder: &'a Path, bus: &'a SessionBus) -> Asker<'a> {
    Asker {
        folder,
        session: vec![
            ("WAYLAND_DISPLAY", "w"),
            ("DISPLAY", ":9999"), // as each Wayland desktop has one
            ("DBUS_SESSION_BUS_ADDRESS", &bus.address),
        ],
    }
}

#[test]
fn under_wayland_the_desktop_asks_and_the_person_may_say_no() {
    let folder = tempfile::tempdir().unwrap();
    let Some(bus) = SessionBus::start(folder.path(), "") else {
        return;
    };
    let asker = asker(folder.path(), &bus);
    for (answer, why) in [
        ("cancelled", "was cancelled or is not allowed"),
        ("ended", "the desktop has ended its dialog"),
        ("dies", "the desktop's portal has ended"),
        ("file:///nonexistent.png", "There is no such file here"),
        ("https://example.org/picture.png", "no file of this machine"),
    ] {
        let Some(mut portal) = Portal::start(&bus, answer) else {
            return;
        };
        let complaint = asker.complaint(&["0", "x.zip"]);
        assert!(complaint.contains(why), "{answer}: {complaint}");
        assert_eq!(portal.told(), "asked interactive=True");
    }
}

#[test]
fn under_wayland_the_picture_is_taken_from_the_desktops_file_which_goes() {
    let folder = tempfile::tempdir().unwrap();
    let Some(bus) = SessionBus::start(folder.path(), "") else {
        return;
    };
    let asker = asker(folder.path(), &bus);
    let expected = Picture::painted([30, 20], |x, _| if x < 15 { RED } else { WHITE });
    let file = folder.path().join("Screenshot from today.png");
    write_png(&file, &expected);
    let answer = format!("file://{}", file.to_str().unwrap().replace(' ', "%20"));
    let Some(mut portal) = Portal::start(&bus, &answer) else {
        return;
    };
    assert_eq!(asker.list(), ["0 Chosen \"\" None None"]);
    assert_eq!(asker.take(0), expected);
    assert_eq!(portal.told(), "asked interactive=True");
    assert!(!file.exists(), "nobody would look for it");
}

#[test]
fn the_desktops_question_goes_when_the_app_asks_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let Some(bus) = SessionBus::start(folder.path(), "") else {
        return;
    };
    let Some(mut portal) = Portal::start(&bus, "silent") else {
        return;
    };
    let mut app = Process::spawn(
        Command::new(feedback_tests::program("examples/changes_its_mind"))
            .env("WAYLAND_DISPLAY", "w")
            .env("DBUS_SESSION_BUS_ADDRESS", &bus.address)
            .stdin(Stdio::piped()),
    );
    let mut line = app.0.stdin.take().unwrap();
    assert_eq!(portal.told(), "asked interactive=True");
    writeln!(line, "enough").unwrap();
    assert_eq!(portal.told(), "gone");
    writeln!(line, "thank you").unwrap();
    assert!(app.0.wait().unwrap().success(), "it has lived until then");
}

fn write_png(file: &Path, picture: &Picture) {
    let [width, height] = picture.size.map(|side| u32::try_from(side).unwrap());
    let mut encoder = png::Encoder::new(std::fs::File::create(file).unwrap(), width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(picture.rgb.as_flattened()).unwrap();
    writer.finish().unwrap();
}
