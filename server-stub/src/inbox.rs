//! The pages for support people: plain HTML, no script, every word of a report escaped by the templates.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse, Redirect, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};
use serde::Deserialize;

use crate::api;
use crate::app::App;
use crate::bundle::Bundle;
use crate::problem::Problem;
use crate::task::blocking;

pub(crate) mod files;
pub(crate) mod sign_in;
mod view;

use sign_in::SignedIn;
use view::{Line, Page};

/// What stands for itself in every part of an address, and in a header; the rest is escaped.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'-');

/// Reports on one page of the list.
const PAGE: usize = 50;

pub(crate) async fn home() -> Redirect {
    Redirect::to("/inbox")
}

pub(crate) async fn style() -> impl IntoResponse {
    (
        [(CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("../templates/style.css"),
    )
}

#[derive(Template)]
#[template(path = "inbox.html")]
struct InboxPage {
    lines: Vec<Line>,
    first_page: bool,
    older: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct InboxQuery {
    before: Option<String>,
}

/// `GET /inbox?before=FB-1042`: the list, newest first.
pub(crate) async fn list(
    _: SignedIn,
    State(app): State<Arc<App>>,
    query: Result<Query<InboxQuery>, QueryRejection>,
) -> Result<Response, Trouble> {
    let before = query.ok().and_then(|Query(query)| query.before);
    let before = api::before(before.as_deref())?;
    let page = blocking(move || app.store.list(before, PAGE))
        .await?
        .map_err(Problem::from)?;
    let last = page.reports.last().filter(|_| page.more);
    let older = last.map(|last| last.number.to_string());
    let lines = page.reports.iter().map(Line::of).collect();
    Ok(render(
        StatusCode::OK,
        &InboxPage {
            lines,
            first_page: before.is_none(),
            older,
        },
    ))
}

/// `GET /inbox/{number or id}`: one report, all of it.
pub(crate) async fn report(
    _: SignedIn,
    State(app): State<Arc<App>>,
    Path(which): Path<String>,
) -> Result<Response, Trouble> {
    let (report, blob) = api::find(&app, &which).await?;
    let entries = blocking(move || Bundle::open(&blob)?.entries()).await?;
    let entries = entries.map_err(|error| Problem::cannot_store(&error))?;
    Ok(render(StatusCode::OK, &Page::of(&report, entries)))
}

/// An error as a page.
#[derive(Template)]
#[template(path = "trouble.html")]
pub(crate) struct Trouble {
    problem: Problem,
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self { problem }
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        render(self.problem.status, &self)
    }
}

fn render(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            log::error!("a page cannot be rendered: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
