//! What only the app can collect: its own code, on threads of ours, each with a deadline.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::Gathering;
use super::deadline::{Running, Source, Unfinished};
use super::facts::{MOST_FACTS, shortened};
use crate::config::budget::Budget;
use crate::report::GapReason;

/// Collects something for a report that nothing here knows of, such as the state of the app's database.
///
/// It runs for each report that is prepared, on a thread of its own, beside other collectors. One that
/// fails, panics, or takes longer than [`FeedbackConfig::collect_within`](crate::FeedbackConfig::collect_within)
/// is a gap in the report and holds nothing up.
///
/// ```
/// use feedback_sdk::{Collected, Collector, FeedbackConfig};
///
/// struct Plugins;
///
/// impl Collector for Plugins {
///     fn name(&self) -> &str {
///         "plugins"
///     }
///
///     fn collect(&self, to: &mut Collected) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
///         to.fact("plugins", "3");
///         to.text("plugins.txt", std::fs::read_to_string("plugins/list.txt")?);
///         Ok(())
///     }
/// }
///
/// let config = FeedbackConfig::new("https://feedback.example.com/api/v1/reports", "pk_notes", "Notes", "1.4.0")
///     .collector(Plugins);
/// ```
pub trait Collector: Send + Sync {
    /// What it collects, in a word or two: it names the gap where that fails.
    fn name(&self) -> &str;

    /// Collects. What was handed over before an error is kept.
    fn collect(&self, to: &mut Collected) -> Result<(), Box<dyn Error + Send + Sync>>;
}

/// What a [`Collector`] hands over. All of it is masked.
#[derive(Default)]
pub struct Collected {
    facts: Vec<(String, String)>,
    texts: Vec<(String, String)>,
}

impl fmt::Debug for Collected {
    /// Without its words, which are not masked yet.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Collected")
            .field("facts", &self.facts.len())
            .field("texts", &self.texts.len())
            .finish()
    }
}

impl Collected {
    /// A fact for the report's context. One that the app or the draft sets under the same name wins. At most 200 of
    /// 4 KiB each; what is longer belongs into a [`text`](Self::text).
    pub fn fact(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.facts.push((key.into(), value.into()));
    }

    /// A text as a file of its own, `logs/<name>`. Of one that is longer than a log file may be the end is kept. A report
    /// takes the last 100 of a collector, and of all collectors as many bytes as of all log files.
    pub fn text(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.texts.push((name.into(), text.into()));
    }
}

/// A collector of the app's config.
#[derive(Clone)]
pub(crate) struct Registered {
    /// Asked for once, on the app's thread: the app's code may break.
    name: String,
    collector: Arc<dyn Collector>,
    source: Source,
}

impl Registered {
    pub(crate) fn new(collector: impl Collector + 'static) -> Self {
        Self {
            name: collector.name().to_owned(),
            collector: Arc::new(collector),
            source: Source::default(),
        }
    }

    fn start(&self, limit: Duration) -> Result<Running<Outcome>, Unfinished> {
        let collector = Arc::clone(&self.collector);
        self.source.start(limit, move || {
            let mut collected = Collected::default();
            let error = collector
                .collect(&mut collected)
                .err()
                .map(|error| error.to_string());
            Outcome { collected, error }
        })
    }
}

impl fmt::Debug for Registered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Registered").field(&self.name).finish()
    }
}

struct Outcome {
    collected: Collected,
    error: Option<String>,
}

/// All collectors, at work.
pub(super) struct Collecting(Vec<(String, Result<Running<Outcome>, Unfinished>)>);

/// Starts them all.
pub(super) fn start_all(collectors: &[Registered], limit: Duration) -> Collecting {
    let start = |collector: &Registered| (collector.name.clone(), collector.start(limit));
    Collecting(collectors.iter().map(start).collect())
}

impl Collecting {
    /// Waits for them and takes in their texts. Answers their facts, not masked yet.
    pub(super) fn gather(self, budget: Budget, gathering: &mut Gathering) -> BTreeMap<String, String> {
        let mut facts = BTreeMap::new();
        let mut left = budget.log_total;
        for (name, running) in self.0 {
            match running.and_then(Running::wait) {
                Ok(Outcome { collected, error }) => {
                    if collected.facts.len() > MOST_FACTS {
                        gathering.gap(&name, GapReason::TooManyFacts { most: MOST_FACTS });
                    }
                    let taken = collected.facts.iter().take(MOST_FACTS);
                    facts.extend(taken.map(|(key, value)| (shortened(key), shortened(value))));
                    left = gather_texts(&name, &collected.texts, budget.log_file, left, gathering);
                    if let Some(error) = error {
                        gathering.gap(&name, GapReason::Other(error));
                    }
                }
                Err(why) => gathering.gap(&name, why),
            }
        }
        facts
    }
}

/// The most texts that a report takes of one collector.
const MOST_TEXTS: usize = 100;

/// Takes the last texts in, of at most `left` bytes. Answers how many are left then.
fn gather_texts(
    name: &str,
    texts: &[(String, String)],
    longest: u64,
    mut left: u64,
    gathering: &mut Gathering,
) -> u64 {
    let older = texts.len().saturating_sub(MOST_TEXTS);
    if older > 0 {
        let newest = MOST_TEXTS;
        gathering.gap(name, GapReason::TooManyFiles { older, newest });
    }
    for (file, text) in &texts[older..] {
        if left == 0 {
            gathering.gap(name, GapReason::NoRoom);
            break;
        }
        let longest = longest.min(left);
        gathering.add_text(file, text, 0, longest);
        left -= longest.min(text.len() as u64);
    }
    left
}
