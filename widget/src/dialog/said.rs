//! What the person says: one report's worth of words, files and pictures.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use egui::Context;
use feedback_sdk::{AttachmentProblem, Crash, Report, ReportDraft, ReportId};

use super::attachments::Attachment;
use super::contents::left_out::LeftOut;
use super::long_text::is_longer;
use super::sight::Sight;

/// The most characters that the field for the message takes: egui lays a line out anew with each letter that is typed
/// in it, and all lines where the zoom or the theme changes, which takes more than a millisecond for so many.
pub(crate) const LONGEST: usize = 5_000;

/// Stands in the form while it is written, and is kept aside while its report is on its way.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) message: String,
    /// Texts too long for the field. They are sent after the message.
    pub(crate) texts: Vec<String>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) pictures: Vec<Sight>,
    /// What the report is about, where it is about the end of the last run.
    pub(crate) crash: Option<Crash>,
    /// What of the evidence is not to go along.
    pub(crate) left_out: LeftOut,
    /// The refused reports that these words were in. They are deleted once the words are stored anew or have arrived, so
    /// that there is never a second ticket.
    pub(crate) refused: Vec<ReportId>,
}

impl Said {
    /// These words alone: in the field as far as it takes them, the rest beside it.
    pub(crate) fn of(words: String) -> Self {
        let (message, text) = match words.char_indices().nth(LONGEST) {
            None => (words, None),
            // Where a draft comes back, what was typed stands before what was pasted.
            Some((end, _)) => match words[..end].rsplit_once(BETWEEN) {
                Some((head, _)) if !head.is_empty() => (
                    head.to_owned(),
                    Some(words[head.len() + BETWEEN.len()..].to_owned()),
                ),
                _ => (String::new(), Some(words)),
            },
        };
        Self {
            message,
            texts: text.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Whether there is nothing that could be lost.
    pub(crate) fn is_empty(&self) -> bool {
        self.message.trim().is_empty()
            && self.texts.is_empty()
            && self.attachments.is_empty()
            && self.pictures.is_empty()
    }

    /// Whether there is nothing in it at all, also not what the app has put there.
    pub(crate) fn is_blank(&self) -> bool {
        self.is_empty() && self.crash.is_none()
    }

    pub(crate) fn has_words(&self) -> bool {
        !self.message.trim().is_empty() || !self.texts.is_empty()
    }

    /// Whether there is anything to send, as far as that is known before it is collected: words, a picture or a file
    /// that can be read, or a crash.
    pub(crate) fn may_send(&self) -> bool {
        self.has_words()
            || self.crash.is_some()
            || self.pictures.iter().any(Sight::is_good)
            || self.attachments.iter().any(Attachment::is_good)
    }

    /// Whether what is attached may be more than the server takes: its files are, before they are compressed.
    pub(crate) fn may_exceed(&self, limit: u64) -> bool {
        let bytes = self.attachments.iter().filter_map(Attachment::bytes);
        bytes.fold(0, u64::saturating_add) > limit
    }

    /// The first line with anything in it.
    pub(crate) fn first_words(&self) -> Option<&str> {
        first_words(&self.message)
    }

    /// All words as they are sent.
    pub(crate) fn words(&self) -> String {
        let mut words = self.message.clone();
        for text in &self.texts {
            if !words.is_empty() {
                words.push_str(BETWEEN);
            }
            words.push_str(text);
        }
        words
    }

    /// Whether these words stand there, with nothing before or behind them but other parts.
    pub(crate) fn has_part(&self, words: &str) -> bool {
        let apart = |words: &str| [BETWEEN, words, BETWEEN].concat();
        apart(&self.words()).contains(&apart(words))
    }

    /// The number of bytes of [`words`](Self::words), without putting them together.
    pub(crate) fn words_len(&self) -> usize {
        let texts = self.texts.iter().map(|text| text.len() + BETWEEN.len());
        let all = self.message.len() + texts.sum::<usize>();
        let starts_with_text = self.message.is_empty() && !self.texts.is_empty();
        all - if starts_with_text { BETWEEN.len() } else { 0 }
    }

    /// Whether `words` are all [`words`](Self::words), without putting them together.
    pub(crate) fn is(&self, words: &str) -> bool {
        let mut rest = words.strip_prefix(self.message.as_str());
        for text in &self.texts {
            let is_first = |rest: &&str| rest.len() == words.len();
            let after = rest
                .filter(is_first)
                .or(rest.and_then(|rest| rest.strip_prefix(BETWEEN)));
            rest = after.and_then(|rest| rest.strip_prefix(text.as_str()));
        }
        rest == Some("")
    }

    /// What the SDK is to collect for these words; they themselves follow at Send.
    pub(crate) fn draft(&self) -> ReportDraft {
        ReportDraft {
            attachments: self.attachments.iter().map(Attachment::to_draft).collect(),
            pictures: self.pictures.iter().map(Sight::to_send).collect(),
            crash: self.crash.clone(),
            ..ReportDraft::default()
        }
    }

    /// Puts back what had been taken away, before what has come since.
    pub(crate) fn put_back(&mut self, mut earlier: Self) {
        std::mem::swap(self, &mut earlier);
        let later = earlier;
        if self.message.is_empty() {
            self.message = later.message;
        } else if is_longer(
            &later.message,
            LONGEST.saturating_sub(self.message.chars().count() + BETWEEN.len()),
        ) {
            self.texts.push(later.message);
        } else if !later.message.is_empty() {
            self.message.push_str(BETWEEN);
            self.message.push_str(&later.message);
        }
        self.crash = later.crash.or(self.crash.take());
        self.texts.extend(later.texts);
        self.left_out.extend(later.left_out);
        for mut file in later.attachments {
            if let Some(known) = self.attachments.iter_mut().find(|known| known.path == file.path) {
                known.as_it_is &= file.as_it_is;
            } else if !self.has_file(&file.path) {
                file.name = self.name_for(&file.path);
                self.attachments.push(file);
            }
        }
        for mut sight in later.pictures {
            self.attachments.retain(|file| !sight.was(&file.path)); // it has become this picture
            if let Some((path, name)) = &mut sight.file {
                *name = self.name_for(path);
            }
            self.add_picture(sight);
        }
        self.refused.extend(later.refused);
    }

    /// Adds a picture behind the others, and gives it its number.
    pub(crate) fn add_picture(&mut self, mut sight: Sight) {
        let last = self.pictures.iter().map(|sight| sight.number).max();
        sight.number = last.unwrap_or_default() + 1;
        self.pictures.push(sight);
    }

    /// Whether this file is attached, or the picture that it has become.
    pub(crate) fn has_file(&self, path: &Path) -> bool {
        self.attachments.iter().any(|file| file.path == path)
            || self.pictures.iter().any(|sight| sight.was(path))
    }

    /// A name for a file that no other has.
    pub(crate) fn name_for(&self, path: &Path) -> String {
        let name = name(path);
        let edited = self.pictures.iter().filter_map(|sight| sight.file.as_ref());
        let edited: Vec<&str> = edited.map(|(_, name)| name.as_str()).collect();
        let is_taken =
            |name: &str| edited.contains(&name) || self.attachments.iter().any(|file| file.name == name);
        let mut free = name.clone().into_owned();
        let mut number = 1;
        while is_taken(&free) {
            number += 1;
            free = format!("{name} ({number})");
        }
        free
    }

    /// Takes the answers about chosen files that have come, and looks at what may be a picture: at one after the
    /// other, since each may take some hundred megabytes for a moment.
    pub(crate) fn poll(&mut self, ctx: &Context) {
        for file in &mut self.attachments {
            file.poll();
        }
        for sight in &mut self.pictures {
            if sight.look(ctx) {
                return;
            }
        }
        for file in &mut self.attachments {
            if file.look(ctx) {
                return;
            }
        }
    }

    /// Notes which files and pictures are not in a report of them. Whether the person did not know of one yet.
    pub(crate) fn note_problems(&mut self, report: &Report) -> bool {
        let mut news = false;
        for file in &mut self.attachments {
            let is_this = |(path, _): &&(PathBuf, AttachmentProblem)| *path == file.path;
            if let Some((_, problem)) = report.attachment_problems().iter().find(is_this) {
                news |= file.is_good();
                file.set_problem(problem);
            }
        }
        for sight in &mut self.pictures {
            let lost = report.lost_pictures().iter();
            if let Some((_, error)) = lost.clone().find(|(number, _)| *number == sight.number) {
                news |= sight.is_good();
                sight.set_lost(error.clone());
            }
        }
        news
    }
}

/// The last part of a path.
pub(crate) fn name(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()
}

/// Between the message and what was pasted.
pub(crate) const BETWEEN: &str = "\n\n";

/// The first line with anything in it, as far as it stands in one row of the window.
pub(crate) fn first_words(message: &str) -> Option<&str> {
    let mut lines = message.lines().map(str::trim);
    let line = lines.find(|line| !line.is_empty())?;
    let end = line.char_indices().nth(A_ROW).map_or(line.len(), |(end, _)| end);
    Some(&line[..end])
}

/// More letters stand in no row, also not in the smallest ones.
const A_ROW: usize = 300;

#[cfg(test)]
mod tests {
    use super::*;

    fn said(message: &str, texts: &[&str]) -> Said {
        Said {
            message: message.to_owned(),
            texts: texts.iter().map(|text| (*text).to_owned()).collect(),
            ..Said::default()
        }
    }

    #[test]
    fn blank_text_is_nothing_to_send() {
        assert!(!said("", &[]).may_send());
        assert!(!said(" \n\t", &[]).may_send());
        assert!(said("x", &[]).may_send());
        assert!(said("", &["pasted"]).may_send());
    }

    #[test]
    fn no_word_is_lost_and_all_are_counted() {
        for (said, words) in [
            (said("", &[]), ""),
            (said("a", &[]), "a"),
            (said("a", &["b", "c"]), "a\n\nb\n\nc"),
            (said("", &["b", "c"]), "b\n\nc"),
        ] {
            assert_eq!(said.words(), words);
            assert_eq!(said.words_len(), words.len(), "{words:?}");
            assert!(said.is(words), "{words:?}");
            assert!(!said.is("a\n\nb"), "{words:?}");
            assert!(!said.is(&format!("{words}x")), "{words:?}");
        }
    }

    #[test]
    fn words_are_there_as_a_part_and_not_within_one() {
        let form = said("one", &["two\n\nhalves", "no"]);
        for part in ["one", "two\n\nhalves", "no", "one\n\ntwo", "halves\n\nno"] {
            assert!(form.has_part(part), "{part:?}");
        }
        for other in ["on", "ne", "wo\n\nhalves", "one two", "n"] {
            assert!(!form.has_part(other), "{other:?}");
        }
        assert!(!said("I do not know", &[]).has_part("no"));
    }

    #[test]
    fn what_is_put_back_stands_first() {
        let mut form = said("later", &["y"]);
        form.put_back(said("earlier", &["x"]));
        assert_eq!(form.words(), "earlier\n\nlater\n\nx\n\ny");
    }

    #[test]
    fn what_is_put_back_and_what_came_since_stand_in_the_field_only_if_it_takes_both() {
        let earlier = "é".repeat(LONGEST - 3);
        for (later, texts) in [("y", 0), ("yz", 1)] {
            let mut form = said(later, &[]);
            form.put_back(said(&earlier, &[]));
            assert_eq!(form.words(), format!("{earlier}\n\n{later}"));
            assert_eq!(form.texts.len(), texts);
        }
    }
}
