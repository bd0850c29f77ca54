//! The JSON side: what a client may ask before it sends, and what an agent's program reads.

use std::io;
use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::json::json;
use crate::manifest::FileEntry;
use crate::problem::Problem;
use crate::secret::bearer;
use crate::store::{Blob, Number, Reference, StoredReport};
use crate::stream;
use crate::task::blocking;
use crate::uploads;

/// What one page of the list has when nobody asks for another size, and the most it can have.
const DEFAULT_LIMIT: usize = 50;
const MAX_LIMIT: usize = 500;

/// Proof that the request carries the agent's token.
pub(crate) struct Agent;

impl FromRequestParts<Arc<App>> for Agent {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let known = bearer(&parts.headers).is_some_and(|token| app.agent_token.matches(token));
        known.then_some(Self).ok_or_else(|| {
            Problem::unauthorized(
                "The agent's token is missing or wrong. Send it as `Authorization: Bearer <token>`.",
            )
        })
    }
}

/// `GET /api/v1/config`
pub(crate) async fn config(State(app): State<Arc<App>>) -> Response {
    json(&json!({ "max_bytes": app.max_bytes, "articles_version": 0, "uploads": uploads::PATH }))
}

/// `GET /healthz`: 200 when a report could be stored now.
pub(crate) async fn health(State(app): State<Arc<App>>) -> Result<&'static str, Problem> {
    app.store.probe(Timestamp::now()).await?;
    Ok("ok")
}

#[derive(Deserialize)]
pub(crate) struct PageQuery {
    limit: Option<usize>,
    before: Option<String>,
}

/// One report in the list.
#[derive(Serialize)]
struct Listed<'a> {
    id: String,
    number: String,
    received_at: String,
    created_at: &'a Option<String>,
    app: ListedApp<'a>,
    message: &'a str,
    /// See [`Manifest::message_bytes`](crate::manifest::Manifest::message_bytes).
    #[serde(skip_serializing_if = "Option::is_none")]
    message_bytes: Option<u64>,
    reply_to: &'a Option<String>,
    locale: &'a Option<String>,
    bytes: u64,
    sha256: &'a str,
    files: &'a [FileEntry],
}

#[derive(Serialize)]
struct ListedApp<'a> {
    name: &'a str,
    version: &'a str,
}

impl<'a> Listed<'a> {
    fn of(report: &'a StoredReport) -> Self {
        let manifest = &report.manifest;
        Self {
            id: report.id.to_string(),
            number: report.number.to_string(),
            received_at: report.received_at.to_string(),
            created_at: &manifest.created_at,
            app: ListedApp {
                name: &manifest.app.name,
                version: &manifest.app.version,
            },
            message: &manifest.message,
            message_bytes: manifest.message_bytes,
            reply_to: &manifest.reply_to,
            locale: &manifest.locale,
            bytes: report.bytes,
            sha256: &report.sha256,
            files: &manifest.files,
        }
    }
}

/// `GET /api/v1/reports?limit=50&before=FB-1042`: newest first.
pub(crate) async fn list(
    _: Agent,
    State(app): State<Arc<App>>,
    query: Result<Query<PageQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) =
        query.map_err(|_| Problem::bad_request("`limit` must be a number, such as `limit=50`."))?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT);
    let before = before(query.before.as_deref())?;
    let page = blocking(move || app.store.list(before, limit)).await??;
    let reports: Vec<_> = page.reports.iter().map(Listed::of).collect();
    Ok(json(&json!({ "reports": reports, "more": page.more })))
}

/// The number that a page ends before.
pub(crate) fn before(text: Option<&str>) -> Result<Option<Number>, Problem> {
    let bad = |_| Problem::bad_request("`before` must be the number of a report, such as `before=FB-1042`.");
    text.map(str::parse).transpose().map_err(bad)
}

/// `GET /api/v1/reports/{id}/bundle`: the zip as it came.
pub(crate) async fn bundle(
    _: Agent,
    State(app): State<Arc<App>>,
    Path(which): Path<String>,
) -> Result<Response, Problem> {
    let (report, blob) = find(&app, &which).await?;
    download(report.id, blob).await
}

/// The report that a URL names, and its bundle.
pub(crate) async fn find(app: &Arc<App>, which: &str) -> Result<(StoredReport, Blob), Problem> {
    let missing = || Problem::not_found("No report has this number or id.");
    let which = Reference::parse(which).ok_or_else(missing)?;
    let app = Arc::clone(app);
    let found = blocking(move || {
        app.store
            .find(which)
            .map(|found| found.map(|report| (app.store.blob(&report), report)))
    })
    .await??;
    let (blob, report) = found.ok_or_else(missing)?;
    Ok((report, blob))
}

/// A bundle as a file to save, read from the disk while it is sent.
pub(crate) async fn download(id: Uuid, blob: Blob) -> Result<Response, Problem> {
    let opened = blocking(move || blob.open()).await?;
    let mut bundle = opened.map_err(|error| Problem::cannot_store(&error))?;
    let headers = [
        (CONTENT_TYPE, "application/zip".to_owned()),
        (CONTENT_LENGTH, bundle.bytes().to_string()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"report-{id}.zip\""),
        ),
    ];
    let body = stream::body(move |out| io::copy(&mut bundle, out).map(drop));
    Ok((headers, body).into_response())
}
