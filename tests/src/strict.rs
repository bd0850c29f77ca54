//! A server that takes nothing but what is small, and that not now.

use feedback_sdk::testing::{Receiver, Reply};

/// Says so of a report with more than `most` bytes, so that it is fitted and stored anew; one that fits is to come later.
pub fn strict(most: u64) -> Receiver {
    let reply = move |request: &feedback_sdk::testing::Request| {
        let length: u64 = request.headers["content-length"].parse().unwrap();
        if length > most {
            let body = format!(r#"{{"type":"about:blank","max_bytes":{most}}}"#);
            Reply::Answer(413, "Content-Type: application/problem+json\r\n", body)
        } else {
            Reply::Answer(503, "", String::new())
        }
    };
    Receiver::start(reply).unwrap()
}
