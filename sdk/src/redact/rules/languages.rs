//! What lets somebody in, under the names that its forms and settings have in other languages than English.

use std::ops::Range;

use super::Entry;
use super::codes::pin;
use super::placeholder::looks_secret;
use super::value::{separator, value};
use crate::redact::rule::{Found, Secret, run_back};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "secret",
        pattern: concat!(
            r"(?i-u:passwort|kennwort|mot[_ ]de[_ ]passe|senha|wachtwoord|heslo|adgangskode|passord|salasana|parola|lozinka|geslo|kata[ ]sandi)",
            separator!(),
        ),
        secret: Secret::Named(assigned),
        examples: &[
            "Passwort=«{a8}»",
            r#"{"kennwort":"«{a4} {a8}»","x":1}"#,
            "mot de passe : «{a7}1»",
            "db_senha: «{a7}1»",
            "lozinka: «{a7}1»",
        ],
        harmless: &[
            "Passwort: falsch, Kennwort: geändert",
            "mot de passe : incorrect",
            "das Passwort ist falsch, passwort=null",
        ],
        source: SOURCE,
    },
    Entry {
        name: "secret",
        // Names with letters that are not ASCII: told by the last of these, so that the search has few letters to tell apart.
        pattern: concat!(r"[^\x00-\x7F](?:[a-z]{0,6}", separator!(), "|：)"),
        secret: Secret::By(named),
        examples: &[
            "contraseña=\"«{a8}»\"",
            "hasło=«{a8}»",
            "Пароль: «{a7}1»",
            "密码=«{a8}»&x=1",
            "密码：«{a7}1»",
            "パスワード: «{a7}1»",
            "비밀번호: «{a7}1»",
            "Пароль: «Лето-{d4}»",
            "验证码：«{d6}»",
            "暗証番号: «{d4}»",
        ],
        harmless: &[
            "Пароль: неверный123",
            "认证码：错误",
            "密码: 错误，请重新输入密码2次",
            "größe=12345678, größe: a1b2c3d4e5",
        ],
        source: SOURCE,
    },
];

const SOURCE: &str = "how systems in these languages name the field for a password";

/// Names with letters that are not ASCII, in small ones.
const NAMES: [&str; 12] = [
    "contraseña",
    "hasło",
    "şifre",
    "lösenord",
    "jelszó",
    "пароль",
    "密码",
    "密碼",
    "口令",
    "パスワード",
    "비밀번호",
    "mật khẩu",
];

/// Names of codes that a person is sent or has in mind.
const CODES: [&str; 7] = [
    "验证码",
    "驗證碼",
    "認証コード",
    "確認コード",
    "暗証番号",
    "인증번호",
    "код подтверждения",
];

fn named(found: &Found<'_>) -> Option<Range<usize>> {
    let separator = found
        .matched()
        .find(|letter: char| letter == '：' || letter.is_ascii() && !letter.is_ascii_lowercase())?;
    let name = found.text.get(..found.place.start + separator)?;
    let name = run_back(name, 40, |letter| letter.is_alphabetic() || letter == ' ').to_lowercase();
    let is_one_of = |names: &[&str]| names.iter().any(|known| name.ends_with(known));
    if is_one_of(&CODES) {
        return pin(found);
    }
    is_one_of(&NAMES).then(|| assigned(found)).flatten()
}

/// What is made as a secret is, and no word of a sentence: with an equals sign or quotes anything.
fn assigned(found: &Found<'_>) -> Option<Range<usize>> {
    let value = value(found)?;
    let text = found.text.get(value.clone())?;
    let is_assigned =
        found.matched().ends_with(['=', 'D', 'd']) || found.text[..value.start].ends_with(['"', '\'']);
    (is_assigned || looks_secret(text) && (text.is_ascii() || is_made(text))).then_some(value)
}

/// Whether what has letters beyond ASCII is no sentence: one in a script without blanks looks so too.
fn is_made(text: &str) -> bool {
    let has_mark = text.bytes().any(|byte| byte.is_ascii_punctuation());
    has_mark && text.chars().all(|letter| letter < '\u{2e80}')
}
