//! The manifest, `report.json` of schema 1: strict about what makes a report, lenient about everything else.
//!
//! A decoration of the wrong type is shown as missing. It is no reason to turn a person's report away.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// What a report says about itself; the fields of the contract, unknown ones ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Manifest {
    #[serde(deserialize_with = "lenient")]
    pub(crate) id: String,
    #[serde(deserialize_with = "lenient")]
    pub(crate) created_at: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(crate) app: App,
    #[serde(deserialize_with = "lenient")]
    pub(crate) message: String,
    /// How many bytes the person's words have, where `message` is only their beginning: `message.txt` begins with all.
    #[serde(deserialize_with = "lenient")]
    pub(crate) message_bytes: Option<u64>,
    #[serde(deserialize_with = "lenient")]
    pub(crate) reply_to: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(crate) locale: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(crate) system: Map<String, Value>,
    #[serde(deserialize_with = "lenient")]
    pub(crate) context: Map<String, Value>,
    #[serde(deserialize_with = "lenient")]
    pub(crate) crash: Option<Value>,
    #[serde(deserialize_with = "lenient")]
    pub(crate) files: Vec<FileEntry>,
    #[serde(deserialize_with = "lenient")]
    pub(crate) gaps: Vec<Gap>,
    #[serde(deserialize_with = "lenient")]
    pub(crate) masked: Map<String, Value>,
}

/// The app that the report is about.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct App {
    #[serde(deserialize_with = "lenient")]
    pub(crate) name: String,
    #[serde(deserialize_with = "lenient")]
    pub(crate) version: String,
    #[serde(flatten)]
    pub(crate) more: Map<String, Value>,
}

/// One file of the bundle, and what was done to it on the way.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct FileEntry {
    #[serde(deserialize_with = "lenient")]
    pub(crate) path: String,
    #[serde(deserialize_with = "lenient")]
    pub(crate) kind: String,
    #[serde(deserialize_with = "lenient")]
    pub(crate) bytes: u64,
    #[serde(deserialize_with = "lenient")]
    pub(crate) sha256: String,
    #[serde(deserialize_with = "lenient")]
    pub(crate) original_bytes: Option<u64>,
    #[serde(deserialize_with = "lenient")]
    pub(crate) cut: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(crate) masked: Map<String, Value>,
}

/// Something that should be in the report and is not.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Gap {
    #[serde(deserialize_with = "lenient")]
    pub(crate) what: String,
    #[serde(deserialize_with = "lenient")]
    pub(crate) why: String,
}

fn lenient<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    Ok(T::deserialize(Value::deserialize(from)?).unwrap_or_default())
}

/// Why a manifest is not one; the text says what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ManifestError {
    #[error("The manifest is not a JSON object: {0}.")]
    NotJson(#[from] serde_json::Error),
    #[error("`schema` must be 1, the only version this server reads.")]
    Schema,
    #[error("`id` must be a UUID in its usual form, such as 0190f5fe-7a3b-7c5e-9d52-3f0a6b1c2d4e.")]
    Id,
    #[error("`app.name` is missing or empty; it must say which app the report is about.")]
    AppName,
}

/// What makes a manifest a report's: without it, a report is turned away.
#[derive(Debug)]
pub(crate) struct Identity {
    /// As the client spelled it; `uuid` is the one to compare.
    pub(crate) id: String,
    pub(crate) uuid: Uuid,
}

impl Identity {
    /// Reads the bytes of `report.json`; all that [`Manifest::parse`] would refuse, this does.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, ManifestError> {
        Self::of(&serde_json::from_slice(bytes)?)
    }

    fn of(manifest: &Map<String, Value>) -> Result<Self, ManifestError> {
        if manifest.get("schema").and_then(Value::as_u64) != Some(1) {
            return Err(ManifestError::Schema);
        }
        let id = manifest.get("id").and_then(Value::as_str).unwrap_or_default();
        // Other spellings are UUIDs too, but not the ones that people and tools search for.
        let uuid = Uuid::try_parse(id).ok().filter(|_| id.len() == 36);
        let uuid = uuid.ok_or(ManifestError::Id)?;
        let app = manifest.get("app").and_then(|app| app.get("name")?.as_str());
        if app.is_none_or(|name| name.trim().is_empty()) {
            return Err(ManifestError::AppName);
        }
        let id = id.to_owned();
        Ok(Self { id, uuid })
    }
}

impl Manifest {
    /// Reads the bytes of `report.json`.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, ManifestError> {
        // Through a map, since serde would also fill a struct from a list, by position.
        let object: Map<String, Value> = serde_json::from_slice(bytes)?;
        Identity::of(&object)?;
        Ok(serde_json::from_value(Value::Object(object))?)
    }

    /// How many files the bundle has below this folder of the contract, such as `logs/`; what is told of a crash is none.
    pub(crate) fn count_in(&self, folder: &str) -> usize {
        let tells_of_crash = |file: &FileEntry| self.crash.is_some() && file.path == "logs/crash.txt";
        self.files
            .iter()
            .filter(|file| file.path.starts_with(folder) && !tells_of_crash(file))
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ID: &str = "0190f5fe-7a3b-7c5e-9d52-3f0a6b1c2d4e";

    fn parse(value: &Value) -> Result<Manifest, ManifestError> {
        Manifest::parse(value.to_string().as_bytes())
    }

    #[test]
    fn the_least_that_is_a_report() {
        let manifest = parse(&json!({"schema": 1, "id": ID, "app": {"name": "a"}})).unwrap();
        assert_eq!((manifest.message.as_str(), manifest.reply_to), ("", None));
    }

    #[test]
    fn what_is_no_report_is_told_why() {
        let cases = [
            (json!([1, ID]), "JSON object"),
            (json!({"id": ID, "app": {"name": "a"}}), "schema"),
            (json!({"schema": 2, "id": ID, "app": {"name": "a"}}), "schema"),
            (json!({"schema": 1, "id": "x", "app": {"name": "a"}}), "UUID"),
            (
                json!({"schema": 1, "id": ID.replace('-', ""), "app": {"name": "a"}}),
                "UUID",
            ),
            (json!({"schema": 1, "id": ID, "app": {"name": " "}}), "app.name"),
            (json!({"schema": 1, "id": ID, "app": "a"}), "app.name"),
        ];
        for (value, word) in cases {
            let error = parse(&value).unwrap_err().to_string();
            assert!(error.contains(word), "{value}: {error}");
            let same = Identity::parse(value.to_string().as_bytes());
            assert_eq!(same.unwrap_err().to_string(), error, "{value}");
        }
        assert!(Manifest::parse(b"{\"schema\": 1").is_err());
        assert!(Manifest::parse(b"\xff").is_err());
        assert!(Manifest::parse("[".repeat(100_000).as_bytes()).is_err());
    }

    #[test]
    fn decorations_of_the_wrong_type_do_not_cost_the_report() {
        let manifest = parse(&json!({
            "schema": 1, "id": ID, "app": {"name": "a", "version": 3, "channel": "beta"}, "message": "help",
            "reply_to": 7, "system": [], "gaps": "none", "masked": null, "crash": null, "new": {},
            "files": [{"path": "logs/a.log", "bytes": -1}],
        }))
        .unwrap();
        assert_eq!(manifest.message, "help");
        assert_eq!(manifest.app.more["channel"], "beta");
        assert_eq!((manifest.count_in("logs/"), manifest.files[0].bytes), (1, 0));
        assert!(manifest.crash.is_none() && manifest.gaps.is_empty());
    }
}
