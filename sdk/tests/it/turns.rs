//! Guards promise 1 where reports and clients are many: each report gets its turn, once, and nothing the
//! app does stalls the thread that sends.

use std::time::Duration;

use feedback_sdk::testing::{Receiver, Reply, Request};
use feedback_sdk::{DeliveryEvent, Events, FeedbackClient, ReportId, WaitReason};

use super::support::{App, PATIENCE, config, dead_endpoint};

#[test]
fn many_clients_on_one_spool_send_each_report_once() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = App::with(&receiver.url(), |config| config.deliver(false));
    for n in 0..20 {
        app.client
            .submit(app.prepare(&format!("report {n}")))
            .wait()
            .unwrap();
    }
    let clients: Vec<FeedbackClient> = (0..4)
        .map(|_| {
            let config = config(receiver.url()).spool_dir(&app.spool);
            FeedbackClient::new(config).unwrap()
        })
        .collect();
    for pending in clients
        .iter()
        .map(|client| client.flush(PATIENCE))
        .collect::<Vec<_>>()
    {
        assert_eq!(pending.wait().unwrap(), 0);
    }
    let mut ids: Vec<String> = (0..20)
        .map(|_| receiver.next_within(PATIENCE).unwrap().id().to_owned())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 20);
    drop(clients);
    assert!(
        receiver.next_within(Duration::ZERO).is_none(),
        "a report was sent twice"
    );
}

/// Another process over the app's spool, and its server, which answers a receipt to every report but `bad`.
fn picky(app: &App, bad: ReportId, reply: Reply) -> (Receiver, FeedbackClient, Events) {
    let bad = bad.to_string();
    let answers = move |request: &Request| {
        let is_bad = request.id() == bad;
        if is_bad { reply.clone() } else { Reply::RECEIPT }
    };
    let receiver = Receiver::start(answers).unwrap();
    let config = config(receiver.url()).spool_dir(&app.spool);
    let client = FeedbackClient::new(config).unwrap();
    let events = client.subscribe(|| {});
    (receiver, client, events)
}

#[test]
fn one_report_that_always_fails_holds_up_no_other() {
    let app = App::with(&dead_endpoint(), |config| config.deliver(false));
    let submit = |words: &str| app.client.submit(app.prepare(words)).wait().unwrap();
    let bad = submit("bad");
    for n in 0..3 {
        submit(&format!("good {n}"));
    }
    let (_receiver, client, events) = picky(&app, bad, Reply::Answer(500, "", String::new()));
    let mut sent = 0;
    while sent < 3 {
        let event = events.next_within(PATIENCE).expect("an event");
        sent += usize::from(matches!(event, DeliveryEvent::Sent(_)));
    }
    assert_eq!(client.waiting().wait().unwrap().len(), 1);
}

#[test]
fn a_report_that_no_network_lets_through_holds_up_no_other() {
    for stubborn in [
        Reply::HangUp,
        Reply::Answer(200, "", "<html>log in</html>".into()),
    ] {
        let app = App::with(&dead_endpoint(), |config| config.deliver(false));
        let submit = |words: &str| app.client.submit(app.prepare(words)).wait().unwrap();
        let (bad, good) = (submit("blocked"), submit("good"));
        let (_receiver, _client, events) = picky(&app, bad, stubborn);
        loop {
            let event = events.next_within(PATIENCE).expect("the good one's turn");
            if matches!(event, DeliveryEvent::Sent(receipt) if receipt.id == good) {
                break;
            }
        }
    }
}

#[test]
fn no_duration_is_too_long() {
    let app = App::new(&dead_endpoint());
    assert_eq!(app.client.flush(Duration::MAX).wait().unwrap(), 0);
    assert!(app.client.waiting().wait().is_ok());
}

#[test]
fn a_wake_may_use_the_client() {
    let app = App::with(&dead_endpoint(), |config| config.deliver(false));
    let client = app.client.clone();
    let _events = app.client.subscribe(move || drop(client.subscribe(|| {})));
    app.client.submit(app.prepare("x")).wait().unwrap();
    assert_eq!(app.client.waiting().wait().unwrap().len(), 1);
}

#[test]
fn dropping_the_last_client_does_not_wait_for_the_network() {
    let receiver = Receiver::start(|_| Reply::Deafness).unwrap();
    let app = App::new(&receiver.url());
    app.client.submit(app.prepare("x")).wait().unwrap();
    let start = std::time::Instant::now();
    drop(app.client);
    // The thread's end drops the events' sender: at once, not when the patience is over.
    while app.events.next_within(PATIENCE).is_some() {}
    assert!(start.elapsed() < PATIENCE);
    assert_eq!(feedback_sdk::waiting_in(&app.spool).unwrap().len(), 1);
}

#[test]
fn while_the_server_asks_to_wait_a_new_report_is_told_so_and_only_a_person_passes() {
    let receiver = Receiver::start(|_| Reply::Answer(503, "Retry-After: 3600\r\n", String::new())).unwrap();
    let app = App::new(&receiver.url());
    let first = app.client.submit(app.prepare("first")).wait().unwrap();
    app.event();
    assert!(matches!(app.event(), DeliveryEvent::Waiting { id, .. } if id == first));
    let second = app.client.submit(app.prepare("second")).wait().unwrap();
    app.event();
    let busy = WaitReason::Server(503);
    assert!(matches!(app.event(), DeliveryEvent::Waiting { id, why, .. } if id == second && why == busy));
    app.client.retry(second).wait().unwrap();
    assert!(matches!(app.event(), DeliveryEvent::Waiting { id, .. } if id == second));
    let order = [first, second].map(|id| id.to_string());
    assert_eq!(
        order
            .clone()
            .map(|_| receiver.next_within(PATIENCE).unwrap().id().to_owned()),
        order
    );
}

#[test]
fn what_a_person_sends_now_goes_before_what_waits_longer() {
    let receiver = Receiver::start(|_| Reply::Answer(503, "Retry-After: 3600\r\n", String::new())).unwrap();
    let app = App::new(&receiver.url());
    let mut ids = Vec::new();
    for message in ["first", "second", "third"] {
        ids.push(app.client.submit(app.prepare(message)).wait().unwrap());
        if ids.len() == 1 {
            receiver.next_within(PATIENCE).unwrap();
            while !matches!(app.event(), DeliveryEvent::Waiting { .. }) {}
        }
    }
    for id in [ids[1], ids[0], ids[2]] {
        app.client.retry(id).wait().unwrap();
        assert_eq!(receiver.next_within(PATIENCE).unwrap().id(), id.to_string());
    }
}

#[test]
fn a_report_behind_one_that_cannot_go_is_told_that_it_waits_too() {
    let (answer, answers) = std::sync::mpsc::channel::<()>();
    let answers = std::sync::Mutex::new(answers);
    let receiver = Receiver::start(move |_| {
        let _ = answers.lock().unwrap().recv();
        Reply::Answer(503, "Retry-After: 3600\r\n", String::new())
    })
    .unwrap();
    let app = App::new(&receiver.url());
    let first = app.client.submit(app.prepare("first")).wait().unwrap();
    let second = app.client.submit(app.prepare("second")).wait().unwrap();
    answer.send(()).unwrap();
    let mut told = Vec::new();
    while told.len() < 2 {
        if let DeliveryEvent::Waiting { id, why, .. } = app.event() {
            assert_eq!(why, WaitReason::Server(503));
            told.push(id);
        }
    }
    assert_eq!(told, [first, second]);
}

#[test]
fn what_was_edited_while_another_process_sent_it_is_not_taken_for_sent() {
    let (answer, answers) = std::sync::mpsc::channel::<()>();
    let answers = std::sync::Mutex::new(answers);
    let receiver = Receiver::start(move |_| {
        let _ = answers.lock().unwrap().recv();
        Reply::RECEIPT
    })
    .unwrap();
    let app = App::with(&receiver.url(), |config| config.deliver(false));
    let mut report = app.prepare("It is slow.");
    let id = app.client.submit(report.clone()).wait().unwrap();
    let config = config(receiver.url()).spool_dir(&app.spool);
    let other = FeedbackClient::new(config).unwrap();
    let events = other.subscribe(|| {});
    // Before its last byte is out, the edit would stop it.
    let is_out =
        |event: &DeliveryEvent| matches!(event, DeliveryEvent::Sending { sent, total, .. } if sent == total);
    while !is_out(&events.next_within(PATIENCE).unwrap()) {}
    report.set_message("It is slow, and I have lost a day of work.");
    app.client.submit(report).wait().unwrap();
    let edited = app.client.waiting().wait().unwrap();

    for sent in ["It is slow.", "I have lost a day of work."] {
        answer.send(()).unwrap();
        let request = receiver.next_within(PATIENCE).unwrap();
        let manifest = String::from_utf8(request.manifest).unwrap();
        assert!(manifest.contains(sent), "{manifest}");
        assert_eq!(request.headers["idempotency-key"], format!("\"{id}\""));
    }
    assert_eq!(edited.len(), 1);
}
