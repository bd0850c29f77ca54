//! The headers of tus 1.0.0, read without trust. A refusal says what was wrong and what is right.

use axum::http::header::{CONTENT_TYPE, TRANSFER_ENCODING};
use axum::http::{HeaderMap, HeaderName, Method, request};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::digest::{Algorithm, Context, SHA1_FOR_LEGACY_USE_ONLY, SHA256};

use crate::body::content_length;
use crate::problem::Problem;

pub(super) const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
pub(super) const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");
pub(super) const TUS_EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
pub(super) const TUS_MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
pub(super) const TUS_CHECKSUM_ALGORITHM: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
pub(super) const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
pub(super) const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
pub(super) const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
pub(super) const UPLOAD_EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const UPLOAD_CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
const METHOD_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

/// The only version that this server speaks.
pub(super) const VERSION: &str = "1.0.0";

/// Both names of [`Checksum`]; the protocol demands the first.
pub(super) const CHECKSUMS: &str = "sha1,sha256";

/// An id, a file name and a type need 200 bytes; it is stored and echoed, never read, so there is no need for more.
const METADATA_BYTES: usize = 4096;

/// The method that is meant: old proxies let only `GET` and `POST` through.
pub(super) fn method(parts: &request::Parts) -> Method {
    let meant = text(&parts.headers, &METHOD_OVERRIDE).and_then(|name| name.parse().ok());
    meant.unwrap_or_else(|| parts.method.clone())
}

pub(super) fn speaks_our_version(headers: &HeaderMap) -> bool {
    text(headers, &TUS_RESUMABLE) == Some(VERSION)
}

/// A header that must be a number of bytes.
pub(super) fn bytes(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Problem> {
    let digits = text(headers, name).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let bytes = digits.and_then(|digits| digits.parse().ok());
    bytes.ok_or_else(|| {
        Problem::bad_request(format!(
            "The header `{name}` must be there once, a number of bytes."
        ))
    })
}

/// Whether the body is a chunk of an upload.
pub(super) fn is_chunk(headers: &HeaderMap) -> bool {
    text(headers, &CONTENT_TYPE).is_some_and(|found| {
        found
            .trim()
            .eq_ignore_ascii_case("application/offset+octet-stream")
    })
}

/// Whether there is a body at all.
pub(super) fn has_body(headers: &HeaderMap) -> bool {
    headers.contains_key(TRANSFER_ENCODING) || content_length(headers).is_some_and(|bytes| bytes > 0)
}

/// The metadata as it came, after a look at its grammar: `key base64,key,…`.
pub(super) fn metadata(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    if !headers.contains_key(UPLOAD_METADATA) {
        return Ok(None);
    }
    let bad = || {
        Problem::bad_request(
            "The header `Upload-Metadata` must be pairs of a key and its value in base64, such as `filename \
             cmVwb3J0LnppcA==`, with commas between them, no key twice, and at most 4096 bytes.",
        )
    };
    // The length first: a header may have 400 KB, and each key is looked for among those before it.
    let text = text(headers, &UPLOAD_METADATA)
        .filter(|text| text.len() <= METADATA_BYTES)
        .ok_or_else(bad)?;
    if text.trim().is_empty() {
        return Ok(None); // what tuspy sends when there is none
    }
    let mut keys = Vec::new();
    for pair in text.split(',') {
        let (key, value) = pair.trim().split_once(' ').unwrap_or((pair.trim(), ""));
        if key.is_empty() || keys.contains(&key) || BASE64.decode(value).is_err() {
            return Err(bad());
        }
        keys.push(key);
    }
    Ok(Some(text.to_owned()))
}

/// What the bytes of one chunk must add up to.
#[derive(Clone)]
pub(super) struct Checksum {
    context: Context,
    expected: Vec<u8>,
}

impl Checksum {
    /// `None` when the client sent none.
    pub(super) fn of(headers: &HeaderMap) -> Result<Option<Self>, Problem> {
        if !headers.contains_key(UPLOAD_CHECKSUM) {
            return Ok(None);
        }
        let value = text(headers, &UPLOAD_CHECKSUM).unwrap_or_default();
        Self::parse(value).map(Some).ok_or_else(|| {
            Problem::bad_request(
                "The header `Upload-Checksum` must be `sha1` or `sha256`, a space, and the digest in base64.",
            )
        })
    }

    fn parse(value: &str) -> Option<Self> {
        let (name, digest) = value.split_once(' ')?;
        let algorithm: &'static Algorithm = match name {
            "sha1" => &SHA1_FOR_LEGACY_USE_ONLY, // against accidents, as the protocol demands it; receipts are SHA-256
            "sha256" => &SHA256,
            _ => return None,
        };
        let expected = BASE64.decode(digest.trim()).ok()?;
        (expected.len() == algorithm.output_len()).then(|| Self {
            context: Context::new(algorithm),
            expected,
        })
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.context.update(bytes);
    }

    pub(super) fn matches(self) -> bool {
        self.context.finish().as_ref() == self.expected
    }
}

/// A header that is there exactly once and readable.
fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name.clone(), value.parse().unwrap())])
    }

    #[test]
    fn a_number_is_digits_and_nothing_else() {
        let read = |value| bytes(&with(&UPLOAD_LENGTH, value), &UPLOAD_LENGTH);
        assert_eq!(read("0").unwrap(), 0);
        assert_eq!(read("18446744073709551615").unwrap(), u64::MAX);
        for bad in ["", "+1", "-1", " 1", "1.5", "0x10", "18446744073709551616", "1 2"] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
        let mut twice = with(&UPLOAD_LENGTH, "1");
        twice.append(UPLOAD_LENGTH, "2".parse().unwrap());
        assert!(bytes(&twice, &UPLOAD_LENGTH).is_err());
        assert!(bytes(&HeaderMap::new(), &UPLOAD_LENGTH).is_err());
    }

    #[test]
    fn metadata_comes_back_as_it_came_or_not_at_all() {
        let read = |value: &str| metadata(&with(&UPLOAD_METADATA, value));
        for good in ["id YQ==", "a,b", "a ,b YQ==", "filename 0J7Rgg==,is_confidential"] {
            assert_eq!(read(good).unwrap().as_deref(), Some(good));
        }
        assert_eq!(metadata(&HeaderMap::new()).unwrap(), None);
        assert_eq!(read("").unwrap(), None);
        let long = format!("a {}", "YWFh".repeat(METADATA_BYTES));
        // Ends before anyone has lost patience: a thousand million comparisons do not.
        let keys: Vec<String> = (0..60_000).map(|key| key.to_string()).collect();
        let keys = keys.join(",");
        for bad in [
            ",",
            "a YQ==,",
            "a YQ==,a YQ==",
            "a Y",
            "a YQ== YQ==",
            "a <script>",
            &long,
            &keys,
        ] {
            assert!(read(bad).is_err(), "{bad:.40}");
        }
    }

    #[test]
    fn a_checksum_is_of_a_known_kind_and_the_right_length() {
        let mut sha1 = Checksum::parse("sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=").unwrap();
        sha1.update(b"hel");
        sha1.update(b"lo");
        assert!(sha1.clone().matches());
        sha1.update(b"!");
        assert!(!sha1.matches());
        let mut sha256 = Checksum::parse("sha256 LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=").unwrap();
        sha256.update(b"hello");
        assert!(sha256.matches());
        for bad in [
            "",
            "sha1",
            "sha1 ",
            "md5 XUFAKrxLKna5cZ2REBfFkg==",
            "sha1 YQ==",
            "SHA1 qvTGHdzF6KLavt4PO0gs2a6pQ00=",
        ] {
            assert!(Checksum::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn the_override_is_the_method() {
        let (mut parts, ()) = axum::http::Request::post("/").body(()).unwrap().into_parts();
        assert_eq!(method(&parts), Method::POST);
        parts.headers = with(&METHOD_OVERRIDE, "PATCH");
        assert_eq!(method(&parts), Method::PATCH);
    }
}
