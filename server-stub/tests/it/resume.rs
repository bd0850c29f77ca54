//! Guards that an upload goes on from its last byte: after a cut at any byte, a stop, a `kill -9`, and a lost answer.

use std::fs;
use std::io::Write as _;
use std::net::Shutdown;
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

use serde_json::Value;
use server_stub::Server;

use super::client;
use super::life::Program;
use super::limits::noise;
use super::report::{KEY, Place, Report, TOKEN, config};
use super::tus::{UPLOADS, Upload, ask};

/// Longer than any test: whoever waits for a silent client fails.
const FOR_EVER: Duration = Duration::from_hours(1);

impl Upload {
    /// Sends what is missing, as often as it takes.
    fn complete(&self, bundle: &[u8]) {
        loop {
            let offset = self.offset();
            let answer = self.patch(offset, &bundle[offset..]);
            if answer.status == 204 {
                return;
            }
            answer.problem(409); // an older request, or another sender, was first
        }
    }

    fn sha256(&self) -> Value {
        self.get().json()["sha256"].clone()
    }
}

impl Place {
    /// The same folder with a new server, after `meanwhile`.
    fn restarted(self, meanwhile: impl FnOnce()) -> Self {
        let Self { server, dir } = self;
        server.shutdown();
        meanwhile();
        let server = Server::start(config(&dir.path().join("data"))).unwrap();
        Self { server, dir }
    }

    /// The same upload at the address of this server.
    fn found(&self, upload: &Upload) -> Upload {
        Upload {
            address: self.server.local_addr(),
            path: upload.path.clone(),
        }
    }

    fn file_of(&self, upload: &Upload, ending: &str) -> PathBuf {
        let id = upload.path.strip_prefix(UPLOADS).unwrap();
        self.dir.path().join(format!("data/uploads{id}.{ending}"))
    }
}

#[test]
fn what_came_before_a_cut_is_kept_to_the_byte() {
    let place = Place::new();
    let report = Report::new("cut");
    let bundle = &report.bundle;
    for sent in (0..bundle.len()).step_by(61) {
        let upload = place.upload(bundle.len());
        let mut stream = upload.begin_patch(0, bundle.len(), &bundle[..sent]);
        stream.shutdown(Shutdown::Write).unwrap();
        client::read(&mut stream).problem(408);
        assert_eq!(upload.offset(), sent);
        assert_eq!(upload.patch(sent, &bundle[sent..]).status, 204);
        assert_eq!(upload.sha256(), report.sha256());
    }
    assert_eq!(place.listed().len(), 1);
}

#[test]
fn a_client_that_vanished_goes_on_at_once() {
    let place = Place::with(|config| config.idle_timeout(FOR_EVER));
    let report = Report::new("gone");
    let bundle = &report.bundle;
    for sent in (0..bundle.len()).step_by(97) {
        let upload = place.upload(bundle.len());
        drop(upload.begin_patch(0, bundle.len(), &bundle[..sent]));
        upload.complete(bundle);
        assert_eq!(upload.sha256(), report.sha256());
    }
}

#[test]
fn a_newer_request_ends_one_that_hangs() {
    let place = Place::with(|config| config.idle_timeout(FOR_EVER));
    let report = Report::new("half-open");
    let bundle = &report.bundle;
    let upload = place.upload(bundle.len());
    let mut hangs = upload.begin_patch(0, bundle.len(), &bundle[..bundle.len() / 2]);
    upload.complete(bundle);
    client::read(&mut hangs).problem(409);
    assert_eq!(upload.sha256(), report.sha256());
}

#[test]
fn eight_senders_of_one_upload_make_one_report() {
    let place = Place::new();
    let report = Report::with_files("x", &[("logs/zeros", &vec![0; 1_000_000])]);
    let bundle = &report.bundle;
    let upload = place.upload(bundle.len());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for end in (0..bundle.len()).step_by(100) {
                    let offset = upload.offset();
                    let piece = bundle.get(offset..end.max(offset)).unwrap_or_default();
                    assert!(matches!(upload.patch(offset, piece).status, 204 | 409));
                }
                upload.complete(bundle);
            });
        }
    });
    assert_eq!(upload.sha256(), report.sha256());
    assert_eq!(place.listed().len(), 1);
}

#[test]
fn a_chunk_with_a_checksum_counts_only_when_it_is_whole() {
    let place = Place::with(|config| config.idle_timeout(Duration::from_millis(100)));
    let upload = place.upload(10);
    assert_eq!(upload.patch(0, b"01").status, 204);
    let headers = format!(
        "PATCH {} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\nTus-Resumable: 1.0.0\r\n\
         Content-Type: application/offset+octet-stream\r\nUpload-Offset: 2\r\nContent-Length: 8\r\n\
         Upload-Checksum: sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=\r\n\r\nhello",
        upload.path
    );
    for shut in [true, false] {
        let mut stream = client::connect(upload.address);
        stream.write_all(headers.as_bytes()).unwrap();
        if shut {
            stream.shutdown(Shutdown::Write).unwrap();
        }
        client::read(&mut stream).problem(408);
        assert_eq!(upload.offset(), 2);
    }
    assert_eq!(fs::read(place.file_of(&upload, "part")).unwrap(), b"01");
}

#[test]
fn a_slow_client_is_cut_and_keeps_its_bytes() {
    let place = Place::with(|config| config.idle_timeout(Duration::from_millis(100)));
    let upload = place.upload(10);
    let mut stream = upload.begin_patch(0, 10, b"012");
    client::read(&mut stream).problem(408);
    assert_eq!(upload.offset(), 3);
}

#[test]
fn a_restart_goes_on_from_the_last_byte() {
    let place = Place::new();
    let report = Report::new("restart");
    let (first, rest) = report.bundle.split_at(200);
    let upload = place.upload(report.bundle.len());
    upload.patch(0, first);
    let place = place.restarted(|| {});
    let upload = place.found(&upload);
    assert_eq!(upload.offset(), 200);
    assert_eq!(upload.patch(200, rest).status, 204);
    assert_eq!(
        upload.sha256(),
        report.sha256(),
        "of bytes that two servers wrote"
    );
    let place = place.restarted(|| {});
    assert_eq!(
        place.found(&upload).sha256(),
        report.sha256(),
        "for as long as the upload lasts"
    );
}

#[test]
fn what_the_disk_has_is_what_counts() {
    let place = Place::new();
    let report = Report::new("disk");
    let bundle = &report.bundle;
    let upload = place.upload(bundle.len());
    let part = place.file_of(&upload, "part");
    upload.patch(0, &bundle[..200]);
    // It lost what it had promised.
    fs::write(&part, &bundle[..150]).unwrap();
    assert_eq!(upload.offset(), 150);
    assert_eq!(upload.patch(150, &bundle[150..300]).status, 204);
    // A death left bytes whose checksum never came.
    fs::write(&part, [&bundle[..300], &[7; 5000]].concat()).unwrap();
    assert_eq!(upload.offset(), 300);
    upload.complete(bundle);
    assert_eq!(upload.sha256(), report.sha256());
    let stored = place.agent(&format!("/api/v1/reports/{}/bundle", report.id));
    assert!(stored.body == *bundle);
}

#[test]
fn an_upload_survives_the_death_of_the_program() {
    let dir = tempfile::TempDir::new().unwrap();
    let arguments = ["--key", KEY, "--agent-token", TOKEN];
    let report = Report::with_files("killed", &[("logs/noise", &noise(4_000_000))]);
    let bundle = &report.bundle;
    let told = bundle.len() / 2;

    let mut program = Program::serve(dir.path(), &arguments);
    let length = bundle.len().to_string();
    let made = ask(
        program.address,
        "POST",
        UPLOADS,
        &[("Upload-Length", &length)],
        b"",
    );
    let mut upload = Upload {
        address: program.address,
        path: made.header("location").unwrap().to_owned(),
    };
    assert_eq!(upload.patch(0, &bundle[..told]).status, 204);
    let _hangs = upload.begin_patch(told, bundle.len() - told, &bundle[told..bundle.len() - 1]);
    let state = dir.path().join(format!(
        "uploads{}.state",
        upload.path.strip_prefix(UPLOADS).unwrap()
    ));
    let counted = || -> usize { fs::read_to_string(&state).unwrap()[..20].parse().unwrap() };
    let patience = Instant::now() + client::PATIENCE;
    while counted() == told {
        assert!(
            Instant::now() < patience,
            "nothing of a long request counts before its end"
        );
        std::thread::yield_now();
    }
    program.child.kill().unwrap();
    program.child.wait().unwrap();

    let program = Program::serve(dir.path(), &arguments);
    upload.address = program.address;
    let offset = upload.offset();
    assert!(
        (told + 1..bundle.len()).contains(&offset),
        "{offset} of {}",
        bundle.len()
    );
    upload.complete(bundle);
    assert_eq!(upload.sha256(), report.sha256());
}

#[test]
fn a_whole_upload_that_a_stop_left_is_stored_by_the_next_request() {
    for method in ["HEAD", "GET", "PATCH"] {
        let place = Place::new();
        let report = Report::new(method);
        let upload = place.upload(report.bundle.len());
        let (part, state) = (place.file_of(&upload, "part"), place.file_of(&upload, "state"));
        let place = place.restarted(|| {
            fs::write(part, &report.bundle).unwrap();
            let mut text = fs::read(&state).unwrap();
            text[..20].copy_from_slice(format!("{:020}", report.bundle.len()).as_bytes());
            fs::write(&state, text).unwrap();
        });
        let upload = place.found(&upload);
        let status = match method {
            "PATCH" => upload.patch(report.bundle.len(), b"").status,
            method => upload.ask(method, &[], b"").status,
        };
        assert!(matches!(status, 200 | 204), "{method}: {status}");
        assert_eq!(place.listed().len(), 1, "{method}");
        assert_eq!(upload.sha256(), report.sha256());
    }
}

#[test]
fn an_upload_whose_report_never_came_to_be_begins_again() {
    let place = Place::new();
    let report = Report::new("lost");
    let upload = place.upload(report.bundle.len());
    upload.patch(0, &report.bundle);
    let state = place.file_of(&upload, "state");
    // As a death between the bundle's move and its row leaves it.
    let text = fs::read_to_string(&state)
        .unwrap()
        .replace(&report.id, &Report::new("x").id);
    fs::write(&state, text).unwrap();
    assert_eq!(upload.head().status, 404);
    assert!(!state.exists());
}

#[test]
fn a_store_that_fails_costs_no_bytes() {
    let place = Place::new();
    let report = Report::new("disk trouble");
    let upload = place.upload(report.bundle.len());
    let (blobs, aside) = (
        place.dir.path().join("data/blobs"),
        place.dir.path().join("aside"),
    );
    fs::rename(&blobs, &aside).unwrap();
    fs::write(&blobs, b"in the way").unwrap();
    let failed = upload.patch(0, &report.bundle);
    failed.problem(503);
    assert!(failed.header("retry-after").is_some());
    upload.get().problem(503);
    fs::remove_file(&blobs).unwrap();
    fs::rename(&aside, &blobs).unwrap();
    assert_eq!(upload.sha256(), report.sha256());
    assert_eq!(place.listed().len(), 1);
}

#[test]
fn a_week_of_silence_ends_an_upload() {
    let place = Place::new();
    let upload = place.upload(10);
    upload.patch(0, b"01234");
    let state = place.file_of(&upload, "state");
    let week_ago = SystemTime::now() - Duration::from_hours(7 * 24);
    let file = fs::File::options().write(true).open(&state).unwrap();
    file.set_modified(week_ago).unwrap();
    drop(file); // not every system takes the name of an open file away at once
    upload.patch(5, b"5").problem(404);
    assert_eq!(upload.head().status, 404);
    let place = place.restarted(|| {});
    assert_eq!(place.uploads(), Vec::<String>::new());
}

#[cfg(target_os = "linux")]
#[test]
fn memory_stays_flat_whatever_comes() {
    const BYTES: usize = 100_000_000;
    let dir = tempfile::TempDir::new().unwrap();
    let limit = (2 * BYTES).to_string();
    let program = Program::serve(dir.path(), &["--key", KEY, "--max-bytes", &limit]);
    let made = ask(
        program.address,
        "POST",
        UPLOADS,
        &[("Upload-Length", &limit)],
        b"",
    );
    let upload = Upload {
        address: program.address,
        path: made.header("location").unwrap().to_owned(),
    };
    let peak = || -> usize {
        let status = fs::read_to_string(format!("/proc/{}/status", program.child.id())).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .unwrap();
        line.trim().strip_suffix(" kB").unwrap().parse().unwrap()
    };
    let before = peak();
    assert_eq!(upload.patch(0, &vec![7; BYTES]).status, 204);
    let grown = peak() - before;
    assert!(grown < 16_000, "grew by {grown} kB");
}
