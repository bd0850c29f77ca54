//! The contract's `POST`: the manifest and the whole bundle as one `multipart/form-data` (RFC 7578).

use std::sync::Arc;

use super::Outcome;
use super::answer::Verdict;
use super::body::{Body, Progress, Shared};
use super::exchange::Failure;
use super::parcel::Parcel;
use super::server::Server;
use crate::id::ReportId;
use crate::wire::receipt::Receipt;

/// Sends one bundle and reads what became of it.
pub(super) async fn send(
    server: &Server,
    parcel: &Parcel,
    bundle: &Shared,
    progress: &Arc<Progress>,
) -> Result<Outcome, Failure> {
    bundle.go_to(0).await?;
    let id = parcel.id();
    // A random one does not occur in the manifest.
    let boundary = format!("feedback-{}", ReportId::new());
    let before = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"report\"\r\nContent-Type: application/json\r\n\r\n"
    );
    let between = format!(
        "\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"bundle\"; filename=\"report-{id}.zip\"\r\n\
         Content-Type: application/zip\r\n\r\n"
    );
    let after = format!("\r\n--{boundary}--\r\n");
    let before = [before.as_bytes(), &parcel.manifest, between.as_bytes()].concat();
    let body = Body::framed(before.into(), (bundle, parcel.bytes()), after.into(), progress);
    let request = server
        .request("POST", server.endpoint.url.clone())
        .header("Idempotency-Key", format!("\"{id}\""))
        .header(
            "Content-Type",
            format!("multipart/form-data; boundary={boundary}"),
        )
        .with(body);
    let answer = server.exchange(request, Some(progress)).await?;
    let sha256 = bundle.lock().sha256();
    let any_success =
        server.endpoint.any_success_is_receipt && answer.verdict() == Verdict::Yes && sha256.is_some();
    Ok(match answer.judge(id, sha256.as_deref()) {
        Outcome::Wait { .. } if any_success => Outcome::Delivered(Receipt { id, number: None }),
        outcome => outcome,
    })
}
