//! `/api/v1/uploads`: a large bundle in as many requests as it takes, by the tus protocol 1.0.0.
//!
//! The protocol (<https://tus.io/protocols/resumable-upload>) with its extensions creation, creation-with-upload, checksum,
//! expiration and termination. A whole upload is checked and stored like a bundle that came as a form, before its last
//! byte is answered. One thing is ours: `GET` of an upload gives its receipt, also when the last answer was lost.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, Request, State as Shared};
use axum::http::header::{ALLOW, EXPECT, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use tokio::time::sleep;

use crate::app::App;
use crate::body::{PoliteBody, content_length};
use crate::intake::too_large;
use crate::json::json;
use crate::problem::Problem;
use crate::secret::SecretHash;
use crate::task::{blocking, detached};

mod finish;
mod folder;
mod headers;
mod part;
mod receive;
mod turns;
pub(crate) mod unfinished;

use folder::{CreateError, Stage, State, Upload, UploadId};
use headers::{
    Checksum, TUS_CHECKSUM_ALGORITHM, TUS_EXTENSION, TUS_MAX_SIZE, TUS_RESUMABLE, TUS_VERSION,
    UPLOAD_EXPIRES, UPLOAD_LENGTH, UPLOAD_METADATA, UPLOAD_OFFSET, VERSION,
};
use turns::Turn;

/// Where uploads are made; each is one segment below.
pub(crate) const PATH: &str = "/api/v1/uploads";

const EXTENSIONS: HeaderValue =
    HeaderValue::from_static("creation,creation-with-upload,checksum,expiration,termination");

const SWEEP_PAUSE: Duration = Duration::from_hours(1);

/// Removes what is too old, for as long as the server runs.
pub(crate) async fn sweep_hourly(app: Arc<App>) {
    loop {
        sleep(SWEEP_PAUSE).await;
        let app = Arc::clone(&app);
        if let Ok(Err(error)) = blocking(move || app.uploads.sweep(Timestamp::now())).await {
            log::error!("cannot sweep the uploads: {error}");
        }
    }
}

/// Every method of [`PATH`].
pub(crate) async fn all(Shared(app): Shared<Arc<App>>, request: Request) -> Response {
    answer(app, None, request).await
}

/// Every method of one upload.
pub(crate) async fn one(Shared(app): Shared<Arc<App>>, Path(id): Path<String>, request: Request) -> Response {
    answer(app, Some(id), request).await
}

async fn answer(app: Arc<App>, id: Option<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let waits = parts.headers.contains_key(EXPECT);
    let body = PoliteBody::new(body, app.max_bytes, app.idle_timeout, !waits);
    // What has come of a body is kept although nobody is left to answer.
    let answer = detached(act(app, id, parts, body)).await;
    let mut response = answer.and_then(|answer| answer).into_response();
    let version = HeaderValue::from_static(VERSION);
    if response.status() == StatusCode::PRECONDITION_FAILED {
        response.headers_mut().insert(TUS_VERSION, version.clone());
    }
    response.headers_mut().insert(TUS_RESUMABLE, version);
    response
}

async fn act(app: Arc<App>, id: Option<String>, parts: Parts, body: PoliteBody) -> Result<Response, Problem> {
    let method = headers::method(&parts);
    if method == Method::OPTIONS {
        return Ok(options(&app));
    }
    let headers = &parts.headers;
    let key = app.project_key(headers)?;
    if !headers::speaks_our_version(headers) {
        let detail = "Send the header `Tus-Resumable: 1.0.0`; it is the only version that is spoken here.";
        return Err(Problem::wrong_version(detail));
    }
    let Some(id) = id else {
        return match method {
            Method::POST => create(&app, key, headers, body).await,
            _ => Ok(not_allowed("OPTIONS, POST")),
        };
    };
    let id = UploadId::parse(&id).ok_or_else(Problem::no_such_upload)?;
    let mut turn = Arc::clone(&app.uploads.turns).take(id.clone()).await;
    let upload = find(&app, id, key).await?;
    match method {
        Method::HEAD => look(&app, &mut turn, upload).await,
        Method::PATCH => patch(&app, &mut turn, upload, headers, body).await,
        Method::DELETE => finish::remove(&app, &mut turn)
            .await
            .map(|()| StatusCode::NO_CONTENT.into_response()),
        Method::GET => receipt(&app, &mut turn, upload).await,
        _ => Ok(not_allowed("DELETE, GET, HEAD, OPTIONS, PATCH")),
    }
}

fn options(app: &App) -> Response {
    let headers = [
        (TUS_VERSION, HeaderValue::from_static(VERSION)),
        (TUS_EXTENSION, EXTENSIONS),
        (TUS_MAX_SIZE, app.max_bytes.into()),
        (
            TUS_CHECKSUM_ALGORITHM,
            HeaderValue::from_static(headers::CHECKSUMS),
        ),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

async fn create(
    app: &Arc<App>,
    key: SecretHash,
    headers: &HeaderMap,
    body: PoliteBody,
) -> Result<Response, Problem> {
    let length = headers::bytes(headers, &UPLOAD_LENGTH)?;
    if length > app.max_bytes {
        return Err(too_large(
            &format!("The upload has {length} bytes"),
            app.max_bytes,
        ));
    }
    let has_body = headers::has_body(headers);
    if has_body && !headers::is_chunk(headers) {
        return Err(not_a_chunk());
    }
    let state = State {
        key: key.to_string(),
        length,
        metadata: headers::metadata(headers)?,
        report: None,
    };
    let checksum = Checksum::of(headers)?;
    let folder = Arc::clone(&app.uploads.folder);
    let created = blocking(move || folder.create(&state, Timestamp::now()));
    let id = created.await?.map_err(|error| match error {
        CreateError::Full => {
            Problem::unavailable("Too many uploads are unfinished. Try again later, or send a form.")
        }
        CreateError::Disk(error) => error.into(),
    })?;
    let mut response = StatusCode::CREATED.into_response();
    if let Ok(location) = format!("{PATH}/{id}").parse() {
        response.headers_mut().insert(LOCATION, location);
    }
    let mut offset = 0;
    if has_body || length == 0 {
        let mut turn = Arc::clone(&app.uploads.turns).take(id.clone()).await;
        let upload = find(app, id.clone(), key).await?;
        let added = add(app, &mut turn, upload, headers, checksum, body).await;
        if added.is_err() {
            // The client has no address to go on with.
            finish::remove(app, &mut turn).await?;
        }
        offset = added?;
    }
    tell(&mut response, offset, Timestamp::now());
    Ok(response)
}

/// How far an upload is; `HEAD` of the protocol.
async fn look(app: &Arc<App>, turn: &mut Turn, upload: Upload) -> Result<Response, Problem> {
    let (offset, changed) = (upload.offset, upload.changed);
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    headers.insert(UPLOAD_LENGTH, upload.state.length.into());
    if let Some(metadata) = upload.state.metadata.as_ref().and_then(|text| text.parse().ok()) {
        headers.insert(UPLOAD_METADATA, metadata);
    }
    tell(&mut response, offset, changed);
    finish::receipt(app, turn, upload).await?;
    Ok(response)
}

async fn patch(
    app: &Arc<App>,
    turn: &mut Turn,
    upload: Upload,
    headers: &HeaderMap,
    body: PoliteBody,
) -> Result<Response, Problem> {
    if !headers::is_chunk(headers) {
        return Err(not_a_chunk());
    }
    let offset = headers::bytes(headers, &UPLOAD_OFFSET)?;
    let checksum = Checksum::of(headers)?;
    if offset != upload.offset {
        return Err(Problem::other_offset(format!(
            "The upload has {} bytes, and this request begins at {offset}. Ask for the offset with `HEAD`.",
            upload.offset
        )));
    }
    let offset = add(app, turn, upload, headers, checksum, body).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    tell(&mut response, offset, Timestamp::now());
    Ok(response)
}

/// Adds a body to an upload, makes it a report when it is whole, and says where it is then.
async fn add(
    app: &Arc<App>,
    turn: &mut Turn,
    upload: Upload,
    headers: &HeaderMap,
    checksum: Option<Checksum>,
    body: PoliteBody,
) -> Result<u64, Problem> {
    let left = upload.state.length - upload.offset;
    if content_length(headers).is_some_and(|bytes| bytes > left) {
        return Err(receive::too_many());
    }
    let id = upload.id.clone();
    if !matches!(upload.stage, Stage::Stored(_)) {
        receive::append(app, turn, upload, checksum, body).await?;
    }
    let folder = Arc::clone(&app.uploads.folder);
    let found = blocking(move || folder.find(&id, Timestamp::now())).await??;
    let upload = found.ok_or_else(Problem::no_such_upload)?;
    let offset = upload.offset;
    finish::receipt(app, turn, upload).await?;
    Ok(offset)
}

/// `GET`, which the protocol leaves to us.
async fn receipt(app: &Arc<App>, turn: &mut Turn, upload: Upload) -> Result<Response, Problem> {
    let receipt = finish::receipt(app, turn, upload).await?;
    let receipt = receipt.ok_or_else(|| {
        Problem::other_offset("Bytes are missing. Ask for the offset with `HEAD` and go on.".to_owned())
    })?;
    Ok(json(&receipt))
}

/// The upload, if it belongs to this key; nobody is told of another's.
async fn find(app: &App, id: UploadId, key: SecretHash) -> Result<Upload, Problem> {
    let folder = Arc::clone(&app.uploads.folder);
    let found = blocking(move || folder.find(&id, Timestamp::now())).await??;
    found
        .filter(|upload| upload.state.key == key.to_string())
        .ok_or_else(Problem::no_such_upload)
}

fn tell(response: &mut Response, offset: u64, changed: Timestamp) {
    let headers = response.headers_mut();
    headers.insert(UPLOAD_OFFSET, offset.into());
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&folder::expires(changed));
    if let Some(date) = date.ok().and_then(|date| date.parse().ok()) {
        headers.insert(UPLOAD_EXPIRES, date);
    }
}

fn not_a_chunk() -> Problem {
    Problem::wrong_type("Send the bytes of an upload as `application/offset+octet-stream`.")
}

fn not_allowed(allow: &'static str) -> Response {
    let mut response = Problem::of_status(StatusCode::METHOD_NOT_ALLOWED).into_response();
    response
        .headers_mut()
        .insert(ALLOW, HeaderValue::from_static(allow));
    response
}
