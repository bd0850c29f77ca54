//! What the app tells of itself while it runs: facts, and the last things the person did.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::{Gathering, escapes, words};
use crate::redact::{MaskCounts, Redactor};
use crate::wire::rfc3339;

/// Facts an app or a collector can set, and bytes of one fact or breadcrumb: an app that counts up in a key, or hands in
/// a whole document, must not fill the memory, nor a manifest that no server takes.
pub(super) const MOST_FACTS: usize = 200;
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
    pub(crate) fn set(&self, key: &str, value: &str) -> bool {
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

    pub(crate) fn add_breadcrumb(&self, now: SystemTime, text: &str) {
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

/// A fact as it leaves: without a terminal's escapes, no longer than it may be, masked.
pub(super) fn masked(
    key: &str,
    value: &str,
    redactor: &mut Redactor,
    counts: &mut MaskCounts,
) -> (String, String) {
    let [key, value] = [key, value].map(|text| shortened(&escapes::without(text)));
    let value = redactor.redact_named(&key, &value, counts);
    let key = redactor.redact(&key, counts).into_owned();
    (key, value)
}

/// A copy that takes no more memory than it needs.
pub(super) fn shortened(text: &str) -> String {
    words::shortened(text, LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::Masks;

    #[test]
    fn an_app_that_never_stops_telling_fills_no_memory() {
        let facts = Facts::new(3);
        for n in 0..1000 {
            facts.add_breadcrumb(SystemTime::UNIX_EPOCH, &format!("step {n}"));
            assert_eq!(facts.set(&format!("key {n}"), &"я ".repeat(5000)), n < MOST_FACTS);
        }
        assert!(facts.set("key 7", "new"), "a known one can change");
        let context = facts.context();
        assert_eq!((context.len(), &*context["key 7"]), (MOST_FACTS, "new"));
        let length = context["key 8"].len();
        assert!((LONGEST - 2..LONGEST + 50).contains(&length), "{length}");
        facts.remove("key 7");
        assert!(facts.set("another", "x"));

        let mut gathering = Gathering::new(Masks::for_this_machine());
        facts.gather_breadcrumbs(&mut gathering);
        assert_eq!(
            String::from_utf8(gathering.files[0].content().unwrap()).unwrap(),
            "1970-01-01T00:00:00.000Z step 997\n1970-01-01T00:00:00.000Z step 998\n1970-01-01T00:00:00.000Z step 999\n"
        );
    }

    #[test]
    fn a_whole_document_is_not_kept_and_no_half_of_a_secret() {
        let facts = Facts::new(3);
        let mut document = format!("{} maria@mail.example.org ", "x ".repeat(LONGEST / 2 - 8));
        document.push_str(&"y ".repeat(1 << 20));
        facts.set("document", &document);
        facts.add_breadcrumb(SystemTime::UNIX_EPOCH, &document);
        let (_, breadcrumb) = lock(&facts.breadcrumbs).pop_front().unwrap();
        for text in [&facts.context()["document"], &breadcrumb] {
            assert!(text.capacity() < 2 * LONGEST, "{}", text.capacity());
            assert!(!text.contains("maria"), "cut before it is masked: {text}");
        }
    }

    #[test]
    fn no_breadcrumbs_are_no_file() {
        let facts = Facts::new(0);
        facts.add_breadcrumb(SystemTime::UNIX_EPOCH, "a step");
        let mut gathering = Gathering::new(Masks::for_this_machine());
        facts.gather_breadcrumbs(&mut gathering);
        assert!(gathering.files.is_empty());
    }
}
