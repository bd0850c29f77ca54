//! What can be wrong with words of the app's makers.

use super::language::LANGUAGES;

/// Why [`FeedbackDialog::replace_words`](crate::FeedbackDialog::replace_words) took nothing over. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WordsError {
    /// The window does not speak this language.
    #[error("the window does not speak `{0}`; it speaks {list}", list = tags())]
    UnknownLanguage(String),
    /// It is not in the syntax of Project Fluent.
    #[error("line {line}: {cause}; write `id = words`, and see https://projectfluent.org/fluent/guide/")]
    Syntax {
        /// Where.
        line: usize,
        /// What the parser says.
        cause: String,
    },
    /// The window has no such message.
    #[error("line {line}: the window has no message `{id}`; all it has are in widget/languages/en.ftl")]
    UnknownMessage {
        /// Where.
        line: usize,
        /// Its id.
        id: String,
    },
    /// A message is told something else than it asks for, or refers to one that is not there.
    #[error("line {line}: `{id}` cannot be said: {cause}; widget/languages/en.ftl shows what it is told")]
    Unusable {
        /// Where.
        line: usize,
        /// Its id.
        id: String,
        /// What is wrong with it.
        cause: String,
    },
}

impl WordsError {
    /// `at` counts bytes from 0.
    pub(super) fn syntax(source: &str, (at, cause): (usize, String)) -> Self {
        let before = source.get(..at).unwrap_or(source);
        Self::Syntax {
            line: before.matches('\n').count() + 1,
            cause,
        }
    }
}

fn tags() -> String {
    let tags: Vec<&str> = LANGUAGES.iter().map(|language| language.tag).collect();
    tags.join(", ")
}
