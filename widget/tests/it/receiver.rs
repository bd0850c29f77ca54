//! The SDK's test receiver, with the answers that these tests need.

use std::io::{Cursor, Read as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use feedback_sdk::FeedbackClient;
use feedback_sdk::testing::{self, Reply};

use super::stage::DEADLINE;

/// How to answer a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A receipt with this number.
    Receipt(&'static str),
    /// A receipt without a number.
    Bare,
    /// This status and an empty body.
    Status(u16),
    /// Come back in five minutes.
    Busy,
    /// It takes no more than this many bytes.
    TooLarge(u64),
    /// A log-in page with status 200.
    LogInPage,
    /// Read the head of the request and nothing more.
    Never,
}

impl Answer {
    pub(crate) fn reply(self) -> Reply {
        match self {
            Self::Receipt(number) => Reply::Receipt(Some(number)),
            Self::Bare => Reply::Receipt(None),
            Self::Status(status) => Reply::Answer(status, "", String::new()),
            Self::Busy => Reply::Answer(503, "Retry-After: 300\r\n", String::new()),
            Self::TooLarge(bytes) => {
                let body = format!(r#"{{"title":"Too large","status":413,"max_bytes":{bytes}}}"#);
                Reply::Answer(413, "Content-Type: application/problem+json\r\n", body)
            }
            Self::LogInPage => Reply::Answer(200, "", "<html>Welcome to the hotel</html>".to_owned()),
            Self::Never => Reply::Deafness,
        }
    }
}

/// What has arrived.
pub(crate) struct Arrived {
    pub(crate) manifest: serde_json::Value,
    request: testing::Request,
}

impl Arrived {
    /// Path and size of each file, as the manifest says.
    pub(crate) fn files(&self) -> Vec<(String, u64)> {
        let files = self.manifest["files"].as_array().unwrap();
        let file = |file: &serde_json::Value| {
            let path = file["path"].as_str().unwrap().to_owned();
            (path, file["bytes"].as_u64().unwrap())
        };
        files.iter().map(file).collect()
    }

    /// The bytes of a file.
    pub(crate) fn content(&self, path: &str) -> Vec<u8> {
        let mut zip = zip::ZipArchive::new(Cursor::new(&self.request.bundle)).unwrap();
        let mut content = Vec::new();
        zip.by_name(path).unwrap().read_to_end(&mut content).unwrap();
        content
    }

    /// The bytes that arrived.
    pub(crate) fn bundle(&self) -> &[u8] {
        &self.request.bundle
    }

    /// The hash of the bytes that arrived.
    pub(crate) fn sha256(&self) -> String {
        self.request.sha256()
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.files().iter().any(|(name, _)| name == path)
    }
}

pub(crate) struct Receiver {
    pub(crate) endpoint: String,
    receiver: testing::Receiver,
}

impl Receiver {
    pub(crate) fn new(answer: Answer) -> Self {
        Self::in_turn(&[answer])
    }

    /// Answers each report with the next of these, and the rest with the last.
    pub(crate) fn in_turn(answers: &[Answer]) -> Self {
        let answers = answers.to_vec();
        let next = AtomicUsize::new(0);
        Self::start(move || {
            let index = next.fetch_add(1, Ordering::Relaxed);
            answers[index.min(answers.len() - 1)].reply()
        })
    }

    /// Answers each report when it is told how.
    pub(crate) fn when_told() -> (Self, Sender<Answer>) {
        let (sender, answers) = channel::<Answer>();
        let answers = Mutex::new(answers);
        let receiver = Self::start(move || {
            let answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
            answers.recv().map_or(Reply::HangUp, Answer::reply)
        });
        (receiver, sender)
    }

    fn start(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Self {
        let receiver = testing::Receiver::start(move |_| reply()).unwrap();
        Self {
            endpoint: receiver.url(),
            receiver,
        }
    }

    /// An address where nobody listens.
    pub(crate) fn nowhere() -> String {
        testing::Receiver::start(|_| Reply::HangUp).unwrap().url()
    }

    /// The next report that has arrived whole.
    pub(crate) fn arrived(&self) -> Arrived {
        let request = self.receiver.next_within(DEADLINE).unwrap();
        let manifest = serde_json::from_slice(&request.manifest).unwrap();
        Arrived { manifest, request }
    }

    /// Whether this report is all that the client has sent, and nothing waits.
    pub(crate) fn has_only(&self, client: &FeedbackClient, message: &str) -> bool {
        let left = client.flush(DEADLINE).wait().unwrap();
        let first = self.arrived().manifest["message"] == message;
        first && left == 0 && self.receiver.next_within(Duration::ZERO).is_none()
    }
}
