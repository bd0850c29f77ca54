//! Guards the answer: an address that cannot be right is told, a slip is offered to be corrected, and
//! nobody is kept from sending.

use egui::{Event, Key, Modifiers, PointerButton, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use feedback_sdk::{FeedbackClient, FeedbackConfig};
use feedback_widget::FeedbackDialog;

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
fn who_sends_from_the_field_itself_sees_the_advice_before() {
    let receiver = Receiver::new(Answer::Receipt("FB-7"));
    let ways: [fn(&mut Stage); 2] = [
        |stage| stage.click("Send"),
        |stage| stage.press(Modifiers::COMMAND, Key::Enter),
    ];
    for send in ways {
        let mut stage = Stage::open(&receiver.endpoint);
        stage.write("x");
        stage.click(FIELD);
        stage.write("anna@gmial.com");
        send(&mut stage);
        assert!(stage.sees("Did you mean anna@gmail.com?"));
        assert!(stage.has_focus("Your message"));
        send(&mut stage);
        stage.wait_for("FB-7");
        assert_eq!(receiver.arrived().manifest["reply_to"], "anna@gmial.com");
    }
}

#[test]
fn nothing_moves_under_a_press_that_leaves_the_field() {
    let receiver = Receiver::new(Answer::Receipt("FB-8"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.click(FIELD);
    stage.write("anna@gmial.com");
    let button = stage.harness.get_by_label("Close").rect().center();
    let press = |pressed| Event::PointerButton {
        pos: button,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    stage.harness.event(Event::PointerMoved(button));
    stage.harness.event(press(true));
    for _ in 0..2 {
        stage.harness.step(); // as long as a click may take
    }
    assert!(!stage.sees("Did you mean"));
    stage.harness.event(press(false));
    stage.harness.run();
    assert!(!stage.app().dialog.is_open(), "the press was lost");
}

#[test]
fn who_comes_back_to_a_doubtful_address_hears_it_again_and_others_do_not() {
    let receiver = Receiver::new(Answer::Receipt("FB-6"));
    let mut stage = with_address(&receiver.endpoint, "ask my neighbour");
    let complaint = |stage: &Stage| {
        let node = stage.harness.get_by_label_contains("does not look like");
        node.accesskit_node().id()
    };
    let before = complaint(&stage);
    let no_file = stage.folder.path().join("no such file");
    stage.drop_file(no_file);
    stage.harness.run();
    stage.read_the_spool(); // the file was looked at before
    assert!(stage.sees("no such file"));
    assert_eq!(
        complaint(&stage),
        before,
        "what stands there is not read out anew"
    );

    let description = |stage: &Stage| {
        let field = stage.harness.get_by_role_and_label(Role::TextInput, FIELD);
        field.accesskit_node().data().description().map(str::to_owned)
    };
    stage.click(FIELD);
    assert!(!stage.sees("does not look like"), "it is being mended");
    let told = description(&stage).unwrap();
    assert!(told.contains("does not look like"), "{told}");
    stage.write("@example.org");
    assert_eq!(description(&stage), None);
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

/// A run of the app on this spool, with the dialog open.
fn run_on(endpoint: &str, spool: &std::path::Path) -> Stage {
    let spool = spool.to_owned();
    let configure = |config: FeedbackConfig| config.spool_dir(spool);
    let mut stage = Stage::with(endpoint, configure, Harness::builder());
    stage.click("Write to us…");
    stage
}

#[test]
fn an_address_that_a_report_was_sent_with_is_there_in_the_next_run_until_it_is_emptied() {
    let receiver = Receiver::new(Answer::Receipt("FB-4"));
    let folder = tempfile::tempdir().unwrap();
    let run = || run_on(&receiver.endpoint, folder.path());
    let mut first = run();
    first.click(FIELD);
    first.write("anna@example.org");
    first.press(Modifiers::NONE, Key::Escape);
    drop(first);
    let mut second = run();
    assert_eq!(second.app().dialog.reply_to(), None, "nothing was sent with it");
    second.write("x");
    second.click(FIELD);
    second.write("anna@example.org");
    second.click("Send");
    second.wait_for("FB-4");
    drop(second);

    let mut third = run();
    assert_eq!(third.app().dialog.reply_to().as_deref(), Some("anna@example.org"));
    third.click(FIELD);
    third.press(Modifiers::COMMAND, Key::A);
    third.press(Modifiers::NONE, Key::Delete);
    third.press(Modifiers::NONE, Key::Escape);
    third.waiting(); // what was asked before is done
    drop(third);
    assert_eq!(run().app().dialog.reply_to(), None);
}

#[test]
fn an_app_can_have_no_address_remembered_and_its_own_is_not_replaced() {
    let receiver = Receiver::new(Answer::Receipt("FB-5"));
    let folder = tempfile::tempdir().unwrap();
    let mut first = run_on(&receiver.endpoint, folder.path());
    first.write("x");
    first.click(FIELD);
    first.write("anna@example.org");
    first.click("Send");
    first.wait_for("FB-5");
    let shown = |prepared: fn(FeedbackDialog) -> FeedbackDialog| {
        let config = FeedbackConfig::new(&receiver.endpoint, "pk_test", "Notes", "1");
        let client = FeedbackClient::new(config.spool_dir(folder.path())).unwrap();
        let mut harness = Harness::new_ui_state(
            |ui, dialog: &mut FeedbackDialog| drop(dialog.show(ui.ctx())),
            prepared(FeedbackDialog::new(client.clone())),
        );
        client.waiting().wait().unwrap(); // what the dialog has asked before is answered
        harness.step();
        harness.state().reply_to()
    };
    assert_eq!(shown(|dialog| dialog).as_deref(), Some("anna@example.org"));
    assert_eq!(shown(|dialog| dialog.remember_address(false)), None);
    for of_account in ["account@example.org", ""] {
        let own = shown(match of_account {
            "" => |mut dialog| {
                dialog.set_reply_to("");
                dialog
            },
            _ => |mut dialog| {
                dialog.set_reply_to("account@example.org");
                dialog
            },
        });
        assert_eq!(own.unwrap_or_default(), of_account);
    }
}

#[test]
fn the_address_of_one_account_is_not_remembered_for_the_next() {
    let receiver = Receiver::new(Answer::Receipt("FB-9"));
    let folder = tempfile::tempdir().unwrap();
    let mut stage = run_on(&receiver.endpoint, folder.path());
    stage.app().dialog.set_reply_to("account@example.org");
    stage.write("x");
    stage.click("Send");
    stage.wait_for("FB-9");
    assert_eq!(stage.client.reply_to().wait().unwrap(), None);
}

#[test]
fn a_window_that_showed_no_address_forgets_none_of_another() {
    let receiver = Receiver::new(Answer::Receipt("FB-10"));
    let folder = tempfile::tempdir().unwrap();
    let mut stage = run_on(&receiver.endpoint, folder.path());
    let other = FeedbackConfig::new(&receiver.endpoint, "pk_test", "Notes", "1").spool_dir(folder.path());
    let other = FeedbackClient::new(other).unwrap();
    other
        .remember_reply_to(Some("bob@example.org".to_owned()))
        .wait()
        .unwrap();
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(!stage.app().dialog.is_open());
    stage.waiting(); // what was asked before is done
    assert_eq!(
        other.reply_to().wait().unwrap().as_deref(),
        Some("bob@example.org")
    );
}
