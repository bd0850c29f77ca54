//! From a whole upload to a report like any other, and to its receipt.

use std::sync::Arc;

use super::folder::{Stage, Upload};
use super::part::{self, Mark};
use super::turns::Turn;
use crate::app::App;
use crate::manifest::Identity;
use crate::problem::Problem;
use crate::receipt::{self, Receipt};
use crate::store::Reference;
use crate::task::blocking;

/// The receipt of an upload that is whole, stored now if it is not yet; `None` while bytes are missing.
pub(super) async fn receipt(
    app: &Arc<App>,
    turn: &mut Turn,
    upload: Upload,
) -> Result<Option<Receipt>, Problem> {
    match upload.stage {
        Stage::Growing => Ok(None),
        Stage::Whole => finish(app, turn, upload).await.map(Some),
        Stage::Stored(report) => {
            let store = Arc::clone(app);
            let found = blocking(move || store.store.find(Reference::Id(report))).await??;
            let Some(found) = found else {
                // The server died after the bundle was moved and before its line was in the log.
                remove(app, turn).await?;
                return Err(Problem::no_such_upload());
            };
            Ok(Some(Receipt::of(&found)))
        }
    }
}

/// Stores the report of a whole upload. A bundle that is no report, or another report's, takes the upload with it; after
/// a fault of the server the upload is there for the next request.
async fn finish(app: &Arc<App>, turn: &mut Turn, upload: Upload) -> Result<Receipt, Problem> {
    let memory = turn.memory.take();
    let result = store(app, memory, upload).await;
    if result
        .as_ref()
        .is_err_and(|problem| problem.status.is_client_error())
    {
        remove(app, turn).await?;
    }
    result
}

async fn store(app: &Arc<App>, memory: Option<Mark>, mut upload: Upload) -> Result<Receipt, Problem> {
    let id = upload.id.clone();
    let folder = Arc::clone(&app.uploads.folder);
    let check = move || -> Result<_, Problem> {
        let bundle = part::bundle(&folder, &upload, memory)?;
        let report_json = bundle.manifest()?;
        let report = Identity::parse(&report_json).map_err(|error| Problem::invalid(error.to_string()))?;
        folder.name_report(&mut upload, report.uuid)?;
        Ok((report, report_json, bundle))
    };
    let (report, report_json, bundle) = blocking(check).await??;
    let (receipt, _) = receipt::keep(app, &report, report_json, bundle).await?;
    let folder = Arc::clone(&app.uploads.folder);
    // It is still there when the report was here before.
    blocking(move || folder.remove_part(&id)).await??;
    Ok(receipt)
}

pub(super) async fn remove(app: &App, turn: &mut Turn) -> Result<(), Problem> {
    *turn.memory = None;
    let (folder, id) = (Arc::clone(&app.uploads.folder), turn.id.clone());
    Ok(blocking(move || folder.remove(&id)).await??)
}
