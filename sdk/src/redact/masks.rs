//! The rules of one client, compiled: made once, on its thread, when the first report is prepared.

use std::collections::HashSet;
use std::ops::Range;

use super::masking::Masking;
use super::rule::{Rule, Secret};
use super::rules::{self, machine::Machine};
use super::search::{Reached, Search};

/// How large all rules may be when compiled, in bytes.
pub(super) const LARGEST: usize = 20 << 20;

/// What to hide, and what to leave.
#[derive(Debug)]
pub(crate) struct Masks {
    rules: Vec<Rule>,
    /// Whether there is a rule beside those for our keys.
    any: bool,
    /// Of each rule, the first one with its name.
    names: Vec<usize>,
    /// All rules in one. `None` masks every text as a whole.
    search: Option<Search>,
    keep: HashSet<String>,
    /// Matches a whole value that stays.
    keep_matching: Option<Search>,
}

impl Masks {
    /// The rules that `masking` leaves and adds, those for the names of `machine`, and one for each of
    /// our `keys`.
    pub(crate) fn new(masking: &Masking, machine: &Machine, keys: &[&str]) -> Self {
        // The first of two that start at one place wins: exact knowledge before patterns.
        let ours = machine.rules().into_iter().chain(rules::built_in());
        let own = rules::own_keys(keys);
        let own_keys = own.clone().count();
        let rules: Vec<Rule> = own
            .chain(masking.added.iter().cloned())
            .chain(ours.filter(|rule| masking.wants(rule)))
            .collect();
        // Constants of ours, names of the machine, and what `Masking::check` has let through.
        let search = Search::new(rules.iter().map(|rule| &rule.pattern), LARGEST).inspect_err(|error| {
            log::error!("a masking rule does not compile, so every text is masked whole: {error}");
        });
        let names = rules
            .iter()
            .map(|rule| {
                rules
                    .iter()
                    .position(|first| first.name == rule.name)
                    .unwrap_or_default()
            })
            .collect();
        Self {
            any: rules.len() > own_keys,
            names,
            search: search.ok(),
            keep: masking.keep.clone(),
            keep_matching: (!masking.keep_matching.is_empty())
                .then(|| Search::new(&masking.keep_matching, LARGEST).ok())
                .flatten(),
            rules,
        }
    }

    /// The default rules on the machine that the tests run on.
    #[cfg(test)]
    pub(crate) fn for_this_machine() -> std::sync::Arc<Self> {
        crate::FeedbackConfig::new("https://example.com/x", "k", "a", "1").masks()
    }

    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether the app's maker has switched every rule off.
    pub(crate) fn are_off(&self) -> bool {
        !self.any
    }

    /// The same number for all rules of one name.
    pub(crate) fn name(&self, rule: usize) -> usize {
        self.names.get(rule).copied().unwrap_or_default()
    }

    /// Whether there are no rules to go by, so that every text is masked whole.
    pub(super) fn are_broken(&self) -> bool {
        self.search.is_none()
    }

    /// The first find from there on, and the rule whose it is.
    pub(super) fn find(&self, text: &str, from: Reached) -> Option<(usize, Range<usize>)> {
        self.search.as_ref()?.next(text, from)
    }

    /// The rule that knows the name at the end of `lead`, such as `token=`, for that of a secret.
    pub(super) fn named(&self, lead: &str) -> Option<(usize, Range<usize>)> {
        let mut from = Reached::default();
        while let Some((rule, place)) = self.find(lead, from) {
            let is_name = place.end == lead.len() && matches!(self.rules.get(rule)?.secret, Secret::Named(_));
            if is_name {
                return Some((rule, place));
            }
            from = Reached::behind(rule, &place);
        }
        None
    }

    /// The rule that hides the value of a secret, where a name is that of one in some language.
    pub(super) fn in_words(&self, name: &str) -> Option<usize> {
        let is_rule = |rule: &Rule| rule.name == "secret" && rules::names_secret(name);
        self.rules.iter().position(is_rule)
    }

    /// Whether the app's maker wants this value to stay.
    pub(crate) fn keeps(&self, value: &str) -> bool {
        self.keep.contains(value) || self.keep_matching.as_ref().is_some_and(|keep| keep.starts(value))
    }

    /// As where the rules do not compile.
    #[cfg(test)]
    pub(super) fn forget_rules(&mut self) {
        self.search = None;
    }
}
