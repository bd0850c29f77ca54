//! Guards promise 5: no text makes masking slow. What is read is counted, so that no clock decides.

use super::{Dice, masks, redact_with};
use crate::redact::effort::so_far;
use crate::redact::mixtures::Mixture;

/// The most that may be read for each byte of a text, in bytes.
const MOST: usize = 40;

fn read_of(text: &str) -> usize {
    let before = so_far();
    redact_with(&masks("/home/x"), text);
    so_far() - before
}

#[test]
fn what_is_read_of_a_text_is_in_proportion_to_it() {
    let mut dice = Dice::new(23);
    let mut worst = (0, String::new());
    for _ in 0..400 {
        let text = Mixture::new(&mut dice).text(12 << 10);
        let each = read_of(&text) / text.len();
        if each > worst.0 {
            worst = (each, text.chars().take(200).collect());
        }
    }
    assert!(worst.0 < MOST, "{worst:?}");
}

#[test]
fn no_nest_of_lists_and_no_long_value_is_read_again_and_again() {
    for piece in [
        "cookies: [{cookies:[{",
        "secret:{name:\"",
        "tokens:{a:'b','\",",
        "cookies:{name:a,",
        "auth:{",
        "пароль=[",
        "пароль=>",
        "密码：2KJA81",
        "pass=er -",
        "p\\ -",
        "-u : ",
        "/:///home/",
        "((password=",
        "{\"passwords\": {\"db\": PASS ",
        "{\\\"cookies\\\":[{\\\"name\\\":\\\"a\\\",",
        "password \"",
        "PASS ",
        "-----END PRIVATE KEY-----",
    ] {
        let text = piece.repeat((64 << 10) / piece.len());
        let each = read_of(&text) / text.len();
        assert!(each < MOST, "{piece:?}: {each}");
    }
}

/// What has a shape of its own is told by all of it, however much others have read before.
#[test]
fn keys_are_hidden_also_where_finds_have_read_more_than_the_text_has_paid() {
    for dense in [
        "cookies: [{cookies:[{",
        "tokens:{a:'b','\",",
        "auth:{",
        "пароль=[",
    ] {
        let dense = dense.repeat((8 << 10) / dense.len());
        for key in [
            "ghp_C3J27XDCG2LmlZGEONYlgCtjfIZ4SOcMz9CP",
            "AIzaVNPkNa1Hedcm4pMbXDuCL1mHoOsFaQfDPrA",
            "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",
            "sk-n76dEyTzAeKOmXRrvftva9AW7hipTgadDZFlRJmCGmUXiAPy",
            "gho_hzAnar3ZLt4bnlz2MPKgcjnCqaXNv1syeefn",
        ] {
            let text = format!("{dense}\n\n x {key} y\n");
            let masked = redact_with(&masks("/home/x"), &text).0;
            assert!(!masked.contains(key), "{key}");
        }
    }
}
