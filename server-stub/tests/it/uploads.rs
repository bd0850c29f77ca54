//! Every sentence of the tus protocol that a client can hold the server to, and what becomes of a whole upload.

use serde_json::json;

use super::client;
use super::report::{Place, Report, TOKEN, files_below, zip_of};
use super::tus::{CHUNK, UPLOADS, ask};

#[test]
fn an_upload_in_pieces_becomes_the_same_report_as_a_form() {
    let place = Place::new();
    let report = Report::new("in pieces");
    let bundle = &report.bundle;
    let upload = place.upload(bundle.len());
    assert_eq!(upload.offset(), 0);
    for (at, piece) in bundle.chunks(100).enumerate() {
        assert!(place.listed().is_empty());
        let answer = upload.patch(at * 100, piece);
        let offset = (at * 100 + piece.len()).to_string();
        assert_eq!(
            (answer.status, answer.header("upload-offset"), answer.body.len()),
            (204, Some(offset.as_str()), 0)
        );
        assert!(answer.header("upload-expires").unwrap().ends_with(" GMT"));
    }
    let receipt = json!({"id": report.id, "sha256": report.sha256(), "number": "FB-1001"});
    for _ in 0..2 {
        let answer = upload.get();
        assert_eq!((answer.status, answer.json()), (200, receipt.clone()));
    }
    assert_eq!(upload.offset(), bundle.len(), "also when it is a report");
    let listed = &place.listed()[0];
    assert_eq!(
        (&listed["message"], &listed["sha256"]),
        (&json!("in pieces"), &receipt["sha256"])
    );
    let stored = place.agent(&format!("/api/v1/reports/{}/bundle", report.id));
    assert!(stored.body == *bundle);
    assert_eq!(place.parts(), 0);

    let again = place.send(&report);
    assert_eq!((again.status, again.json()), (200, receipt));
}

#[test]
fn an_upload_is_its_keys_own() {
    let place = Place::with(|config| config.key("second"));
    let upload = place.upload(5);
    let with = |bearer: &str, method: &str, path: &str| {
        let headers = [
            ("Authorization", bearer),
            ("Tus-Resumable", "1.0.0"),
            ("Upload-Length", "5"),
            CHUNK,
            ("Upload-Offset", "0"),
        ];
        client::request(upload.address, method, path, &headers, b"")
    };
    for method in ["PATCH", "DELETE", "GET"] {
        with("Bearer wrong", method, &upload.path).problem(401);
        with(&format!("Bearer {TOKEN}"), method, &upload.path).problem(401);
        with("", method, &upload.path).problem(401);
        with("Bearer second", method, &upload.path).problem(404);
    }
    with("Bearer wrong", "POST", UPLOADS).problem(401);
    assert_eq!(with("Bearer second", "POST", UPLOADS).status, 201);
    assert_eq!(upload.offset(), 0);
}

#[test]
fn a_patch_goes_on_where_the_upload_is_or_not_at_all() {
    let place = Place::new();
    let upload = place.upload(10);
    assert_eq!(upload.patch(0, b"01234").status, 204);
    for wrong in [0, 4, 6, 10, 11, usize::MAX] {
        upload.patch(wrong, b"x").problem(409);
    }
    upload.patch(5, b"567890").problem(400);
    upload.ask("PATCH", &[CHUNK], b"x").problem(400);
    upload
        .ask("PATCH", &[CHUNK, ("Upload-Offset", "-5")], b"x")
        .problem(400);
    for kind in ["application/octet-stream", "", "application/zip"] {
        let headers = [("Content-Type", kind), ("Upload-Offset", "5")];
        upload.ask("PATCH", &headers, b"x").problem(415);
    }
    assert_eq!(upload.offset(), 5);
    assert_eq!(upload.patch(5, b"").status, 204);
    upload.get().problem(409);
    assert_eq!(upload.offset(), 5);
}

#[test]
fn a_checksum_is_believed_and_a_wrong_one_costs_the_chunk() {
    let place = Place::new();
    let report = Report::new("checked");
    let bundle = &report.bundle;
    let upload = place.upload(bundle.len());
    let (sha1, sha256) = (&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, &ring::digest::SHA256);
    let sum = |algorithm, name: &str, bytes: &[u8]| {
        let digest = ring::digest::digest(algorithm, bytes);
        format!("{name} {}", base64(digest.as_ref()))
    };
    let (first, rest) = bundle.split_at(100);

    let wrong = sum(sha1, "sha1", b"other bytes");
    assert_eq!(
        upload.patch_with(0, first, &[("Upload-Checksum", &wrong)]).status,
        460
    );
    assert_eq!(upload.offset(), 0);
    for unknown in ["md5 XUFAKrxLKna5cZ2REBfFkg==", "sha1", "sha1 YQ==", ""] {
        upload
            .patch_with(0, first, &[("Upload-Checksum", unknown)])
            .problem(400);
    }
    let right = sum(sha1, "sha1", first);
    assert_eq!(
        upload.patch_with(0, first, &[("Upload-Checksum", &right)]).status,
        204
    );
    let wrong = sum(sha256, "sha256", first);
    assert_eq!(
        upload
            .patch_with(100, rest, &[("Upload-Checksum", &wrong)])
            .status,
        460
    );
    assert_eq!(upload.offset(), 100);
    let right = sum(sha256, "sha256", rest);
    assert_eq!(
        upload
            .patch_with(100, rest, &[("Upload-Checksum", &right)])
            .status,
        204
    );
    assert_eq!(upload.get().json()["sha256"], report.sha256());
}

#[test]
fn a_terminated_upload_is_gone() {
    let place = Place::new();
    let upload = place.upload(10);
    upload.patch(0, b"01234");
    let answer = upload.ask("DELETE", &[], b"");
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert_eq!(upload.head().status, 404);
    assert_eq!(upload.head().header("upload-offset"), None);
    upload.patch(5, b"5").problem(404);
    upload.ask("DELETE", &[], b"").problem(404);
    assert_eq!(place.uploads(), Vec::<String>::new());
}

#[test]
fn a_report_outlives_its_upload() {
    let place = Place::new();
    let report = Report::new("x");
    let upload = place.upload(report.bundle.len());
    upload.patch(0, &report.bundle);
    assert_eq!(upload.ask("DELETE", &[], b"").status, 204);
    upload.get().problem(404);
    assert_eq!(place.listed().len(), 1);
}

#[test]
fn a_method_may_be_named_in_a_header() {
    let place = Place::new();
    let upload = place.upload(10);
    let as_post = |method: &str, more: &[(&str, &str)], body: &[u8]| {
        upload.ask(
            "POST",
            &[&[("X-HTTP-Method-Override", method)], more].concat(),
            body,
        )
    };
    assert_eq!(
        as_post("PATCH", &[CHUNK, ("Upload-Offset", "0")], b"01234").status,
        204
    );
    assert_eq!(as_post("HEAD", &[], b"").header("upload-offset"), Some("5"));
    assert_eq!(as_post("DELETE", &[], b"").status, 204);
    assert_eq!(upload.head().status, 404);
}

#[test]
fn other_methods_are_not_allowed() {
    let place = Place::new();
    let upload = place.upload(10);
    let cases = [
        ("PUT", UPLOADS, "POST"),
        ("GET", UPLOADS, "POST"),
        ("POST", &upload.path, "PATCH"),
        ("PUT", &upload.path, "PATCH"),
    ];
    for (method, path, allowed) in cases {
        let answer = ask(upload.address, method, path, &[], b"");
        answer.problem(405);
        assert!(answer.header("allow").unwrap().contains(allowed));
    }
}

#[test]
fn what_is_no_report_is_refused_and_gone() {
    let place = Place::new();
    let manifest = |schema: u32| json!({"schema": schema, "id": Report::new("x").id, "app": {"name": "a"}});
    let evil = Report::of(&manifest(1), &[("../../outside.txt", b"evil")]);
    let cases = [
        (b"not a zip".to_vec(), "zip"),
        (zip_of(&[("message.txt", b"x")]), "no `report.json`"),
        (zip_of(&[("report.json", b"[]")]), "JSON object"),
        (Report::of(&manifest(2), &[]).bundle, "schema"),
        (evil.bundle, "name"),
    ];
    for (bundle, word) in cases {
        let upload = place.upload(bundle.len());
        let problem = upload.patch(0, &bundle).problem(422);
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(word), "{word}: {detail}");
        assert_eq!(upload.head().status, 404);
    }
    assert_eq!(place.uploads(), Vec::<String>::new());
    place.assert_empty();
}

#[test]
fn the_same_bundle_is_the_same_report_and_another_one_is_a_conflict() {
    let place = Place::new();
    let report = Report::new("x");
    place.send(&report);
    let upload = place.upload(report.bundle.len());
    assert_eq!(upload.patch(0, &report.bundle).status, 204);
    assert_eq!(upload.get().json()["number"], "FB-1001");
    assert_eq!(place.listed().len(), 1);
    assert_eq!(place.parts(), 0);

    let other = zip_of(&[("report.json", &report.manifest), ("logs/app.log", b"changed")]);
    let upload = place.upload(other.len());
    upload.patch(0, &other).problem(409);
    upload.get().problem(404);
    let stored = place.agent(&format!("/api/v1/reports/{}/bundle", report.id));
    assert_eq!(stored.body, report.bundle);
    assert_eq!(place.parts(), 0);
}

impl Place {
    /// The files of the folder for uploads.
    pub(crate) fn uploads(&self) -> Vec<String> {
        files_below(&self.dir.path().join("data/uploads"))
    }

    /// How many uploads have bytes of their own.
    fn parts(&self) -> usize {
        let is_part = |path: &&String| path.rsplit_once('.').is_some_and(|(_, ending)| ending == "part");
        self.uploads().iter().filter(is_part).count()
    }
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
