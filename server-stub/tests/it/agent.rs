//! The agent's JSON API: only with the token, newest first, byte for byte.

use super::client;
use super::report::{KEY, Place, Report};

#[test]
fn the_bundle_comes_back_byte_for_byte() {
    let place = Place::new();
    let large: Vec<u8> = (0..3_000_000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let report = Report::with_files("x", &[("logs/large", &large)]);
    let number = place.send(&report).json()["number"].as_str().unwrap().to_owned();
    for name in [&report.id, &number] {
        let answer = place.agent(&format!("/api/v1/reports/{name}/bundle"));
        assert_eq!(answer.status, 200);
        assert!(answer.body == report.bundle);
        assert_eq!(answer.header("content-type"), Some("application/zip"));
        assert_eq!(
            answer.header("content-length"),
            Some(report.bundle.len().to_string().as_str())
        );
        let disposition = format!("attachment; filename=\"report-{}.zip\"", report.id);
        assert_eq!(answer.header("content-disposition"), Some(disposition.as_str()));
    }
}

#[test]
fn the_list_is_newest_first_and_goes_on_before_a_number() {
    let place = Place::new();
    for n in 1..=5 {
        place.send(&Report::new(&format!("message {n}")));
    }
    let numbers = |path: &str| -> Vec<String> {
        let list = place.agent(path).json();
        let reports = list["reports"].as_array().unwrap().clone();
        reports
            .iter()
            .map(|report| report["number"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(numbers("/api/v1/reports?limit=2"), ["FB-1005", "FB-1004"]);
    assert_eq!(
        numbers("/api/v1/reports?limit=2&before=FB-1004"),
        ["FB-1003", "FB-1002"]
    );
    assert_eq!(numbers("/api/v1/reports?before=1003"), ["FB-1002", "FB-1001"]);
    for (path, more) in [("?limit=4", true), ("?limit=5", false), ("?before=1002", false)] {
        let list = place.agent(&format!("/api/v1/reports{path}")).json();
        assert_eq!(list["more"], more, "{path}");
    }
    assert_eq!(numbers("/api/v1/reports?limit=0").len(), 1);
    assert_eq!(numbers("/api/v1/reports?limit=4000000000").len(), 5);
    place.agent("/api/v1/reports?limit=many").problem(400);
    place.agent("/api/v1/reports?before=x").problem(400);
}

#[test]
fn an_entry_of_the_list_says_what_came() {
    let place = Place::new();
    let report = Report::new("It does not open");
    place.send(&report);
    let listed = &place.listed()[0];
    assert_eq!(listed["id"], report.id.as_str());
    assert_eq!(listed["sha256"], report.sha256());
    assert_eq!(listed["bytes"], report.bundle.len());
    assert_eq!(listed["message"], "It does not open");
    assert_eq!(listed["created_at"], "2026-01-02T03:04:05Z");
    assert_eq!(
        (&listed["app"]["name"], &listed["app"]["version"]),
        (&"Notes".into(), &"1.2.3".into())
    );
    assert_eq!(listed["files"][0]["path"], "logs/app.log");
    assert!(listed["reply_to"].is_null());
    assert!(listed["received_at"].as_str().unwrap().ends_with('Z'));
}

#[test]
fn without_the_token_nothing_is_shown() {
    let place = Place::new();
    let report = Report::new("x");
    place.send(&report);
    for path in [
        "/api/v1/reports".to_owned(),
        format!("/api/v1/reports/{}/bundle", report.id),
    ] {
        place.get(&path, &[]).problem(401);
        for bearer in ["Bearer wrong", &format!("Bearer {KEY}"), "agent-token"] {
            let answer = place.get(&path, &[("Authorization", bearer)]);
            answer.problem(401);
            assert!(answer.header("www-authenticate").is_some());
        }
        place.get(&path, &[("Cookie", &place.cookie())]).problem(401);
    }
}

#[test]
fn what_is_not_there_is_a_problem_too() {
    let place = Place::new();
    for path in [
        "/nothing",
        "/api/v1/reports/FB-9999/bundle",
        "/api/v1/reports/%2e%2e%2fproject-key/bundle",
    ] {
        place.agent(path).problem(404);
    }
    place.agent("/api/v1/reports/%ff/bundle").problem(400);
    let address = place.server.local_addr();
    let answer = client::request(address, "DELETE", "/api/v1/reports", &[], b"");
    answer.problem(405);
    let allow = answer.header("allow").unwrap();
    assert!(allow.contains("POST") && allow.contains("GET"), "{allow}");
}
