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
    rows: Vec<Row>,
}

/// One fact.
#[derive(Debug, PartialEq)]
struct Row {
    name: String,
    value: String,
    /// The number that came, where `value` is rounded.
    exact: Option<String>,
}

impl Row {
    fn new(name: impl Into<String>, value: String) -> Self {
        Self {
            name: name.into(),
            value,
            exact: None,
        }
    }
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

fn about(report: &StoredReport) -> Vec<Row> {
    let manifest = &report.manifest;
    let written = manifest
        .created_at
        .as_ref()
        .map(|text| text.parse().map_or_else(|_| text.clone(), time));
    let asked_in = manifest.system.get("app_language").and_then(Value::as_str);
    let known = [
        ("id", Some(report.id.to_string())),
        ("written", written),
        ("received", Some(time(report.received_at))),
        ("language of the window", asked_in.map(str::to_owned)),
        ("system's locale", manifest.locale.clone()),
        ("bundle", Some(size(report.bytes))),
        ("sha-256", Some(report.sha256.clone())),
    ];
    let known = known
        .into_iter()
        .filter_map(|(name, value)| Some(Row::new(name, value?)));
    let more = rows(&manifest.app.more).into_iter().map(|row| Row {
        name: format!("app.{}", row.name),
        ..row
    });
    known.chain(more).collect()
}

fn crash(value: &Value) -> Vec<Row> {
    let mut rows = Vec::new();
    flatten("", value, &mut rows);
    rows.sort_by_key(|row: &Row| row.value.contains('\n')); // the long trace last
    rows
}

fn rows(map: &Map<String, Value>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, value) in map {
        flatten(name, value, &mut rows);
    }
    rows
}

/// `{"os": {"name": "x"}}` as the row `os.name`, `x`; a number of bytes or seconds as people say it.
fn flatten(name: &str, value: &Value, rows: &mut Vec<Row>) {
    let row = |value| Row::new(name, value);
    let row = match value {
        Value::Null => return,
        Value::Object(map) => {
            for (key, value) in map {
                let dot = if name.is_empty() { "" } else { "." };
                flatten(&format!("{name}{dot}{key}"), value, rows);
            }
            return;
        }
        Value::String(text) => row(text.clone()),
        other => match other.as_u64().zip(unit(name)) {
            Some((number, unit)) => Row {
                exact: Some(number.to_string()),
                ..row(unit(number))
            },
            None => row(other.to_string()),
        },
    };
    rows.push(row);
}

/// What a number is of, by its name: those of a report's facts, and what other senders call bytes.
fn unit(name: &str) -> Option<fn(u64) -> String> {
    match name.rsplit('.').next().unwrap_or(name) {
        "memory_total" | "memory_free" | "swap_total" | "swap_free" | "app_memory" => Some(size),
        name if name.starts_with("disk_free") || name.ends_with("bytes") => Some(size),
        name if name.ends_with("uptime") => Some(duration),
        _ => None,
    }
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

fn duration(seconds: u64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{minutes} min {} s", seconds % 60),
        3600..86_400 => format!("{hours} h {} min", minutes % 60),
        _ => format!("{days} d {} h", hours % 24),
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
        let facts = json!({"os": {"name": "x", "bits": 64}, "gpus": ["a"], "none": null});
        let expected = [("gpus", "[\"a\"]"), ("os.bits", "64"), ("os.name", "x")];
        let expected = expected.map(|(name, value)| Row::new(name, value.to_owned()));
        assert_eq!(rows(facts.as_object().unwrap()), expected);
    }

    #[test]
    fn numbers_of_bytes_and_seconds_are_read_at_a_glance_and_kept_exact() {
        let facts = json!({
            "a": {"uptime": 45}, "app_memory": 999, "app_open_files": 1024, "app_uptime": 169,
            "disk_free": 31_212_908_544_u64, "disk_free_temp": 0, "disk_free_unknown": null,
            "memory_free": 1500, "ram_bytes": 8_000_000_000_u64, "swap_total": "none", "uptime": 1.5,
        });
        let told = rows(facts.as_object().unwrap());
        let told = told
            .iter()
            .map(|row| (row.name.as_str(), row.value.as_str(), row.exact.as_deref()));
        let expected = [
            ("a.uptime", "45 s", Some("45")),
            ("app_memory", "999 bytes", Some("999")),
            ("app_open_files", "1024", None),
            ("app_uptime", "2 min 49 s", Some("169")),
            ("disk_free", "31.2 GB", Some("31212908544")),
            ("disk_free_temp", "0 bytes", Some("0")),
            ("memory_free", "1.5 kB", Some("1500")),
            ("ram_bytes", "8.0 GB", Some("8000000000")),
            ("swap_total", "none", None),
            ("uptime", "1.5", None),
        ];
        assert_eq!(told.collect::<Vec<_>>(), expected);
        assert_eq!(
            [duration(3600), duration(86_399), duration(200_000)],
            ["1 h 0 min", "23 h 59 min", "2 d 7 h"]
        );
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
