//! In and out of the inbox: the agent's token or a one-time link becomes a session cookie.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Form, FromRequest, FromRequestParts, Query, Request, State};
use axum::http::header::{COOKIE, SET_COOKIE, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use percent_encoding::utf8_percent_encode;
use serde::Deserialize;
use tokio::time::timeout;

use super::{ESCAPED, Trouble, render};
use crate::app::App;
use crate::problem::Problem;

const COOKIE_NAME: &str = "feedback_session";

const INBOX: &str = "/inbox";

/// Proof that the request comes from a browser that signed in; anyone else is sent to the page that asks.
pub(crate) struct SignedIn;

impl FromRequestParts<Arc<App>> for SignedIn {
    type Rejection = Redirect;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Redirect> {
        let known = session(&parts.headers).is_some_and(|id| app.door().is_open(id, Timestamp::now()));
        known.then_some(Self).ok_or_else(|| {
            let wanted = parts.uri.path_and_query().map(PathAndQuery::as_str);
            match wanted.filter(|page| *page != INBOX) {
                Some(page) => Redirect::to(&format!("/sign-in?to={}", utf8_percent_encode(page, ESCAPED))),
                None => Redirect::to("/sign-in"),
            }
        })
    }
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    error: Option<&'static str>,
    to: Option<String>,
}

#[derive(Default, Deserialize)]
pub(crate) struct Ask {
    #[serde(default)]
    token: Option<String>,
    /// The page that was wanted.
    #[serde(default)]
    to: Option<String>,
}

impl Ask {
    /// Whoever made the link may have written anything there: only a page of the inbox is gone to.
    fn page(&self) -> Option<&str> {
        let page = self.to.as_deref()?;
        let rest = page.strip_prefix(INBOX)?;
        let is_below = rest.starts_with(['/', '?']) && page.bytes().all(|byte| byte.is_ascii_graphic());
        is_below.then_some(page)
    }

    /// The page that asks for the token.
    fn again(&self, status: StatusCode, error: Option<&'static str>) -> Response {
        let to = self.page().map(str::to_owned);
        render(status, &SignInPage { error, to })
    }
}

/// `GET /sign-in`: the page; with `?token=`, the link that opens the inbox at once; `?to=` is where both lead.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    query: Result<Query<Ask>, QueryRejection>,
) -> Response {
    let ask = query.map(|Query(ask)| ask).unwrap_or_default();
    let Some(token) = ask.token.as_deref().map(str::trim) else {
        return ask.again(StatusCode::OK, None);
    };
    if app.door().redeem(token, Timestamp::now()) || app.agent_token.matches(token) {
        welcome(&app, &headers, &ask)
    } else {
        refuse(
            &ask,
            "This link was used before or is too old. Paste the agent’s token instead.",
        )
    }
}

/// `POST /sign-in`: the page's form.
pub(crate) async fn enter(State(app): State<Arc<App>>, headers: HeaderMap, request: Request) -> Response {
    let Ok(form) = timeout(app.idle_timeout, Form::<Ask>::from_request(request, &())).await else {
        return Problem::too_slow("The form came too slowly.").into_response();
    };
    let ask = form.map(|Form(ask)| ask).unwrap_or_default();
    let token = ask.token.as_deref().unwrap_or_default();
    if app.agent_token.matches(token.trim()) {
        welcome(&app, &headers, &ask)
    } else {
        refuse(&ask, "This is not the agent’s token.")
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

fn welcome(app: &App, headers: &HeaderMap, ask: &Ask) -> Response {
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
    let to = Redirect::to(ask.page().unwrap_or(INBOX));
    ([(SET_COOKIE, cookie)], to).into_response()
}

fn refuse(ask: &Ask, error: &'static str) -> Response {
    let page = ask.again(StatusCode::UNAUTHORIZED, Some(error));
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
    fn only_a_page_of_the_inbox_is_gone_to() {
        let page = |to: &str| {
            let to = Some(to.to_owned());
            Ask { token: None, to }.page().map(str::to_owned)
        };
        for to in [
            "/inbox/FB-1002",
            "/inbox?before=FB-9",
            "/inbox/FB-1/files/0?download",
        ] {
            assert_eq!(page(to).as_deref(), Some(to));
        }
        for to in [
            "",
            "/",
            "/inbox",
            "/inboxes",
            "//evil.example/inbox/",
            "https://evil.example/inbox/",
            "/inbox@evil.example",
            "/inbox.evil.example/",
            " /inbox/",
            "/inbox/\r\nSet-Cookie: a=b",
            "/inbox/\u{e9}",
        ] {
            assert_eq!(page(to), None, "{to}");
        }
    }

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
