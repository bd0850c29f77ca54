//! Whether an answer would reach an address. Pure, and never more than an advice.

/// Where most people have their mail. An address there is right; one letter beside it is most likely not.
const KNOWN: [&str; 44] = [
    "126.com",
    "163.com",
    "aol.com",
    "btinternet.com",
    "comcast.net",
    "fastmail.com",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.de",
    "hotmail.es",
    "hotmail.fr",
    "hotmail.it",
    "icloud.com",
    "libero.it",
    "live.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "naver.com",
    "orange.fr",
    "outlook.com",
    "posteo.de",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "t-online.de",
    "uol.com.br",
    "web.de",
    "yahoo.co.jp",
    "yahoo.co.uk",
    "yahoo.com",
    "yandex.ru",
    "ymail.com",
    "ukr.net",
];
/// One letter beside a name shorter than this may well be another name.
const TELLING: usize = 9;

/// What to say about an address that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Advice {
    /// It has not the shape of an address.
    NoAddress,
    /// The same with a well-known domain that is one slip away.
    DidYouMean(String),
}

/// What there is to say. Nothing about an empty address: it is not asked for.
pub(crate) fn advice(typed: &str) -> Option<Advice> {
    let address = typed.trim();
    if address.is_empty() {
        return None;
    }
    let Some((name, domain)) = parts(address) else {
        return Some(Advice::NoAddress);
    };
    let domain = domain.to_lowercase();
    if KNOWN.contains(&domain.as_str()) {
        return None;
    }
    let meant = KNOWN
        .iter()
        .find(|known| known.len() >= TELLING && is_one_slip(&domain, known))?;
    Some(Advice::DidYouMean(format!("{name}@{meant}")))
}

/// Name and domain of what has the shape of an address: a name, an `@`, and a domain of two labels or more. RFC 5321
/// allows stranger ones, which nobody has.
fn parts(address: &str) -> Option<(&str, &str)> {
    let (name, domain) = address.rsplit_once('@')?;
    let is_plain = |text: &str| !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '@');
    let (_, top) = domain.rsplit_once('.')?;
    let has_shape =
        !name.is_empty() && domain.split('.').all(|label| !label.is_empty()) && top.chars().count() > 1;
    (has_shape && is_plain(name) && is_plain(domain)).then_some((name, domain))
}

/// Whether a letter was forgotten, doubled, mistaken, or swapped with its neighbour.
fn is_one_slip(typed: &str, meant: &str) -> bool {
    let (typed, meant): (Vec<char>, Vec<char>) = (typed.chars().collect(), meant.chars().collect());
    let start = typed.iter().zip(&meant).take_while(|(a, b)| a == b).count();
    let (typed, meant) = (&typed[start..], &meant[start..]);
    let end = typed
        .iter()
        .rev()
        .zip(meant.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    match (&typed[..typed.len() - end], &meant[..meant.len() - end]) {
        ([_], [] | [_]) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_noticed() {
        for (typed, meant) in [
            ("anna@gmial.com", "anna@gmail.com"),
            ("anna@gmal.com", "anna@gmail.com"),
            ("anna@gmaill.com", "anna@gmail.com"),
            ("anna@gmail.con", "anna@gmail.com"),
            ("anna@gmail.co", "anna@gmail.com"),
            (" Anna.B@GMIAL.com ", "Anna.B@gmail.com"),
            ("anna@hotmial.com", "anna@hotmail.com"),
            ("anna@yaho.com", "anna@yahoo.com"),
            ("anna@outlok.com", "anna@outlook.com"),
        ] {
            let meant = Some(Advice::DidYouMean(meant.to_owned()));
            assert_eq!(advice(typed), meant, "{typed}");
        }
    }

    #[test]
    fn an_address_of_ones_own_is_left_alone() {
        let known = KNOWN.map(|domain| format!("anna@{domain}"));
        let own = [
            "",
            "  ",
            "anna@example.org",
            "anna@пример.рф",
            "o'neil+notes@mail.co",
            "anna@uni-köln.de",
        ];
        for typed in known.iter().map(String::as_str).chain(own) {
            assert_eq!(advice(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_is_no_address_is_noticed() {
        for typed in [
            "anna",
            "anna@",
            "@gmail.com",
            "anna@gmail",
            "anna@gmail.",
            "anna@.com",
            "anna b@gmail.com",
            "a@b@c.de",
            "anna@x.y",
        ] {
            assert_eq!(advice(typed), Some(Advice::NoAddress), "{typed}");
        }
    }
}
