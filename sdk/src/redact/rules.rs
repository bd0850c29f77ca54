//! The masking rules as one table.

use std::borrow::Cow;
use std::path::Path;

/// One thing to hide.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    /// Stands in the mask (`[email-1]`) and in the counts.
    pub(crate) name: &'static str,
    /// What to find. Group 1, where there is one, is the part to hide.
    pub(crate) pattern: Cow<'static, str>,
    /// A text in which the rule finds something; the tests use it.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "documents the rule and drives its test")
    )]
    pub(crate) example: &'static str,
}

/// Every rule, in the order in which they are asked. The machine's own home folder goes first: only
/// its rule knows where the name ends.
pub(crate) fn with_home(home: Option<&Path>) -> Vec<Rule> {
    home.and_then(home_folder).into_iter().chain(built_in()).collect()
}

/// The rules of every app.
pub(crate) fn built_in() -> Vec<Rule> {
    vec![
        Rule {
            // RFC 5321 addresses as people write them; quoted local parts are not used in practice.
            name: "email",
            pattern: r"[\p{L}\p{N}._%+\-]+@[\p{L}\p{N}](?:[\p{L}\p{N}.\-]*[\p{L}\p{N}])?\.\p{L}{2,}".into(),
            example: "login as maria.k+test@mail.example.org failed",
        },
        Rule {
            // Behind "Authorization" and its scheme anything is a token: in a header, in JSON
            // (quoted, and quoted again), in the output of a debugger.
            name: "token",
            pattern:
                r#"(?i)authorization[\\"' \t]*[:=]>?[\\"'\[ \t]*(?:bearer|basic)[ \t]+([^\s\\"',;&)\]}]+)"#
                    .into(),
            example: r#"{"authorization": "Basic bWU6cGFzcw=="}"#,
        },
        Rule {
            // RFC 6750, section 2.1: the `b64token` after "Bearer", and the bar that Laravel puts into
            // its own. With a digit or a mark in it any length is a token; letters alone are one from
            // eight on, so that "bearer of news" stays.
            name: "token",
            pattern: r"(?i)\bbearer[ \t]+([a-z0-9._~+/|\-]*[0-9._~+/\-][a-z0-9._~+/|\-]*=*|[a-z]{8,}=*)"
                .into(),
            example: "sent Bearer eyJhbGciOi.J9-x_y",
        },
        Rule {
            // Home folders of Windows have the spaces of their people's names. A separator behind the
            // words tells that they are one name.
            name: "user",
            pattern: format!(r"{WINDOWS_USERS}({WORD}(?: +{WORD}){{0,4}})[\\/]").into(),
            example: r"cannot open C:\Users\Maria Petrova\notes.txt",
        },
        Rule {
            // Home folders of Linux, macOS and Windows: the user's name is the part to hide.
            name: "user",
            pattern: format!("(?:/home/|/Users/|{WINDOWS_USERS})({LETTER}+)").into(),
            example: "cannot open /home/maria/notes.txt",
        },
    ]
}

/// Logs write either slash, `Debug` output and JSON double the backslash.
const WINDOWS_USERS: &str = r"(?i:[a-z]:[\\/]+users[\\/]+)";
/// What a folder's name is made of, where nothing tells whether it has spaces.
const LETTER: &str = r#"[^/\\\s:"'<>|\[\]]"#;
/// A word of a name: `O'Brien` is one.
const WORD: &str = r#"[^/\\\s:"'<>|\[\]]+(?:'\p{L}[^/\\\s:"'<>|\[\]]*)*"#;

/// The home folder of this machine's user, wherever the system has put it. `None` where the
/// folder's name is no person's (`/root`, `/`).
fn home_folder(home: &Path) -> Option<Rule> {
    let user = home.file_name()?.to_str()?;
    let parent = home.parent()?.to_str()?.trim_end_matches(['/', '\\']);
    if user.chars().count() < 2 || parent.is_empty() {
        return None;
    }
    // Logs write either slash, Debug output doubles the backslash.
    let parent: Vec<String> = parent.split(['/', '\\']).map(escape).collect();
    // What only starts like the name (`anna-old` beside `anna`) is another's: hidden to its end.
    let pattern = format!(
        r"(?i:{}[\\/]+({}(?:{LETTER}*[\p{{L}}\p{{N}}])?))",
        parent.join(r"[\\/]+"),
        escape(user)
    );
    Some(Rule {
        name: "user",
        pattern: pattern.into(),
        example: "",
    })
}

/// `text` as a pattern that matches just itself.
fn escape(text: &str) -> String {
    text.chars().fold(String::new(), |mut pattern, letter| {
        if letter.is_ascii_punctuation() {
            pattern.push('\\');
        }
        pattern.push(letter);
        pattern
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_that_names_nobody_is_no_rule() {
        for home in ["/root", "/", "", "/home/x"] {
            assert!(home_folder(Path::new(home)).is_none(), "{home}");
        }
        assert!(home_folder(Path::new("/srv/people/anna")).is_some());
    }
}
