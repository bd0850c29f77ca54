//! `GET …/config`: what a server takes and offers, said before the first large bundle.

use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// What a server has said of itself; nothing, where it has said nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Offer {
    /// The largest request, in bytes.
    pub(crate) max_bytes: Option<u64>,
    /// Where resumable uploads (tus 1.0.0) begin.
    pub(crate) uploads: Option<Url>,
}

#[derive(Deserialize)]
struct Config {
    max_bytes: Option<Value>,
    uploads: Option<Value>,
}

impl Offer {
    /// Reads the answer of `url`. `None` where it is not JSON of this kind, such as a log-in page. A value that
    /// makes no sense counts as absent, and so does an address of another origin: it would get the key.
    pub(crate) fn read(body: &[u8], url: &Url) -> Option<Self> {
        let config: Config = serde_json::from_slice(body).ok()?;
        let uploads = config.uploads.as_ref().and_then(Value::as_str);
        Some(Self {
            max_bytes: config.max_bytes.as_ref().and_then(Value::as_u64),
            uploads: uploads
                .and_then(|place| url.join(place).ok())
                .filter(|place| place.origin() == url.origin()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_is_not_offered() {
        let url = Url::parse("https://example.com/api/v1/config").unwrap();
        let read = |body: &str| Offer::read(body.as_bytes(), &url);
        let uploads = |text: &str| read(text).unwrap().uploads.map(String::from);

        let whole =
            read(r#"{"max_bytes": 1000, "articles_version": 0, "uploads": "/api/v1/uploads"}"#).unwrap();
        assert_eq!(whole.max_bytes, Some(1000));
        assert_eq!(
            whole.uploads.unwrap().as_str(),
            "https://example.com/api/v1/uploads"
        );
        assert_eq!(
            uploads(r#"{"uploads": "https://example.com/files"}"#).as_deref(),
            Some("https://example.com/files")
        );
        for foreign in [
            "https://evil.example/u",
            "//evil.example/u",
            "http://example.com/u",
            "javascript:x",
        ] {
            assert_eq!(
                uploads(&format!(r#"{{"uploads": "{foreign}"}}"#)),
                None,
                "{foreign}"
            );
        }
        assert_eq!(read(r#"{"max_bytes": -1, "uploads": 7}"#), Some(Offer::default()));
        assert_eq!(read(r#"{"max_bytes": "many"}"#), Some(Offer::default()));
        for page in ["", "<html>", "[1]x", "null", "7"] {
            assert_eq!(read(page), None, "{page}");
        }
    }
}
