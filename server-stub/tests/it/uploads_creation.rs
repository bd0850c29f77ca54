//! What the server offers and how an upload begins, held to the tus protocol's sentences.

use super::client;
use super::report::{KEY, Place, Report};
use super::tus::{CHUNK, UPLOADS, ask};

#[test]
fn the_server_says_what_it_offers() {
    let place = Place::with(|config| config.max_bytes(5000));
    let config = place.get("/api/v1/config", &[]).json();
    assert_eq!(config["uploads"], UPLOADS);
    let id = format!("{UPLOADS}/{}", "a".repeat(64));
    for path in [UPLOADS, &id] {
        // `Tus-Resumable` does not count here, and nothing is said that the configuration does not say.
        let headers = [("Tus-Resumable", "0.2.2")];
        let answer = client::request(place.server.local_addr(), "OPTIONS", path, &headers, b"");
        assert_eq!(answer.status, 204);
        assert_eq!(answer.header("tus-version"), Some("1.0.0"));
        assert_eq!(answer.header("tus-max-size"), Some("5000"));
        assert_eq!(answer.header("tus-checksum-algorithm"), Some("sha1,sha256"));
        let extensions = "creation,creation-with-upload,checksum,expiration,termination";
        assert_eq!(answer.header("tus-extension"), Some(extensions));
    }
}

#[test]
fn creation_answers_with_an_address_and_head_with_what_was_said() {
    let place = Place::new();
    let metadata = "id YQ==,filename cmVwb3J0LnppcA==,is_confidential";
    let headers = [("Upload-Length", "1000"), ("Upload-Metadata", metadata)];
    let answer = ask(place.server.local_addr(), "POST", UPLOADS, &headers, b"");
    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("upload-offset"), Some("0"));
    assert!(answer.header("upload-expires").unwrap().ends_with(" GMT"));
    let path = answer.header("location").unwrap();
    assert!(
        path.strip_prefix("/api/v1/uploads/")
            .is_some_and(|id| id.len() == 64)
    );

    let head = ask(place.server.local_addr(), "HEAD", path, &[], b"");
    assert_eq!(head.status, 200);
    assert_eq!(head.header("upload-length"), Some("1000"));
    assert_eq!(head.header("upload-offset"), Some("0"));
    assert_eq!(head.header("upload-metadata"), Some(metadata));
    assert_eq!(head.header("cache-control"), Some("no-store"));
    assert_eq!(head.header("upload-expires"), answer.header("upload-expires"));
    assert_eq!(place.upload(5).head().header("upload-metadata"), None);
}

#[test]
fn creation_may_bring_bytes_and_may_bring_all() {
    let place = Place::new();
    let report = Report::new("at once");
    let length = report.bundle.len().to_string();
    for sent in [10, report.bundle.len()] {
        let headers = [CHUNK, ("Upload-Length", &length)];
        let body = &report.bundle[..sent];
        let answer = ask(place.server.local_addr(), "POST", UPLOADS, &headers, body);
        assert_eq!(answer.status, 201, "{}", answer.text());
        assert_eq!(answer.header("upload-offset"), Some(sent.to_string().as_str()));
        assert_eq!(place.listed().len(), usize::from(sent > 10));
    }
}

#[test]
fn a_creation_that_fails_leaves_nothing() {
    let place = Place::new();
    let address = place.server.local_addr();
    let post = |headers: &[(&str, &str)], body: &[u8]| ask(address, "POST", UPLOADS, headers, body);
    for length in ["", "-1", "1e3", "999999999999999999999"] {
        post(&[("Upload-Length", length)], b"").problem(400);
    }
    post(&[], b"").problem(400);
    post(&[("Upload-Defer-Length", "1")], b"").problem(400);
    post(
        &[("Upload-Length", "5"), ("Upload-Metadata", "a not-base64")],
        b"",
    )
    .problem(400);
    post(
        &[("Upload-Length", "5"), ("Content-Type", "text/plain")],
        b"12345",
    )
    .problem(415);
    post(&[("Upload-Length", "4"), CHUNK], b"12345").problem(400);
    post(&[("Upload-Length", "5"), CHUNK], b"12345").problem(422);
    post(&[("Upload-Length", "0")], b"").problem(422);
    let wrong = ("Upload-Checksum", "sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=");
    let answer = post(&[("Upload-Length", "9"), CHUNK, wrong], b"12345");
    assert_eq!(answer.status, 460);
    assert_eq!(place.uploads(), Vec::<String>::new());
    place.assert_empty();
}

#[test]
fn too_large_is_told_before_the_first_byte() {
    let place = Place::with(|config| config.max_bytes(5000));
    let answer = ask(
        place.server.local_addr(),
        "POST",
        UPLOADS,
        &[("Upload-Length", "5001")],
        b"",
    );
    assert_eq!(answer.problem(413)["max_bytes"], 5000);
    place.upload(5000);
}

#[test]
fn unfinished_uploads_have_a_bound_and_room_comes_back() {
    let place = Place::with(|config| config.max_bytes(5000));
    let uploads: Vec<_> = (0..64).map(|_| place.upload(5000)).collect();
    let one_more = || {
        ask(
            place.server.local_addr(),
            "POST",
            UPLOADS,
            &[("Upload-Length", "1")],
            b"",
        )
    };
    let full = one_more();
    full.problem(503);
    assert!(full.header("retry-after").is_some());
    assert_eq!(uploads[0].ask("DELETE", &[], b"").status, 204);
    assert_eq!(one_more().status, 201);
}

#[test]
fn another_version_is_not_spoken() {
    let place = Place::new();
    let upload = place.upload(5);
    let bearer = format!("Bearer {KEY}");
    for version in [None, Some("0.2.2"), Some("1.0.1"), Some("")] {
        let mut headers = vec![("Authorization", bearer.as_str()), ("Upload-Length", "5")];
        headers.extend(version.map(|version| ("Tus-Resumable", version)));
        for (method, path) in [
            ("POST", UPLOADS),
            ("PATCH", &upload.path),
            ("DELETE", &upload.path),
            ("GET", &upload.path),
        ] {
            let answer = client::request(upload.address, method, path, &headers, b"");
            answer.problem(412);
            assert_eq!(answer.header("tus-version"), Some("1.0.0"));
            assert_eq!(answer.header("tus-resumable"), Some("1.0.0"));
        }
        assert_eq!(client::head(upload.address, &upload.path, &headers).status, 412);
    }
    assert_eq!(place.uploads().len(), 2, "the two files of one upload");
}
