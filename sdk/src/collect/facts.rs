//! What the app tells of itself while it runs: facts, and the last things the person did.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::Gathering;
use crate::wire::rfc3339;

/// Facts an app can set, and bytes of one fact or breadcrumb: an app that counts up in a key, or hands in a whole
/// document, must not fill the memory.
const MOST_FACTS: usize = 200;
const LONGEST: usize = 4 << 10;

/// Shared by the client's handles and its thread.
#[derive(Debug)]
pub(crate) struct Facts {
    context: Mutex<BTreeMap<String, String>>,
    breadcrumbs: Mutex<VecDeque<(SystemTime, String)>>,
    most_breadcrumbs: usize,
}

impl Facts {
    pub(crate) fn new(most_breadcrumbs: usize) -> Self {
        Self {
            context: Mutex::default(),
            breadcrumbs: Mutex::default(),
            most_breadcrumbs,
        }
    }

    /// Sets a fact. Answers whether there was room for it.
    pub(crate) fn set(&self, key: String, value: String) -> bool {
        let (key, value) = (shortened(key), shortened(value));
        let mut context = lock(&self.context);
        let has_room = context.len() < MOST_FACTS || context.contains_key(&key);
        if has_room {
            context.insert(key, value);
        }
        has_room
    }

    pub(crate) fn remove(&self, key: &str) {
        lock(&self.context).remove(key);
    }

    /// The facts as they stand now.
    pub(super) fn context(&self) -> BTreeMap<String, String> {
        lock(&self.context).clone()
    }

    pub(crate) fn add_breadcrumb(&self, now: SystemTime, text: String) {
        let mut breadcrumbs = lock(&self.breadcrumbs);
        breadcrumbs.push_back((now, shortened(text)));
        if breadcrumbs.len() > self.most_breadcrumbs {
            breadcrumbs.pop_front();
        }
    }

    /// Takes the breadcrumbs in as a log of their own.
    pub(super) fn gather_breadcrumbs(&self, gathering: &mut Gathering) {
        let breadcrumbs = lock(&self.breadcrumbs).clone();
        let mut text = String::new();
        for (time, breadcrumb) in breadcrumbs {
            let _ = writeln!(text, "{} {breadcrumb}", rfc3339::text(time));
        }
        gathering.add_text("breadcrumbs.log", &text, 0, u64::MAX);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn shortened(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(LONGEST));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::Masks;

    #[test]
    fn an_app_that_never_stops_telling_fills_no_memory() {
        let facts = Facts::new(3);
        for n in 0..1000 {
            facts.add_breadcrumb(SystemTime::UNIX_EPOCH, format!("step {n}"));
            assert_eq!(facts.set(format!("key {n}"), "я".repeat(5000)), n < MOST_FACTS);
        }
        assert!(facts.set("key 7".into(), "new".into()), "a known one can change");
        let context = facts.context();
        assert_eq!((context.len(), &*context["key 7"]), (MOST_FACTS, "new"));
        assert_eq!(context["key 8"].len(), LONGEST);
        facts.remove("key 7");
        assert!(facts.set("another".into(), "x".into()));

        let mut gathering = Gathering::new(Masks::for_this_machine());
        facts.gather_breadcrumbs(&mut gathering);
        assert_eq!(
            String::from_utf8_lossy(gathering.files[0].content()),
            "1970-01-01T00:00:00.000Z step 997\n1970-01-01T00:00:00.000Z step 998\n1970-01-01T00:00:00.000Z step 999\n"
        );
    }

    #[test]
    fn no_breadcrumbs_are_no_file() {
        let facts = Facts::new(0);
        facts.add_breadcrumb(SystemTime::UNIX_EPOCH, "a step".into());
        let mut gathering = Gathering::new(Masks::for_this_machine());
        facts.gather_breadcrumbs(&mut gathering);
        assert!(gathering.files.is_empty());
    }
}
