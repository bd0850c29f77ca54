//! Guards promise 2: what a cut goes through, or what is longer than is looked at, is hidden whole.

use super::{Dice, MaskCounts, Redactor, fill, masks, redact_with};

#[test]
fn a_value_that_the_lead_ends_in_is_masked_whole() {
    let text = "a@b.example Authorization: Bearer abcdef, c@d.example";
    let mut counts = MaskCounts::new();
    let mut redactor = Redactor::new(masks("/home/x"));
    let inside = text.find("def").unwrap();
    assert_eq!(
        redactor.redact_after(text, inside, &mut counts),
        "[token-1], [email-1]"
    );
    assert_eq!(
        (counts["token"], counts["email"]),
        (1, 1),
        "the lead is not counted"
    );
    assert_eq!(redactor.redact_after("lead, rest", 6, &mut counts), "rest");
}

#[test]
fn a_value_longer_than_what_is_looked_at_is_hidden_to_its_end() {
    let lines = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2\n".repeat(900);
    let line = lines.lines().next().unwrap();
    let logged = format!("2026-11-22 12:00:00,123 [main] INFO {line}\n").repeat(900);
    let json = format!("{{\"log\":\"{line}\\n\",\"time\":\"2026-11-22T12:00:00.000000000Z\"}}\n").repeat(900);
    let word = "s3cr3t-".repeat(9000);
    let words = "s3cr3t, \\\"it\\\" is ".repeat(3000);
    for (text, expected) in [
        (format!("password={word}\nnext"), "password=[secret-1]\nnext"),
        (
            format!(r#"{{"password":"{words}","x":1}}"#),
            r#"{"password":"[secret-1]","x":1}"#,
        ),
        (
            format!(r#"{{\"token\":\"{word}\",\"x\":1}}"#),
            r#"{\"token\":\"[secret-1]\",\"x\":1}"#,
        ),
        (
            format!("Cookie: a={word}; b=c\r\nHost: x"),
            "Cookie: [cookie-1]\r\nHost: x",
        ),
        (
            format!("Authorization: Bearer {word}\nnext"),
            "Authorization: Bearer [token-1]\nnext",
        ),
        (format!("sent \"fbr_{word}\" and"), "sent \"[reply_key-1]\" and"),
        (
            format!("of\n-----BEGIN PRIVATE KEY-----\n{lines}-----END PRIVATE KEY-----\n12:00 next"),
            "of\n[private_key-1][private_key-2]\n12:00 next",
        ),
        (
            format!("I -----BEGIN PRIVATE KEY-----\n{logged}I abcd==\nI -----END PRIVATE KEY-----\nI next"),
            "I [private_key-1][private_key-2]\nI next",
        ),
        (
            format!("-----BEGIN PRIVATE KEY-----\\n\"}}\n{json}12:00 next"),
            "[private_key-1]\n12:00 next",
        ),
        (
            format!("-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 2\n\n{lines}=abcd\n12:00 next"),
            "[private_key-1]\n12:00 next",
        ),
    ] {
        let (masked, counts) = redact_with(&masks("/home/x"), &text);
        assert_eq!(masked, expected);
        assert!(counts.values().sum::<u64>() < 3);
        for lead in [text.len() / 2, 100] {
            let mut redactor = Redactor::new(masks("/home/x"));
            let rest = redactor.redact_after(&text, lead, &mut MaskCounts::new());
            assert!(!rest.contains("s3cr3t") && !rest.contains("QUJD"), "{rest}");
        }
    }
}

/// Wherever a text is cut, no line of the key inside is left.
#[test]
fn a_key_that_a_cut_goes_through_is_hidden_at_both_ends() {
    let masks = masks("/home/x");
    let lines: Vec<String> = (0..6).map(|_| fill("{b64}", &mut Dice::new(5)).0).collect();
    for (label, logger) in [
        ("RSA PRIVATE KEY", ""),
        ("PRIVATE KEY", ""),
        ("PGP PRIVATE KEY BLOCK", ""),
        ("PRIVATE KEY", "2026-11-22 12:00:00.123 [main] INFO "),
    ] {
        let ends = format!("\n{logger}");
        let key = format!(
            "-----BEGIN {label}-----{ends}{}{ends}-----END {label}-----",
            lines.join(&ends)
        );
        let text = format!("12:00 loaded\n{logger}{key}\n12:01 next\n");
        let end = text.find("-----END").unwrap();
        for cut in 0..text.len() {
            for part in [&text[..cut], &text[cut..]] {
                let masked = redact_with(&masks, part).0;
                // Behind the start of the dashes the label is cut itself: nothing tells that this was a key.
                let known = part.contains("PRIVATE KEY")
                    && (part.contains("KEY-----") || part.contains("BLOCK-----"));
                let hidden = !lines.iter().any(|line| masked.contains(&line[..20]));
                assert!(
                    hidden || !known || cut > end && part.len() < 40,
                    "{cut}: {masked}"
                );
            }
        }
    }
}
