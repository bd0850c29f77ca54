//! Guards "it costs the host nothing" where a person adds hundreds of files at once.

use egui_kittest::kittest::Queryable as _;

use super::receiver::Receiver;
use super::stage::Stage;

/// Files are looked at one after the other, each with a frame of its own.
fn until(stage: &mut Stage, what: &str, holds: impl Fn(&Stage) -> bool) {
    for _ in 0..2000 {
        stage.harness.step();
        if holds(stage) {
            return;
        }
        stage.doze();
    }
    panic!("never seen: {what}");
}

#[test]
fn of_hundreds_of_files_a_hundred_are_taken_and_that_is_told() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let files: Vec<_> = (1..=120)
        .map(|number| stage.file(&format!("{number}.txt"), b"hello"))
        .collect();
    let full = "No more than 100 files can be attached.";
    for file in &files[..100] {
        stage.drop_file(file.clone());
    }
    until(&mut stage, "a hundred files", |stage| {
        stage.is_there("Remove 100.txt")
    });
    assert!(!stage.sees(full), "there are no others");
    for file in &files[100..] {
        stage.drop_file(file.clone());
    }
    until(&mut stage, "that there is no more room", |stage| stage.sees(full));
    assert!(!stage.is_there("Remove 101.txt"));
    stage.harness.get_by_label("Remove 7.txt").click_accesskit();
    until(&mut stage, "room again", |stage| !stage.sees(full));
}
