//! How the languages that the window speaks name what lets somebody in, and what they put between it and its name: a row for
//! each. Pure.

/// The words of one language, in small letters.
pub(super) struct Language {
    /// As the file with the window's words is named.
    #[cfg_attr(not(test), expect(dead_code, reason = "tells which languages have a row"))]
    tag: &'static str,
    pub(super) passwords: &'static [&'static str],
    /// Codes that a person is sent or has in mind.
    pub(super) codes: &'static [&'static str],
    /// What is said between a name and its value.
    pub(super) verbs: &'static [&'static str],
    /// What follows a password where whose it is comes next.
    pub(super) of: &'static [&'static str],
}

/// A name as it is written: in small letters and capitals, and with a capital at its start or that of each word.
pub(super) fn in_cases(name: &str) -> Vec<String> {
    let capital = |word: &str| {
        let (first, rest) = word.split_at(word.ceil_char_boundary(1));
        first.to_uppercase() + rest
    };
    let words: Vec<String> = name.split(' ').map(capital).collect();
    let mut cases = vec![
        name.to_owned(),
        name.to_uppercase(),
        capital(name),
        words.join(" "),
    ];
    // `ПИН-код`.
    let short = name.split_once('-');
    cases.extend(short.map(|(short, rest)| short.to_uppercase() + "-" + rest));
    cases.dedup();
    cases
}

pub(super) const LANGUAGES: [Language; 15] = [
    Language {
        tag: "de",
        passwords: &["passwort", "kennwort"],
        codes: &["ungscode", "heitscode", "einmalcode", "meldecode", "zugangscode"],
        verbs: &["lautet", "ist"],
        of: &["des", "für", "von"],
    },
    Language {
        tag: "en",
        passwords: &["password"],
        codes: &["verification code"],
        verbs: &["is"],
        of: &["for", "of"],
    },
    Language {
        tag: "es",
        passwords: &["contraseña"],
        codes: &[
            "código de acceso",
            "código de confirmación",
            "código de seguridad",
            "código de verificación",
            "codigo de acceso",
            "codigo de confirmacion",
            "codigo de seguridad",
            "codigo de verificacion",
        ],
        verbs: &["es"],
        of: &["de", "del", "para"],
    },
    Language {
        tag: "fr",
        passwords: &["mot de passe"],
        codes: &[
            "code d'accès",
            "code de confirmation",
            "code de sécurité",
            "code de validation",
            "code de vérification",
        ],
        verbs: &["est"],
        of: &["de", "du", "pour"],
    },
    Language {
        tag: "it",
        passwords: &["password"],
        codes: &[
            "codice di accesso",
            "codice di conferma",
            "codice di sicurezza",
            "codice di verifica",
            "codice otp",
        ],
        verbs: &["è"],
        of: &["del", "di", "per"],
    },
    Language {
        tag: "ja",
        passwords: &["パスワード"],
        codes: &["認証コード", "確認コード", "暗証番号", "ワンタイムパスワード"],
        verbs: &["は"],
        of: &[],
    },
    Language {
        tag: "ko",
        passwords: &["비밀번호", "암호"],
        codes: &["인증번호", "인증 코드", "인증코드", "확인 코드"],
        verbs: &["는", "은"],
        of: &[],
    },
    Language {
        tag: "pl",
        passwords: &["hasło"],
        codes: &[
            "kod autoryzacyjny",
            "kod bezpieczeństwa",
            "kod dostępu",
            "kod jednorazowy",
            "kod potwierdzający",
            "kod weryfikacyjny",
        ],
        verbs: &["to"],
        of: &["administratora", "dla", "do", "użytkownika"],
    },
    Language {
        tag: "pt-BR",
        passwords: &["senha"],
        codes: &[
            "código de acesso",
            "código de confirmação",
            "código de segurança",
            "código de verificação",
            "codigo de acesso",
            "codigo de confirmacao",
            "codigo de seguranca",
            "codigo de verificacao",
        ],
        verbs: &["é"],
        of: &["da", "de", "do", "para"],
    },
    Language {
        tag: "ru",
        passwords: &["пароль"],
        codes: &[
            "ваш код",
            "код авторизации",
            "код безопасности",
            "код доступа",
            "код подтверждения",
            "одноразовый код",
            "пин-код",
            "проверочный код",
        ],
        verbs: &["это", "—", "–", "-"],
        of: &["администратора", "для", "к", "от", "пользователя"],
    },
    Language {
        tag: "tr",
        passwords: &["şifre", "şifreniz", "şifresi"],
        codes: &[
            "doğrulama kodu",
            "doğrulama kodunuz",
            "giriş kodu",
            "güvenlik kodu",
            "onay kodu",
            "onay kodunuz",
            "dogrulama kodu",
            "guvenlik kodu",
        ],
        verbs: &[],
        of: &[],
    },
    Language {
        tag: "uk",
        passwords: &["пароль"],
        codes: &[
            "ваш код",
            "код безпеки",
            "код доступу",
            "код підтвердження",
            "одноразовий код",
            "пін-код",
        ],
        verbs: &["це", "—", "–", "-"],
        of: &["адміністратора", "від", "для", "до", "користувача"],
    },
    Language {
        tag: "zh-Hans",
        passwords: &["密码", "口令"],
        codes: &["验证码"],
        verbs: &["是", "为"],
        of: &[],
    },
    Language {
        tag: "zh-Hant",
        passwords: &["密碼"],
        codes: &["驗證碼"],
        verbs: &["是", "為"],
        of: &[],
    },
    // Beyond those of the window.
    Language {
        tag: "",
        passwords: &["jelszó", "lösenord", "mật khẩu"],
        codes: &[],
        verbs: &[],
        of: &[],
    },
];

/// Whether a name, in any case, ends with that of a password or a code in some language.
pub(in crate::redact) fn names_secret(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    LANGUAGES
        .iter()
        .flat_map(|language| language.passwords.iter().chain(language.codes))
        .any(|known| name.ends_with(known))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn each_language_of_the_window_has_a_row() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../widget/languages");
        let mut tags = 0;
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let tag = path.file_stem().unwrap().to_str().unwrap();
            let row = LANGUAGES.iter().find(|language| language.tag == tag);
            assert!(
                row.is_some_and(|row| !row.passwords.is_empty() && !row.codes.is_empty()),
                "{tag}"
            );
            tags += 1;
        }
        assert!(tags > 10);
    }
}
