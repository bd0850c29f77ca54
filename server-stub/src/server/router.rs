//! Every address of the server, and what all of its answers share.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};

use crate::app::App;
use crate::problem::{PROBLEM_JSON, Problem};
use crate::{api, inbox, intake, uploads};

/// What a browser may do with any answer, unless the answer is stricter itself: load our style and our pictures, nothing
/// else; keep nothing, tell nobody.
const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (
        HeaderName::from_static("content-security-policy"),
        HeaderValue::from_static(
            "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; \
             base-uri 'none'",
        ),
    ),
    (
        HeaderName::from_static("x-content-type-options"),
        HeaderValue::from_static("nosniff"),
    ),
    (
        HeaderName::from_static("referrer-policy"),
        HeaderValue::from_static("no-referrer"),
    ),
    (
        HeaderName::from_static("cache-control"),
        HeaderValue::from_static("no-store"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

pub(super) fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route("/healthz", get(api::health))
        .route("/api/v1/config", get(api::config))
        // The upload counts its own bytes; axum's limit of 2 MB would come first.
        .route(
            "/api/v1/reports",
            post(intake::post)
                .layer(DefaultBodyLimit::disable())
                .get(api::list),
        )
        .route("/api/v1/reports/{report}/bundle", get(api::bundle))
        .route(uploads::PATH, any(uploads::all))
        .route(&format!("{}/{{upload}}", uploads::PATH), any(uploads::one))
        .route("/", get(inbox::home))
        .route("/style.css", get(inbox::style))
        .route("/sign-in", get(inbox::sign_in::page).post(inbox::sign_in::enter))
        .route("/sign-out", post(inbox::sign_in::leave))
        .route("/inbox", get(inbox::list))
        .route("/inbox/{report}", get(inbox::report))
        .route("/inbox/{report}/bundle", get(inbox::files::bundle))
        .route("/inbox/{report}/files/{index}", get(inbox::files::file))
        .layer(map_response(finish))
        .with_state(Arc::clone(app))
}

/// Gives errors of the router itself a body that says something, and every answer the headers.
async fn finish(response: Response) -> Response {
    let status = response.status();
    let content_type = response
        .headers()
        .get(CONTENT_TYPE)
        .map(HeaderValue::as_bytes)
        .unwrap_or_default();
    let explained = content_type == PROBLEM_JSON.as_bytes() || content_type.starts_with(b"text/html");
    let mut response = if (status.is_client_error() || status.is_server_error()) && !explained {
        let mut problem = Problem::of_status(status).into_response();
        if let Some(allow) = response.headers().get(ALLOW) {
            problem.headers_mut().insert(ALLOW, allow.clone());
        }
        problem
    } else {
        response
    };
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}
