//! What lets somebody in, told in a sentence of any language that the window speaks: `Ihr Bestätigungscode lautet 482913`,
//! `密码是..`, `Пароль пользователя: ..`.

use std::ops::Range;
use std::sync::LazyLock;

use super::asked::made;
use super::codes::{FEWEST, code};
use super::endings::Endings;
use super::opening::is_blank;
use super::pieces::quote;
use super::placeholder::looks_secret;
use super::vocabulary::{LANGUAGES, Language, in_cases};
use super::{Entry, has_digit, hide};
use crate::redact::effort::read;
use crate::redact::rule::{Found, Secret, is_alphabetic, run};

pub(super) const RULES: &[Entry] = &[Entry {
    name: "secret",
    // Parts of the names, which tell them from most other words.
    pattern: concat!(
        r"(?:(?i-u:(?:gs|ts|mal|melde)code|code[ ]d|digo[ ]d|odice[ ][do]|kod[ ](?:aut|bez|dos|jed|pot|wer)|kodu|senha|t[ ]de[ ]passe)",
        r"|ase\u{f1}a|as\u{142}o|[Кк]од|[Пп]ароль|ПИН-|ПІН-",
        r"|密[码碼]|口令|[证證][码碼]|パスワード|[証認]コード|証番号|(?:인증|확인) ?코드|인증번호|비밀번호|암호)",
    ),
    secret: Secret::By(spoken),
    examples: &[
        "Bestätigungscode: «{d6}»",
        "Ihr Bestätigungscode lautet «{d6}».",
        "Sicherheitscode «{d6}»",
        "code de vérification\u{a0}: «{d6}»",
        "Votre code de confirmation est «{d6}»",
        "Tu código de verificación es «{d6}».",
        "codigo de verificacao: «{d6}»",
        "Il tuo codice di verifica è «{d6}»",
        "Twój kod weryfikacyjny to «{d6}», x",
        "doğrulama kodunuz: «{d6}»",
        "Ваш код: «{d6}»",
        "Ваш код підтвердження — «{d6}».",
        "ПИН-код: «{d4}»",
        "您的验证码是«{d6}»，请勿泄露",
        "验证码«{d6}»",
        "您的驗證碼是：«{d6}»",
        "認証コードは«{d6}»です",
        "確認コード「«{d6}»」",
        "인증번호는 «{d6}»입니다",
        "인증번호 [«{d6}»]",
        "hasło użytkownika anna: «{a7}1»",
        "Пароль пользователя: «{a7}1»",
        "Пароль для anna — «{a7}1».",
        "Contraseña de anna: «{a7}1»",
        "la contraseña es «{a7}1».",
        "Senha do usuário: «{a7}1»",
        "mot de passe de l'utilisateur est «{a7}1».",
        "Mot de passe de maria : «{a7}1»",
        "Hasło dla anna: «{a7}1»",
        "A senha é «{a7}1»",
        "Şifreniz: «{a7}1»",
        "我的密码是«{a7}1»，谢谢",
        "パスワードは「«{a7}1»」です",
        "パスワードは«{a7}1»です",
        "비밀번호는 «{a7}1»입니다",
        "암호: «{a7}1»",
    ],
    harmless: &[
        "Fehlercode: 482913, code de retour : 482913, code does 123456, código de error: 482913",
        "codice di errore: 482913, kod błędu: 482913, hata kodu: 482913",
        "Код ошибки: 482913, код возврата 482913, 错误码：482913，エラーコード：482913, 오류 코드: 482913",
        "senha do usuário: vazia, mot de passe de 8 lettres, mot de passe de maria : incorrect",
        "la contraseña es incorrecta, a senha é inválida, hasło to za krótkie, Пароль пользователя: неверный",
        "Пароль изменён: 2026-11-22, пароль для входа от 22.11.2026",
        "密码是必填项，密码是MD5加密，验证码60秒内有效，パスワードは8文字以上で入力してください",
        "인증번호 6자리를 입력하세요, 비밀번호는 8자 이상이어야 합니다, 암호화: AES256GCM",
    ],
    source: "how services tell codes and passwords in these languages",
}];

/// How many words may stand between the find and the end of the name, and between a password and its verb.
const WORDS: usize = 4;

/// What is told of a name in a language.
type Tell = fn(&Language, &str) -> Option<Range<usize>>;

/// What a code or a password is called, as it is written.
static NAMES: LazyLock<Endings<(&Language, Tell)>> = LazyLock::new(|| {
    let names = LANGUAGES.iter().flat_map(|language| {
        let codes = language.codes.iter().map(|name| (name, told_code as Tell));
        let passwords = language
            .passwords
            .iter()
            .map(|name| (name, told_password as Tell));
        let named = codes.chain(passwords);
        named.flat_map(move |(name, tell)| {
            in_cases(name)
                .into_iter()
                .map(move |name| (name, (language, tell)))
        })
    });
    Endings::of(names)
});

/// To compare names takes as long as to read so many bytes.
const NAMED: usize = 16;

/// What is told of the name that the find is part of.
fn spoken(found: &Found<'_>) -> Option<Range<usize>> {
    let line = run(found.after(), 192, |letter| !matches!(letter, '\r' | '\n'));
    // What is told has one, and most that is said of a password has none.
    if !has_digit(line) {
        return None;
    }
    let base = found.place.end;
    let mut end = run(line, 32, is_letter).len();
    for _ in 0..WORDS {
        read(NAMED);
        let name = found.text.get(..base + end)?.trim_end();
        let told = |(language, tell): &(&Language, Tell)| tell(language, line.get(end..)?);
        if let Some(told) = NAMES.at_end(name).find_map(told) {
            return hide(base + end + told.start, line.get(end..)?.get(told)?);
        }
        end += next_word(line.get(end..)?);
    }
    None
}

/// Letters of scripts with blanks between their words.
fn is_letter(letter: char) -> bool {
    letter < '\u{2e80}' && is_alphabetic(letter) || letter == '\''
}

/// The length of a blank and the word behind it.
fn next_word(text: &str) -> usize {
    let blank = run(text, 3, is_blank).len();
    blank
        + run(&text[blank..], 32, |letter| {
            is_letter(letter) || matches!(letter, '-' | '_' | '.') || letter.is_ascii_digit()
        })
        .len()
}

fn told_code(language: &Language, text: &str) -> Option<Range<usize>> {
    let mut digits = text
        .as_bytes()
        .windows(FEWEST)
        .map(|bytes| bytes.iter().all(u8::is_ascii_digit));
    if !digits.any(|are_all| are_all) {
        return None;
    }
    let start = verb(language, text).or_else(|| mark(text)).unwrap_or_default();
    let opened = run(&text[start..], 8, |letter| {
        is_blank(letter) || "[(【（「『“„\"'".contains(letter)
    });
    let start = start + opened.len();
    code(&text[start..]).map(|code| start..start + code.len())
}

fn told_password(language: &Language, text: &str) -> Option<Range<usize>> {
    let mut start = verb(language, text);
    let is_somebodys = |word: &str| language.of.contains(&word.trim_start());
    let first = next_word(text);
    if start.is_none() && is_somebodys(&text[..first]) {
        let mut at = 0;
        for _ in 0..WORDS {
            at += next_word(&text[at..]);
            let behind = &text[at..];
            start = mark(behind)
                .or_else(|| verb(language, behind))
                .map(|behind| at + behind);
            if start.is_some() {
                break;
            }
        }
    }
    let start = start?;
    let told = &text[start..];
    // Where words have no blanks between them, the sentence goes on behind it.
    let is_wide = language
        .verbs
        .iter()
        .any(|verb| verb.starts_with(|letter| letter >= '\u{2e80}'));
    let told = if is_wide && quote(told).is_none() {
        run(told, told.len(), |letter| letter < '\u{2e80}')
    } else {
        told
    };
    let value = made(told, false)?;
    let password = told.get(value.clone())?;
    let is_password = password.contains(char::is_alphabetic) && (!is_wide || looks_secret(password));
    is_password.then(|| start + value.start..start + value.end)
}

/// What stands before a value behind a verb, in bytes. In scripts with blanks they stand around it.
fn verb(language: &Language, text: &str) -> Option<usize> {
    let blank = run(text, 8, is_blank).len();
    let verb = language.verbs.iter().find_map(|verb| {
        let behind = text[blank..].strip_prefix(verb)?;
        let is_wide = verb.starts_with(|letter| letter >= '\u{2e80}');
        (is_wide || blank > 0 && behind.starts_with(|letter| is_blank(letter) || letter == ':'))
            .then_some(verb.len())
    })?;
    let start = blank + verb;
    Some(start + mark(&text[start..]).unwrap_or_else(|| run(&text[start..], 8, is_blank).len()))
}

/// What stands before a value behind a colon, in bytes.
fn mark(text: &str) -> Option<usize> {
    let blank = run(text, 8, is_blank).len();
    let rest = text[blank..].strip_prefix([':', '：', '=', '＝'])?;
    Some(text.len() - rest.len() + run(rest, 8, is_blank).len())
}
