//! What is told of machine and app: `system.json`, a file as any other, and what the manifest repeats of it.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;
use serde_json::value::RawValue;

use super::crash::Crash;
use super::system_info::SystemInfo;
use super::{AppInfo, FileKind, Gap, GapReason, Report, ReportFile, Treatment};
use crate::pack::Packer;

/// Its name in the zip.
const PATH: &str = "system.json";

/// What stands in it.
#[derive(Serialize)]
struct Facts<'r> {
    app: &'r AppInfo,
    system: &'r SystemInfo,
    context: &'r BTreeMap<String, String>,
}

/// What the manifest tells of machine, app or crash.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Told<'r, T> {
    Found(&'r T),
    Stored(&'r RawValue),
    /// An object as well, as readers expect it.
    Nothing {},
}

/// The same as it stands in the manifest of a bundle that waits: it is only handed on.
#[derive(Clone)]
pub(crate) struct StoredFacts {
    pub(crate) locale: Option<String>,
    pub(crate) system: Box<RawValue>,
    pub(crate) context: Box<RawValue>,
    pub(crate) crash: Option<Box<RawValue>>,
}

impl Report {
    /// Whether the facts of machine and app go along. Where their file does not, they stand nowhere else.
    fn sends_facts(&self) -> bool {
        self.sent_evidence().any(|file| file.kind == FileKind::System)
    }

    pub(crate) fn told_locale(&self) -> Option<&str> {
        let stored = self.stored.as_ref();
        let locale = stored.map_or(&self.system.locale, |stored| &stored.locale);
        locale.as_deref().filter(|_| self.sends_facts())
    }

    pub(crate) fn told_system(&self) -> Told<'_, SystemInfo> {
        match &self.stored {
            _ if !self.sends_facts() => Told::Nothing {},
            Some(stored) => Told::Stored(&stored.system),
            None => Told::Found(&self.system),
        }
    }

    pub(crate) fn told_context(&self) -> Told<'_, BTreeMap<String, String>> {
        match &self.stored {
            _ if !self.sends_facts() => Told::Nothing {},
            Some(stored) => Told::Stored(&stored.context),
            None => Told::Found(&self.context),
        }
    }

    pub(crate) fn told_crash(&self) -> Option<Told<'_, Crash>> {
        match &self.stored {
            Some(stored) => stored.crash.as_deref().map(Told::Stored),
            None => self.sent_crash().map(Told::Found),
        }
    }

    /// Writes the facts into their file, in the place of what stood in it: the first of the evidence.
    pub(crate) fn write_facts(&mut self, treatment: Treatment) {
        self.evidence.retain(|file| file.kind != FileKind::System);
        match self.facts_file() {
            Ok(file) => self.evidence.insert(0, ReportFile { treatment, ..file }),
            Err(error) => self.gaps.push(Gap::new(PATH, GapReason::from(&error))),
        }
    }

    fn facts_file(&self) -> io::Result<ReportFile> {
        let facts = Facts {
            app: &self.app,
            system: &self.system,
            context: &self.context,
        };
        let facts = serde_json::to_vec_pretty(&facts)?;
        let content = Packer::in_memory().pack(PATH, [&facts])?;
        let mut file = ReportFile {
            masked: self.masked.clone(),
            ..ReportFile::of(PATH.to_owned(), FileKind::System, content)
        };
        file.recount()?;
        Ok(file)
    }
}
