//! A server that answers when it is told to, and knows to what it has said yes.

use std::collections::HashSet;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use feedback_sdk::testing::{Receiver, Reply, Request};

use super::super::receiver::Answer;

pub(super) struct Gate {
    receiver: Receiver,
    asked: Arc<Mutex<Vec<Asked>>>,
    /// The reports that have a receipt.
    taken: HashSet<String>,
}

/// A report that waits for its answer.
struct Asked {
    id: String,
    answer: Sender<Answer>,
}

impl Gate {
    pub(super) fn new() -> Self {
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let queue = Arc::clone(&asked);
        let reply = move |request: &Request| {
            let (answer, answers) = channel();
            let id = request.id().to_owned();
            let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
            queue.push(Asked { id, answer });
            drop(queue);
            answers.recv().map_or(Reply::HangUp, Answer::reply)
        };
        Self {
            receiver: Receiver::start(reply).unwrap(),
            asked,
            taken: HashSet::new(),
        }
    }

    pub(super) fn endpoint(&self) -> String {
        self.receiver.url()
    }

    /// Answers the latest request, if that is of this report. Those before it were given up by the client.
    pub(super) fn answer(&mut self, id: &str, answer: Answer) -> bool {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(last) = asked.pop_if(|asked| asked.id == id) else {
            return false;
        };
        asked.clear();
        drop(asked);
        if matches!(answer, Answer::Receipt(_) | Answer::Bare) {
            self.taken.insert(last.id);
        }
        last.answer.send(answer).is_ok()
    }

    /// The messages that have a receipt now and had none at the last call.
    pub(super) fn taken(&mut self) -> Vec<String> {
        let mut messages = Vec::new();
        while let Some(request) = self.receiver.next_within(Duration::ZERO) {
            if self.taken.contains(request.id()) {
                let manifest: serde_json::Value = serde_json::from_slice(&request.manifest).unwrap();
                messages.push(manifest["message"].as_str().unwrap().to_owned());
            }
        }
        messages
    }
}
