//! Guards promise 3: what a log cuts short hides no more of what follows than it has to.

use super::{Dice, fill, masks, redact, redact_with};

/// What lines start with.
const STARTS: [&str; 9] = [
    "2026-11-23T10:00:00Z INFO ",
    "[2026-11-23 10:00:00.123] [main] DEBUG ",
    "Nov 23 10:00:00 ",
    "I/app: ",
    "  12:00 ",
    "\t",
    "{\"level\":\"info\",\"at\":1,",
    "\"",
    "",
];

/// What opens what is never closed.
const OPENERS: [&str; 16] = [
    "secrets: [",
    "tokens: [",
    "passwords=[",
    "credentials: {\"a\":",
    "\"tokens\":{\"access\":",
    "\"password\": [",
    "secret: Secret { of:",
    "api_keys: vec![",
    "map[password:map[db:",
    "{:token=>{:access=>",
    "Passwort: [",
    "пароль: [",
    "Set-Cookie: [",
    "\"cookies\": [{\"name\":\"a\",\"value\":",
    "auth: [",
    "psk: (",
];

/// The last that is left of it.
const CUT: [&str; 10] = [
    "",
    " ",
    "«{a15}7»",
    "\"{a15}7\", \"x... (truncated)",
    "\"{a15}7\",",
    "\"{a15}7",
    "{a15}7, {a15}7,",
    "{a15}7, [{",
    "'{a15}7', >",
    "\"{a15}7\": {\"x\": |",
];

/// What ordinary lines say.
const SAID: [&str; 8] = [
    "saved note 17 in 12 ms",
    "disk \"full\" at sector 'x1', cannot write",
    "\"level\":\"warn\",\"msg\":\"retry\",\"attempt\":\"3x\"}",
    "\"document.txt\" failed: Kind(\"locked-by-other\")",
    "name=\"save\" clicked=true, [a1b2c3d4e5f6g7h8, b, c]",
    "{a20}7",
    "",
    "was } else { x: \"abc123def456ghi789\" }",
];

#[test]
fn an_unclosed_bracket_hides_nothing_of_lines_that_start_as_its_own() {
    let (masks, mut dice, mut wrong) = (masks("/home/x"), Dice::new(12), Vec::new());
    for opener in OPENERS {
        for cut in CUT {
            for start in STARTS {
                let (cut, _) = fill(cut, &mut dice);
                let line = |said: &str| format!("{start}{said}\n");
                let ordinary: String = (0..12).map(|_| line(dice.pick(&SAID))).collect();
                let text = line(&format!("got {opener}{cut}")) + &ordinary;
                let (masked, _) = redact_with(&masks, &text);
                if !masked.ends_with(&ordinary) {
                    wrong.push((text.lines().next().map(str::to_owned), masked));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}: {:#?}", wrong.len(), wrong.first());
}

#[test]
fn what_is_open_goes_on_in_deeper_lines_and_where_it_is_closed() {
    for (text, masked) in [
        (
            "  12:00 secrets: {\n    \"db\": \"x1y2\"\n    \"mail\": \"z3\"\n  }\n  12:01 \"next\"",
            "  12:00 secrets: {\n    \"db\": \"[secret-1]\"\n  }\n  12:01 \"next\"",
        ),
        (
            "{'secrets': ['x1y2',\n             'z3w4'],\n 'x': 'y'}",
            "{'secrets': ['[secret-1]'],\n 'x': 'y'}",
        ),
        (
            "secrets: [{\n  \"a\": \"x1y2\"\n}, {\n  \"a\": \"z3w4\"\n}]\n\"next\"",
            "secrets: [{\n  \"a\": \"[secret-1]\"\n}]\n\"next\"",
        ),
        (
            "12:00 secrets: {\"db\": \"x1y2\", \"ma (cut)\n    at notes.Main(\"x\")\n",
            "12:00 secrets: {\"db\": \"[secret-1]\n    at notes.Main(\"x\")\n",
        ),
    ] {
        assert_eq!(redact(text), masked);
    }
}

#[test]
fn what_stands_beside_a_secret_may_be_long_or_cut_short() {
    let long = "a longer text. ".repeat(40);
    assert_eq!(
        redact(&format!(
            r#""secret": {{"kind":"password","description":"{long}","value":"hunter2"}}, "x": "y""#
        )),
        format!(r#""secret": {{"kind":"password","description":"{long}","value":"[secret-1]"}}, "x": "y""#),
    );
    // The quote that is not closed ends with its line.
    assert_eq!(
        redact("secrets: [\n  \"x1y2 й\n  \"z3w4\"\n]\n\"next\""),
        "secrets: [\n  \"[secret-1]\"\n]\n\"next\""
    );
}
