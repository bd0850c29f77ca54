//! The words that must not be lost, each with a number of its own.

use std::collections::BTreeSet;
use std::path::Path;

pub(super) type Words = BTreeSet<u32>;

/// What a person has written and not taken back.
#[derive(Default)]
pub(super) struct Owed {
    last: u32,
    words: Words,
    /// What was written just now.
    written: Words,
    /// What stood in the form after the last act.
    form: Words,
    /// What the server has said yes to.
    arrived: Words,
}

/// What an act may take away.
#[derive(Debug, Default)]
pub(super) struct May {
    /// Words out of the form.
    pub(super) edit: bool,
    /// One of these reports, which are in the spool. Of two acts that follow in haste, one.
    pub(super) delete: Vec<Words>,
    pub(super) address: bool,
}

impl May {
    /// What two acts may take away.
    pub(super) fn and(mut self, mut other: Self) -> Self {
        self.delete.append(&mut other.delete);
        Self {
            edit: self.edit | other.edit,
            delete: self.delete,
            address: self.address | other.address,
        }
    }
}

impl Owed {
    /// A word that was never said before.
    pub(super) fn word(&mut self) -> String {
        self.last += 1;
        format!("‹{}›", self.last)
    }

    /// A person puts this where they write.
    pub(super) fn write(&mut self, text: &str) {
        self.written = words_in(text);
    }

    /// What of it was lost on the way into the form.
    pub(super) fn cut(&mut self, form: &str) -> Words {
        &std::mem::take(&mut self.written) - &words_in(form)
    }

    /// The words that are in neither the form nor a report, though the act could take none away.
    pub(super) fn missing(&mut self, may: &May, form: &str, arrived: &[String], spool: &Path) -> Words {
        let form = words_in(form);
        if may.edit {
            self.words
                .retain(|word| form.contains(word) || !self.form.contains(word));
        }
        self.words.extend(&form);
        self.form = form;
        self.arrived
            .extend(arrived.iter().flat_map(|message| words_in(message)));
        let is_gone = |word: &&u32| !self.form.contains(word) && !self.arrived.contains(word);
        let mut missing: Words = self.words.iter().filter(is_gone).copied().collect();
        if !missing.is_empty() {
            let stored = stored(spool);
            missing.retain(|word| !stored.iter().any(|report| report.contains(word)));
        }
        if may.delete.iter().any(|report| missing.is_subset(report)) {
            let deleted = std::mem::take(&mut missing);
            self.words.retain(|word| !deleted.contains(word));
        }
        missing
    }
}

fn words_in(text: &str) -> Words {
    let pieces = text.split('‹').skip(1);
    let numbers = pieces.filter_map(|piece| piece.split_once('›')?.0.parse().ok());
    numbers.collect()
}

/// The words of each report in the spool.
pub(super) fn stored(spool: &Path) -> Vec<Words> {
    let entries = std::fs::read_dir(spool).into_iter().flatten().flatten();
    let messages = entries.filter_map(|entry| message(&entry.path()));
    messages.map(|message| words_in(&message)).collect()
}

fn message(bundle: &Path) -> Option<String> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(bundle).ok()?).ok()?;
    std::io::read_to_string(zip.by_name("message.txt").ok()?).ok()
}

#[test]
fn a_word_that_vanishes_is_missed_and_those_of_one_deleted_report_are_not() {
    let nowhere = Path::new("/nonexistent");
    let nothing = &May::default();
    let edit = &May {
        edit: true,
        ..May::default()
    };
    let delete = &May {
        delete: vec![[2].into(), [3].into()],
        ..May::default()
    };
    let mut owed = Owed::default();
    let [one, two, three] = [(); 3].map(|()| owed.word());
    let both = format!("a{one}b{two}");
    assert!(owed.missing(nothing, &both, &[], nowhere).is_empty());
    assert!(owed.missing(edit, &one, &[], nowhere).is_empty());
    assert_eq!(owed.missing(nothing, "", &[], nowhere), [1].into());
    assert!(owed.missing(nothing, "", &[one], nowhere).is_empty());
    assert!(owed.missing(nothing, &two, &[], nowhere).is_empty());
    assert!(owed.missing(delete, "", &[], nowhere).is_empty());
    let again = format!("{two}{three}");
    assert!(owed.missing(nothing, &again, &[], nowhere).is_empty());
    assert_eq!(
        owed.missing(delete, "", &[], nowhere),
        [2, 3].into(),
        "one report"
    );
    owed.write(&both);
    assert_eq!(owed.cut(&two), [1].into());
    assert!(owed.cut("").is_empty(), "asked once");
}
