//! Single files out of a bundle: pictures and text to look at, everything else to save.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use percent_encoding::utf8_percent_encode;

use super::sign_in::SignedIn;
use super::{ESCAPED, Trouble};
use crate::api;
use crate::app::App;
use crate::bundle::{Bundle, Content};
use crate::problem::Problem;
use crate::stream;
use crate::task::blocking;

/// `GET /inbox/{report}/bundle`
pub(crate) async fn bundle(
    _: SignedIn,
    State(app): State<Arc<App>>,
    Path(which): Path<String>,
) -> Result<Response, Trouble> {
    let (report, blob) = api::find(&app, &which).await?;
    Ok(api::download(report.id, blob).await?)
}

/// `GET /inbox/{report}/files/{index}`: to look at; with `?download`, to save.
pub(crate) async fn file(
    _: SignedIn,
    State(app): State<Arc<App>>,
    Path((which, index)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Trouble> {
    let missing = || Problem::not_found("The report has no such file.");
    let index: usize = index.parse().map_err(|_| missing())?;
    let (_, blob) = api::find(&app, &which).await?;
    let looked = blocking(move || {
        let mut bundle = Bundle::open(&blob)?;
        let found = bundle.look(index)?;
        Ok::<_, std::io::Error>(found.map(|found| (bundle, found)))
    });
    let looked = looked.await?.map_err(|error| Problem::cannot_store(&error))?;
    let (mut bundle, (name, content)) = looked.ok_or_else(missing)?;
    let save = content == Content::Other || query.as_deref() == Some("download");
    let headers = [
        (CONTENT_TYPE, content.media_type().to_owned()),
        (CONTENT_DISPOSITION, disposition(save, &name)),
        (CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    Ok((headers, stream::body(move |out| bundle.unpack(index, out))).into_response())
}

/// The file's name without its folders, in plain ASCII and as RFC 5987 has it.
fn disposition(save: bool, path: &str) -> String {
    let how = if save { "attachment" } else { "inline" };
    let name = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or("file");
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let encoded = utf8_percent_encode(name, ESCAPED);
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        assert_eq!(
            disposition(true, "attachments/Größe \"1\"\r\n.html"),
            "attachment; filename=\"Gr__e__1___.html\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22%0D%0A.html"
        );
        assert_eq!(
            disposition(false, "logs/"),
            "inline; filename=\"logs\"; filename*=UTF-8''logs"
        );
    }
}
