//! Guards what the editor does with the rest of the dialog: what comes in, what is handed in, how much room there is.

use super::super::guarding::stays;
use super::*;

#[test]
fn a_picture_that_cannot_be_read_says_so_where_it_stands_and_is_nothing_to_send() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let file = stage.file("photo.jpg", b"\xff\xd8\xff\xe0");
    let broken = Picture::from_png(b"\x89PNG\r\n\x1a\nbroken".to_vec()).unwrap();
    for picture in [Picture::from_file(file), broken] {
        stage.app().dialog.add_picture(picture);
        stage.wait_for("This picture cannot be read, so it is not sent.");
        assert!(!stage.sees("Edit Picture") && !stage.is_enabled("Send"));
        stage.click(if stage.is_there("Remove Picture 1") {
            "Remove Picture 1"
        } else {
            "Remove Picture 2"
        });
    }
}

#[test]
fn a_picture_that_is_too_large_says_that_and_what_to_do() {
    let receiver = Receiver::new(Answer::Receipt("FB-1"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("see the picture");
    let mut huge = files::png(&stage);
    huge[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    huge[29..33].copy_from_slice(&[0x6c, 0x84, 0x30, 0xe3]); // what is said of it is true
    let huge = Picture::from_png(huge).unwrap();
    stage.app().dialog.add_picture(huge);
    let told = "This picture is too large, so it is not sent. Make it smaller, or attach its file instead.";
    stage.wait_for(told);
    assert!(!stage.sees("cannot be read") && !stage.sees("Edit Picture"));
    stage.click("What will be sent");
    stage.wait_for("Fingerprint");
    assert!(
        stage.sees(told) && !stage.sees("cannot be read"),
        "for the same reason"
    );
    stage.press(Modifiers::COMMAND, Key::Enter);
    stage.wait_for("FB-1");
    let gaps = receiver.arrived().manifest["gaps"].to_string();
    assert!(gaps.contains("more pixels than three 8K monitors"), "{gaps}");
}

/// However fast they are: it is told before anything is stored.
#[test]
fn a_picture_that_has_vanished_is_told_before_anything_is_sent() {
    let receiver = Receiver::new(Answer::Receipt("FB-1"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("see the picture");
    let path = files::photo(&stage);
    stage.app().dialog.add_picture(Picture::from_file(&path));
    stage.wait_for("400 × 300");
    std::fs::remove_file(path).unwrap();
    stage.click("Send");
    stage.wait_for("This picture cannot be read, so it is not sent.");
    assert_eq!(
        (stage.spooled(), stage.message().as_str()),
        (0, "see the picture")
    );
    stage.click("Send");
    stage.wait_for("FB-1");
    let gaps = receiver.arrived().manifest["gaps"].to_string();
    assert!(gaps.contains("picture 1.png"), "{gaps}");
}

#[test]
fn a_picture_that_has_vanished_cannot_be_edited() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let path = files::photo(&stage);
    stage.app().dialog.add_picture(Picture::from_file(&path));
    stage.wait_for("400 × 300");
    std::fs::remove_file(path).unwrap();
    stage.click("Edit Picture 1");
    stage.wait_for("This picture cannot be read, so it is not sent.");
    assert!(stage.has_focus("Back") && !stage.is_there("Cancel"));
    stage.click("Back");
    assert!(stage.is_there("Remove Picture 1"));
}

#[test]
fn a_picture_that_was_handed_in_can_be_edited_and_is_seen_then() {
    let receiver = Receiver::new(Answer::Receipt("FB-1"));
    let mut stage = Stage::open(&receiver.endpoint);
    let rgba = picture()
        .pixels
        .iter()
        .flat_map(Color32::to_srgba_unmultiplied)
        .collect();
    let picture = Picture::from_rgba(400, 300, rgba).unwrap();
    stage.app().dialog.add_picture(picture);
    stage.wait_for("400 × 300"); // before a click may aim at anything
    stage.click("Edit Picture 1");
    wait_for_canvas(&mut stage);
    take(&mut stage, "Black out");
    drag(&mut stage, &OVER_SECRET);
    done(&mut stage);
    assert!(stage.sees("400 × 300"));
    assert_eq!(send(&mut stage, &receiver)[(150, 75)], Color32::BLACK);
}

/// Also where its buttons take more than one line, and in a window that is closed meanwhile.
#[test]
fn it_fits_into_a_narrow_window_and_waits_there() {
    let builder = Harness::builder().with_size([320.0, 420.0]);
    let mut stage = Stage::with(&Receiver::nowhere(), |config| config, builder);
    stage.click("Write to us…");
    open(&mut stage);
    let window = Rect::from_min_size(Pos2::ZERO, Vec2::new(320.0, 420.0));
    for name in [
        "Arrow",
        "Box",
        "Free line",
        "Text",
        "Crop",
        "Black out",
        "Pixelate",
        "Undo",
        "Redo",
        "Zoom out",
        "Show all",
        "Zoom in",
        "Cancel",
        "Done",
    ] {
        let rect = stage.rect(name);
        assert!(window.contains_rect(rect), "{name} {rect}");
        assert!(rect.size().min_elem() >= 24.0, "{name} {rect}");
    }
    let canvas = stage.harness.get_by_role(Role::Canvas).rect();
    assert!(
        window.contains_rect(canvas) && canvas.height() > 150.0,
        "{canvas}"
    );
    drag(&mut stage, &[pos2(50.0, 250.0), pos2(350.0, 250.0)]);
    assert!(stage.app().dialog.has_unfinished_picture());
    stage.app().dialog.close();
    stage.harness.run();
    assert!(stage.app().dialog.has_unfinished_picture());
    stage.click("Write to us…");
    wait_for_canvas(&mut stage);
    assert!(
        stage
            .harness
            .get_by_role(Role::Canvas)
            .accesskit_node()
            .is_focused()
    );
    assert!(stage.is_enabled("Undo"), "what was done is not lost");
    done(&mut stage);
    assert!(!stage.app().dialog.has_unfinished_picture());
}

/// An app that keeps the draft over its end must not keep what was to be hidden.
#[test]
fn what_is_done_gets_into_the_picture_while_the_dialog_is_closed() {
    let mut stage = edit(&Receiver::nowhere());
    take(&mut stage, "Black out");
    drag(&mut stage, &OVER_SECRET);
    stage.harness.get_by_label("Done").click_accesskit();
    stage.harness.step();
    stage.app().dialog.close();
    assert!(stage.app().dialog.has_unfinished_picture());
    stage.wait_until("the picture is done", |stage| {
        !stage.app().dialog.has_unfinished_picture()
    });
    let draft = stage.app().dialog.draft();
    let (_, _, rgba) = draft.pictures[0].rgba().unwrap();
    let at = 4 * (75 * SIZE[0] + 150);
    assert_eq!(rgba[at..at + 4], Color32::BLACK.to_array());
    assert!(stage.harness.ctx.memory(egui::Memory::focused).is_none());
}

#[test]
fn what_is_pasted_gets_into_the_form_while_the_dialog_is_closed() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.harness.event(Event::PasteImage(Arc::new(picture())));
    stage.harness.step();
    stage.app().dialog.close();
    assert!(stage.app().dialog.has_unfinished_picture());
    stage.wait_until("the picture is here", |stage| {
        !stage.app().dialog.has_unfinished_picture()
    });
    assert_eq!(stage.app().dialog.draft().pictures.len(), 1);
}

#[test]
fn in_its_own_window_escape_leaves_the_editor_alone() {
    let mut stage = Stage::new(&Receiver::nowhere());
    stage.app().is_alone = true;
    stage.app().dialog.open();
    stage.harness.run();
    open(&mut stage);
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(!is_editing(&mut stage));
    assert!(stage.app().dialog.is_open());
}

/// What comes in meanwhile is added and told, and the editor stays.
#[test]
fn what_is_dropped_or_pasted_on_the_editor_goes_with_the_message() {
    let mut stage = edit(&Receiver::nowhere());
    drag(&mut stage, &[pos2(250.0, 250.0), pos2(350.0, 250.0)]);
    let file = stage.file("dropped.txt", b"hello");
    stage.drop_file(file);
    stage.harness.run();
    assert!(stage.sees("This was added to your message."));
    assert!(is_editing(&mut stage) && stage.is_enabled("Undo"));
    done(&mut stage);
    assert!(stage.is_there("Remove dropped.txt"));
}

/// It is a mark, whatever it reads like.
#[test]
fn the_name_of_a_file_that_is_pasted_on_a_picture_is_not_offered_as_a_file() {
    let mut stage = edit(&Receiver::nowhere());
    take(&mut stage, "Text");
    let at = on_screen(&stage, whole(), pos2(250.0, 200.0));
    drag_on_screen(&mut stage, &[at]);
    let file = stage.file("named.txt", b"hello");
    stage
        .harness
        .event(Event::Paste(file.to_string_lossy().into_owned()));
    stage.harness.run();
    stage.press(Modifiers::NONE, Key::Enter);
    done(&mut stage);
    // Asked after it, and answered after it.
    stage.attach("asked.txt", b"123456");
    stage.wait_for("6 bytes");
    assert!(!stage.sees("in place of"));
}

/// A mark takes no more than can be read on a picture; the rest would be cut off, and slow.
#[test]
fn a_long_text_that_is_pasted_on_a_picture_goes_with_the_message_whole() {
    let mut stage = edit(&Receiver::nowhere());
    take(&mut stage, "Text");
    let at = on_screen(&stage, whole(), pos2(250.0, 200.0));
    drag_on_screen(&mut stage, &[at]);
    stage.write("short");
    let (long, shorter) = ("a log line\n".repeat(50), "as long as a mark\n".repeat(11));
    let pos = stage.rect("Text on the picture").center();
    stage.harness.hover_at(pos);
    let by_mouse = |text| Event::MiddleClickPaste { pos, text };
    for pasted in [Event::Paste(long.clone()), by_mouse(shorter.clone())] {
        stage.harness.event(pasted);
        stage.harness.run();
        let field = stage.harness.get_by_label("Text on the picture");
        assert_eq!(field.value().as_deref(), Some("short"));
    }
    assert!(stage.sees("This text is long, so it stands below the field."));
    assert_eq!(stage.app().dialog.draft().message, format!("{long}\n\n{shorter}"));
    assert!(!stage.sees("This field is full."));
    stage.press(Modifiers::COMMAND, Key::A);
    stage.harness.event(Event::Paste("x".repeat(200)));
    stage.harness.run();
    assert!(stage.sees("This field is full."));
    let field = stage.harness.get_by_label("Text on the picture");
    assert_eq!(
        field.value(),
        Some("x".repeat(200)),
        "in place of what was selected"
    );
}

/// In the form nothing has changed.
#[test]
fn what_was_done_in_the_editor_after_the_first_try_keeps_the_window_again() {
    let mut stage = edit(&Receiver::nowhere());
    assert!(stays(&mut stage));
    assert!(!stays(&mut stage), "they have seen it");
    take(&mut stage, "Black out");
    drag(&mut stage, &OVER_SECRET);
    assert!(stays(&mut stage), "it would be lost");
    assert!(!stays(&mut stage));
    take(&mut stage, "Text");
    drag(&mut stage, &[pos2(20.0, 20.0)]);
    stage.write("here");
    assert!(stays(&mut stage));
    assert!(!stays(&mut stage));
}

/// Each editor counts from its own beginning.
#[test]
fn what_was_done_after_the_marks_before_it_were_discarded_keeps_the_window_again() {
    let mut stage = edit(&Receiver::nowhere());
    let mark = |stage: &mut Stage, at: f32| {
        take(stage, "Black out");
        drag(stage, &[pos2(at, at), pos2(at + 50.0, at + 50.0)]);
    };
    mark(&mut stage, 20.0);
    assert!(stays(&mut stage));
    stage.press(Modifiers::NONE, Key::Escape);
    stage.click("Discard");
    stage.click("Edit Picture 1");
    wait_for_canvas(&mut stage);
    mark(&mut stage, 100.0);
    assert!(stays(&mut stage), "it is another mark");
    assert!(!stays(&mut stage));
}
