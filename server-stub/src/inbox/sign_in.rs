//! In and out of the inbox: the agent's token or a one-time link becomes a session cookie.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Form, FromRequest, FromRequestParts, Query, Request, State};
use axum::http::header::{COOKIE, SET_COOKIE, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;
use tokio::time::timeout;

use super::{Trouble, render};
use crate::app::App;
use crate::problem::Problem;

const COOKIE_NAME: &str = "feedback_session";

/// Proof that the request comes from a browser that signed in; anyone else is sent to the page that asks.
pub(crate) struct SignedIn;

impl FromRequestParts<Arc<App>> for SignedIn {
    type Rejection = Redirect;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Redirect> {
        let known = session(&parts.headers).is_some_and(|id| app.door().is_open(id, Timestamp::now()));
        known.then_some(Self).ok_or_else(|| Redirect::to("/sign-in"))
    }
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    error: Option<&'static str>,
}

#[derive(Default, Deserialize)]
pub(crate) struct Ask {
    #[serde(default)]
    token: Option<String>,
}

/// `GET /sign-in`: the page; with `?token=`, the link that opens the inbox at once.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    query: Result<Query<Ask>, QueryRejection>,
) -> Response {
    let Some(token) = query.ok().and_then(|Query(ask)| ask.token) else {
        return render(StatusCode::OK, &SignInPage { error: None });
    };
    let token = token.trim();
    if app.door().redeem(token, Timestamp::now()) || app.agent_token.matches(token) {
        welcome(&app, &headers)
    } else {
        refuse("This link was used before or is too old. Paste the agent’s token instead.")
    }
}

/// `POST /sign-in`: the page's form.
pub(crate) async fn enter(State(app): State<Arc<App>>, headers: HeaderMap, request: Request) -> Response {
    let Ok(form) = timeout(app.idle_timeout, Form::<Ask>::from_request(request, &())).await else {
        return Problem::too_slow("The form came too slowly.").into_response();
    };
    let token = form.ok().and_then(|Form(ask)| ask.token).unwrap_or_default();
    if app.agent_token.matches(token.trim()) {
        welcome(&app, &headers)
    } else {
        refuse("This is not the agent’s token. It was shown when the server started for the first time.")
    }
}

/// `POST /sign-out`
pub(crate) async fn leave(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    if let Some(id) = session(&headers) {
        app.door().close(id);
    }
    let cookie = format!("{COOKIE_NAME}=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0");
    ([(SET_COOKIE, cookie)], Redirect::to("/sign-in")).into_response()
}

fn welcome(app: &App, headers: &HeaderMap) -> Response {
    let Some(id) = app.door().open(Timestamp::now()) else {
        return Trouble::from(Problem::unavailable("The system gave no randomness.")).into_response();
    };
    // Behind a proxy that speaks TLS the cookie must not travel without it; on this machine there is no TLS.
    let behind_tls = headers
        .get("x-forwarded-proto")
        .is_some_and(|protocol| protocol == "https");
    let secure = if behind_tls { "; Secure" } else { "" };
    // Lax, not Strict: a link from another program must arrive with the cookie that its redirect sets.
    let cookie = format!("{COOKIE_NAME}={id}; HttpOnly; SameSite=Lax; Path=/{secure}");
    ([(SET_COOKIE, cookie)], Redirect::to("/inbox")).into_response()
}

fn refuse(error: &'static str) -> Response {
    let page = render(StatusCode::UNAUTHORIZED, &SignInPage { error: Some(error) });
    ([(WWW_AUTHENTICATE, "Bearer realm=\"feedback\"")], page).into_response()
}

/// The session's id among the cookies.
fn session(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = cookies
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE_NAME).map(|(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        assert_eq!(session(&headers), None);
        headers.append(COOKIE, "a=b; feedback_session_2=no".parse().unwrap());
        assert_eq!(session(&headers), None);
        headers.append(COOKIE, "x=y;feedback_session=yes; z".parse().unwrap());
        assert_eq!(session(&headers), Some("yes"));
    }
}
