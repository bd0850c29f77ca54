//! What is taken, once, and what is turned away, without a trace.

use std::sync::Barrier;

use serde_json::json;

use super::client;
use super::limits::noise;
use super::report::{BOUNDARY, Place, Report, form, zip_of};

#[test]
fn a_new_report_is_kept_and_a_repeat_is_the_same_report() {
    let place = Place::new();
    let report = Report::new("It does not open");

    let first = place.send(&report);
    let receipt = json!({"id": report.id, "sha256": report.sha256(), "number": "FB-1001"});
    assert_eq!((first.status, first.json()), (201, receipt.clone()));
    assert_eq!(first.header("content-type"), Some("application/json"));

    let again = place.send(&report);
    assert_eq!((again.status, again.json()), (200, receipt));
    assert_eq!(place.send(&Report::new("Another")).json()["number"], "FB-1002");
    assert_eq!(place.listed().len(), 2);
}

#[test]
fn the_idempotency_key_may_come_without_quotes() {
    let place = Place::new();
    let report = Report::new("x");
    let mut headers = report.headers();
    headers[1].1 = &report.id;
    assert_eq!(place.post(&headers, &report.body()).status, 201);
}

#[test]
fn an_id_in_capitals_is_the_same_id_and_comes_back_as_it_was_sent() {
    let place = Place::new();
    let id = "0190F5FE-7A3B-7C5E-9D52-3F0A6B1C2D4E";
    let report = Report::of(&json!({"schema": 1, "id": id, "app": {"name": "a"}}), &[]);
    assert_eq!(place.send(&report).json()["id"], id);
    assert_eq!(place.send(&report).status, 200);
}

#[test]
fn another_bundle_under_the_same_id_is_a_conflict_and_the_first_one_stays() {
    let place = Place::new();
    let first = Report::new("first");
    place.send(&first);
    let mut second = first.clone();
    second.bundle = zip_of(&[("report.json", &first.manifest), ("logs/app.log", b"changed")]);

    let problem = place.send(&second).problem(409);
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains(&first.sha256()) && detail.contains(&second.sha256()),
        "{detail}"
    );
    assert_eq!(
        place.agent(&format!("/api/v1/reports/{}/bundle", first.id)).body,
        first.bundle
    );
}

#[test]
fn sixteen_equal_posts_at_once_are_one_report() {
    let place = Place::new();
    let report = Report::new("again and again");
    let start = Barrier::new(16);
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let post = || {
            start.wait();
            let answer = place.send(&report);
            assert_eq!(answer.json()["number"], "FB-1001");
            answer.status
        };
        let threads: Vec<_> = (0..16).map(|_| scope.spawn(post)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![200; 15], vec![201]].concat());
    assert_eq!(place.listed().len(), 1);
}

#[test]
fn without_a_known_key_nothing_is_taken() {
    let place = Place::new();
    let report = Report::new("x");
    for bearer in [
        "Bearer wrong",
        "Bearer ",
        "Basic project-key",
        "project-key",
        "Bearer agent-token",
    ] {
        let mut headers = report.headers();
        headers[0].1 = bearer;
        let answer = place.post(&headers, &report.body());
        answer.problem(401);
        assert_eq!(
            answer.header("www-authenticate"),
            Some("Bearer realm=\"feedback\"")
        );
    }
    place.post(&report.headers()[1..], &report.body()).problem(401);
    place.assert_empty();
}

#[test]
fn every_key_of_the_configuration_counts() {
    let place = Place::with(|config| config.key("second"));
    let report = Report::new("x");
    let mut headers = report.headers();
    headers[0].1 = "Bearer second";
    assert_eq!(place.post(&headers, &report.body()).status, 201);
}

#[test]
fn another_content_type_is_refused() {
    let place = Place::new();
    let report = Report::new("x");
    for content_type in [
        "application/json",
        "application/zip",
        "multipart/mixed; boundary=a-boundary",
        "",
    ] {
        let mut headers = report.headers();
        headers[2].1 = content_type;
        place.post(&headers, &report.body()).problem(415);
    }
    place.assert_empty();
}

#[test]
fn a_form_that_is_not_ours_is_refused() {
    let place = Place::new();
    let report = Report::new("x");
    let manifest = ("report", "application/json", &report.manifest[..]);
    let bundle = ("bundle", "application/zip", &report.bundle[..]);
    let extra = ("extra", "text/plain", &b"more"[..]);
    let whole = report.body();
    let bodies = [
        ("nothing", vec![]),
        ("no parts", form(&[])),
        ("only the manifest", form(&[manifest])),
        ("only the bundle", form(&[bundle])),
        ("the wrong order", form(&[bundle, manifest])),
        ("twice the manifest", form(&[manifest, manifest])),
        ("one part more", form(&[manifest, bundle, extra])),
        ("no end", whole[..whole.len() - 8].to_vec()),
        (
            "another boundary",
            String::from_utf8_lossy(&whole)
                .replace(BOUNDARY, "b-boundary")
                .into_bytes(),
        ),
    ];
    for (what, body) in bodies {
        let answer = place.post(&report.headers(), &body);
        assert_eq!(answer.status, 400, "{what}: {}", answer.text());
        answer.problem(400);
    }
    let mut headers = report.headers();
    headers[2].1 = "multipart/form-data";
    place.post(&headers, &whole).problem(400);
    place.assert_empty();
}

#[test]
fn the_idempotency_key_must_be_the_id() {
    let place = Place::new();
    let report = Report::new("x");
    let mut headers = report.headers();
    place.post(&[headers[0], headers[2]], &report.body()).problem(400);
    for key in ["", "\"\"", "\"0190f5fe-7a3b-7c5e-9d52-3f0a6b1c2d4e\"", "x"] {
        headers[1].1 = key;
        place.post(&headers, &report.body()).problem(400);
    }
    place.assert_empty();
}

#[test]
fn what_is_no_report_is_refused_and_says_why() {
    let place = Place::new();
    let good = Report::new("x");
    let bent = |change: &dyn Fn(&mut Report)| {
        let mut report = good.clone();
        change(&mut report);
        report
    };
    let id = &good.id;
    let large = noise(300_000); // more than is held in memory
    let cases = [
        (bent(&|r| r.manifest = b"{".to_vec()), "JSON"),
        (bent(&|r| r.manifest = b"[]".to_vec()), "JSON"),
        (bent(&|r| r.manifest = vec![]), "JSON"),
        (
            Report::of(&json!({"schema": 2, "id": id, "app": {"name": "a"}}), &[]),
            "schema",
        ),
        (
            Report::of(
                &json!({"schema": 1, "id": "not-a-uuid", "app": {"name": "a"}}),
                &[],
            ),
            "UUID",
        ),
        (
            Report::of(&json!({"schema": 1, "id": id, "app": {}}), &[]),
            "app.name",
        ),
        (bent(&|r| r.bundle = b"not a zip".to_vec()), "zip"),
        (bent(&|r| r.bundle = vec![]), "zip"),
        (bent(&|r| r.bundle.truncate(r.bundle.len() - 10)), "zip"),
        (
            bent(&|r| r.bundle = zip_of(&[("message.txt", b"x")])),
            "no `report.json`",
        ),
        (bent(&|r| r.bundle = zip_of(&[("report.json", b"{}")])), "differs"),
        (bent(&|r| r.manifest.push(b' ')), "differs"),
        (Report::with_files("x", &[("../../outside.txt", b"evil")]), "name"),
        (Report::with_files("x", &[("/etc/cron.d/evil", b"evil")]), "name"),
        (
            Report::with_files("x", &[("logs\\..\\..\\evil", b"evil")]),
            "name",
        ),
        (bent(&|r| r.bundle.clone_from(&large)), "zip"),
        (Report::with_files("x", &[("../../outside.txt", &large)]), "name"),
    ];
    for (report, word) in cases {
        let problem = place.send(&report).problem(422);
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(word), "{word}: {detail}");
    }
    place.assert_empty();
    assert!(!place.dir.path().join("outside.txt").exists());
    assert_eq!(place.send(&good).status, 201);
}

#[test]
fn a_body_that_breaks_off_stores_nothing() {
    let place = Place::new();
    let large = Report::with_files("x", &[("logs/noise", &noise(1_000_000))]);
    for (report, step) in [(Report::new("x"), 37), (large, 99_991)] {
        let body = report.body();
        let head = head_of(&report, body.len());
        for end in (0..body.len() - 2).step_by(step) {
            client::raw(place.server.local_addr(), &[&head, &body[..end]].concat()).problem(408);
        }
        place.assert_empty();
    }
}

#[test]
fn no_bytes_bring_the_server_down() {
    let place = Place::new();
    let report = Report::new("x");
    let body = report.body();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % below as u64).unwrap()
    };
    for round in 0..300 {
        let mut bytes = body.clone();
        for _ in 0..=next(8) {
            let (at, to) = (next(bytes.len()), next(bytes.len()));
            match next(4) {
                0 => bytes[at] = u8::try_from(next(256)).unwrap(),
                1 => drop(bytes.drain(at.min(to)..at.max(to).min(at.min(to) + 40))),
                2 => bytes.splice(at..at, *b"\r\n--a-boundary\r\n").for_each(drop),
                _ => bytes.truncate(at.max(1)),
            }
        }
        let answer = place.post(&report.headers(), &bytes);
        assert!(
            matches!(answer.status, 200 | 201 | 400 | 409 | 422),
            "round {round}: {}",
            answer.text()
        );
    }
    assert_eq!(place.get("/healthz", &[]).status, 200);
    assert!(place.listed().len() <= 1);
}

/// The head of a post of `length` bytes.
pub(crate) fn head_of(report: &Report, length: usize) -> Vec<u8> {
    client::head_of("POST", "/api/v1/reports", &report.headers(), length)
}
