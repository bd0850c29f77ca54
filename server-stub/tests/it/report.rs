//! A server in a temporary folder, and reports to send to it.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use serde_json::{Value, json};
use server_stub::{Server, ServerConfig};
use tempfile::TempDir;
use uuid::Uuid;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::client::{self, Answer};

pub(crate) const KEY: &str = "project-key";
pub(crate) const TOKEN: &str = "agent-token";
pub(crate) const BOUNDARY: &str = "a-boundary";

/// A server and its folder.
pub(crate) struct Place {
    pub(crate) server: Server,
    pub(crate) dir: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self::with(|config| config)
    }

    pub(crate) fn with(change: impl FnOnce(ServerConfig) -> ServerConfig) -> Self {
        let dir = TempDir::new().unwrap();
        let server = Server::start(change(config(&dir.path().join("data")))).unwrap();
        Self { server, dir }
    }

    pub(crate) fn send(&self, report: &Report) -> Answer {
        self.post(&report.headers(), &report.body())
    }

    pub(crate) fn post(&self, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        client::request(self.server.local_addr(), "POST", "/api/v1/reports", headers, body)
    }

    pub(crate) fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        client::get(self.server.local_addr(), path, headers)
    }

    pub(crate) fn agent(&self, path: &str) -> Answer {
        self.get(path, &[("Authorization", &format!("Bearer {TOKEN}"))])
    }

    /// The reports, as an agent's program sees them.
    pub(crate) fn listed(&self) -> Vec<Value> {
        self.agent("/api/v1/reports").json()["reports"]
            .as_array()
            .unwrap()
            .clone()
    }

    /// Asserts that a refusal left nothing behind.
    #[track_caller]
    pub(crate) fn assert_empty(&self) {
        assert_eq!(self.listed(), Vec::<Value>::new());
        let data = self.dir.path().join("data");
        for folder in ["blobs", "segments", "tmp"] {
            assert_eq!(files_below(&data.join(folder)), Vec::<String>::new());
        }
    }

    /// The cookie of a browser that signed in.
    pub(crate) fn cookie(&self) -> String {
        let link = self.server.inbox_url();
        let answer = self.get(link.strip_prefix(&self.server.url()).unwrap(), &[]);
        assert_eq!(answer.status, 303);
        answer
            .header("set-cookie")
            .unwrap()
            .split(';')
            .next()
            .unwrap()
            .to_owned()
    }
}

pub(crate) fn config(data: &Path) -> ServerConfig {
    ServerConfig::new(data)
        .listen("127.0.0.1:0")
        .key(KEY)
        .agent_token(TOKEN)
}

pub(crate) fn files_below(path: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(path.display().to_string());
        }
    }
    found
}

/// What one post carries; every field can be bent before it is sent.
#[derive(Clone)]
pub(crate) struct Report {
    pub(crate) id: String,
    pub(crate) manifest: Vec<u8>,
    pub(crate) bundle: Vec<u8>,
    key: String,
    bearer: String,
    content_type: String,
}

impl Report {
    pub(crate) fn new(message: &str) -> Self {
        Self::with_files(message, &[("logs/app.log", b"a line\n")])
    }

    pub(crate) fn with_files(message: &str, files: &[(&str, &[u8])]) -> Self {
        let id = Uuid::now_v7().to_string();
        let entries: Vec<_> = files
            .iter()
            .map(|(path, bytes)| json!({"path": path, "bytes": bytes.len()}))
            .collect();
        let manifest = json!({
            "schema": 1, "id": id, "created_at": "2026-01-02T03:04:05Z", "app": {"name": "Notes", "version": "1.2.3"},
            "message": message, "reply_to": null, "locale": "en", "system": {"os": "Linux"}, "context": {},
            "crash": null, "files": entries, "gaps": [], "masked": {},
        });
        Self::of(&manifest, files)
    }

    pub(crate) fn of(manifest: &Value, files: &[(&str, &[u8])]) -> Self {
        let id = manifest["id"].as_str().unwrap_or_default().to_owned();
        let manifest = manifest.to_string().into_bytes();
        let mut entries = vec![("report.json", &manifest[..])];
        entries.extend_from_slice(files);
        let bundle = zip_of(&entries);
        Self {
            key: format!("\"{id}\""),
            bearer: format!("Bearer {KEY}"),
            content_type: format!("multipart/form-data; boundary={BOUNDARY}"),
            id,
            manifest,
            bundle,
        }
    }

    pub(crate) fn headers(&self) -> [(&str, &str); 3] {
        [
            ("Authorization", &self.bearer),
            ("Idempotency-Key", &self.key),
            ("Content-Type", &self.content_type),
        ]
    }

    pub(crate) fn body(&self) -> Vec<u8> {
        form(&[
            ("report", "application/json", &self.manifest),
            ("bundle", "application/zip", &self.bundle),
        ])
    }

    pub(crate) fn sha256(&self) -> String {
        let digest = ring::digest::digest(&ring::digest::SHA256, &self.bundle);
        digest
            .as_ref()
            .iter()
            .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    }
}

pub(crate) fn form(parts: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, content_type, bytes) in parts {
        write!(
            body,
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"f\"\r\n\
             Content-Type: {content_type}\r\n\r\n"
        )
        .unwrap();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    write!(body, "--{BOUNDARY}--\r\n").unwrap();
    body
}

pub(crate) fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
