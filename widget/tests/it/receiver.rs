//! The SDK's test receiver, with the answers that these tests need.

use std::time::Duration;

use feedback_sdk::testing::{self, Reply};

/// How to answer a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A receipt with this number.
    Receipt(&'static str),
    /// A receipt without a number.
    Bare,
    /// This status and an empty body.
    Status(u16),
    /// A log-in page with status 200.
    LogInPage,
    /// Read the head of the request and nothing more.
    Never,
}

/// What has arrived.
pub(crate) struct Arrived {
    pub(crate) manifest: serde_json::Value,
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
}

pub(crate) struct Receiver {
    pub(crate) endpoint: String,
    receiver: testing::Receiver,
}

impl Receiver {
    pub(crate) fn new(answer: Answer) -> Self {
        let receiver = testing::Receiver::start(move |_| match answer {
            Answer::Receipt(number) => Reply::Receipt(Some(number)),
            Answer::Bare => Reply::Receipt(None),
            Answer::Status(status) => Reply::Answer(status, "", String::new()),
            Answer::LogInPage => Reply::Answer(200, "", "<html>Welcome to the hotel</html>".to_owned()),
            Answer::Never => Reply::Deafness,
        })
        .unwrap();
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
        let request = self.receiver.next_within(Duration::from_secs(20)).unwrap();
        let manifest = serde_json::from_slice(&request.manifest).unwrap();
        Arrived { manifest }
    }

    /// Whether nothing has arrived so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.receiver.next_within(Duration::ZERO).is_none()
    }
}
