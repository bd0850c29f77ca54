//! How much of what masking is there for it does: secrets of every kind, seeded among lines that have none. The tests hold it
//! to its goals, and the benchmark publishes it.

use std::collections::BTreeMap;

use feedback_sdk::testing::masking::{Dice, Masker, fill};

use super::benign;

/// What stands around a secret: the start and end of a line, words, quotes, brackets, escapes, control characters.
const PLACES: [(&str, &str); 14] = [
    ("", ""),
    ("10:15:01 INFO ", " done"),
    ("says \"", "\""),
    ("[", "]"),
    ("(", "), next"),
    ("last line\\n", "\\nnext"),
    ("日本語 ", " кириллица"),
    ("a;", ";b"),
    ("<", ">"),
    ("\t", "\r"),
    ("Nov 22 2026 ", " then"),
    ("q=%22", "%22"),
    ("\\u003c", "\\u003e"),
    ("x=", "\u{1}y"),
];

/// Lines that the rules were not made from, one set after the other, and how many of a hundred have to be hidden: the
/// README beside them tells how to read them, and what is in the second set that no rule claims to know.
pub(crate) const HELD_OUT: [(&str, usize); 2] = [
    (include_str!("../data/held-out/lines.txt"), 95),
    (include_str!("../data/held-out/second.txt"), 90),
];

/// Lines without a secret that the rules were not made from.
const BENIGN: &str = include_str!("../data/held-out/benign.txt");

/// Texts, and in how many of them masking did what it should.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) all: usize,
    pub(crate) wrong: Vec<String>,
}

impl Tally {
    fn count(&mut self, is_right: bool, text: String) {
        self.all += 1;
        if is_right {
            self.right += 1;
        } else {
            self.wrong.push(text);
        }
    }

    /// All of several, without their texts.
    pub(crate) fn sum<'t>(tallies: impl Iterator<Item = &'t Self>) -> Self {
        tallies.fold(Self::default(), |sum, tally| Self {
            right: sum.right + tally.right,
            all: sum.all + tally.all,
            wrong: Vec::new(),
        })
    }
}

/// So many letters of a secret in a row are a leak.
const LEAK: usize = 6;

/// Whether letters of a secret are left that are not in the text around it. A short one may not be left at all.
fn leaks(masked: &str, secret: &str, around: &str) -> bool {
    let letters: Vec<char> = secret.chars().collect();
    let mut parts = letters.windows(LEAK.min(letters.len()));
    parts.any(|part| {
        let part: String = part.iter().collect();
        masked.contains(&part) && !around.contains(&part)
    })
}

/// The examples of all rules, each at 84 offsets, by the name of the rule.
pub(crate) fn examples(masker: &Masker) -> BTreeMap<String, Tally> {
    let mut dice = Dice::new(11);
    let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
    for (name, example) in Masker::examples() {
        let tally = kinds.entry(name.clone()).or_default();
        for offset in 0..84 {
            let (before, after) = PLACES[offset % PLACES.len()];
            let (text, place) = fill(example, &mut dice);
            let place = place.unwrap_or_default();
            let benign = benign::line(&mut dice);
            // Words that give a secret away belong to the example, so it starts a line of its own.
            let line = |text: &str| format!("{}\n{before}{text}{after}\n{benign}", "x".repeat(offset));
            let around = line(&format!(
                "{}[{name}-1]{}",
                &text[..place.start],
                &text[place.end..]
            ));
            let is_hidden = !leaks(&masker.mask(&line(&text)).0, &text[place], &around);
            tally.count(is_hidden, line(&text));
        }
    }
    kinds
}

/// A set of the lines that the rules were not made from, by kind.
pub(crate) fn held_out<'t>(masker: &Masker, set: &'t str) -> BTreeMap<&'t str, Tally> {
    let mut kinds: BTreeMap<_, Tally> = BTreeMap::new();
    let mut kind = "";
    for line in set.lines() {
        if let Some(name) = line.strip_prefix("== ").and_then(|rest| rest.strip_suffix(" ==")) {
            kind = name;
            continue;
        }
        let marked = line.replace('⏎', "\n");
        let parts: Vec<&str> = marked.split(['«', '»']).collect();
        let around: Vec<&str> = parts.iter().step_by(2).copied().collect();
        let left = masker.mask(&parts.concat()).0;
        let mut secrets = parts.iter().skip(1).step_by(2);
        let is_hidden = !secrets.any(|secret| leaks(&left, secret, &around.join("[secret-1]")));
        kinds.entry(kind).or_default().count(is_hidden, left);
    }
    kinds
}

/// The project's own key.
pub(crate) fn own_keys(masker: &Masker) -> Tally {
    let mut tally = Tally::default();
    for (before, after) in PLACES {
        for offset in 0..80 {
            let line = format!("{}{before}pk_masking_test{after}", "y".repeat(offset));
            tally.count(!masker.mask(&line).0.contains("pk_masking_test"), line);
        }
    }
    tally
}

/// What is said of passwords and codes, and tells none: much more of it than logs have.
const SAID: [&str; 9] = [
    "密码长度必须大于{d1}位，请重新输入；密码：不能为空。password: 不能为空，请重试",
    "パスワード：{d1}文字以上で入力してください（{d1}回目）、「パスワード」欄、トークン：期限切れ",
    "[认证] 登录失败（密码错误），剩余{d1}次；耗时{d3}ms，状态：{d3}，密码：【必填】",
    "mot de passe\u{a0}: obligatoire, jeton\u{202f}: absent, token：无, password：不能为空，ID：{d4}，大小＝{d5}",
    "Fehlercode: {d6}, code de retour : {d6}, código de error {d6}, codice di uscita: {d6}, kod wyjścia: {d6}, hata kodu: {d6}",
    "Код ошибки: {d6}, код завершения {d4}, код відповіді: {d4}, пароль изменён 22.11.2026 в 10:{d2}, пароль пользователя: неверный",
    "错误码：{d6}，状态码是{d3}，密码是必填项，验证码{d2}秒内有效，エラーコード：{d6}、認証コードは{d1}桁です",
    "오류 코드: {d6}, 인증번호 {d1}자리를 입력하세요, 비밀번호는 {d1}자 이상이어야 합니다, 암호화 방식: AES256",
    "la contraseña es obligatoria, a senha do usuário é inválida, hasło użytkownika wygasło {d2}.11.2026, das Passwort ist zu kurz",
];

fn benign_line(dice: &mut Dice) -> String {
    match dice.roll(8) {
        0 => fill(SAID[dice.roll(SAID.len())], dice).0,
        _ => benign::line(dice),
    }
}

/// Lines without a secret, and how many of them stay.
pub(crate) fn benign_lines(masker: &Masker) -> Tally {
    let mut dice = Dice::new(12);
    unchanged(masker, (0..20_000).map(|_| benign_line(&mut dice)))
}

/// Those that the rules were not made from, each with other digits 14 times.
pub(crate) fn held_out_benign_lines(masker: &Masker) -> Tally {
    let mut dice = Dice::new(14);
    let lines = BENIGN.lines().flat_map(|line| [line; 14]);
    unchanged(masker, lines.map(|line| fill(line, &mut dice).0))
}

fn unchanged(masker: &Masker, lines: impl Iterator<Item = String>) -> Tally {
    let mut tally = Tally::default();
    for line in lines {
        let left = masker.mask(&line).0;
        tally.count(left == line, format!("{line}\n{left}"));
    }
    tally
}
