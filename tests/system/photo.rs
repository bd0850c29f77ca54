//! Guards what a photo tells: other people's programs see the same picture the same way up, and nothing else in it.

use std::process::Command;

use feedback_tests::feedback::run;
use feedback_tests::{peers, tools};

const NAMES: [&str; 10] = [
    "baseline.jpg",
    "cmyk.jpg",
    "grey.jpg",
    "lossless.webp",
    "lossy.webp",
    "moving.png",
    "moving.webp",
    "plain.png",
    "progressive.jpg",
    "restarts.jpg",
];

#[test]
fn a_photo_is_the_same_to_other_programs_and_tells_nothing_else() {
    let Some(python) = peers::python("pillow==11.3.0") else {
        return;
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/photo.py");
    let pillow = || {
        let mut command = Command::new(python.get_program());
        command.arg(script);
        command
    };
    let folder = tempfile::tempdir().unwrap();
    let [photos, sent] = ["photos", "sent"].map(|name| folder.path().join(name));
    std::fs::create_dir_all(&photos).unwrap();
    std::fs::create_dir_all(&sent).unwrap();
    tools::run(pillow().arg("make").arg(&photos));

    let zip = folder.path().join("report.zip");
    let mut arguments = ["send", "--app", "Notes", "--app-version", "1", "--save"]
        .map(Into::into)
        .to_vec();
    arguments.push(zip.clone().into_os_string());
    for name in NAMES {
        arguments.extend(["--attach".into(), photos.join(name).into_os_string()]);
    }
    let saved = run(arguments);
    assert_eq!(saved.outcome(), (0, "saved"), "{}", saved.stderr);
    let mut zip = zip::ZipArchive::new(std::fs::File::open(zip).unwrap()).unwrap();
    for name in NAMES {
        let mut file = zip.by_name(&format!("attachments/{name}")).unwrap();
        let mut copy = std::fs::File::create(sent.join(name)).unwrap();
        std::io::copy(&mut file, &mut copy).unwrap();
    }
    let told = tools::run(pillow().arg("compare").arg(&photos).arg(&sent));
    let expected = NAMES.map(|name| format!("{name}: is right\n")).concat();
    assert_eq!(String::from_utf8(told).unwrap(), expected);
}
