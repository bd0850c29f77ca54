//! What lets somebody in, told by the element of XML around it: `<password type="text">`, `<pwd value="">`.

use std::ops::Range;

use super::opening::Opening;
use super::pieces::quoted;
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
            r#"<Password xsi:type="xsd:string"><![CDATA[«{a8} {a4}»]]></Password>"#,
            "<password type=\"text\">\n  «{a8}»\n</password>",
            "<setting name=\"ApiToken\" serializeAs=\"String\">\r\n  <value>«{a8}»</value>",
        ],
        harmless: &[
            r#"<password type="text"/>"#,
            r#"<password type="text"></password>"#,
            "<password type=\"text\">\n  <label>new</label>",
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
    if attributes.ends_with('/') {
        return None;
    }
    let end = found.text.len() - text.len();
    let inner = text.trim_start().strip_prefix("<value>");
    let tag = inner.map_or(found.place.start..end, |text| {
        let end = found.text.len() - text.len();
        end - "value>".len()..end
    });
    let tag = Found { place: tag, ..*found };
    let opening = Opening::of(&tag);
    let text = &tag.after()[opening.length..];
    let value = match opening.quote {
        Some(quote) => quoted(text, quote),
        None => element(text),
    };
    (!is_placeholder(value, opening.bracket))
        .then(|| hide(tag.place.end + opening.length, value))
        .flatten()
}
