//! Guards files that are pictures: each is shown and can be edited however it came, leaves as it is seen where it was not,
//! and where it was, nothing but the edited picture leaves.

use std::path::PathBuf;

use feedback_sdk::ReportDraft;

use super::*;

/// The file that holds the picture.
pub(super) fn photo(stage: &Stage) -> PathBuf {
    stage.file("photo.png", &png(stage))
}

/// The picture as the SDK writes it.
pub(super) fn png(stage: &Stage) -> Vec<u8> {
    let pixels = picture().pixels;
    let rgba = pixels.iter().flat_map(Color32::to_srgba_unmultiplied);
    let draft = ReportDraft {
        pictures: vec![Picture::from_rgba(400, 300, rgba.collect()).unwrap()],
        ..ReportDraft::default()
    };
    let report = stage.client.prepare(draft).wait().unwrap();
    let files = report.evidence().iter();
    let mut pictures = files.filter(|file| file.path() == "screenshots/1.png");
    pictures.next().unwrap().content().unwrap()
}

/// Whether there is a small image of this name.
fn has_thumbnail(stage: &Stage, name: &str) -> bool {
    let mut images = stage.harness.query_all_by_role(Role::Image);
    images.any(|image| image.accesskit_node().label().as_deref() == Some(name))
}

fn wait_for_thumbnail(stage: &mut Stage, name: &str) {
    stage.wait_until("the small image", |stage| has_thumbnail(stage, name));
}

fn black_out(stage: &mut Stage, name: &str) {
    stage.click_when_there(&format!("Edit {name}"));
    wait_for_canvas(stage);
    take(stage, "Black out");
    drag(stage, &OVER_SECRET);
    done(stage);
}

#[test]
fn a_file_that_is_a_picture_can_be_blacked_out_however_it_came_and_nothing_else_of_it_leaves() {
    let drops = |stage: &mut Stage, path: PathBuf| stage.drop_file(path);
    let types = |stage: &mut Stage, path: PathBuf| {
        stage.click("Attach a file…");
        stage.write(&path.to_string_lossy());
        stage.click("Add");
    };
    let hands_in = |stage: &mut Stage, path: PathBuf| stage.app().dialog.attach(path);
    for attach in [drops, types, hands_in] {
        let receiver = Receiver::new(Answer::Receipt("FB-1"));
        let mut stage = Stage::open(&receiver.endpoint);
        let path = photo(&stage);
        attach(&mut stage, path.clone());
        stage.wait_for("400 × 300");
        assert!(has_thumbnail(&stage, "photo.png"));
        black_out(&mut stage, "photo.png");
        assert!(stage.sees("400 × 300") && has_thumbnail(&stage, "photo.png"));
        assert!(stage.has_focus("Edit photo.png"));

        // An app that hands it in once more does not bring back what is hidden.
        stage.app().dialog.attach(path.clone());
        stage.harness.run();
        assert!(!stage.sees("photo.png (2)"));
        let draft = stage.app().dialog.draft();
        assert_eq!((draft.attachments.len(), draft.pictures.len()), (0, 1));

        stage.click("Send");
        stage.wait_for("FB-1");
        let arrived = receiver.arrived();
        only_the_secret_is_black(&pixels_of(arrived.content("screenshots/1.png")));
        let original = std::fs::read(path).unwrap();
        for (name, _) in arrived.files() {
            assert!(!name.starts_with("attachments/"), "{name}");
            assert!(arrived.content(&name) != original, "{name}");
        }
    }
}

#[test]
fn a_picture_that_was_not_edited_leaves_as_the_file_that_it_is() {
    let receiver = Receiver::new(Answer::Receipt("FB-1"));
    let mut stage = Stage::open(&receiver.endpoint);
    let path = photo(&stage);
    stage.app().dialog.attach(path.clone());
    stage.click_when_there("Edit photo.png");
    wait_for_canvas(&mut stage);
    stage.click("Cancel");
    stage.click("Send");
    stage.wait_for("FB-1");
    let arrived = receiver.arrived();
    assert!(arrived.content("attachments/photo.png") == std::fs::read(path).unwrap());
    assert!(!arrived.has("screenshots/1.png"));
}

/// The same picture as a phone takes it: upright only by its EXIF, which also names its owner.
const JPEG: &[u8] = include_bytes!("../../data/photo.jpg");

#[test]
fn a_photo_is_seen_the_right_way_up_and_what_is_blacked_out_in_it_leaves_in_no_form() {
    let receiver = Receiver::new(Answer::Receipt("FB-1"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.attach("photo.jpg", JPEG);
    stage.wait_for("400 × 300");
    black_out(&mut stage, "photo.jpg");
    stage.click("Send");
    stage.wait_for("FB-1");
    let arrived = receiver.arrived();
    let now = pixels_of(arrived.content("screenshots/1.png"));
    let hidden = Rect::from_min_max(OVER_SECRET[0].floor(), OVER_SECRET[1].ceil());
    for y in 0..SIZE[1] {
        for x in 0..SIZE[0] {
            let colour = now[(x, y)];
            if is_in(hidden, pos2(x as f32, y as f32)) {
                assert_eq!(colour, Color32::BLACK, "{x} {y}");
            } else {
                let both = colour.to_array().into_iter().zip(GROUND.to_array());
                assert!(
                    both.into_iter().all(|(a, b)| a.abs_diff(b) < 40),
                    "{x} {y} {colour:?}"
                );
            }
        }
    }
    assert!(
        !arrived
            .files()
            .iter()
            .any(|(name, _)| name.starts_with("attachments/"))
    );
}

#[test]
fn a_photo_that_was_not_edited_is_shown_among_what_leaves_and_stays_a_photo() {
    let receiver = Receiver::new(Answer::Receipt("FB-1"));
    let builder = Harness::builder().with_size([800.0, 900.0]);
    let mut stage = Stage::with(&receiver.endpoint, |config| config, builder);
    stage.click("Write to us…");
    stage.attach("photo.jpg", JPEG);
    wait_for_thumbnail(&mut stage, "photo.jpg");
    stage.click("What will be sent");
    stage.wait_for("attachments/photo.jpg");
    stage.click("attachments/photo.jpg");
    wait_for_thumbnail(&mut stage, "attachments/photo.jpg");
    stage.click("Back");
    stage.click("Send");
    stage.wait_for("FB-1");
    let sent = receiver.arrived().content("attachments/photo.jpg");
    assert!(sent.starts_with(b"\xff\xd8\xff"));
    assert!(!sent.windows(4).any(|four| four == b"Anna"));
}

/// Whatever their names say: a broken one, one that would fill the memory, one of another kind.
#[test]
fn what_cannot_be_drawn_is_a_file_like_any_other() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let whole = png(&stage);
    let mut huge = whole.clone();
    huge[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    for (name, content) in [
        ("broken.png", &whole[..whole.len() / 2]),
        ("huge.png", &huge),
        ("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0"),
        ("empty.png", b""),
        ("words.png", b"no picture"),
        ("last", &whole), // each is looked at after the one before
    ] {
        stage.attach(name, content);
    }
    wait_for_thumbnail(&mut stage, "last");
    assert!(stage.is_there("Edit last"), "its content tells");
    let edits = stage.harness.query_all_by_label_contains("Edit ").count();
    assert_eq!(edits, 1, "{:?}", stage.labels());
    assert!(stage.sees("10 bytes") && stage.is_enabled("Send"));
}

#[test]
fn the_keyboard_stays_where_it_is_when_the_small_image_comes() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let path = photo(&stage);
    stage.app().dialog.attach(path);
    stage.harness.step();
    stage.harness.get_by_label("Remove photo.png").focus();
    stage.harness.step();
    wait_for_thumbnail(&mut stage, "photo.png");
    assert!(stage.has_focus("Remove photo.png"));
}

#[test]
fn nothing_below_moves_when_the_small_image_comes() {
    let mut stage = Stage::open(&Receiver::nowhere());
    for (name, content) in [("photo.png", &png(&stage)[..]), ("photo.JPG", JPEG)] {
        stage.attach(name, content);
        stage.harness.step(); // in one frame nothing can be looked at
        let before = (has_thumbnail(&stage, name), stage.rect("What will be sent"));
        wait_for_thumbnail(&mut stage, name);
        assert_eq!(before, (false, stage.rect("What will be sent")), "{name}");
    }
}

/// Also one of which the app knows no more than the place: the picture that `feedback window` is given.
#[test]
fn a_picture_that_was_handed_in_is_seen_before_it_is_edited() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let path = photo(&stage);
    stage.app().dialog.add_picture(Picture::from_file(path));
    stage.wait_for("400 × 300");
    assert!(has_thumbnail(&stage, "Picture 1"));
}

#[test]
fn an_edited_file_keeps_its_name_for_itself() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let path = photo(&stage);
    stage.app().dialog.attach(path);
    black_out(&mut stage, "photo.png");
    std::fs::create_dir(stage.folder.path().join("other")).unwrap();
    stage.attach("other/photo.png", &png(&stage));
    stage.click_when_there("Edit photo.png (2)");
    wait_for_canvas(&mut stage);
    stage.click("Cancel");
    black_out(&mut stage, "photo.png");
    stage.click("Remove photo.png");
    assert!(!stage.is_there("Edit photo.png") && stage.is_there("Edit photo.png (2)"));
}
