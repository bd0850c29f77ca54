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
