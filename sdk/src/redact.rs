//! Text in, masked text and counts out. Pure: no clock, no disk.
//!
//! The same value gets the same mask within one report (`[email-1]`, `[email-2]`), so that a log
//! can still be followed. All rules run in one pass: the patterns find the places, and the function
//! of the rule that found one decides what is hidden there.

mod effort;
mod endless;
mod masking;
mod masks;
#[cfg(any(test, feature = "testing"))]
pub(crate) mod mixtures;
mod pattern;
mod position;
mod rule;
#[cfg(any(test, feature = "testing"))]
pub(crate) mod rule_by_rule;
mod rules;
mod search;
#[cfg(any(test, feature = "testing"))]
pub(crate) mod seeds;
mod sight;
mod starts;
mod states;
mod stream;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::hash::{BuildHasher as _, RandomState};
use std::ops::Range;
use std::sync::Arc;

use endless::{Endless, known_by};
use position::{Position, settled};
use rule::{AHEAD, Found, Rule};
use search::Reached;

pub use masking::Masking;
pub(crate) use masks::Masks;
pub(crate) use rule::BACK;
pub(crate) use rules::machine::{Machine, as_shown};
pub(crate) use stream::Masked;

/// How many values each masking rule hid, by the rule's name. Rules that hid nothing are absent.
pub type MaskCounts = BTreeMap<String, u64>;

/// Adds the counts of a part to those of the whole.
pub(crate) fn add_counts(to: &mut MaskCounts, counts: &MaskCounts) {
    for (rule, count) in counts {
        *to.entry(rule.clone()).or_default() += count;
    }
}

/// Masks the texts of one report; remembers which value got which number.
#[derive(Debug)]
pub(crate) struct Redactor {
    masks: Arc<Masks>,
    /// By the name's place in [`Masks`] and the hash of the value: two rules of one name share their
    /// numbers, and no secret stays in memory.
    numbers: HashMap<(usize, u64), usize>,
    /// The last number of each name.
    last: HashMap<usize, usize>,
    hasher: RandomState,
    /// Stands before each name.
    mark: &'static str,
}

impl Redactor {
    pub(crate) fn new(masks: Arc<Masks>) -> Self {
        Self {
            masks,
            numbers: HashMap::new(),
            last: HashMap::new(),
            hasher: RandomState::new(),
            mark: "",
        }
    }

    /// One whose masks stay apart from those of a report that its texts come into: `[crash-email-1]`.
    pub(crate) fn of_crash(masks: Arc<Masks>) -> Self {
        Self {
            mark: "crash-",
            ..Self::new(masks)
        }
    }

    /// Whether the app's maker has switched every rule off.
    pub(crate) fn is_off(&self) -> bool {
        self.masks.are_off()
    }

    /// Masks `text`, adding what was hidden to `counts`. Borrows where nothing was found.
    pub(crate) fn redact<'t>(&mut self, text: &'t str, counts: &mut MaskCounts) -> Cow<'t, str> {
        self.redact_after(text, 0, counts)
    }

    /// Masks what follows the first `lead` bytes of `text`. The lead itself is not in the answer; it
    /// is there so that a value which the cut goes through is still known for what it is.
    pub(crate) fn redact_after<'t>(
        &mut self,
        text: &'t str,
        lead: usize,
        counts: &mut MaskCounts,
    ) -> Cow<'t, str> {
        let masks = Arc::clone(&self.masks);
        if masks.are_broken() {
            return Cow::Borrowed(ALL_MASKED);
        }
        self.replace(text, lead, counts, |from| masks.find(text, from))
    }

    /// Masks a value that has a name: with that of a secret all of it is hidden, unless it tells nothing.
    pub(crate) fn redact_named(&mut self, name: &str, value: &str, counts: &mut MaskCounts) -> String {
        let lead = format!("{name}=");
        let text = format!("{lead}{value}");
        let masks = Arc::clone(&self.masks);
        let says_something = !rules::is_harmless(value);
        let is_secret = |index: usize, place| {
            let found = Found {
                text: &text,
                place,
                floor: 0,
                sight: 0,
                is_cut: false,
            };
            let rule = masks.rules().get(index);
            says_something || rule.is_some_and(|rule| rule.secret.at(&found).is_some())
        };
        let named = masks
            .named(&lead)
            .filter(|(index, place)| is_secret(*index, place.clone()));
        let in_words = || masks.in_words(name).filter(|_| says_something);
        let index = named.map(|(index, _)| index).or_else(in_words);
        if let Some(index) = index.filter(|_| !masks.keeps(value)) {
            let mut masked = String::new();
            self.hide(index, value, &mut masked, counts);
            return masked;
        }
        self.redact_after(&text, lead.len(), counts).into_owned()
    }

    /// Replaces what is secret at the places that `next` names: the first one from there on, and the rule whose it is.
    fn replace<'t>(
        &mut self,
        text: &'t str,
        lead: usize,
        counts: &mut MaskCounts,
        next: impl FnMut(Reached) -> Option<(usize, Range<usize>)>,
    ) -> Cow<'t, str> {
        let mut masked = String::new();
        let mut at = Position::behind(lead);
        self.go_on(text, &mut at, true, next, &mut masked, counts);
        let rest = text.get(at.done..).unwrap_or_default();
        if at.done == lead {
            return Cow::Borrowed(rest);
        }
        masked.push_str(rest);
        Cow::Owned(masked)
    }

    /// Masks from a position on, as far as nothing that may follow `text` can change it: all, where the text `is_all`.
    fn go_on(
        &mut self,
        text: &str,
        at: &mut Position,
        is_all: bool,
        mut next: impl FnMut(Reached) -> Option<(usize, Range<usize>)>,
        masked: &mut String,
        counts: &mut MaskCounts,
    ) {
        let masks = Arc::clone(&self.masks);
        if !self.follow(text, at, is_all, masked, counts) {
            return;
        }
        // Secrets behind their finds, the nearest last: what stands between is searched first.
        let mut told: Vec<Told> = Vec::new();
        loop {
            let next = next(at.searched);
            let start = next.as_ref().map_or(text.len(), |(_, place)| place.start);
            while let Some(near) = told.pop_if(|near| near.secret.start <= start) {
                if !self.take(text, at, is_all, near, masked, counts) {
                    return;
                }
            }
            let Some((index, place)) = next else {
                break;
            };
            if place.start < at.searched.byte {
                continue;
            }
            let Some(rule) = masks.rules().get(index) else {
                break;
            };
            if told.is_empty() && !is_all && place.end + AHEAD > text.len() {
                let Some(find) = Endless::of_pattern(rule, index, text, &place) else {
                    at.reach(place.start.min(settled(text)));
                    return;
                };
                at.endless = Some(find);
                if self.follow(text, at, is_all, masked, counts) {
                    continue;
                }
                return;
            }
            // A find between ends where the secret starts, and so does what it may look at.
            let end = told.last().map_or(text.len(), |near| near.secret.start);
            let text_of_find = text.get(..end).unwrap_or_default();
            let Some(secret) = at.sight.ask(rule.secret, text_of_find, &place, at.floor) else {
                // The others are asked about the same place: `2026 4111 1111 1111 1111`, `%22SK0563..`.
                at.searched = Reached::behind(index, &place);
                continue;
            };
            let place = place.start..place.end.min(end);
            at.reach(place.end);
            let endless = told
                .is_empty()
                .then(|| Endless::of_cut(index, text, &place, &secret));
            let near = Told {
                rule: index,
                secret,
                endless: endless.flatten(),
            };
            if near.secret.start > place.end {
                told.push(near);
            } else if !self.take(text, at, is_all, near, masked, counts) {
                return;
            }
        }
        if !is_all {
            at.reach(settled(text));
        }
    }

    /// Hides a secret. Answers whether its end is known.
    fn take(
        &mut self,
        text: &str,
        at: &mut Position,
        is_all: bool,
        told: Told,
        masked: &mut String,
        counts: &mut MaskCounts,
    ) -> bool {
        let Told {
            rule,
            secret,
            endless,
        } = told;
        at.reach(secret.end);
        at.floor = secret.end;
        at.endless = endless;
        if at.endless.is_some() {
            return self.follow(text, at, is_all, masked, counts);
        }
        let value = text.get(secret.clone()).unwrap_or_default();
        let known = known_by(value);
        if value.is_empty() || secret.end <= at.lead || known == value && self.masks.keeps(value) {
            return true;
        }
        // Nothing where the lead ends inside the value.
        masked.push_str(text.get(at.done..secret.start).unwrap_or_default());
        self.hide(rule, known, masked, counts);
        at.done = secret.end;
        true
    }

    /// Follows a find that has not ended yet. Answers whether it has, or there is none.
    fn follow(
        &mut self,
        text: &str,
        at: &mut Position,
        is_all: bool,
        masked: &mut String,
        counts: &mut MaskCounts,
    ) -> bool {
        let Some(mut find) = at.endless.take() else {
            return true;
        };
        let has_ended = find.walk(text, is_all);
        at.reach(find.end);
        at.floor = find.end;
        if find.end > at.lead {
            if !find.is_told {
                masked.push_str(text.get(at.done..find.start).unwrap_or_default());
                self.hide(find.rule, &find.value, masked, counts);
                find.is_told = true;
            }
            at.done = find.end;
        }
        if !has_ended {
            at.endless = Some(find);
        }
        has_ended
    }

    /// Adds the mask of a value in its place.
    fn hide(&mut self, rule: usize, value: &str, masked: &mut String, counts: &mut MaskCounts) {
        let masks = Arc::clone(&self.masks);
        let Some(Rule { name, .. }) = masks.rules().get(rule) else {
            return;
        };
        let number = self.number(masks.name(rule), &spelled(name, value));
        let _ = write!(masked, "[{}{name}-{number}]", self.mark);
        match counts.get_mut(&**name) {
            Some(count) => *count += 1,
            None => {
                counts.insert(name.to_string(), 1);
            }
        }
    }

    /// The number of a value, as it is [`spelled`], among those of one name.
    fn number(&mut self, name: usize, value: &str) -> usize {
        let key = (name, self.hasher.hash_one(value));
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let last = self.last.entry(name).or_default();
        *last += 1;
        if self.numbers.len() < MOST_NUMBERS {
            self.numbers.insert(key, *last);
        }
        *last
    }
}

/// A value as it is known again, however it is written: the user `Anna` and `anna` are one, and a card with blanks and
/// without. Two passwords are not, which only their capitals tell apart.
fn spelled<'v>(name: &str, value: &'v str) -> Cow<'v, str> {
    let joined = |value: &str| value.chars().filter(|letter| letter.is_alphanumeric()).collect();
    match name {
        "email" => value
            .to_lowercase()
            .replace("%40", "@")
            .replace(r"\u0040", "@")
            .into(),
        "user" | "host" | "ip" => value.to_lowercase().into(),
        "mac" | "iban" => Cow::Owned(joined(&value.to_lowercase())),
        "card" | "phone" => Cow::Owned(joined(value)),
        _ => value.into(),
    }
}

/// So many values are known again, in about 4 MB; each further one is new every time.
const MOST_NUMBERS: usize = 100_000;

/// What a text becomes where no rule could be compiled.
const ALL_MASKED: &str = "[masked]";

/// A secret that a find has told of.
struct Told {
    rule: usize,
    secret: Range<usize>,
    /// Where it goes on behind what is looked at.
    endless: Option<Endless>,
}

/// Each rule's name with its examples.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn examples() -> Vec<(String, &'static str)> {
    let each = |rule: &'static rules::Entry| {
        let examples = rule.examples.iter();
        examples.map(|example| (rule.name.to_owned(), *example))
    };
    rules::entries().flat_map(each).collect()
}

#[cfg(test)]
mod tests;
