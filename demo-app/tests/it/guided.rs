//! The promise: where there is no screen, the demo still shows everything, sends a real report, and
//! says what arrived.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn demo(folder: &Path) -> Command {
    let mut demo = Command::new(env!("CARGO_BIN_EXE_demo-app"));
    demo.env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .env("XDG_STATE_HOME", folder.join("state"))
        .env("TMPDIR", folder); // where the pictures go
    demo
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// How many different colours a picture has: a blank one has one.
fn colours(picture: &Path) -> usize {
    let file = std::io::BufReader::new(fs::File::open(picture).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!((info.width, info.height), (1920, 1280), "{}", picture.display());
    let mut colours: Vec<[u8; 3]> = bytes.as_chunks::<3>().0.to_vec();
    colours.sort_unstable();
    colours.dedup();
    colours.len()
}

#[test]
fn without_a_display_the_report_arrives_and_the_pictures_are_there() {
    let folder = TempDir::new().unwrap();
    let pictures = folder.path().join("pictures");
    // Whoever wants pictures wants the guided run.
    let told = said(
        &demo(folder.path())
            .arg("--pictures")
            .arg(&pictures)
            .output()
            .unwrap(),
    );
    assert!(told.contains("has arrived as FB-"), "{told}");
    assert!(told.contains("I cannot open the note"), "{told}");
    assert!(
        told.contains("attachments/Lisbon from the old laptop.txt"),
        "{told}"
    );
    assert!(told.contains("screenshots/1.png"), "{told}");
    assert!(told.contains("(user masked "), "the home folder's name: {told}");
    assert!(told.contains(&pictures.display().to_string()), "{told}");

    let names: Vec<_> = fs::read_dir(&pictures)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    for scene in [
        "01-editor.png",
        "02-help-menu.png",
        "03-dialog.png",
        "03-dialog-dark.png",
        "06-what-will-be-sent.png",
        "07-sending.png",
        "08-thank-you.png",
    ] {
        assert!(names.iter().any(|name| name == scene), "{scene} in {names:?}");
    }
    for name in &names {
        assert!(colours(&pictures.join(name)) > 20, "{name} is blank");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_display_that_does_not_answer_is_told_in_one_line() {
    let folder = TempDir::new().unwrap();
    let told = said(&demo(folder.path()).env("DISPLAY", ":98765").output().unwrap());
    let first = told.lines().next().unwrap();
    assert!(first.starts_with("No window can be opened here: "), "{first}");
    assert!(told.contains("has arrived as FB-"), "{told}");
    assert!(
        !folder.path().join("state").exists(),
        "the guided run leaves nothing in people's own folders"
    );
}
