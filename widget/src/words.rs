//! Every word that a person reads, in their language. The words themselves are in `languages/*.ftl`.
//!
//! As they are in every language stay, on purpose:
//! - the names of files, of rules that hide, and of what is missing (`log app.log`, `graphics`): support sees the same
//!   ones;
//! - what others say: the system's words for an error, the server's for a refusal, the app's for what it leaves out;
//! - errors that no person can do anything about (`FeedbackError::Bundle`), the report itself, and the command line.

mod error;
mod language;
mod messages;
mod sentences;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::resolver::ResolverError;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

pub use self::error::WordsError;
use self::language::{LANGUAGES, Language};
use self::messages::{Argument, SENTENCES, TEXTS, Texts};

type Bundle = FluentBundle<Arc<FluentResource>>;

/// The words of one language. A text that is always the same is a field, and borrowed; a sentence that is
/// told something is a method.
pub(crate) struct Words {
    /// The language that is wanted.
    wanted: &'static Language,
    /// The one that is spoken.
    language: &'static Language,
    bundle: Bundle,
    texts: Texts,
    /// What the app's makers say in other words, by language.
    replaced: Vec<(&'static str, Arc<FluentResource>)>,
}

impl Words {
    /// The words of the language that fits a locale best; English where none does.
    #[cfg(test)]
    pub(crate) fn in_language(locale: &str) -> Self {
        Self::build(language::find(locale), Vec::new())
    }

    /// Speaks another language from now on.
    pub(crate) fn speak(&mut self, locale: &str) {
        let wanted = language::find(locale).unwrap_or(&LANGUAGES[0]);
        if wanted.tag != self.wanted.tag {
            self.wanted = wanted;
            self.turn_to(wanted);
        }
    }

    /// Speaks English instead of the language that is wanted, or that again.
    pub(crate) fn stand_in(&mut self, is_english: bool) {
        self.turn_to(if is_english { &LANGUAGES[0] } else { self.wanted });
    }

    fn turn_to(&mut self, language: &'static Language) {
        if language.tag != self.language.tag {
            let replaced = std::mem::take(&mut self.replaced);
            let wanted = self.wanted;
            *self = Self {
                wanted,
                ..Self::build(Some(language), replaced)
            };
        }
    }

    /// The tag of the language that is wanted.
    pub(crate) fn language(&self) -> &'static str {
        self.wanted.tag
    }

    /// The letters of the language that is wanted, but for those that every font has. They repeat.
    pub(crate) fn letters(&self) -> String {
        let mut letters = self.wanted.source();
        letters.retain(|letter| !letter.is_ascii() && letter.is_alphabetic());
        letters
    }

    /// Says the messages of `source` in other words wherever this language is spoken. Changes nothing where
    /// one of them cannot be used.
    pub(crate) fn replace(&mut self, locale: &str, source: &str) -> Result<(), WordsError> {
        let Some(language) = language::find(locale) else {
            return Err(WordsError::UnknownLanguage(locale.to_owned()));
        };
        let resource = FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| {
            let first = errors.first().map(|error| (error.pos.start, error.to_string()));
            WordsError::syntax(source, first.unwrap_or_default())
        })?;
        let mut replaced = self.replaced.clone();
        replaced.push((language.tag, Arc::new(resource)));
        let changed = Self::build(Some(language), replaced);
        for (line, id) in ids(source) {
            let arguments = match SENTENCES.iter().find(|sentence| sentence.id == id) {
                Some(sentence) => sentence.arguments,
                None if TEXTS.contains(&id) => &[],
                None => {
                    return Err(WordsError::UnknownMessage {
                        line,
                        id: id.to_owned(),
                    });
                }
            };
            if let Some(error) = changed.try_out(id, arguments).1.first() {
                return Err(WordsError::Unusable {
                    line,
                    id: id.to_owned(),
                    cause: error.to_string(),
                });
            }
        }
        if language.tag == self.language.tag {
            let wanted = self.wanted;
            *self = Self { wanted, ..changed };
        } else {
            self.replaced = changed.replaced;
        }
        Ok(())
    }

    fn build(
        language: Option<&'static Language>,
        replaced: Vec<(&'static str, Arc<FluentResource>)>,
    ) -> Self {
        let language = language.unwrap_or(&LANGUAGES[0]);
        let locale: LanguageIdentifier = language.tag.parse().unwrap_or_default();
        let mut bundle = Bundle::new_concurrent(vec![locale]);
        // Marks around what is put in are for writing from right to left; egui draws them as boxes.
        bundle.set_use_isolating(false);
        // The tests tell that there is no error in our own.
        let own = FluentResource::try_new(language.source()).unwrap_or_else(|(rest, _)| rest);
        bundle.add_resource_overriding(Arc::new(own));
        for (tag, resource) in &replaced {
            if *tag == language.tag {
                bundle.add_resource_overriding(Arc::clone(resource));
            }
        }
        Self {
            texts: Texts::of(&bundle),
            wanted: language,
            language,
            bundle,
            replaced,
        }
    }

    /// What a message becomes with everything that decides a plural, and what is wrong with it.
    fn try_out(&self, id: &str, arguments: &[Argument]) -> (Vec<String>, Vec<FluentError>) {
        // Each category of each language has a number here (CLDR's plural rules).
        let counts = (0..=25_u64).chain([100, 101, 1_000_000]);
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return (Vec::new(), vec![ResolverError::NoValue(id.to_owned()).into()]);
        };
        let mut errors = Vec::new();
        let said = counts.map(|count| {
            let arguments = arguments.iter().map(|argument| {
                let value = if argument.is_count {
                    FluentValue::from(count)
                } else {
                    FluentValue::from(format!("<{}>", argument.name))
                };
                (argument.name, value)
            });
            let arguments: FluentArgs<'_> = arguments.collect();
            let words = self.bundle.format_pattern(pattern, Some(&arguments), &mut errors);
            words.into_owned()
        });
        (said.collect(), errors)
    }
}

impl Default for Words {
    /// In the language of the system.
    fn default() -> Self {
        Self::build(language::first_of(&feedback_sdk::system_locales()), Vec::new())
    }
}

impl Deref for Words {
    type Target = Texts;

    fn deref(&self) -> &Texts {
        &self.texts
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Words").field(&self.wanted.tag).finish()
    }
}

/// A message in words. Its id, where there are none: the tests tell that this does not happen.
fn format(bundle: &Bundle, id: &str, arguments: Option<&FluentArgs<'_>>) -> String {
    let pattern = bundle.get_message(id).and_then(|message| message.value());
    let Some(pattern) = pattern else {
        return id.to_owned();
    };
    bundle
        .format_pattern(pattern, arguments, &mut Vec::new())
        .into_owned()
}

/// The messages of a source without errors, with the lines where they begin, counted from 1. What goes on in a
/// later line is indented, or has no `=` (Fluent 1.0, section "Patterns").
fn ids(source: &str) -> impl Iterator<Item = (usize, &str)> {
    source.lines().enumerate().filter_map(|(index, line)| {
        let (id, _) = line.split_once('=')?;
        let id = id.trim_end();
        let is_id = id.starts_with(|c: char| c.is_ascii_alphabetic())
            && id.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
        is_id.then_some((index + 1, id))
    })
}
