//! Guards a change of language: it takes nothing away from the person. What each language says and how it looks is
//! guarded by `looks`.

use super::receiver::{Answer, Receiver};
use super::stage::Stage;

#[test]
fn a_change_of_language_leaves_the_keyboard_where_it_is() {
    let receiver = Receiver::new(Answer::Receipt("FB-1042"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("x");
    stage.click("Send");
    stage.wait_for("Thank you");
    assert!(stage.has_focus("Close"));
    stage.app().dialog.set_language("de");
    stage.harness.run();
    assert!(stage.has_focus("Schließen"));
}

#[test]
fn support_learns_in_which_language_the_person_was_asked() {
    let receiver = Receiver::new(Answer::Receipt("FB-1042"));
    let mut stage = Stage::new(&receiver.endpoint);
    stage.app().dialog.set_language("pt-PT");
    stage.app().dialog.open();
    stage.harness.run();
    stage.write("x");
    stage.click("Enviar");
    stage.wait_for("FB-1042");
    assert_eq!(receiver.arrived().manifest["system"]["app_language"], "pt-BR");
}
