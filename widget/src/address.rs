//! Whether an answer would reach an address. Pure, and never more than an advice.

/// Where most people have their mail, as far as the name is coined and long: one letter beside a short one, such as
/// `web.de`, or beside a word, such as `orange.fr`, is somebody else's.
const MEANT: [(&str, &[&str]); 17] = [
    ("bigpond", &["com", "net.au"]),
    ("btinternet", &["com"]),
    ("comcast", &["net"]),
    ("fastmail", &["com", "fm"]),
    ("freenet", &["de"]),
    ("gmail", &["com"]),
    ("googlemail", &["com"]),
    (
        "hotmail",
        &[
            "be", "co.jp", "co.uk", "com", "com.br", "de", "dk", "es", "fr", "it", "nl", "se",
        ],
    ),
    ("icloud", &["com"]),
    (
        "outlook",
        &["be", "com", "com.br", "de", "dk", "es", "fr", "it", "jp", "pt"],
    ),
    ("protonmail", &["ch", "com"]),
    ("rocketmail", &["com"]),
    ("sbcglobal", &["net"]),
    ("t-online", &["de"]),
    ("verizon", &["net"]),
    (
        "yahoo",
        &[
            "ca", "co.id", "co.in", "co.jp", "co.uk", "com", "com.ar", "com.au", "com.br", "com.mx",
            "com.tw", "de", "es", "fr", "in", "it", "pl",
        ],
    ),
    ("yandex", &["com", "ru"]),
];

/// What to say about an address that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Advice {
    /// It has not the shape of an address.
    NoAddress,
    /// The same with a well-known domain that is one slip away.
    DidYouMean(String),
}

/// What `.com` slips into and no address ends with: none of them is in IANA's list of top-level domains.
const NO_END: [&str; 12] = [
    "c0m", "ccom", "cim", "cmo", "comm", "comn", "con", "coom", "cpm", "ocm", "vom", "xom",
];

/// What there is to say. Nothing about an empty address: it is not asked for.
pub(crate) fn advice(typed: &str) -> Option<Advice> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let address = bare(typed);
    let Some((name, domain)) = parts(&address) else {
        return Some(Advice::NoAddress);
    };
    match meant(&domain.to_lowercase()) {
        Some(meant) => Some(Advice::DidYouMean(format!("{name}@{meant}"))),
        None => (address != typed).then_some(Advice::DidYouMean(address)),
    }
}

/// Without what is copied along with an address, and with plain signs in place of the wide ones of an input method.
fn bare(typed: &str) -> String {
    let typed: String = typed.chars().filter_map(plain).collect();
    let within = typed
        .split_once('<')
        .and_then(|(_, rest)| Some(rest.split_once('>')?.0));
    let bare = within.unwrap_or(&typed).trim_matches(is_around);
    let bare = bare
        .strip_prefix("mailto:")
        .unwrap_or(bare)
        .trim_matches(is_around);
    // What phones and writing programs make of it.
    bare.replace(['‘', '’'], "'").replace(['‐', '‑', '–'], "-")
}

/// Whether this stands around an address and is no part of it.
fn is_around(c: char) -> bool {
    if c.is_ascii() {
        c.is_whitespace() || ",;:.\"'()[]".contains(c)
    } else {
        !is_of_a_word(c)
    }
}

/// Whether words beyond ASCII have this: letters, digits, the marks that are a part of one (accents, all signs of India and
/// South-East Asia but those between sentences, Japanese ones), and what RFC 5892 allows between them.
fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{900}'..='\u{1CFF}' | '\u{3099}' | '\u{309A}')
            && !is_between_sentences(c)
        || matches!(c, '\u{200C}' | '\u{200D}' | '·' | '・')
}

/// The full stops, commas and spaces between U+0900 and U+1CFF, from the danda of India to that of the Lepcha.
fn is_between_sentences(c: char) -> bool {
    matches!(c, '।' | '॥' | '෴' | '๚' | '๛' | '\u{F0D}'..='\u{F12}' | '\u{F14}' | '\u{104A}'..='\u{104F}')
        || matches!(
            c,
            '\u{10FB}' | '\u{1360}'..='\u{1368}' | '\u{166E}' | '\u{1680}' | '\u{1735}' | '\u{1736}'
        )
        || matches!(c, '\u{17D4}'..='\u{17D6}' | '\u{17D8}'..='\u{17DA}' | '\u{1800}'..='\u{180A}')
        || matches!(c, '\u{1944}' | '\u{1945}' | '\u{1AA8}'..='\u{1AAB}' | '\u{1B5A}'..='\u{1B60}')
        || matches!(c, '\u{1C3B}'..='\u{1C3F}' | '\u{1C7E}' | '\u{1C7F}')
}

/// What an address has in place of a letter; nothing of one that nobody sees.
fn plain(letter: char) -> Option<char> {
    match letter {
        // The full-width forms of ASCII, in its order.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFF01 + u32::from('!')),
        '。' | '｡' => Some('.'),
        // Where a word may break, which way it is written, and how its bytes are to be read.
        '\u{AD}'
        | '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}' => None,
        letter => Some(letter),
    }
}

/// The domain that was meant, where a letter of its name slipped, or of its `com`. Not where the first letter or the
/// country differs: `email.com` and `hotmail.pt` have people of their own.
fn meant(domain: &str) -> Option<String> {
    let (name, end) = domain.split_once('.')?;
    let known = MEANT.iter().find_map(|(meant, ends)| {
        let has_name = name == *meant;
        let has_slip = name.starts_with(&meant[..1]) && is_one_slip(name, meant);
        let was_com = ends.contains(&"com");
        if has_slip && ends.contains(&end) {
            Some(format!("{meant}.{end}"))
        } else if was_com && (has_name && is_one_slip(end, "com") || has_slip && NO_END.contains(&end)) {
            Some(format!("{meant}.com"))
        } else if end == "ed" && ends.contains(&"de") && (has_name || has_slip) {
            Some(format!("{meant}.de")) // anybody else may have meant `edu`
        } else {
            None
        }
    });
    known.or_else(|| with_its_dot(domain)).or_else(|| {
        let (name, end) = domain.rsplit_once('.')?;
        NO_END.contains(&end).then(|| format!("{name}.com"))
    })
}

/// The domain that was meant, where its dot has changed places with a neighbour.
fn with_its_dot(domain: &str) -> Option<String> {
    let known = MEANT
        .iter()
        .flat_map(|(name, ends)| ends.iter().map(move |end| (*name, *end)));
    known
        .filter(|(name, end)| name.len() + 1 + end.len() == domain.len())
        .map(|(name, end)| format!("{name}.{end}"))
        .find(|known| known.find('.') != domain.find('.') && is_swap(domain, known))
}

/// Whether two neighbours have changed places, of two texts of one length.
fn is_swap(typed: &str, meant: &str) -> bool {
    let both = typed.chars().zip(meant.chars());
    both.filter(|(typed, meant)| typed != meant).count() == 2 && is_one_slip(typed, meant)
}

/// Name and domain of what has the shape of an address: a name, an `@`, and a domain of two labels or more, each of letters,
/// digits and hyphens between them. RFC 5321 allows stranger names, which nobody has.
fn parts(address: &str) -> Option<(&str, &str)> {
    let (name, domain) = address.rsplit_once('@')?;
    let is_plain = |c: char| match c {
        '!'..='~' => !"@,;:<>()[]\"\\".contains(c),
        c => !c.is_ascii() && is_of_a_word(c),
    };
    let is_sign = |c: char| c.is_ascii_alphanumeric() || c == '-' || !c.is_ascii() && is_of_a_word(c);
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(is_sign) && !label.starts_with('-') && !label.ends_with('-')
    };
    let (_, top) = domain.rsplit_once('.')?;
    let has_shape = !name.is_empty()
        && name.chars().all(is_plain)
        && domain.split('.').all(is_label)
        && top.chars().count() > 1;
    has_shape.then_some((name, domain))
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
            ("anna@hotmail.comm", "anna@hotmail.com"),
            ("anna@yahoo.vom", "anna@yahoo.com"),
            ("anna@icoud.com", "anna@icloud.com"),
            ("anna@hotmial.be", "anna@hotmail.be"),
            ("anna@yahho.co.uk", "anna@yahoo.co.uk"),
            ("anna@t-onlien.de", "anna@t-online.de"),
            ("anna@googelmail.com", "anna@googlemail.com"),
            ("anna@gmial.con", "anna@gmail.com"),
            ("anna@mail.example.cmo", "anna@mail.example.com"),
            ("anna@example.org,", "anna@example.org"),
            ("mailto:anna@example.org", "anna@example.org"),
            ("Anna <anna@example.org>", "anna@example.org"),
            ("anna＠gmail。com", "anna@gmail.com"),
            ("<anna@gmial.com>", "anna@gmail.com"),
            ("ａｎｎａ＠ｇｍａｉｌ．ｃｏｍ", "anna@gmail.com"),
            ("anna@example.org\u{200b}", "anna@example.org"),
            ("\u{feff}<\u{202a}anna@example.org\u{202c}>", "anna@example.org"),
            ("anna@gmailc.om", "anna@gmail.com"),
            ("anna@gmai.lcom", "anna@gmail.com"),
            ("anna@t-online.ed", "anna@t-online.de"),
            ("anna@yahooc.o.uk", "anna@yahoo.co.uk"),
            ("“anna@example.org”", "anna@example.org"),
            ("„anna@example.org“", "anna@example.org"),
            ("»anna@example.org«", "anna@example.org"),
            ("»anna@example.org…", "anna@example.org"),
            ("‘mailto:anna@example.org’,", "anna@example.org"),
            ("(\"anna@example.org\")", "anna@example.org"),
            ("– anna@example.org", "anna@example.org"),
            ("o’neil@example.org", "o'neil@example.org"),
            ("anna–b@uni–koeln.de", "anna-b@uni-koeln.de"),
            ("anna@example.org।", "anna@example.org"),
            ("anna@हिन्दी.भारत॥", "anna@हिन्दी.भारत"),
            ("anna@example.org។", "anna@example.org"),
            ("anna@example.org།", "anna@example.org"),
            ("anna@example.org၊", "anna@example.org"),
            ("anna@example.org።", "anna@example.org"),
        ] {
            let meant = Some(Advice::DidYouMean(meant.to_owned()));
            assert_eq!(advice(typed), meant, "{typed}");
        }
    }

    /// Domains with mail: those of `common.json` of the npm package email-providers 2.26, country by country, and what
    /// is near to one of ours.
    const REAL: &str = "
        126.com 163.com 21cn.com abv.bg aim.com alice.it aliyun.com aol.co.uk aol.com arcor.de att.net
        bellsouth.net berlin.de bigpond.com bigpond.net.au blueyonder.co.uk bluewin.ch bol.com.br bt.com
        btconnect.com btinternet.com btopenworld.com canada.com centrum.cz charter.net chello.nl cloud.com
        club-internet.fr cogeco.ca comcast.net compuserve.com cox.net daum.net docomo.ne.jp earthlink.net eircom.net
        email.com example.com excite.co.jp excite.com facebook.com fastmail.com fastmail.fm foxmail.com free.fr
        freenet.de freeserve.co.uk frontier.com gazeta.pl globo.com gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net
        googlemail.com hetnet.nl hey.com home.nl hot.ee hotmail.be hotmail.ch hotmail.co.jp hotmail.co.uk
        hotmail.com hotmail.com.br hotmail.de hotmail.dk hotmail.es hotmail.fr hotmail.it hotmail.nl hotmail.no
        hotmail.ru hotmail.se hushmail.com i.ua icloud.com icq.com ig.com.br iinet.net.au inbox.com inbox.lv
        india.com indiatimes.com interia.pl iol.it ireland.com juno.com laposte.net libera.it libero.it list.ru
        live.be live.co.uk live.com live.de live.fr live.nl lycos.co.uk lycos.com lycos.de lycos.es lycos.it
        mac.com mail.co mail.com mail.ru mailbox.org mchsi.com me.com mindspring.com msn.com nate.com naver.com
        netscape.net netzero.net neuf.fr ntlworld.com o2.co.uk o2.pl oi.com.br onet.pl online.de optonline.net
        optusnet.com.au orange.es orange.fr outlook.be outlook.com outlook.com.br outlook.cz outlook.de outlook.es
        outlook.fr outlook.it outlook.jp outlook.pt ozemail.com.au planet.nl pobox.com pochta.ru poste.it posteo.de
        posteo.me prodigy.net proton.me protonmail.ch protonmail.com qq.com r7.com rambler.ru rediffmail.com
        rocketmail.com rogers.com rr.com sapo.pt sbcglobal.net seznam.cz sfr.fr shaw.ca sina.cn sina.com sky.com
        skynet.be sympatico.ca t-online.de talktalk.net telenet.be telus.net terra.com.br terra.es tin.it
        tiscali.co.uk tiscali.it ukr.net uol.com.br verizon.net virgilio.it virgin.net virginmedia.com voila.fr
        walla.co.il wanadoo.es wanadoo.fr web.de wp.pl xs4all.nl y7mail.com ya.ru yahoo.at yahoo.be yahoo.ca
        yahoo.cn yahoo.co.id yahoo.co.in yahoo.co.jp yahoo.co.kr yahoo.co.nz yahoo.co.th yahoo.co.uk yahoo.com
        yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.cn yahoo.com.hk yahoo.com.mx yahoo.com.sg yahoo.com.tw
        yahoo.de yahoo.dk yahoo.es yahoo.fr yahoo.gr yahoo.ie yahoo.in yahoo.it yahoo.jp yahoo.nl yahoo.no yahoo.pl
        yahoo.se yandex.by yandex.com yandex.kz yandex.ru yandex.ua yeah.net ymail.com zoho.com zoho.eu zonnet.nl";

    #[test]
    fn an_address_of_ones_own_is_left_alone() {
        let real: Vec<String> = REAL
            .split_whitespace()
            .map(|domain| format!("anna@{domain}"))
            .collect();
        let own = [
            "",
            "  ",
            "anna@example.org",
            "anna@пример.рф",
            "o'neil+notes@mail.co",
            "anna@uni-köln.de",
            "anna@uni-koeln.ed",
            "anna@mit.ed",
            "anna@हिन्दी.भारत",
            "หน่อย@คน.ไทย",
            "anne\u{301}@cafe\u{301}.example",
            "anna@col·lecció.cat",
            "anna@か\u{3099}っき・ー.jp",
        ];
        for typed in real.iter().map(String::as_str).chain(own) {
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
            "anna@exam_ple.org",
            "anna@-x-.org",
            "anna,bob@example.org",
            "anna@exam…ple.org",
            "anna@exam।ple.org",
            "anna\u{1680}b@example.org",
            "anna„b@example.org",
            "anna@»example.org",
            "anna☺@example.org",
            "anna@example.org, bob@example.org",
        ] {
            assert_eq!(advice(typed), Some(Advice::NoAddress), "{typed}");
        }
    }
}
