//! Guards the answer: an address that cannot be right is told, a slip is offered to be corrected, and
//! nobody is kept from sending.

use super::receiver::{Answer, Receiver};
use super::stage::Stage;

const FIELD: &str = "Your e-mail, if you want an answer";

/// The form with a message and this address, and the keyboard back in the message.
fn with_address(endpoint: &str, address: &str) -> Stage {
    let mut stage = Stage::open(endpoint);
    stage.write("x");
    stage.click(FIELD);
    stage.write(address);
    assert!(!stage.sees("Did you mean"), "not while it is typed");
    assert!(!stage.sees("does not look like"), "not while it is typed");
    stage.click("Your message");
    stage
}

#[test]
fn a_slip_in_a_well_known_domain_is_offered_to_be_corrected() {
    let receiver = Receiver::new(Answer::Receipt("FB-1"));
    let mut stage = with_address(&receiver.endpoint, "anna@gmial.com");
    stage.reach("Did you mean anna@gmail.com?");
    assert!(!stage.sees("Did you mean"));
    assert!(stage.has_focus(FIELD), "the button has gone");
    stage.click("Send");
    stage.wait_for("FB-1");
    assert_eq!(receiver.arrived().manifest["reply_to"], "anna@gmail.com");
}

#[test]
fn nobody_is_kept_from_sending_what_they_typed() {
    for (address, advice) in [
        ("anna@gmial.com", "Did you mean anna@gmail.com?"),
        ("ask my neighbour", "This does not look like an e-mail address"),
    ] {
        let receiver = Receiver::new(Answer::Receipt("FB-2"));
        let mut stage = with_address(&receiver.endpoint, address);
        assert!(stage.sees(advice));
        stage.click("Send");
        stage.wait_for("FB-2");
        assert_eq!(receiver.arrived().manifest["reply_to"], address);
    }
}

#[test]
fn an_app_can_hand_the_address_in_and_keep_it() {
    let receiver = Receiver::new(Answer::Receipt("FB-3"));
    let mut stage = Stage::new(&receiver.endpoint);
    assert_eq!(stage.app().dialog.reply_to(), None);
    stage.app().dialog.set_reply_to("anna@example.org");
    stage.click("Write to us…");
    stage.write("x");
    stage.click("Send");
    stage.wait_for("FB-3");
    assert_eq!(receiver.arrived().manifest["reply_to"], "anna@example.org");
    let kept = stage.app().dialog.reply_to();
    assert_eq!(kept.as_deref(), Some("anna@example.org"));
}
