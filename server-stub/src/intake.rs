//! `POST /api/v1/reports`: who sends, how much, and is it a report; only then is it stored.

use std::error::Error;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request, State};
use axum::http::header::{CONTENT_TYPE, EXPECT};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;

use crate::app::App;
use crate::body::{BodyError, LONGEST, PoliteBody, content_length};
use crate::check::MANIFEST_BYTES;
use crate::json::json;
use crate::manifest::Identity;
use crate::problem::Problem;
use crate::receipt;
use crate::store::{Incoming, Received, SMALL_BYTES};
use crate::task::blocking;

pub(crate) async fn post(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let waits = parts.headers.contains_key(EXPECT);
    // Made before the first check, so that every refusal is followed by a polite end of the body.
    let body = PoliteBody::new(body, app.max_bytes, app.idle_timeout, !waits);
    let request = Request::from_parts(parts, Body::new(body));
    let answer = timeout(LONGEST, receive(&app, request)).await;
    answer
        .unwrap_or_else(|_| Err(Problem::too_slow("The upload took more than an hour.")))
        .into_response()
}

async fn receive(app: &Arc<App>, request: Request) -> Result<Response, Problem> {
    let headers = request.headers();
    app.project_key(headers)?;
    if !is_form(headers) {
        return Err(Problem::wrong_type(
            "Send `multipart/form-data` with the parts `report` and `bundle`.",
        ));
    }
    let length = content_length(headers);
    if let Some(bytes) = length.filter(|bytes| *bytes > app.max_bytes) {
        return Err(too_large(
            &format!("The request has {bytes} bytes"),
            app.max_bytes,
        ));
    }
    let key = idempotency_key(headers)?;
    let form = Multipart::from_request(request, &()).await;
    let mut form = form.map_err(|error| Problem::bad_request(error.body_text()))?;

    let bytes = manifest_part(app, &mut form).await?;
    let report = Identity::parse(&bytes).map_err(|error| Problem::invalid(error.to_string()))?;
    if !report.id.eq_ignore_ascii_case(&key) {
        return Err(Problem::bad_request(
            "The header `Idempotency-Key` and the `id` of the manifest differ. Send the manifest's id in both.",
        ));
    }
    let bundle = bundle_part(app, &mut form, length).await?;
    if next(app, &mut form).await?.is_some() {
        return Err(Problem::bad_request(
            "There is a part after `bundle`. Send exactly `report` and `bundle`.",
        ));
    }

    let (bytes, bundle) = finished(bytes, bundle).await?;
    let (receipt, new) = receipt::keep(app, &report, bytes, bundle).await?;
    let status = if new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, json(&receipt)).into_response())
}

/// The part `report`, whole.
async fn manifest_part(app: &App, form: &mut Multipart) -> Result<Vec<u8>, Problem> {
    let mut part = expect_part(app, form, "report").await?;
    let mut bytes = Vec::new();
    while let Some(chunk) = chunk(app, &mut part).await? {
        if (bytes.len() + chunk.len()) as u64 > MANIFEST_BYTES {
            // No 413: its `max_bytes` is for the whole request, and leaving files out would not help.
            return Err(Problem::invalid(format!(
                "The part `report` is too large; the most is {MANIFEST_BYTES} bytes. Send the beginning of a long message in \
                 it, and all of it as `message.txt` in the bundle."
            )));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The part `bundle` of a form of so many bytes.
async fn bundle_part(app: &App, form: &mut Multipart, bytes: Option<u64>) -> Result<Incoming, Problem> {
    let mut part = expect_part(app, form, "bundle").await?;
    let mut bundle = app.store.incoming(bytes);
    while let Some(chunk) = chunk(app, &mut part).await? {
        bundle = bundle.write(&chunk).await?;
    }
    Ok(bundle)
}

/// Checks a bundle that is whole against the manifest that came before it, and gives both back.
async fn finished(manifest: Vec<u8>, bundle: Incoming) -> Result<(Vec<u8>, Received), Problem> {
    let is_small = !bundle.is_file() && manifest.len() <= SMALL_BYTES;
    let finish = move || -> Result<_, Problem> {
        let bundle = bundle.finish()?;
        bundle.check(&manifest)?;
        Ok((manifest, bundle))
    };
    // What is small is hashed and checked sooner than another thread would wake up.
    if is_small {
        finish()
    } else {
        blocking(finish).await?
    }
}

async fn expect_part<'a>(app: &App, form: &'a mut Multipart, name: &str) -> Result<Field<'a>, Problem> {
    match next(app, form).await? {
        Some(part) if part.name() == Some(name) => Ok(part),
        found => {
            let found = if found.is_some() {
                "another part came"
            } else {
                "the form ended"
            };
            Err(Problem::bad_request(format!(
                "The part `{name}` was expected, but {found}. Send `report` first, then `bundle`."
            )))
        }
    }
}

async fn next<'a>(app: &App, form: &'a mut Multipart) -> Result<Option<Field<'a>>, Problem> {
    form.next_field().await.map_err(|error| broken(app, &error))
}

async fn chunk(app: &App, part: &mut Field<'_>) -> Result<Option<Bytes>, Problem> {
    part.chunk().await.map_err(|error| broken(app, &error))
}

/// The problem at the bottom of a multipart error: the body's own, or else the form's.
fn broken(app: &App, error: &MultipartError) -> Problem {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        match error.downcast_ref() {
            Some(BodyError::TooLarge) => return too_large("The request is too large", app.max_bytes),
            Some(BodyError::TooSlow) => {
                let seconds = app.idle_timeout.as_secs();
                return Problem::too_slow(&format!(
                    "Not a byte came for {seconds} s. Send the report again."
                ));
            }
            Some(BodyError::Broken(_)) => {
                return Problem::incomplete("The request ended before its end. Send the report again.");
            }
            None => cause = error.source(),
        }
    }
    Problem::bad_request(format!("The form cannot be read: {}.", error.body_text()))
}

pub(crate) fn too_large(what: &str, max_bytes: u64) -> Problem {
    let detail = format!("{what}; the most is {max_bytes} bytes. Send less: shorter logs, smaller pictures.");
    Problem::too_large(detail, max_bytes)
}

fn is_form(headers: &HeaderMap) -> bool {
    let value = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let media_type = value.split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case("multipart/form-data")
}

/// The key without the quotes that the header's grammar asks for and many clients leave out.
fn idempotency_key(headers: &HeaderMap) -> Result<String, Problem> {
    let value = headers
        .get("idempotency-key")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .trim();
    let key = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(value);
    if key.is_empty() {
        return Err(Problem::bad_request(
            "The header `Idempotency-Key` is missing. Send the manifest's `id` in it.",
        ));
    }
    Ok(key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderName;

    fn with(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(HeaderName::from_static(name), value.parse().unwrap())])
    }

    #[test]
    fn the_key_is_taken_with_quotes_and_without() {
        for value in ["\"abc\"", "abc", " abc "] {
            assert_eq!(idempotency_key(&with("idempotency-key", value)).unwrap(), "abc");
        }
        for value in ["", "\"\""] {
            assert!(
                idempotency_key(&with("idempotency-key", value)).is_err(),
                "{value}"
            );
        }
    }

    #[test]
    fn a_form_is_known_by_its_type_alone() {
        assert!(is_form(&with("content-type", "Multipart/Form-Data; boundary=x")));
        assert!(!is_form(&with(
            "content-type",
            "multipart/form-data-2; boundary=x"
        )));
        assert!(!is_form(&with("content-type", "application/json")));
        assert!(!is_form(&HeaderMap::new()));
    }
}
