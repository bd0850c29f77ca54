//! Keys that fetch the answer to a report: our own. Whoever has one reads what support has written.
//!
//! Every server that gives such keys out writes them so, that they are known wherever they stand: `fbr_` and at least
//! 22 letters, digits, `_` or `-`, which is room for 128 random bits in base64url (RFC 4648, section 5).

use super::Entry;
use super::key_shapes::url_safe;
use crate::redact::rule::Secret;

pub(super) const RULES: &[Entry] = &[Entry {
    name: "reply_key",
    pattern: "fbr_",
    secret: Secret::Key(url_safe, 22),
    examples: &[
        "fetching «fbr_{a22}»",
        "GET /api/v1/replies/«fbr_{a20}-_{a21}»?after=3",
        r#"{"reply":"«fbr_{a22}»"}"#,
    ],
    harmless: &["fbr_height = 12", "fbr_{a21}", "xfbr_{a22}"],
    source: "this file: we give them out ourselves",
}];
