//! From a checked bundle to the answer that a client may believe.

use jiff::Timestamp;
use serde::Serialize;

use crate::app::App;
use crate::manifest::Identity;
use crate::problem::Problem;
use crate::store::{Received, StoredReport};

/// Our id and our hash: without both, no client takes an answer for a receipt.
#[derive(Debug, Serialize)]
pub(crate) struct Receipt {
    /// As the client spelled it.
    id: String,
    sha256: String,
    number: String,
}

impl Receipt {
    pub(crate) fn of(report: &StoredReport) -> Self {
        Self {
            id: report.manifest.id.clone(),
            sha256: report.sha256.clone(),
            number: report.number.to_string(),
        }
    }
}

/// Stores a checked report, or finds it stored; true when it is new.
pub(crate) async fn keep(
    app: &App,
    report: &Identity,
    report_json: Vec<u8>,
    bundle: Received,
) -> Result<(Receipt, bool), Problem> {
    let sha256 = bundle.sha256.clone();
    let stored = app
        .store
        .insert(report.uuid, report_json, bundle, Timestamp::now())
        .await?;
    let receipt = Receipt {
        id: report.id.clone(),
        sha256,
        number: stored.number.to_string(),
    };
    Ok((receipt, stored.new))
}
