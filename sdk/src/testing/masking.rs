//! The masking rules by themselves: to try a [`Masking`] on texts of your own, and for our benchmark.

use std::sync::Arc;

use crate::redact::rule_by_rule::RuleByRule;
use crate::redact::{Machine, Masked, Masks, Redactor, examples};
use crate::{MaskCounts, Masking};

pub use crate::redact::mixtures::Mixture;
pub use crate::redact::seeds::{Dice, fill};

/// Masks texts as a report's logs are masked, on a machine named `marias-laptop` whose user `maria.k` lives in
/// `/home/maria.k`, for an app with the project key `pk_masking_test`.
#[derive(Debug)]
pub struct Masker {
    masks: Arc<Masks>,
    rule_by_rule: RuleByRule,
}

impl Masker {
    /// Compiles the rules.
    pub fn new(masking: &Masking) -> Self {
        let machine = Machine {
            home: Some("/home/maria.k".into()),
            user: Some("maria.k".to_owned()),
            host: Some("marias-laptop".to_owned()),
        };
        let masks = Arc::new(Masks::new(masking, &machine, &["pk_masking_test"]));
        Self {
            rule_by_rule: RuleByRule::new(Arc::clone(&masks)),
            masks,
        }
    }

    /// The text as it stands in a report, and how many values each rule hid.
    pub fn mask(&self, text: &str) -> (String, MaskCounts) {
        let mut counts = MaskCounts::new();
        let masked = Redactor::new(Arc::clone(&self.masks))
            .redact(text, &mut counts)
            .into_owned();
        (masked, counts)
    }

    /// The same text, as it comes from a file in pieces of at most `size` bytes.
    pub fn mask_in_pieces(&self, text: &str, size: usize) -> String {
        let mut redactor = Redactor::new(Arc::clone(&self.masks));
        let (mut stream, mut masked, mut rest) = (Masked::new(), String::new(), text);
        while !rest.is_empty() {
            let (piece, behind) = rest.split_at(rest.ceil_char_boundary(size));
            stream.push(&mut redactor, piece, &mut masked);
            rest = behind;
        }
        stream.finish(&mut redactor, &mut masked);
        masked
    }

    /// The same text, found by searching for one rule after another: the slow way, for comparison.
    pub fn mask_rule_by_rule(&self, text: &str) -> String {
        self.rule_by_rule.redact(text)
    }

    /// The published example of each rule: its name, and a template for [`fill`].
    pub fn examples() -> Vec<(String, &'static str)> {
        examples()
    }
}
