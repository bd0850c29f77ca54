//! What lets somebody in, told by the element of XML around it: `<password type="text">`, `<pwd value="">`.

use std::ops::Range;

use super::placeholder::is_placeholder;
use super::value::{element, value};
use super::{Entry, hide};
use crate::redact::rule::{Found, Secret, is_word, run, run_back};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "secret",
        pattern: r"(?i-u:pwd|passw(?:or)?d|secret)[ \t](?i-u:value)=",
        secret: Secret::By(value),
        examples: &["<pwd value=\"«{a8}»\"/>", "<Password Value='«{a4} {a8}»' />"],
        harmless: &["<password value=\"\"/>", "password value=null"],
        source: "the settings of programs in XML",
    },
    Entry {
        name: "secret",
        pattern: r#"(?i-u:pass(?:w(?:or)?d)?|secret|token)["']?[ \t](?i-u:xsi:type|type|encoding|serializeas)="#,
        secret: Secret::By(typed_element),
        examples: &[
            r#"<Password xsi:type="xsd:string">«correct horse»</Password>"#,
            r#"<Pass encoding="base64">«{a12}==»</Pass>"#,
            r#"<wsse:Password Type="http://x.example/#PasswordText">«{a8}»</wsse:Password>"#,
            r#"<setting name="Password" serializeAs="String"><value>«{a4} {a8}»</value></setting>"#,
            "<setting name=\"ApiToken\" serializeAs=\"String\">\r\n  <value>«{a8}»</value>",
        ],
        harmless: &[
            r#"<password type="text"/>"#,
            r#"<password type="text"></password>"#,
            "no password type=text> set",
        ],
        source: "SOAP 1.1, section 5.2, WS-Security's UsernameToken Profile, and the settings of .NET",
    },
];

/// The text of an element with attributes.
fn typed_element(found: &Found<'_>) -> Option<Range<usize>> {
    let name = run_back(found.before(), 40, |letter| {
        is_word(letter) || matches!(letter, ':' | '.')
    });
    if !found.before()[..found.place.start - name.len()].ends_with(['<', '"', '\'']) {
        return None;
    }
    let attributes = run(found.after(), 256, |letter| !matches!(letter, '<' | '>' | '\n'));
    let text = found.after()[attributes.len()..].strip_prefix('>')?;
    let text = text.trim_start().strip_prefix("<value>").unwrap_or(text);
    let value = element(text);
    (!attributes.ends_with('/') && !is_placeholder(value, None))
        .then(|| hide(found.text.len() - text.len(), value))
        .flatten()
}
