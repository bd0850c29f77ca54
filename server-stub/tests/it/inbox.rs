//! The pages: only for those who signed in, and a report's text is text wherever it is shown.

use serde_json::json;
use uuid::Uuid;

use super::client::{self, Answer};
use super::report::{Place, Report, TOKEN};

const EVIL: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

fn form(place: &Place, path: &str, cookie: &str, body: &str) -> Answer {
    let headers = [
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Cookie", cookie),
    ];
    client::request(place.server.local_addr(), "POST", path, &headers, body.as_bytes())
}

#[test]
fn nobody_reads_without_signing_in() {
    let place = Place::new();
    place.send(&Report::new("secret"));
    assert_eq!(place.get("/", &[]).header("location"), Some("/inbox"));
    let paths = [
        ("/inbox", "/sign-in"),
        ("/inbox/FB-1001", "/sign-in?to=%2Finbox%2FFB-1001"),
        ("/inbox/FB-1001/bundle", "/sign-in?to=%2Finbox%2FFB-1001%2Fbundle"),
        (
            "/inbox/FB-1001/files/0?download",
            "/sign-in?to=%2Finbox%2FFB-1001%2Ffiles%2F0%3Fdownload",
        ),
    ];
    for (path, to) in paths {
        for cookie in ["", "feedback_session=guess"] {
            let answer = place.get(path, &[("Cookie", cookie)]);
            assert_eq!((answer.status, answer.header("location")), (303, Some(to)));
            assert!(answer.body.is_empty());
        }
    }
}

#[test]
fn the_token_opens_the_inbox_until_sign_out() {
    let place = Place::new();
    assert_eq!(place.get("/sign-in", &[]).status, 200);
    assert_eq!(form(&place, "/sign-in", "", "token=wrong").status, 401);
    assert_eq!(form(&place, "/sign-in", "", "").status, 401);

    let answer = form(&place, "/sign-in", "", &format!("token=+{TOKEN}+"));
    assert_eq!((answer.status, answer.header("location")), (303, Some("/inbox")));
    let cookie = answer.header("set-cookie").unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains(TOKEN),
        "{cookie}"
    );
    let cookie = cookie.split(';').next().unwrap();
    assert_eq!(place.get("/inbox", &[("Cookie", cookie)]).status, 200);

    assert_eq!(form(&place, "/sign-out", cookie, "").status, 303);
    assert_eq!(place.get("/inbox", &[("Cookie", cookie)]).status, 303);
}

#[test]
fn whoever_has_followed_a_link_to_a_report_reads_it_after_signing_in() {
    let place = Place::new();
    place.send(&Report::new("secret"));
    let asked = place.get("/inbox/FB-1001?a=b", &[]);
    let sign_in = asked.header("location").unwrap();
    let field = "name=\"to\" value=\"/inbox/FB-1001?a=b\"";
    assert!(place.get(sign_in, &[]).text().contains(field));

    let to = sign_in.split_once('?').unwrap().1;
    let wrong = form(&place, "/sign-in", "", &format!("{to}&token=wrong"));
    assert_eq!((wrong.status, wrong.text().contains(field)), (401, true));
    let right = form(&place, "/sign-in", "", &format!("{to}&token={TOKEN}"));
    assert_eq!(right.header("location"), Some("/inbox/FB-1001?a=b"));
    let linked = place.get(&format!("{sign_in}&token={TOKEN}"), &[]);
    assert_eq!(linked.header("location"), Some("/inbox/FB-1001?a=b"));

    let evil = form(
        &place,
        "/sign-in",
        "",
        &format!("to=//evil.example&token={TOKEN}"),
    );
    assert_eq!(evil.header("location"), Some("/inbox"));
    let page = place.get("/sign-in?to=%2Finbox%2F%22%3E%3Cscript%3E", &[]).text();
    assert!(!page.contains("<script"), "{page}");
}

#[test]
fn a_link_opens_the_inbox_once() {
    let place = Place::new();
    let link = place.server.inbox_url();
    let path = link.strip_prefix(&place.server.url()).unwrap();
    assert_eq!(place.get(path, &[]).status, 303);
    let again = place.get(path, &[]);
    assert_eq!(again.status, 401);
    assert!(again.header("set-cookie").is_none());
    assert_eq!(place.get(&format!("/sign-in?token={TOKEN}"), &[]).status, 303);
    assert_eq!(place.get("/sign-in?token=wrong", &[]).status, 401);
}

#[test]
fn html_in_any_field_is_text() {
    let place = Place::new();
    let manifest = json!({
        "schema": 1, "id": Uuid::now_v7().to_string(), "created_at": EVIL,
        "app": {"name": EVIL, "version": EVIL, EVIL: EVIL}, "message": EVIL, "reply_to": EVIL, "locale": EVIL,
        "system": {EVIL: EVIL}, "context": {EVIL: {EVIL: [EVIL]}}, "crash": {EVIL: EVIL},
        "files": [{"path": format!("logs/{EVIL}"), "kind": EVIL, "cut": EVIL, "sha256": EVIL, "masked": {EVIL: 1}}],
        "gaps": [{"what": EVIL, "why": EVIL}], "masked": {EVIL: 3},
    });
    let log = format!("logs/{}", EVIL.replace('/', ""));
    let picture = format!("screenshots/{}.png", EVIL.replace('/', ""));
    assert_eq!(
        place
            .send(&Report::of(&manifest, &[(&log, b"x"), (&picture, PNG)]))
            .status,
        201
    );

    let cookie = place.cookie();
    for path in ["/inbox", "/inbox/FB-1001"] {
        let page = place.get(path, &[("Cookie", &cookie)]).text();
        assert!(
            !page.contains("<script") && !page.contains("<img src=x"),
            "{page}"
        );
        assert!(page.contains("&#60;script&#62;alert(1)"), "{page}");
    }
}

#[test]
fn of_a_long_message_the_page_says_where_the_rest_is() {
    let place = Place::new();
    let manifest = json!({
        "schema": 1, "id": Uuid::now_v7().to_string(), "app": {"name": "Notes"},
        "message": "It began", "message_bytes": 9_000_000,
    });
    let report = Report::of(&manifest, &[("message.txt", b"It began and went on")]);
    assert_eq!(place.send(&report).status, 201);
    assert_eq!(place.listed()[0]["message_bytes"], 9_000_000);
    let page = |path| place.get(path, &[("Cookie", &place.cookie())]).text();
    let told = "This is the beginning of 9.0 MB. All of it is in message.txt";
    assert!(page("/inbox/FB-1001").contains(told));
    place.send(&Report::new("short"));
    assert!(!page("/inbox/FB-1002").contains("beginning"));
    assert!(place.listed()[0].get("message_bytes").is_none());
}

#[test]
fn of_a_report_without_facts_the_page_says_who_left_them_out() {
    let place = Place::new();
    let manifest = json!({
        "schema": 1, "id": Uuid::now_v7().to_string(), "app": {"name": "Notes"}, "message": "It is slow.",
        "system": {}, "context": {}, "files": [{"path": "message.txt"}],
        "gaps": [{"what": "system.json", "why": "left out by the person"}],
    });
    let report = Report::of(&manifest, &[("message.txt", b"It is slow.")]);
    assert_eq!(place.send(&report).status, 201);
    let page = place.get("/inbox/FB-1001", &[("Cookie", &place.cookie())]).text();
    let told = "<b><bdi>system.json</bdi></b>: <bdi>left out by the person</bdi>";
    assert!(page.contains(told), "{page}");
    assert!(
        !page.contains("The machine") && !page.contains("From the app"),
        "{page}"
    );
}

#[test]
fn pages_allow_the_browser_nothing_and_leave_nothing_behind() {
    let place = Place::new();
    place.send(&Report::new("x"));
    let cookie = place.cookie();
    for path in [
        "/inbox",
        "/inbox/FB-1001",
        "/inbox/FB-9",
        "/sign-in",
        "/style.css",
        "/nothing",
        "/inbox/FB-1001/files/0",
    ] {
        let answer = place.get(path, &[("Cookie", &cookie)]);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert!(!answer.text().contains("<script"), "{path}");
    }
}

#[test]
fn files_are_served_as_what_they_are_and_never_as_pages() {
    let place = Place::new();
    let files: [(&str, &[u8]); 5] = [
        ("screenshots/1.png", PNG),
        ("attachments/page.html", b"<script>alert(1)</script>"),
        ("attachments/fake.png", b"<script>alert(1)</script>"),
        ("attachments/tool.exe", b"MZ\0\x01"),
        ("logs/app.log", "Größe\n".as_bytes()),
    ];
    place.send(&Report::with_files("x", &files));
    let cookie = place.cookie();
    let text = "text/plain; charset=utf-8";
    let expected = [
        ("image/png", "inline; filename=\"1.png\""),
        (text, "inline; filename=\"page.html\""),
        (text, "inline; filename=\"fake.png\""),
        ("application/octet-stream", "attachment; filename=\"tool.exe\""),
        (text, "inline; filename=\"app.log\""),
    ];
    for (n, (content_type, disposition)) in expected.into_iter().enumerate() {
        let path = format!("/inbox/FB-1001/files/{}", n + 1); // 0 is report.json
        let answer = place.get(&path, &[("Cookie", &cookie)]);
        assert_eq!(answer.header("content-type"), Some(content_type));
        assert!(
            answer
                .header("content-disposition")
                .unwrap()
                .starts_with(disposition)
        );
        assert!(
            answer
                .header("content-security-policy")
                .unwrap()
                .starts_with("sandbox")
        );
        assert_eq!(answer.body, files[n].1);
        let saved = place.get(&format!("{path}?download"), &[("Cookie", &cookie)]);
        assert!(
            saved
                .header("content-disposition")
                .unwrap()
                .starts_with("attachment")
        );
    }
    for missing in [
        "/inbox/FB-1001/files/6",
        "/inbox/FB-1001/files/x",
        "/inbox/FB-2/files/0",
    ] {
        let answer = place.get(missing, &[("Cookie", &cookie)]);
        assert_eq!(answer.status, 404, "{missing}");
        assert!(answer.text().contains("<h1>Not found</h1>"));
    }
}

#[test]
fn a_report_is_shown_whole() {
    let place = Place::new();
    let manifest = json!({
        "schema": 1, "id": Uuid::now_v7().to_string(), "created_at": "2026-01-02T03:04:05Z",
        "app": {"name": "Notes", "version": "1.2.3", "channel": "beta"}, "message": "First line\nsecond line",
        "reply_to": "a@example.org", "locale": "de-AT", "system": {"os": {"name": "Linux"}, "memory_total": 2_500_000, "app_language": "pt-BR"}, "context": {"file": "x.md"},
        "crash": {"message": "index out of bounds"}, "masked": {"email": 2},
        "files": [{"path": "logs/app.log", "bytes": 2, "original_bytes": 5_000_000, "cut": "head"}],
        "gaps": [{"what": "screenshot", "why": "the person said no"}],
    });
    let report = Report::of(&manifest, &[("logs/app.log", b"x\n"), ("screenshots/1.png", PNG)]);
    place.send(&report);
    let cookie = place.cookie();
    let list = place.get("/inbox", &[("Cookie", &cookie)]).text();
    for part in ["FB-1001", "Notes 1.2.3", "First line", "1 log", "wants an answer"] {
        assert!(list.contains(part), "{part}: {list}");
    }
    let page = place
        .get(&format!("/inbox/{}", report.id), &[("Cookie", &cookie)])
        .text();
    let parts = [
        "First line\nsecond line",
        "<a href=\"mailto:a@example.org?subject=FB-1001\">",
        "2026-01-02 03:04 UTC",
        "os.name",
        "title=\"2500000\">2.5 MB</td>",
        "x.md",
        "index out of bounds",
        "the person said no",
        "only the newest part of 5.0 MB",
        "app.channel",
        "language of the window</th><td dir=\"auto\">pt-BR<",
        "system&#39;s locale</th><td dir=\"auto\">de-AT<",
        "/inbox/FB-1001/bundle",
        "<img src=\"/inbox/FB-1001/files/2\"",
        &report.sha256(),
    ];
    for part in parts {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(
        place.get("/inbox/FB-1001/bundle", &[("Cookie", &cookie)]).body,
        report.bundle
    );
}

#[test]
fn a_crash_is_told_in_the_list_and_is_no_log() {
    let place = Place::new();
    let files: [(&str, &[u8]); 2] = [("logs/app.log", b"x"), ("logs/crash.txt", b"x")];
    let manifest = json!({
        "schema": 1, "id": Uuid::now_v7().to_string(), "app": {"name": "Notes"}, "message": "It crashed.",
        "crash": {"panic": null}, "files": files.map(|(path, _)| json!({"path": path})),
    });
    let list = || place.get("/inbox", &[("Cookie", &place.cookie())]).text();
    place.send(&Report::with_files("not a crash", &files));
    let without = list();
    assert!(
        !without.contains(">crash<") && without.contains("2 logs"),
        "{without}"
    );
    place.send(&Report::of(&manifest, &files));
    let with = list();
    let (crash, log) = (with.find(">crash<").unwrap(), with.find(">1 log<").unwrap());
    assert!(crash < log, "{with}");
}

#[test]
fn the_list_goes_on_to_older_pages() {
    let place = Place::new();
    for n in 0..51 {
        place.send(&Report::new(&format!("message {n}")));
    }
    let cookie = place.cookie();
    let first = place.get("/inbox", &[("Cookie", &cookie)]).text();
    assert!(
        first.contains("FB-1051") && !first.contains("FB-1001<") && first.contains("/inbox?before=FB-1002")
    );
    let second = place.get("/inbox?before=FB-1002", &[("Cookie", &cookie)]).text();
    assert!(second.contains("FB-1001<") && !second.contains("Older"));
}
