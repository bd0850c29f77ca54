//! Guards what masking is trusted for by the evidence of others: the examples that gitleaks publishes for its rules.

use std::collections::BTreeSet;

use feedback_sdk::Masking;
use feedback_sdk::testing::masking::Masker;

/// What keys stand in where they are written down.
const FORMS: &str = include_str!("../data/gitleaks/forms.txt");
/// A rule, the name that its key needs to be known by, and a key.
const KEYS: &str = include_str!("../data/gitleaks/keys.tsv");
/// A rule, whether it finds a secret there, and a line.
const LINES: &str = include_str!("../data/gitleaks/lines.tsv");

/// Where a key stands that is known by its look alone.
const ALONE: [&str; 3] = ["{s}", "12:00 INFO sent {s} done", "x(\"{s}\")"];

/// What stays that gitleaks finds, and why: texts with these parts.
const MISSED: [(&str, &[&str]); 5] = [
    ("its bar is written `|`", &["394333780296311%"]),
    (
        "forty hexadecimal digits are mostly a commit",
        &["8EdAd3D9F0580896087a"],
    ),
    (
        "half of a pair, which lets nobody in by itself",
        &[
            "client_id",
            "MessageBirdClientID",
            "accessId",
            "access_id",
            "ACCESSID",
            "ACCESS_ID",
        ],
    ),
    (
        "a name that says nothing of a secret, but to who knows the service",
        &["HEROKU_KEY", "hubspotKey", "todo_secret_do_not_commit"],
    ),
    (
        "a secret by the document it stands in",
        &["heketi-secret", "secret-sa-sample"],
    ),
];

/// What is hidden that gitleaks leaves, and why.
const MORE: [(&str, &[&str]); 4] = [
    (
        "a key that is none, but looks like one: nothing is lost with it",
        &[
            "XXXXXX",
            "xxxxxx",
            "EXAMPLE",
            "xoxb-12345-abcd234",
            "xoxp-1234567890",
            "SlackApp",
            "RANDOMSTRINGHERE",
            "xoxp-572370529330",
            "xoxa-nyc",
            "~PLzSRmtNGYTnpL0z",
            "~3wIHjX9DT0yCNfQmr9oxmYrDZoQVLOdNg",
            "ops_eyJ",
        ],
    ),
    (
        "a login or password like any other, whatever its words say",
        &[
            "test:test",
            "username:",
            "xxx:yyy",
            "user:pass",
            "[PASSWORD]",
            "{{",
            "basic {base64",
            "ClearTextPassword",
            "PuttyPassword",
            "SUMO_ACCESS_KEY",
            "publicToken",
            "csrf-token",
            "6fe4476ee5a1832882e326b506d14126",
            "AgencyIdentificationCode",
        ],
    ),
    (
        "the name of a secret: hidden as one, for passwords have the look of names",
        &[
            "redentialsId",
            "credentialId",
            "CREDENTIALS_ID",
            "secretKey",
            "StoreSecrets",
        ],
    ),
    (
        "an address of somebody",
        &["src@gmail.com", "james.fake@ymail.com"],
    ),
];

fn unescaped(text: &str) -> String {
    let parts = text
        .split(r"\\")
        .map(|part| part.replace(r"\n", "\n").replace(r"\t", "\t"));
    parts.collect::<Vec<_>>().join(r"\")
}

fn columns(table: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    table.lines().map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        columns.try_into().expect("three columns")
    })
}

/// A text whose secret stands between `«` and `»`, and the two halves of it: no scanner may take the file for a leak.
struct Example {
    text: String,
    halves: [String; 2],
}

impl Example {
    fn new(marked: &str) -> Self {
        let secret = marked.split_once('«').and_then(|(_, rest)| rest.split_once('»'));
        let halves = secret.and_then(|(secret, _)| secret.split_once('·'));
        let (first, second) = halves.expect("a secret is marked");
        Self {
            text: marked.replace(['«', '·', '»'], ""),
            halves: [first.to_owned(), second.to_owned()],
        }
    }

    fn is_hidden(&self, masks: &Masker) -> bool {
        let left = masks.mask(&self.text).0;
        !self.halves.iter().any(|half| left.contains(half))
    }
}

/// Every key in every form it is published in, and every published line.
fn examples() -> Vec<Example> {
    let keys = columns(KEYS).flat_map(|[rule, name, key]| {
        let alone = name.is_empty().then_some(ALONE).into_iter().flatten();
        let name = if name.is_empty() { rule } else { name };
        FORMS.lines().chain(alone).map(move |form| {
            Example::new(
                &unescaped(form)
                    .replace("{i}", name)
                    .replace("{s}", &format!("«{key}»")),
            )
        })
    });
    let lines = columns(LINES).filter(|[_, kind, _]| *kind == "secret");
    keys.chain(lines.map(|[_, _, line]| Example::new(&unescaped(line))))
        .collect()
}

/// Whether `found` are the texts that are known, all of them and no others.
pub(crate) fn assert_known(found: &[String], known: &[(&str, &[&str])]) {
    let parts: BTreeSet<&str> = known
        .iter()
        .flat_map(|(_, parts)| parts.iter().copied())
        .collect();
    let unknown: Vec<_> = found
        .iter()
        .filter(|text| !parts.iter().any(|part| text.contains(part)))
        .collect();
    assert!(unknown.is_empty(), "{}: {unknown:#?}", unknown.len());
    let mended: Vec<_> = parts
        .iter()
        .filter(|part| !found.iter().any(|text| text.contains(*part)))
        .collect();
    assert!(mended.is_empty(), "no longer so: {mended:?}");
}

#[test]
fn what_gitleaks_finds_is_hidden() {
    let masks = Masker::new(&Masking::default());
    let rules: BTreeSet<&str> = columns(KEYS)
        .chain(columns(LINES))
        .map(|[rule, ..]| rule)
        .collect();
    let examples = examples();
    let missed: Vec<String> = examples
        .iter()
        .filter(|example| !example.is_hidden(&masks))
        .map(|example| example.text.clone())
        .collect();
    println!(
        "{} rules of gitleaks, {} texts with a secret, {} of them stay",
        rules.len(),
        examples.len(),
        missed.len()
    );
    assert!(missed.len() * 1000 < examples.len() * 5);
    assert_known(&missed, &MISSED);
}

#[test]
fn what_gitleaks_leaves_stays() {
    let masks = Masker::new(&Masking::default());
    let lines: Vec<String> = columns(LINES)
        .filter(|[_, kind, _]| *kind == "benign")
        .map(|[_, _, line]| unescaped(line))
        .collect();
    let changed: Vec<String> = lines
        .iter()
        .filter(|line| masks.mask(line).0 != **line)
        .cloned()
        .collect();
    println!(
        "{} lines that gitleaks leaves, {} of them change",
        lines.len(),
        changed.len()
    );
    assert_known(&changed, &MORE);
}
