//! What lets somebody in, under the names that its forms and settings have in other languages than English.

use std::ops::Range;
use std::sync::LazyLock;

use super::codes::pin;
use super::endings::Endings;
use super::opening::is_alone;
use super::placeholder::looks_secret;
use super::value::{is_equals, separator, value};
use super::vocabulary::{LANGUAGES, in_cases};
use super::{Entry, code_pages};
use crate::redact::rule::{Found, Secret, at_name};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "secret",
        pattern: concat!(
            r"(?i-u:passwort|kennwort|mot[_ ]de[_ ]passe|senha|wachtwoord|heslo|adgangskode|passord|salasana|haslo|sifre|parola|lozinka|geslo|kata[ ]sandi)",
            separator!(),
        ),
        secret: Secret::Named(assigned),
        examples: &[
            "Passwort=«{a8}»",
            r#"{"kennwort":"«{a4} {a8}»","x":1}"#,
            "mot de passe : «{a7}1»",
            "Mot de passe\u{a0}: «{a7}1», x",
            "mot de passe\u{202f}: «{a7}1»",
            "db_senha: «{a7}1»",
            "lozinka: «{a7}1»",
        ],
        harmless: &[
            "Passwort: falsch, Kennwort: geändert",
            "mot de passe : incorrect, mot de passe\u{a0}: incorrect",
            "das Passwort ist falsch, passwort=null",
        ],
        source: SOURCE,
    },
    Entry {
        name: "secret",
        pattern: at_name!("(?i-u:clave)", separator!()),
        secret: Secret::Named(assigned),
        examples: &["clave: «{a7}1»", "CLAVE=«{a8}»", r#"{"clave":"«{a8}»"}"#],
        harmless: &["clave: incorrecta", "enclave=/dev/sgx, enclave: 12345678a"],
        source: SOURCE,
    },
    Entry {
        name: "secret",
        // Names with letters that are not ASCII: told by the last of these, so that the search has few letters to tell apart.
        pattern: concat!(r"[^\x00-\x7F][A-Za-z]{0,7}", separator!()),
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
            "パスワード＝«{a7}1»",
            "пароль: «секрет{d3}»",
            "Пароль: «Солнышко»",
            "用户名：anna，密码：«{a7}1»，登录成功",
            "（管理员密码：«{a7}1»）",
            "パスワード：«{a7}1»、ログイン",
            "登录密码：【«{a7}1»】",
            "パスワード:「«{a8} {a4}1»」です",
            "密码：“«{a7}1»”。",
            // In Windows-1251, GBK, Big5, Shift-JIS and EUC-KR.
            "Ïàðîëü=«{a7}x»",
            "ÃÜÂë=«{a7}1»",
            "±K½X=«{a8}»",
            "\u{83}p\u{83}X\u{83}\u{8f}\u{81}[\u{83}h: «{a8}1»",
            "ºñ¹Ð¹øÈ£: «{a8}1»",
        ],
        harmless: &[
            "Пароль: неверный, Пароль: Неверный или устарел",
            "认证码：错误",
            "密码: 错误，请重新输入密码2次",
            "密码：【必填】，密码（必填），密码：长度必须大于8位。",
            "パスワード：8文字以上で入力してください。",
            "größe=12345678, größe: a1b2c3d4e5",
        ],
        source: SOURCE,
    },
];

const SOURCE: &str = "how systems in these languages name the field for a password";

/// The names that are told by a letter beyond ASCII, and whether each is that of a code.
fn names() -> impl Iterator<Item = (&'static str, bool)> {
    let words = |words: &'static [&'static str], are_codes| words.iter().map(move |name| (*name, are_codes));
    LANGUAGES
        .iter()
        .flat_map(move |language| words(language.codes, true).chain(words(language.passwords, false)))
        .filter(|(name, _)| !name.is_ascii())
}

/// How names of both kinds look that are written in GBK, Big5, Shift-JIS or EUC-KR, where each byte is shown as a letter.
const IN_TWO_BYTES: [(&str, &str); 19] = [
    ("密码", "ÃÜÂë"),
    ("密碼", "±K½X"),
    ("口令", "¿ÚÁî"),
    ("口令", "¤f¥O"),
    ("パスワード", "\u{83}p\u{83}X\u{83}\u{8f}\u{81}[\u{83}h"),
    ("비밀번호", "ºñ¹Ð¹øÈ£"),
    ("验证码", "ÑéÖ¤Âë"),
    ("驗證碼", "ÅçÃÒ½X"),
    ("認証コード", "\u{94}F\u{8f}Ø\u{83}R\u{81}[\u{83}h"),
    ("確認コード", "\u{8a}m\u{94}F\u{83}R\u{81}[\u{83}h"),
    ("暗証番号", "\u{88}Ã\u{8f}Ø\u{94}Ô\u{8d}\u{86}"),
    ("인증번호", "ÀÎÁõ¹øÈ£"),
    (
        "ワンタイムパスワード",
        "\u{83}\u{8f}\u{83}\u{93}\u{83}^\u{83}C\u{83}\u{80}\u{83}p\u{83}X\u{83}\u{8f}\u{81}[\u{83}h",
    ),
    ("암호", "¾ÏÈ£"),
    ("인증 코드", "ÀÎÁõ ÄÚµå"),
    ("인증코드", "ÀÎÁõÄÚµå"),
    ("확인 코드", "È®ÀÎ ÄÚµå"),
    ("密碼", "ÃÜ\u{b4}a"),
    ("驗證碼", "ò\u{9e}×C\u{b4}a"),
];

/// The names of a password and of a code in any case, also as they look where a log is in a code page, and whether each is
/// that of a code.
static SHOWN: LazyLock<Endings<bool>> = LazyLock::new(|| {
    let shown = names().flat_map(|(name, is_code)| {
        let cases = in_cases(name);
        let in_pages: Vec<String> = cases
            .iter()
            .flat_map(|name| code_pages::as_written(name))
            .collect();
        let in_two_bytes = IN_TWO_BYTES.iter().filter(move |(of, _)| *of == name);
        let ways = cases.into_iter().chain(in_pages);
        let ways = ways.chain(in_two_bytes.map(|(_, shown)| (*shown).to_owned()));
        ways.map(move |way| (way, is_code))
    });
    Endings::of(shown)
});

fn named(found: &Found<'_>) -> Option<Range<usize>> {
    let separator = found.matched().find(|letter: char| {
        matches!(letter, '：' | '＝') || letter.is_ascii() && !letter.is_ascii_alphabetic()
    })?;
    let text = found.text.get(..found.place.start + separator)?;
    let is_code = SHOWN.at_end(text).next()?;
    if *is_code {
        return pin(found);
    }
    let value = value(found)?;
    (is_assigned(found, &value) || is_word(found, &value)).then_some(value)
}

/// Whether this is a word that is all there is on the line: no sentence starts with a capital and ends with it.
fn is_word(found: &Found<'_>, value: &Range<usize>) -> bool {
    let text = found.text.get(value.clone()).unwrap_or_default();
    let is_last = || found.text.get(value.start..).is_some_and(is_alone);
    text.starts_with(char::is_uppercase)
        && text.chars().count() >= 6
        && text.chars().all(char::is_alphabetic)
        && is_last()
}

fn assigned(found: &Found<'_>) -> Option<Range<usize>> {
    value(found).filter(|value| is_assigned(found, value))
}

/// Whether this is made as a secret is, and no word of a sentence: with an equals sign or quotes anything.
fn is_assigned(found: &Found<'_>, value: &Range<usize>) -> bool {
    let text = found.text.get(value.clone()).unwrap_or_default();
    let is_assigned = is_equals(found.matched()) || found.text[..value.start].ends_with(['"', '\'']);
    is_assigned || looks_secret(text) && (text.is_ascii() || is_made(text))
}

/// Whether what has letters beyond ASCII is no sentence: one in a script without blanks looks so too.
fn is_made(text: &str) -> bool {
    let has_mark = text
        .bytes()
        .any(|byte| byte.is_ascii_punctuation() || byte.is_ascii_digit());
    has_mark && text.chars().all(|letter| letter < '\u{2e80}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_in_letters_of_two_bytes_is_known_as_it_is_shown() {
        for (name, _) in names() {
            let is_known = IN_TWO_BYTES.iter().any(|(of, _)| *of == name);
            let has_two_bytes = name.chars().any(|letter| letter >= '\u{2e80}');
            assert_eq!(is_known, has_two_bytes, "{name}");
        }
    }
}
