//! Every error the server answers, as `application/problem+json` (RFC 9457): what is wrong and what to do.

use std::io;

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::check::CheckError;
use crate::store::StoreError;

/// The media type of every error.
pub(crate) const PROBLEM_JSON: &str = "application/problem+json";

/// A full disk needs a person; a minute is too soon to ask again.
const RETRY_FULL_SECONDS: u32 = 300;
const RETRY_SECONDS: u32 = 30;

/// One refusal; becomes the response.
#[derive(Debug, Serialize)]
pub(crate) struct Problem {
    #[serde(rename = "type")]
    kind: &'static str,
    pub(crate) title: &'static str,
    #[serde(serialize_with = "as_number")]
    pub(crate) status: StatusCode,
    pub(crate) detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_bytes: Option<u64>,
    #[serde(skip)]
    retry_after: Option<u32>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn as_number<S: serde::Serializer>(status: &StatusCode, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u16(status.as_u16())
}

impl Problem {
    fn new(status: StatusCode, kind: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind,
            title,
            status,
            detail: detail.into(),
            max_bytes: None,
            retry_after: None,
        }
    }

    pub(crate) fn unauthorized(detail: &str) -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "urn:feedback:problem:unauthorized",
            "Not authorized",
            detail,
        )
    }

    pub(crate) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "urn:feedback:problem:bad-request",
            "The request cannot be read",
            detail,
        )
    }

    pub(crate) fn no_such_upload() -> Self {
        Self::not_found("There is no such upload, or no longer. Begin a new one.")
    }

    pub(crate) fn not_found(detail: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "urn:feedback:problem:not-found",
            "Not found",
            detail,
        )
    }

    pub(crate) fn too_slow(detail: &str) -> Self {
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            "urn:feedback:problem:too-slow",
            "The request came too slowly",
            detail,
        )
    }

    /// Cut off on the way; 408, for the same request may arrive whole next time, which a 400 denies.
    pub(crate) fn incomplete(detail: &str) -> Self {
        let kind = "urn:feedback:problem:incomplete";
        let title = "The request did not arrive whole";
        Self::new(StatusCode::REQUEST_TIMEOUT, kind, title, detail)
    }

    pub(crate) fn conflict(detail: String) -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "urn:feedback:problem:conflict",
            "This id belongs to another report",
            detail,
        )
    }

    pub(crate) fn too_large(detail: String, max_bytes: u64) -> Self {
        let kind = "urn:feedback:problem:too-large";
        let problem = Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            kind,
            "The report is too large",
            detail,
        );
        Self {
            max_bytes: Some(max_bytes),
            ..problem
        }
    }

    /// The client and the server disagree about how far an upload is.
    pub(crate) fn other_offset(detail: String) -> Self {
        let kind = "urn:feedback:problem:offset";
        Self::new(StatusCode::CONFLICT, kind, "The upload is elsewhere", detail)
    }

    /// 460, a status of the tus protocol's own.
    pub(crate) fn wrong_checksum() -> Self {
        let status = StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST);
        let kind = "urn:feedback:problem:checksum";
        let detail = "The bytes of this request were damaged on the way and thrown away. Send them again.";
        Self::new(status, kind, "The checksum does not match", detail)
    }

    pub(crate) fn wrong_version(detail: &str) -> Self {
        let kind = "urn:feedback:problem:version";
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            kind,
            "The protocol's version is not spoken here",
            detail,
        )
    }

    pub(crate) fn wrong_type(detail: &str) -> Self {
        let kind = "urn:feedback:problem:content-type";
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            kind,
            "The content type is not accepted",
            detail,
        )
    }

    pub(crate) fn invalid(detail: String) -> Self {
        let kind = "urn:feedback:problem:invalid-report";
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            kind,
            "The report is not valid",
            detail,
        )
    }

    /// The disk did not do what it should; which disk and why is for the log, not for the client.
    pub(crate) fn cannot_store(error: &io::Error) -> Self {
        log::error!("cannot store: {error}");
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::storage_full(),
            _ => Self::unavailable(
                "The server cannot read or write its storage. Nothing was stored; send it again later.",
            ),
        }
    }

    fn storage_full() -> Self {
        let kind = "urn:feedback:problem:storage-full";
        let detail = "The server's disk is full. Nothing was stored; send it again later.";
        let problem = Self::new(
            StatusCode::INSUFFICIENT_STORAGE,
            kind,
            "No space left on the server",
            detail,
        );
        Self {
            retry_after: Some(RETRY_FULL_SECONDS),
            ..problem
        }
    }

    pub(crate) fn unavailable(detail: &str) -> Self {
        let kind = "urn:feedback:problem:unavailable";
        let problem = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            kind,
            "The server cannot do this now",
            detail,
        );
        Self {
            retry_after: Some(RETRY_SECONDS),
            ..problem
        }
    }

    /// For the errors that the router finds by itself, such as an unknown address.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => {
                Self::not_found("Nothing is at this address. Check the path of the URL.")
            }
            StatusCode::METHOD_NOT_ALLOWED => {
                let detail = "This address takes another method; the Allow header names it.";
                Self::new(
                    status,
                    "urn:feedback:problem:method",
                    "The method is not allowed here",
                    detail,
                )
            }
            _ => Self::new(
                status,
                "about:blank",
                status.canonical_reason().unwrap_or("Error"),
                "The request was refused.",
            ),
        }
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::cannot_store(&error)
    }
}

impl From<CheckError> for Problem {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::Disk(error) => Self::cannot_store(&error),
            error => Self::invalid(error.to_string()),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { stored, offered } => Self::conflict(format!(
                "A report with this id is stored with the SHA-256 {stored}; this bundle has {offered}. The first one \
                 stays. Send a new report under a new id."
            )),
            StoreError::Disk(error) => Self::cannot_store(&error),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        log::info!("refused: {} {}", self.status, self.kind);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (self.status, [(CONTENT_TYPE, PROBLEM_JSON)], body).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer realm=\"feedback\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, scheme);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_from_a_broken_one_and_both_say_when_to_come_back() {
        let kinds = [
            (io::ErrorKind::StorageFull, 507),
            (io::ErrorKind::PermissionDenied, 503),
        ];
        for (kind, status) in kinds {
            let response = Problem::cannot_store(&kind.into()).into_response();
            assert_eq!(response.status().as_u16(), status);
            assert!(response.headers().contains_key(RETRY_AFTER));
        }
    }
}
