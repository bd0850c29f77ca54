//! `system.json`: what is told of machine and app. A file as any other; the manifest repeats what stands in it.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

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

impl Report {
    /// The facts of machine and app, where they go along. Where their file does not, they stand nowhere else.
    pub(crate) fn sent_facts(&self) -> Option<(&SystemInfo, &BTreeMap<String, String>)> {
        let goes_along = self.sent_evidence().any(|file| file.kind == FileKind::System);
        goes_along.then_some((&self.system, &self.context))
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
