//! Guards promise 1 on a network that breaks at any byte: each report arrives once, as it was stored, and no spool
//! keeps anything.

use std::collections::BTreeMap;
use std::path::Path;
use std::thread;

use fastrand::Rng;
use feedback_sdk::{DeliveryEvent, FeedbackClient};
use feedback_tests::chaos::{Fate, Proxy};
use feedback_tests::server::Server;
use feedback_tests::{PATIENCE, backlog, measured};

const SENDERS: usize = 16;
const REPORTS: usize = 1000;

#[test]
fn a_thousand_reports_arrive_once_although_three_answers_in_ten_are_lost() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("server"));
    let mut chance = Rng::with_seed(1);
    let fates = std::iter::repeat_with(move || Fate::draw(&mut chance));
    let proxy = Proxy::start(server.address(), fates);

    let (stored, retries) = thread::scope(|all| {
        let senders: Vec<_> = (0..SENDERS)
            .map(|sender| {
                let spool = folder.path().join(format!("spool-{sender}"));
                let reports = (sender..REPORTS).step_by(SENDERS).count();
                let endpoint = proxy.endpoint();
                all.spawn(move || {
                    let mut chance = Rng::with_seed(sender as u64);
                    let sizes = sizes(reports, &mut chance);
                    let stored = backlog::fill(&spool, &sizes, &mut chance);
                    (stored, deliver_all(&endpoint, &spool, reports))
                })
            })
            .collect();
        let (mut stored, mut retries) = (BTreeMap::new(), 0);
        for sender in senders {
            let (theirs, again) = sender.join().unwrap();
            stored.extend(theirs);
            retries += again;
        }
        (stored, retries)
    });

    assert_eq!(stored.len(), REPORTS);
    backlog::assert_arrived(&server, &stored);
    let struck = proxy.struck();
    let cut = struck["receipt cut"];
    let lost = struck["answer lost"] + cut;
    measured(format_args!(
        "{REPORTS} reports of {SENDERS} senders arrived once, byte for byte, though {lost} answers were lost; {retries} \
         retries, connections: {struck:?}"
    ));
    assert!(lost * 100 >= (lost + REPORTS) * 30, "too few answers were lost");
    assert!(cut > 20, "too few receipts were cut");
}

/// Up to 64 KiB, small ones as often as large ones; the first so large that it may go in pieces.
fn sizes(reports: usize, chance: &mut Rng) -> Vec<usize> {
    let mut sizes: Vec<_> = (0..reports).map(|_| 1 << chance.u32(..17)).collect();
    sizes[0] = 5_000_000;
    sizes
}

/// Sends what waits, and tries again at once whatever fails. Answers how often.
fn deliver_all(endpoint: &str, spool: &Path, reports: usize) -> usize {
    let client = FeedbackClient::new(backlog::config(endpoint, spool)).unwrap();
    let events = client.subscribe(|| {});
    let (mut sent, mut retries) = (0, 0);
    while sent < reports {
        match events.next_within(PATIENCE).expect("something happens") {
            DeliveryEvent::Sending { .. } => {}
            DeliveryEvent::Sent(_) => sent += 1,
            DeliveryEvent::Waiting { id, .. } => {
                retries += 1;
                client.retry(id).wait().unwrap();
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(client.waiting().wait().unwrap().is_empty());
    retries
}
