//! Where the person is: languages and time zone.

use super::variable;

/// The zone that the app's own times are in: on Unix a variable comes before what the system is set to.
pub(super) fn time_zone() -> Option<String> {
    let of_app = variable("TZ").filter(|_| cfg!(unix));
    of_app
        .as_deref()
        .and_then(zone)
        .map(str::to_owned)
        .or_else(|| iana_time_zone::get_timezone().ok())
}

/// The name of a zone, or its rule, in a variable of POSIX (8.3): `Asia/Tokyo`, `:/usr/share/zoneinfo/Asia/Tokyo`,
/// `CET-1CEST,M3.5.0,M10.5.0/3`. `None` where it names another file, such as `:/etc/localtime`. A variable may say anything,
/// and this stands in reports unmasked.
fn zone(variable: &str) -> Option<&str> {
    let said = variable.strip_prefix(':').unwrap_or(variable);
    let zone = said.rsplit_once("/zoneinfo/").map_or(said, |(_, zone)| zone);
    let is_of_zone = |byte: u8| byte.is_ascii_alphanumeric() || b"/_+-,.:<>".contains(&byte);
    let is_zone =
        zone.len() <= 64 && zone.starts_with(|first: char| first.is_ascii_alphabetic() || first == '<');
    (is_zone && zone.bytes().all(is_of_zone)).then_some(zone)
}

/// The languages that the person has chosen in their system, such as `de-AT` (BCP 47), the one they like best first; none
/// where it does not tell.
///
/// The first stands in each report as [`SystemInfo::locale`](crate::SystemInfo::locale).
pub fn system_locales() -> Vec<String> {
    let tags = sys_locale::get_locales().map(|mut tag| {
        tag.truncate(tag.find('@').unwrap_or(tag.len())); // `ca@valencia`: what follows is no part of it
        tag
    });
    tags.filter(|tag| is_tag(tag)).collect()
}

/// Whether a text has the form of a language's tag (RFC 5646, 4.4.1: at most 35 letters). A variable of the environment
/// and an app may say anything, and this stands in reports unmasked.
pub(super) fn is_tag(text: &str) -> bool {
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.len() <= 35 && text.split(['-', '_']).all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_is_that_of_the_apps_own_times() {
        for (variable, expected) in [
            ("Asia/Tokyo", Some("Asia/Tokyo")),
            (
                ":America/Argentina/Buenos_Aires",
                Some("America/Argentina/Buenos_Aires"),
            ),
            (":/usr/share/zoneinfo/Europe/Berlin", Some("Europe/Berlin")),
            ("/usr/share/zoneinfo/posix/UTC", Some("posix/UTC")),
            ("CET-1CEST,M3.5.0,M10.5.0/3", Some("CET-1CEST,M3.5.0,M10.5.0/3")),
            ("<+0330>-3:30", Some("<+0330>-3:30")),
            (":/etc/localtime", None),
            ("/home/anna/zone", None),
            ("my password is hunter2", None),
            ("", None),
        ] {
            assert_eq!(zone(variable), expected, "{variable}");
        }
    }

    #[test]
    fn only_a_tag_is_told_as_a_language() {
        for tag in [
            "de",
            "pt-BR",
            "zh-Hant-TW",
            "sr-Latn-RS",
            "de-CH-1996",
            "ca-ES-valencia",
            "C",
            "tlh",
        ] {
            assert!(is_tag(tag), "{tag}");
        }
        for text in [
            "",
            "password=hunter2x",
            "anna@example.org",
            "/home/anna",
            "two words",
            "de-",
        ] {
            assert!(!is_tag(text), "{text}");
        }
    }
}
