//! No name, header or byte from outside makes the server panic, wait for ever, or leave its folder.

use std::fs;

use super::client;
use super::report::{KEY, Place, Report, files_below};
use super::tus::{CHUNK, UPLOADS, ask};

#[test]
fn a_name_from_outside_never_becomes_a_path() {
    let place = Place::new();
    let upload = place.upload(10);
    let data = place.dir.path().join("data");
    fs::write(data.join("outside.state"), b"untouched").unwrap();
    let before = files_below(&data.join("uploads"));
    let id = upload.path.strip_prefix("/api/v1/uploads/").unwrap();
    let evil = [
        "..%2foutside".to_owned(),
        "%2e%2e%2foutside".to_owned(),
        "..%5coutside".to_owned(),
        "%00".to_owned(),
        "%2fetc%2fpasswd".to_owned(),
        "a".repeat(64),
        "a".repeat(63),
        "a".repeat(5000),
        id.to_uppercase(),
        format!("{id}.state"),
        format!("{id}%00"),
        format!("..%2fuploads%2f{id}"),
        "%f0%9f%92%a9".repeat(16),
    ];
    for name in evil {
        for method in ["HEAD", "GET", "PATCH", "DELETE"] {
            let headers = [CHUNK, ("Upload-Offset", "0")];
            let path = format!("{UPLOADS}/{name}");
            let body: &[u8] = if method == "PATCH" { b"evil" } else { b"" };
            assert_eq!(
                ask(upload.address, method, &path, &headers, body).status,
                404,
                "{method} {name}"
            );
        }
    }
    assert_eq!(files_below(&data.join("uploads")), before);
    assert_eq!(fs::read(data.join("outside.state")).unwrap(), b"untouched");
}

#[test]
fn no_header_brings_the_server_down() {
    let place = Place::new();
    let upload = place.upload(10);
    let long = "9".repeat(10_000);
    let values = [
        "",
        " ",
        "-1",
        "18446744073709551615",
        "18446744073709551616",
        &long,
        "0x0",
        "1,1",
        "sha1 ",
        "sha256 ====",
        "sha1 AAAA",
        "a b c d",
        ",,,,",
        "é",
        "\u{1}",
        "OPTIONS",
        "CONNECT",
        "PATCH /",
        "1.0.0 ",
        "../../..",
    ];
    let names = [
        "Upload-Offset",
        "Upload-Length",
        "Upload-Metadata",
        "Upload-Checksum",
        "Tus-Resumable",
        "Content-Type",
        "X-HTTP-Method-Override",
        "Upload-Defer-Length",
        "Upload-Concat",
        "Expect",
    ];
    let bearer = format!("Bearer {KEY}");
    for name in names {
        for value in values {
            for (method, path) in [("POST", UPLOADS), ("PATCH", &upload.path), ("GET", &upload.path)] {
                // In front of the right ones, which then come twice.
                for twice in [false, true] {
                    let mut headers = vec![(name, value), ("Authorization", bearer.as_str())];
                    let right = [
                        CHUNK,
                        ("Tus-Resumable", "1.0.0"),
                        ("Upload-Offset", "0"),
                        ("Upload-Length", "10"),
                    ];
                    headers.extend(right.into_iter().filter(|(right, _)| twice || *right != name));
                    let answer = client::request(upload.address, method, path, &headers, b"");
                    let status = answer.status;
                    assert!(
                        (200..500).contains(&status),
                        "{method} {name}: {value:.30}: {status}"
                    );
                }
            }
        }
    }
    assert_eq!(place.get("/healthz", &[]).status, 200);
}

#[test]
fn a_body_without_a_length_is_counted() {
    let place = Place::new();
    let report = Report::new("x");
    let bundle = &report.bundle;
    let upload = place.upload(bundle.len());
    let send = |offset: usize, bytes: &[u8]| {
        let head = format!(
            "PATCH {} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\nTus-Resumable: 1.0.0\r\n\
             Content-Type: application/offset+octet-stream\r\nUpload-Offset: {offset}\r\n\
             Transfer-Encoding: chunked\r\n\r\n{:x}\r\n",
            upload.path,
            bytes.len()
        );
        client::raw(
            upload.address,
            &[head.as_bytes(), bytes, b"\r\n0\r\n\r\n"].concat(),
        )
    };
    send(0, &[&bundle[..], b"!"].concat()).problem(400);
    assert!(place.listed().is_empty());
    let offset = upload.offset();
    assert_eq!(send(offset, &bundle[offset..]).status, 204);
    assert_eq!(upload.get().json()["sha256"], report.sha256());
}

#[test]
fn a_client_that_sends_everything_before_it_reads_still_gets_the_answer() {
    let place = Place::new();
    let upload = place.upload(30_000_000);
    // More than the two kernels buffer for a connection that nobody reads.
    let noise = vec![7; 20_000_000];
    upload.patch(5, &noise).problem(409);
    ask(
        upload.address,
        "PATCH",
        &format!("{UPLOADS}/{}", "a".repeat(64)),
        &[CHUNK, ("Upload-Offset", "0")],
        &noise,
    )
    .problem(404);
}
