//! Who may read the inbox: browser sessions and one-time links, in memory only, `now` given by the caller.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::secret::{self, SecretHash};

/// A working day; then the agent signs in again.
const SESSION_LASTS: SignedDuration = SignedDuration::from_hours(12);

/// Long enough for a slow browser to start, short enough to be worthless in a browser's history.
const TICKET_LASTS: SignedDuration = SignedDuration::from_mins(10);

/// The open sessions and unused tickets, by hash, each with the moment it was issued.
#[derive(Debug, Default)]
pub(crate) struct Door {
    sessions: HashMap<SecretHash, Timestamp>,
    tickets: HashMap<SecretHash, Timestamp>,
}

impl Door {
    /// A ticket that opens one session.
    pub(crate) fn ticket(&mut self, now: Timestamp) -> Option<String> {
        issue(&mut self.tickets, TICKET_LASTS, now)
    }

    /// Uses a ticket up; false when it is unknown, used or too old.
    pub(crate) fn redeem(&mut self, ticket: &str, now: Timestamp) -> bool {
        let issued = self.tickets.remove(&SecretHash::of(ticket));
        issued.is_some_and(|issued| fresh(issued, TICKET_LASTS, now))
    }

    /// A new session's id.
    pub(crate) fn open(&mut self, now: Timestamp) -> Option<String> {
        issue(&mut self.sessions, SESSION_LASTS, now)
    }

    pub(crate) fn is_open(&self, session: &str, now: Timestamp) -> bool {
        let issued = self.sessions.get(&SecretHash::of(session));
        issued.is_some_and(|issued| fresh(*issued, SESSION_LASTS, now))
    }

    pub(crate) fn close(&mut self, session: &str) {
        self.sessions.remove(&SecretHash::of(session));
    }
}

fn issue(into: &mut HashMap<SecretHash, Timestamp>, lasts: SignedDuration, now: Timestamp) -> Option<String> {
    into.retain(|_, issued| fresh(*issued, lasts, now));
    let secret = secret::random()?;
    into.insert(SecretHash::of(&secret), now);
    Some(secret)
}

/// A clock that was set back makes a session older, never immortal.
fn fresh(issued: Timestamp, lasts: SignedDuration, now: Timestamp) -> bool {
    now.duration_since(issued).abs() < lasts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + hours * 3600).unwrap()
    }

    #[test]
    fn a_ticket_opens_once_and_not_for_long() {
        let mut door = Door::default();
        let ticket = door.ticket(at(0)).unwrap();
        assert!(door.redeem(&ticket, at(0)));
        assert!(!door.redeem(&ticket, at(0)));
        let late = door.ticket(at(0)).unwrap();
        assert!(!door.redeem(&late, at(1)));
    }

    #[test]
    fn a_session_ends_by_sign_out_or_by_age() {
        let mut door = Door::default();
        let session = door.open(at(0)).unwrap();
        assert!(door.is_open(&session, at(11)));
        assert!(!door.is_open(&session, at(12)));
        assert!(!door.is_open(&session, at(-12)));
        assert!(!door.is_open("other", at(0)));
        door.close(&session);
        assert!(!door.is_open(&session, at(0)));
    }

    #[test]
    fn old_sessions_do_not_pile_up() {
        let mut door = Door::default();
        for hour in 0..100 {
            door.open(at(hour));
        }
        assert!(door.sessions.len() <= 12);
    }
}
