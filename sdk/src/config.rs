//! How an app sets its feedback up: where to send, who it is, what to collect.

pub(crate) mod budget;
mod check;
pub(crate) mod patience;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::absolute::absolute;
use crate::collect::collector::{Collector, Registered};
use crate::collect::log_ring::LogRing;
use crate::collect::names;
use crate::collect::review::{Review, Reviewer, Verdict};
use crate::collect::screen::Staged;
use crate::deliver::exchange::STALL;
use crate::deliver::transport::Transport;
use crate::deliver::waiting::{WaitingReport, waiting};
use crate::error::FeedbackError;
use crate::redact::{Masking, Masks};
use crate::report::AppInfo;
use crate::spool::default_dir::default_spool_dir;
use crate::spool::limits::Limits;
use budget::Budget;
use patience::Patience;

/// Everything a [`FeedbackClient`](crate::FeedbackClient) needs to know. A builder with defaults.
///
/// ```
/// use feedback_sdk::FeedbackConfig;
///
/// let config = FeedbackConfig::new("https://feedback.example.com/api/v1/reports", "pk_notes", "Notes", "1.4.0")
///     .log("/var/log/notes/*.log")
///     .context("plan", "family");
/// assert!(config.check().is_ok());
/// ```
#[derive(Clone)]
pub struct FeedbackConfig {
    pub(crate) endpoint: String,
    pub(crate) project_key: String,
    pub(crate) app: AppInfo,
    pub(crate) logs: Vec<PathBuf>,
    pub(crate) log_ring: Option<LogRing>,
    pub(crate) breadcrumbs: usize,
    pub(crate) collectors: Vec<Registered>,
    pub(crate) collect_within: Duration,
    pub(crate) before_send: Option<Reviewer>,
    pub(crate) system_facts: SystemFacts,
    pub(crate) context: BTreeMap<String, String>,
    pub(crate) spool_dir: Option<PathBuf>,
    pub(crate) spool_limits: Limits,
    pub(crate) budget: Budget,
    masking: Masking,
    /// Compiled when they are first needed, once for all clones.
    masks: Arc<OnceLock<Arc<Masks>>>,
    pub(crate) any_success_is_receipt: bool,
    pub(crate) allow_plain_http: bool,
    pub(crate) deliver: bool,
    pub(crate) transport: Option<Arc<dyn Transport>>,
    pub(crate) resumable_from: u64,
    pub(crate) stall: Duration,
    pub(crate) patience: Patience,
    /// In place of the machine's own screens.
    pub(crate) display: Option<Arc<Staged>>,
}

/// What [`SystemInfo`](crate::SystemInfo) tells.
#[derive(Clone)]
pub(crate) enum SystemFacts {
    /// What is so of the machine, and of this process, which is the app's.
    OfApp,
    /// What is so of the machine alone.
    OfMachine,
    /// This, whatever is so.
    #[cfg(feature = "testing")]
    Told(Box<crate::SystemInfo>),
}

impl FeedbackConfig {
    /// Where reports go and whose they are.
    ///
    /// `endpoint` is the full address of the intake, such as
    /// `https://feedback.example.com/api/v1/reports`. `project_key` is the public, write-only key
    /// of the app's project: it may ship inside the app, and is masked in a report where it has six letters or more. Nothing
    /// is checked yet; see [`check`](Self::check).
    pub fn new(
        endpoint: impl Into<String>,
        project_key: impl Into<String>,
        app_name: impl Into<String>,
        app_version: impl Into<String>,
    ) -> Self {
        Self {
            endpoint: endpoint.into(),
            project_key: project_key.into(),
            app: AppInfo {
                name: app_name.into(),
                version: app_version.into(),
            },
            logs: Vec::new(),
            log_ring: None,
            breadcrumbs: 50,
            collectors: Vec::new(),
            collect_within: Duration::from_secs(2),
            before_send: None,
            system_facts: SystemFacts::OfApp,
            context: BTreeMap::new(),
            spool_dir: None,
            spool_limits: Limits::DEFAULT,
            budget: Budget::DEFAULT,
            masking: Masking::default(),
            masks: Arc::default(),
            any_success_is_receipt: false,
            allow_plain_http: false,
            deliver: true,
            transport: None,
            resumable_from: 4_000_000,
            stall: STALL,
            patience: Patience::DEFAULT,
            display: None,
        }
    }

    /// Adds log files: a path, a folder, or a glob such as `logs/*.log`. Repeatable. A relative one is meant as it is now,
    /// also if the app changes its working directory later.
    ///
    /// A path means its rotated files too (`app.log.1`, `app.2026-11-21.log`, `app20261121.log`, `app.log.2.gz`), a folder
    /// the files directly in it. The newest part of each file is sent, and the first lines of a long one, masked. A file
    /// that is missing, unreadable, damaged, no text, compressed with something else than gzip, or behind a link out of its
    /// folder becomes a named gap in the report, and so do folders that are not looked into. A link in its folder stands for
    /// the file that it leads to.
    ///
    /// What is slow is waited for two seconds: the search, for each 32 of these paths, and then each file, for each 8 MiB that are taken
    /// of it; all files together for two seconds for each 8 MiB of their [budget](Self::log_budget), and eight at least. Of a file that takes
    /// longer the newest 256 KiB come, of a compressed one what came. Of a folder in which a file gave nothing, or three came
    /// too slowly, no other is tried. What was not had in time is a named gap.
    #[must_use]
    pub fn log(mut self, path_or_glob: impl Into<PathBuf>) -> Self {
        self.logs.push(absolute(path_or_glob.into()));
        self
    }

    /// Adds the app's recent log lines, as `logs/recent.log`, masked like a log file. Default: none.
    #[must_use]
    pub fn log_ring(mut self, ring: &LogRing) -> Self {
        self.log_ring = Some(ring.clone());
        self
    }

    /// Adds a fact about the app to every report, such as a plan or a licence state. Values are masked.
    #[must_use]
    pub fn context(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.context.insert(key.into(), value.into());
        self
    }

    /// How many of the newest [`breadcrumbs`](crate::FeedbackClient::breadcrumb) a report has. Default: 50.
    #[must_use]
    pub fn breadcrumbs(mut self, most: usize) -> Self {
        self.breadcrumbs = most;
        self
    }

    /// Adds code of the app that collects something for each report. Repeatable.
    #[must_use]
    pub fn collector(mut self, collector: impl Collector + 'static) -> Self {
        self.collectors.push(Registered::new(collector));
        self
    }

    /// How long each [`collector`](Self::collector), and [`before_send`](Self::before_send), may take.
    /// Default: 2 seconds.
    #[must_use]
    pub fn collect_within(mut self, limit: Duration) -> Self {
        self.collect_within = limit;
        self
    }

    /// Lets the app look at each report, change what was collected, or withhold it. It runs when the report is
    /// prepared, so the person sees what has come of it. Default: none.
    ///
    /// One that panics or does not end withholds the report too.
    #[must_use]
    pub fn before_send(mut self, review: impl Fn(&mut Review) -> Verdict + Send + Sync + 'static) -> Self {
        self.before_send = Some(Reviewer::new(review));
        self
    }

    /// Where reports wait until they are delivered.
    ///
    /// Default: [`default_spool_dir`](crate::default_spool_dir), such as `~/.local/state/notes/feedback` on
    /// Linux. Several processes of one app may share it. A relative one is meant as it is now.
    ///
    /// Who delivers from a folder sends all that waits there to its own address. So an app with several addresses, or
    /// keys, gives each client its own folder.
    #[must_use]
    pub fn spool_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.spool_dir = Some(absolute(folder.into()));
        self
    }

    /// How many reports may wait, and how many bytes their bundles may have together.
    /// Default: 50 reports, 500 MB. Beyond that a new report is refused with
    /// [`FeedbackError::SpoolFull`](crate::FeedbackError::SpoolFull); none that waits is dropped.
    #[must_use]
    pub fn spool_limits(mut self, reports: usize, bytes: u64) -> Self {
        self.spool_limits.reports = reports;
        self.spool_limits.bytes = bytes;
        self
    }

    /// How long a report may wait and still be sent by itself. Default: 60 days.
    ///
    /// What waits longer is kept as [`WaitingState::TooOld`](crate::WaitingState::TooOld): old news, whose logs
    /// would leave the machine long after the person has forgotten them. They can send it
    /// ([`FeedbackClient::retry`](crate::FeedbackClient::retry)), save or delete it.
    #[must_use]
    pub fn send_within(mut self, age: Duration) -> Self {
        self.spool_limits.age = age;
        self
    }

    /// How many bytes to take from one log file, and from all of them, as they stand there: unpacked, and before they are
    /// masked. A letter of UTF-16 has two. Default: 8 MiB and 64 MiB. The newest lines are kept; a file that is named by
    /// its own path comes before those of a folder or a glob. Of the [recent lines](Self::log_ring) come as many as of one
    /// file; the texts of [collectors](crate::Collector) have such a budget of their own.
    #[must_use]
    pub fn log_budget(mut self, per_file: u64, in_all: u64) -> Self {
        self.budget.log_file = per_file;
        self.budget.log_total = in_all;
        self
    }

    /// The largest file that can be attached, in bytes. Default: 25 MB, what mail servers take.
    #[must_use]
    pub fn max_attachment_bytes(mut self, bytes: u64) -> Self {
        self.budget.attachment = bytes;
        self
    }

    /// Which values are masked in logs, context, file names and text attachments.
    /// Default: all rules of [`Masking`] but `phone`. The person's own words are never masked.
    #[must_use]
    pub fn masking(mut self, masking: Masking) -> Self {
        self.masking = masking;
        self.masks = Arc::default();
        self
    }

    /// Count any 2xx answer as delivered, for endpoints that are not a feedback server (a webhook,
    /// a script). Default: off.
    ///
    /// This weakens the first promise: a hotel's log-in page that answers 200 then counts as
    /// delivered, and the report is lost. And a webhook that does not know ids may get a report twice, when
    /// its answer was lost. Leave it off where the server can answer with a receipt.
    #[must_use]
    pub fn any_success_is_receipt(mut self, yes: bool) -> Self {
        self.any_success_is_receipt = yes;
        self
    }

    /// Allow an `http://` endpoint on another machine, where anyone on the way can read reports.
    /// Default: off; `http://` to this machine (loopback) is always allowed.
    #[must_use]
    pub fn allow_plain_http(mut self, yes: bool) -> Self {
        self.allow_plain_http = yes;
        self
    }

    /// Whether to deliver at all. Default: yes. With `false` reports are only stored, for another
    /// run or process to deliver; the network is not used.
    #[must_use]
    pub fn deliver(mut self, yes: bool) -> Self {
        self.deliver = yes;
        self
    }

    /// For a program that reports on an app in another process: what this one is and takes (what it was built for, where
    /// it lies, memory, threads, files, how long it runs) says nothing of the app, and is left out. Default: this process is the app's.
    #[must_use]
    pub fn for_another_process(mut self) -> Self {
        self.system_facts = SystemFacts::OfMachine;
        self
    }

    /// Sends reports through the app's own HTTP client. Default: through that of the feature `http`, without which a
    /// config that delivers needs a transport.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Bundles of more bytes than this are sent so that a cut connection, or a killed app, goes on from the
    /// last byte that has arrived, where the server offers it (`uploads` in its `GET …/config`, tus 1.0.0).
    /// Default: 4 MB: a second or two on a mobile network; below that, going on saves less than it asks. Less
    /// than 512 KiB counts as that: what is so small is taken everywhere, and nobody is asked.
    #[must_use]
    pub fn resumable_from(mut self, bytes: u64) -> Self {
        self.resumable_from = bytes;
        self
    }

    /// What to mask, with the names of this machine. The first call takes a moment: on our thread.
    pub(crate) fn masks(&self) -> Arc<Masks> {
        let compile = || {
            Arc::new(Masks::new(
                &self.masking,
                &names::of_this_machine(),
                &[&self.project_key],
            ))
        };
        Arc::clone(self.masks.get_or_init(compile))
    }

    /// The reports that wait in the spool, oldest first, without a client: nothing is created and nothing is sent. A
    /// folder that does not exist holds none. Too old is what this config [says](Self::send_within).
    pub fn waiting(&self) -> Result<Vec<WaitingReport>, FeedbackError> {
        waiting(self.folder(), self.spool_limits)
    }

    /// Where reports wait; `None` where the system names no home folder.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        let given = self.spool_dir.clone();
        given.or_else(|| default_spool_dir(&self.app.name))
    }
}

impl fmt::Debug for FeedbackConfig {
    /// Without the endpoint and the key, which a log must not hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FeedbackConfig")
            .field("app", &self.app)
            .finish_non_exhaustive()
    }
}
