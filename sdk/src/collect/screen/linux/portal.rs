//! The portal of a Wayland desktop: `org.freedesktop.portal.Screenshot`. Its own dialog asks the person what to
//! take, for as long as they like; it goes away with our connection.

use std::collections::HashMap;
use std::fs;
use std::future::poll_fn;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

use futures_core::Stream;
use zbus::message::Type;
use zbus::names::UniqueName;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};
use zbus::{Connection, MatchRule, Message, MessageStream, connection};

use super::super::{Screen, ScreenError, ScreenKind};
use crate::collect::attachments;
use crate::id::unique;
use crate::picture::{self, Picture};

const PORTAL: &str = "org.freedesktop.portal.Desktop";
const OBJECT: &str = "/org/freedesktop/portal/desktop";
const SCREENSHOT: &str = "org.freedesktop.portal.Screenshot";
/// How long a service may take to answer a call, its own start included; a person is not waited for in a call.
const CALL: Duration = Duration::from_secs(25);
/// More than a PNG of three 8K monitors takes.
const LARGEST_FILE: u64 = 256 * 1024 * 1024;

/// One entry, where the desktop has the portal: what there is, it tells nobody.
pub(super) async fn list() -> Result<Vec<Screen>, ScreenError> {
    let bus = connect().await?;
    bus.call_method(
        Some(PORTAL),
        OBJECT,
        Some("org.freedesktop.DBus.Properties"),
        "Get",
        &(SCREENSHOT, "version"),
    )
    .await?;
    Ok(vec![Screen {
        kind: ScreenKind::Chosen,
        id: 0,
        name: String::new(),
        pixels: None,
        scale: None,
    }])
}

/// Asks the person, and reads the file that the desktop has made then.
pub(super) async fn take() -> Result<Picture, ScreenError> {
    let bus = connect().await?;
    let me = bus.unique_name().ok_or(ScreenError::NotSupported)?;
    let token = format!("feedback_{}", unique(SystemTime::now()).simple());
    // Both before the call, so that the fastest answer is not missed.
    let mut answers = listen(&bus, answer_to(me, &token)?).await?;
    let mut ends = listen(&bus, end_of_the_portal()?).await?;
    let options = HashMap::from([
        ("handle_token", Value::from(token.as_str())),
        ("interactive", Value::from(true)), // monitor, window or a part: the person chooses
        ("modal", Value::from(true)),
    ]);
    let no_parent = "";
    let called = bus
        .call_method(
            Some(PORTAL),
            OBJECT,
            Some(SCREENSHOT),
            "Screenshot",
            &(no_parent, options),
        )
        .await?;
    called.body().deserialize::<OwnedObjectPath>()?;
    let answer = tokio::select! {
        answer = next(&mut answers) => answer?,
        _ = next(&mut ends) => return Err(ScreenError::Failed("the desktop's portal has ended".to_owned())),
    };
    let file = chosen(&answer)?;
    super::beside(move || read(&file)).await
}

async fn connect() -> Result<Connection, ScreenError> {
    let bus = connection::Builder::session()?.method_timeout(CALL).build();
    tokio::time::timeout(CALL, bus)
        .await
        .map_err(|_| ScreenError::TimedOut)?
        // Where there is no session bus, there is no portal.
        .map_err(|_| ScreenError::NotSupported)
}

/// The portal's answer to the request that we name: where it will be is agreed on beforehand.
fn answer_to(me: &UniqueName<'_>, token: &str) -> zbus::Result<MatchRule<'static>> {
    let sender = me.trim_start_matches(':').replace('.', "_");
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender(PORTAL)?
        .interface("org.freedesktop.portal.Request")?
        .member("Response")?
        .path(format!("{OBJECT}/request/{sender}/{token}"))?;
    Ok(rule.build().into_owned())
}

/// Told when the service ends, or gives its name away: it answers no more then.
fn end_of_the_portal() -> zbus::Result<MatchRule<'static>> {
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender("org.freedesktop.DBus")?
        .interface("org.freedesktop.DBus")?
        .member("NameOwnerChanged")?
        .arg(0, PORTAL)?
        .arg(2, "")?;
    Ok(rule.build().into_owned())
}

async fn listen(bus: &Connection, rule: MatchRule<'static>) -> zbus::Result<MessageStream> {
    MessageStream::for_match_rule(rule, bus, None).await
}

async fn next(messages: &mut MessageStream) -> Result<Message, ScreenError> {
    let message = poll_fn(|context| Pin::new(&mut *messages).poll_next(context)).await;
    let ended = || ScreenError::Failed("the session bus has ended".to_owned());
    Ok(message.ok_or_else(ended)??)
}

/// The address of the file in the portal's answer.
fn chosen(answer: &Message) -> Result<String, ScreenError> {
    let body = answer.body();
    let (outcome, mut results): (u32, HashMap<String, OwnedValue>) = body.deserialize()?;
    match outcome {
        0 => {}
        1 => return Err(ScreenError::Refused),
        _ => return Err(ScreenError::Failed("the desktop has ended its dialog".to_owned())),
    }
    results
        .remove("uri")
        .and_then(|uri| String::try_from(uri).ok())
        .ok_or_else(|| ScreenError::Failed("the desktop has named no file".to_owned()))
}

/// Takes the picture out of the file, and the file away: it was made for us, and nobody would look for it.
fn read(uri: &str) -> Result<Picture, ScreenError> {
    let no_file = || ScreenError::Failed("the desktop has named no file of this machine".to_owned());
    let uri = url::Url::parse(uri).map_err(|_| no_file())?;
    let path = uri.to_file_path().map_err(|()| no_file())?;
    let png = attachments::read(&path, LARGEST_FILE, picture::is_png);
    drop(fs::remove_file(&path)); // also where it cannot be used; a sandbox may not let us
    let png = png.map_err(|problem| ScreenError::Failed(format!("the desktop's file: {problem}")))?;
    picture::rgba(&png)
        .ok()
        .and_then(|(width, height, rgba)| Picture::from_rgba(width, height, rgba).ok())
        .ok_or_else(|| ScreenError::Failed("the desktop's file is no picture that can be read".to_owned()))
}

impl From<zbus::Error> for ScreenError {
    fn from(error: zbus::Error) -> Self {
        match &error {
            zbus::Error::MethodError(name, ..) => match name.as_str() {
                "org.freedesktop.DBus.Error.ServiceUnknown"
                | "org.freedesktop.DBus.Error.NameHasNoOwner"
                | "org.freedesktop.DBus.Error.UnknownInterface"
                | "org.freedesktop.DBus.Error.UnknownMethod"
                | "org.freedesktop.DBus.Error.UnknownObject"
                | "org.freedesktop.DBus.Error.InvalidArgs" => Self::NotSupported,
                "org.freedesktop.DBus.Error.AccessDenied" | "org.freedesktop.portal.Error.NotAllowed" => {
                    Self::Refused
                }
                _ => Self::Failed(error.to_string()),
            },
            zbus::Error::InputOutput(cause) if cause.kind() == std::io::ErrorKind::TimedOut => Self::TimedOut,
            _ => Self::Failed(error.to_string()),
        }
    }
}
