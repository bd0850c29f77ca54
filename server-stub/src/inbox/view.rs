//! From a stored report to what its pages show. Pure; escaping is the templates' work.

use askama::Template;
use jiff::Timestamp;
use percent_encoding::utf8_percent_encode;
use serde_json::{Map, Value};

use super::ESCAPED;
use crate::bundle::Entry;
use crate::manifest::{FileEntry, Manifest};
use crate::store::StoredReport;

/// How much of a message the list shows.
const LINE_CHARS: usize = 160;

/// One report in the list.
pub(super) struct Line {
    pub(super) number: String,
    pub(super) when: String,
    pub(super) app: String,
    pub(super) text: String,
    pub(super) crashed: bool,
    pub(super) has: Vec<String>,
    pub(super) wants_answer: bool,
}

impl Line {
    pub(super) fn of(report: &StoredReport) -> Self {
        let manifest = &report.manifest;
        let counts = [
            ("screenshots/", "picture"),
            ("logs/", "log"),
            ("attachments/", "attachment"),
        ];
        let has = counts.map(|(folder, word)| counted(manifest.count_in(folder), word));
        Self {
            number: report.number.to_string(),
            when: time(report.received_at),
            app: app(manifest),
            text: first_line(&manifest.message),
            crashed: manifest.crash.is_some(),
            has: has.into_iter().flatten().collect(),
            wants_answer: manifest
                .reply_to
                .as_deref()
                .is_some_and(|address| !address.trim().is_empty()),
        }
    }
}

/// The page of one report.
#[derive(Template)]
#[template(path = "report.html")]
pub(super) struct Page {
    number: String,
    app: String,
    when: String,
    message: String,
    /// How long it is, where this is only its beginning.
    goes_on: Option<String>,
    reply_to: Option<String>,
    mailto: Option<String>,
    pictures: Vec<FileLine>,
    gaps: Vec<(String, String)>,
    files: Vec<FileLine>,
    bundle_size: String,
    tables: Vec<Table>,
}

/// One file of the bundle; its index is its address.
#[derive(Clone)]
struct FileLine {
    index: usize,
    name: String,
    size: String,
    notes: Vec<String>,
}

/// Facts under a heading.
struct Table {
    title: &'static str,
    rows: Vec<(String, String)>,
}

impl Page {
    pub(super) fn of(report: &StoredReport, entries: Vec<Entry>) -> Self {
        let manifest = &report.manifest;
        let files: Vec<_> = entries
            .into_iter()
            .map(|entry| FileLine::of(entry, &manifest.files))
            .collect();
        let number = report.number.to_string();
        let reply_to = manifest
            .reply_to
            .clone()
            .filter(|address| !address.trim().is_empty());
        let is_picture = |file: &&FileLine| file.name.to_ascii_lowercase().ends_with(".png");
        let tables = [
            Table {
                title: "Crash of the last run",
                rows: manifest.crash.as_ref().map(crash).unwrap_or_default(),
            },
            Table {
                title: "From the app",
                rows: rows(&manifest.context),
            },
            Table {
                title: "The machine",
                rows: rows(&manifest.system),
            },
            Table {
                title: "What was masked",
                rows: rows(&manifest.masked),
            },
            Table {
                title: "This report",
                rows: about(report),
            },
        ];
        Self {
            mailto: reply_to.as_deref().and_then(|address| mailto(address, &number)),
            number,
            app: app(manifest),
            when: time(report.received_at),
            message: manifest.message.clone(),
            goes_on: manifest.message_bytes.map(size),
            reply_to,
            pictures: files.iter().filter(is_picture).cloned().collect(),
            gaps: manifest
                .gaps
                .iter()
                .map(|gap| (gap.what.clone(), gap.why.clone()))
                .collect(),
            files,
            bundle_size: size(report.bytes),
            tables: tables
                .into_iter()
                .filter(|table| !table.rows.is_empty())
                .collect(),
        }
    }
}

/// The link that begins an answer. `None` for what is no single address: a phone number, or a list that would tell others.
fn mailto(address: &str, number: &str) -> Option<String> {
    let (name, host) = address.trim().split_once('@')?;
    let is_part = |part: &str| {
        let ends_it = |c: char| c.is_whitespace() || c.is_control() || "@,;:<>()\"\\".contains(c);
        !part.is_empty() && !part.contains(ends_it)
    };
    let escaped = |text| utf8_percent_encode(text, ESCAPED);
    (is_part(name) && is_part(host)).then(|| {
        let (name, host, subject) = (escaped(name), escaped(host), escaped(number));
        format!("mailto:{name}@{host}?subject={subject}")
    })
}

impl FileLine {
    fn of(entry: Entry, described: &[FileEntry]) -> Self {
        let described = described.iter().find(|file| file.path == entry.name);
        Self {
            index: entry.index,
            size: size(entry.bytes),
            notes: described.map(notes).unwrap_or_default(),
            name: entry.name,
        }
    }
}

/// What was done to a file before it was sent.
fn notes(file: &FileEntry) -> Vec<String> {
    let was = file
        .original_bytes
        .map(|bytes| format!(" of {}", size(bytes)))
        .unwrap_or_default();
    let cut = match file.cut.as_deref() {
        // What was cut off, not what is here.
        Some("head") => Some(format!("only the newest part{was}")),
        Some("tail") => Some(format!("only the beginning{was}")),
        _ => None,
    };
    let masked: u64 = file
        .masked
        .values()
        .filter_map(Value::as_u64)
        .fold(0, u64::saturating_add);
    let masked = (masked > 0).then(|| format!("{masked} masked"));
    cut.into_iter().chain(masked).collect()
}

fn about(report: &StoredReport) -> Vec<(String, String)> {
    let manifest = &report.manifest;
    let written = manifest
        .created_at
        .as_ref()
        .map(|text| text.parse().map_or_else(|_| text.clone(), time));
    let known = [
        ("id", Some(report.id.to_string())),
        ("written", written),
        ("received", Some(time(report.received_at))),
        ("language", manifest.locale.clone()),
        ("bundle", Some(size(report.bytes))),
        ("sha-256", Some(report.sha256.clone())),
    ];
    let known = known
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let more = rows(&manifest.app.more)
        .into_iter()
        .map(|(name, value)| (format!("app.{name}"), value));
    known.chain(more).collect()
}

fn crash(value: &Value) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    flatten("", value, &mut rows);
    rows.sort_by_key(|(_, value)| value.contains('\n')); // the long trace last
    rows
}

fn rows(map: &Map<String, Value>) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for (name, value) in map {
        flatten(name, value, &mut rows);
    }
    rows
}

/// `{"os": {"name": "x"}}` as the row `os.name`, `x`; a number that is named as bytes as a size.
fn flatten(name: &str, value: &Value, rows: &mut Vec<(String, String)>) {
    let text = match value {
        Value::Null => return,
        Value::Object(map) => {
            for (key, value) in map {
                let dot = if name.is_empty() { "" } else { "." };
                flatten(&format!("{name}{dot}{key}"), value, rows);
            }
            return;
        }
        Value::String(text) => text.clone(),
        other => match other.as_u64() {
            Some(bytes) if name.ends_with("bytes") => size(bytes),
            _ => other.to_string(),
        },
    };
    rows.push((name.to_owned(), text));
}

fn app(manifest: &Manifest) -> String {
    format!("{} {}", manifest.app.name, manifest.app.version)
        .trim_end()
        .to_owned()
}

fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

fn counted(count: usize, word: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    }
}

fn first_line(message: &str) -> String {
    let line = message
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    match line.char_indices().nth(LINE_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_first_line_is_the_first_that_says_something() {
        assert_eq!(first_line("\n  \n  It is broken \nagain"), "It is broken");
        assert_eq!(first_line(""), "");
        let long = "ß".repeat(LINE_CHARS + 1);
        assert_eq!(first_line(&long).chars().count(), LINE_CHARS + 1);
        assert!(first_line(&long).ends_with('…'));
    }

    #[test]
    fn nested_facts_become_rows() {
        let Value::Object(map) = json!({"os": {"name": "x", "bits": 64}, "gpus": ["a"], "none": null, "ram_bytes": 8_000_000_000_u64})
        else {
            unreachable!()
        };
        let expected = [
            ("gpus", "[\"a\"]"),
            ("os.bits", "64"),
            ("os.name", "x"),
            ("ram_bytes", "8.0 GB"),
        ];
        assert_eq!(rows(&map), expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn an_answer_begins_with_one_address_and_nothing_of_the_senders_own() {
        for (address, link) in [
            ("anna@firma.de", "anna@firma.de"),
            (" anna+1@firma.de\n", "anna%2B1@firma.de"),
            ("jürgen@bücher.example", "j%C3%BCrgen@b%C3%BCcher.example"),
            ("a?bcc=b%40c&body=x@d", "a%3Fbcc%3Db%2540c%26body%3Dx@d"),
            ("a@b?subject=x#y", "a@b%3Fsubject%3Dx%23y"),
            ("'><script>@b", ""),
            ("a@b,c@d", ""),
            ("a,c@d", ""),
            ("a;c@d", ""),
            ("a@b\r\nBcc: c", ""),
            ("a@b c", ""),
            ("Anna <a@b>", ""),
            ("@b", ""),
            ("a@", ""),
            ("030 1234", ""),
        ] {
            let expected = (!link.is_empty()).then(|| format!("mailto:{link}?subject=FB-1002"));
            assert_eq!(mailto(address, "FB-1002"), expected, "{address}");
        }
    }

    #[test]
    fn notes_say_what_is_missing_from_a_file() {
        let file = FileEntry {
            original_bytes: Some(12_000_000),
            cut: Some("head".to_owned()),
            masked: Map::from_iter([("email".to_owned(), json!(2)), ("token".to_owned(), json!(1))]),
            ..FileEntry::default()
        };
        assert_eq!(notes(&file), ["only the newest part of 12.0 MB", "3 masked"]);
        assert!(notes(&FileEntry::default()).is_empty());
    }

    #[test]
    fn sizes_read_like_the_desktops_do() {
        assert_eq!(
            [size(0), size(999), size(1_500), size(2_500_000)],
            ["0 bytes", "999 bytes", "1.5 kB", "2.5 MB"]
        );
    }
}
