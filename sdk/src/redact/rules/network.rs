//! Where a machine can be found: IP and MAC addresses. Those that lead to nobody stay: a support
//! person needs `127.0.0.1` and `192.168.0.1`.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::Entry;
use crate::redact::rule::{Found, Secret, at_name, at_word, is_word, run, run_back};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "ip",
        pattern: at_name!(r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}"),
        secret: Secret::By(v4),
        examples: &[
            "connected to «81.2.69.{d2}»:443",
            "http://«8.8.{d2}.{d2}»/x",
            "peer=«93.184.216.34»,",
            "example.com/«93.184.216.34»:80",
            "https://router.example/#devices/«93.184.216.34»",
            "java.net.Socket#connect/«93.184.216.34»",
            "from «1.1.1.1»-2.",
            "::ffff:«81.2.69.142»",
            "q=%22«81.2.69.142»%22",
            "from edge «81.2.69.142» failed",
            "/var/log/notes/«93.184.216.34»-access.1",
            "«81.2.69.142»-gw.2 is down",
            "build «93.184.216.34»:443",
            "ssh root@«93.184.216.34»",
            "<sip:anna@«93.184.216.34»:5060>",
            "client/«93.184.216.34» closed the stream",
            "/ip4/«93.184.216.34»/tcp/4001",
            "Client_«93.184.216.34» joined",
            "eth-«93.184.216.34» up",
            "IP «93.184.216.34».443 > 10.0.0.5.51234: Flags [S.]",
            "IP 10.0.0.5.51234 > «93.184.216.34».443: Flags [S.]",
        ],
        harmless: &[
            "listening on 127.0.0.1:8080",
            "gateway 192.168.1.1, dns 10.0.0.1, 172.16.5.4, 169.254.1.1",
            "bind 0.0.0.0, mask 255.255.255.0",
            "203.0.113.7 and 198.51.100.9 are for documentation",
            "Chrome/130.0.0.0 Safari/537.36",
            "notes 1.2.3.4 and version 11.22.33.44",
            "v1.2.3.4",
            "Unpacking imagemagick (8:6.9.11.60+dfsg-1.6+deb12u15) ...",
            "Version=4.0.30.19, ProductVersion 22.11.43.19, nvidia 31.0.15.46",
            "notes-1.2.3.4.tar.gz",
            "notes-22.11.43.19-1.el9, notes_22.11.43.19-1_amd64, notes_22.0.43.19 Firmware/22.11.43.19",
            "oid 1.3.6.1.4.1.311",
            "1.2.3.400",
            "section 01.02.03.04",
            "v8: '11.3.244.8-node.38', v8 13.0.245.18-electron.0",
            "clang 17.0.16.12, Edge 130.0.5.7, build 22.0.43.19, kernel 5.15.0.91",
        ],
        source: "IANA IPv4 special-purpose registry (RFC 6890)",
    },
    Entry {
        name: "ip",
        pattern: at_word!(
            r"[23][0-9A-Fa-f]{3}",
            r"(?:(?::[0-9A-Fa-f]{1,4}){7}|(?::[0-9A-Fa-f]{1,4}){0,6}::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?)",
        ),
        secret: Secret::By(v6),
        examples: &[
            "peer [«2a00:1450:4001:{h4}::{h4}»%eth0]:443",
            "peer [«2a00:1450:4001:{h4}::{h4}»]:443",
            "from «2a02:908:{h4}:{h4}:{h4}:{h4}:{h4}:{h4}» port 22",
            "«2600::»",
        ],
        harmless: &[
            "::1",
            "fe80::1ff:fe23:4567:890a",
            "2001:db8::7",
            "fd00:1:2:3:4:5:6:7",
            "at 12:30:45",
            "std::io::Error in dead::beef",
            "20:11:22:33:44:55:66:77:88:99",
        ],
        source: "IANA: all global unicast addresses are in 2000::/3; RFC 3849 for documentation",
    },
    Entry {
        name: "ip",
        pattern: at_word!(r"(?:ec2|ip)(?:-[0-9]{1,3}){4}"),
        secret: Secret::By(in_name),
        examples: &[
            "ec2-«93-184-216-{d2}».compute-1.amazonaws.com",
            "ip-«93-184-216-34».eu-west-1.compute.internal",
        ],
        harmless: &[
            "ip-10-0-0-5.ec2.internal",
            "zip-93-184-216-34",
            "ip-93-184-216-34-x",
        ],
        source: "the names that AWS gives its machines",
    },
    Entry {
        name: "mac",
        pattern: at_word!(
            r"[0-9A-Fa-f]{2}(?:(?::[0-9A-Fa-f]{2}){5}|(?:-[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(?:\.[0-9A-Fa-f]{4}){2})"
        ),
        secret: Secret::By(mac),
        examples: &[
            "eth0 «3c:22:fb:{h2}:{h2}:{h2}»",
            "switch port «3c22.fb{h2}.{h4}», dynamic",
            "Physical Address: «3C-22-FB-{h2}-{h2}-{h2}»",
            "IN=eth0 MAC=«3c:22:fb:{h2}:{h2}:{h2}:48:5d:36:{h2}:{h2}:{h2}:08:00» SRC=10.0.0.4",
        ],
        harmless: &[
            "ff:ff:ff:ff:ff:ff",
            "00:00:00:00:00:00",
            "00-00-5E-00-53-01",
            "fingerprint 16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48",
            "backup 26-11-22-10-30-45.zip",
            "a0-b1-c2-d3-e4-f5-a6",
            "build 2026.1122.1030",
            "to DE89.3704.0044",
        ],
        source: "IEEE 802: six octets; RFC 7042, section 2.1.2 for documentation",
    },
];

fn v4(found: &Found<'_>) -> Option<Range<usize>> {
    let (before, after) = (found.joined(), found.after());
    let goes_on = |rest: &str| {
        rest.starts_with(|letter: char| letter.is_ascii_alphanumeric()) && !is_port(before, rest)
    };
    let longer = before.ends_with(|letter: char| letter.is_ascii_digit() || letter == '.')
        || after.starts_with(is_word)
        || after.strip_prefix('.').is_some_and(goes_on);
    let address: Ipv4Addr = found.matched().parse().ok()?;
    (!longer && leads_somewhere(address) && !is_small(address) && !is_version(address, before, after))
        .then(|| found.place.clone())
}

/// The address in the name of a machine: `ip-93-184-216-34`.
fn in_name(found: &Found<'_>) -> Option<Range<usize>> {
    let (name, numbers) = found.matched().split_once('-')?;
    let address: Ipv4Addr = numbers.replace('-', ".").parse().ok()?;
    let is_whole = found.starts_word()
        && !found
            .after()
            .starts_with(|letter| is_word(letter) || letter == '-');
    (is_whole && leads_somewhere(address)).then(|| found.place.start + name.len() + 1..found.place.end)
}

/// Whether a port follows as tcpdump writes it: `93.184.216.34.443 > 10.0.0.5.51234:`.
fn is_port(before: &str, rest: &str) -> bool {
    let behind = &rest[run(rest, 5, |letter| letter.is_ascii_digit()).len()..];
    behind.starts_with(" > ") || before.ends_with(" > ") && behind.starts_with(':')
}

fn leads_somewhere(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let nobody = first == 0
        || first >= 224 // multicast and reserved
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || (first, second & 0xc0) == (100, 64) // shared between a provider's customers
        || (first, second & 0xfe) == (198, 18) // benchmarks
        || (first, second, third) == (192, 0, 0);
    !nobody
}

/// Whether four numbers are a version: single digits other than those of the public resolvers (`1.1.1.1`).
/// One person's address in half a million is such.
fn is_small(address: Ipv4Addr) -> bool {
    let [first, second, third, fourth] = address.octets();
    [first, second, third, fourth].iter().all(|number| *number < 10) && first != second
}

/// Whether four numbers are a version by the word before them, or as part of a name.
fn is_version(address: Ipv4Addr, before: &str, after: &str) -> bool {
    // As packages of Debian have them, `8:6.9.11.60+dfsg-1.6`, and Node and Electron their engine: `11.3.244.8-node.38`.
    if ["+", "~", "-node.", "-electron."]
        .iter()
        .any(|behind| after.starts_with(behind))
    {
        return true;
    }
    let Some(last) = before.chars().next_back() else {
        return false;
    };
    let rest = &before[..before.len() - last.len_utf8()];
    let is_named = || has_zero(address) || follows_version(address, rest);
    match last {
        '-' | '_' => rest.ends_with(char::is_alphabetic) && (after.starts_with('-') || is_named()),
        '/' => !after.starts_with(':') && is_product(rest) && is_named(),
        letter if is_word(letter) => true,
        _ => follows_version(address, before),
    }
}

/// Whether there is a zero in the middle, as versions have it; one address in 128 does.
fn has_zero(address: Ipv4Addr) -> bool {
    let [_, second, third, _] = address.octets();
    second == 0 || third == 0
}

/// Whether a text ends with `Chrome` as in `Chrome/130.0.0.0`, and not with `example.com` as in Java's
/// `example.com/93.184.216.34:80`.
fn is_product(text: &str) -> bool {
    let product = run_back(text, 64, |letter| {
        !letter.is_whitespace() && !matches!(letter, '"' | '\'' | '=' | '(' | ',' | '[')
    });
    product.ends_with(is_word) && !product.contains(['.', '/'])
}

/// What says that a version follows, and programs that log theirs.
const VERSIONS: [&str; 10] = [
    "version", "ver", "driver", "firmware", "nvidia", "clang", "chrome", "chromium", "electron", "jdk",
];

/// What versions stand behind, and addresses too.
const PERHAPS: [&str; 4] = ["release", "build", "kernel", "edge"];

fn follows_version(address: Ipv4Addr, text: &str) -> bool {
    let between = run_back(text, 64, |letter| {
        matches!(letter, ' ' | '=' | ':' | '"' | '\'' | '\t' | '(')
    });
    let text = &text[..text.len() - between.len()];
    let word = run_back(text, 16, |letter| letter.is_ascii_alphabetic());
    let is_version = word.len() > 7 && word.to_ascii_lowercase().ends_with("version");
    let is_one_of = |names: &[&str]| names.iter().any(|name| word.eq_ignore_ascii_case(name));
    is_version || is_one_of(&VERSIONS) || has_zero(address) && is_one_of(&PERHAPS)
}

fn v6(found: &Found<'_>) -> Option<Range<usize>> {
    let joins = |letter: char| letter.is_ascii_alphanumeric() || letter == ':' || letter == '_';
    let address: Ipv6Addr = found.matched().parse().ok()?;
    let [first, second, ..] = address.segments();
    let global = first & 0xe000 == 0x2000 && (first, second) != (0x2001, 0xdb8);
    let alone = !found.joined().ends_with(joins) && !found.after().starts_with(joins);
    (alone && global).then(|| found.place.clone())
}

fn mac(found: &Found<'_>) -> Option<Range<usize>> {
    let joins = |letter: char| is_word(letter) || letter == ':' || letter == '-';
    // A header of Ethernet, as the firewall of Linux logs it: two addresses and a type.
    let header = run(found.after(), 25, |letter| {
        letter.is_ascii_hexdigit() || letter == ':'
    });
    if found.before().ends_with("MAC=") && header.len() == 24 {
        return Some(found.place.start..found.until(header));
    }
    if found.joined().ends_with(joins) || found.after().starts_with(joins) {
        return None;
    }
    let digits: String = found.matched().chars().filter(char::is_ascii_hexdigit).collect();
    let octets: Vec<&str> = (0..6).filter_map(|at| digits.get(2 * at..2 * at + 2)).collect();
    let same = |octet: &str| octets.iter().all(|other| other.eq_ignore_ascii_case(octet));
    let documentation = octets.starts_with(&["00", "00", "5E", "00", "53"]);
    // With dots it looks as numbers do, also behind the two letters of a country.
    let number = found.matched().contains('.') && digits.bytes().skip(2).all(|digit| digit.is_ascii_digit());
    let nobody = same("00") || same("ff") || documentation || number || is_time(&octets);
    (!nobody).then(|| found.place.clone())
}

/// A time written `26-11-22-10-30-45`.
fn is_time(octets: &[&str]) -> bool {
    let numbers: Vec<u8> = octets.iter().filter_map(|octet| octet.parse().ok()).collect();
    matches!(numbers[..], [_, 1..=12, 1..=31, 0..=23, 0..=59, 0..=59])
}
