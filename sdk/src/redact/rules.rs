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
            // RFC 6750, section 2.1: the `b64token` after "Bearer". Six characters and a digit or a
            // mark at least, so that "bearer of news" stays.
            name: "token",
            pattern: r"(?i)\bbearer[ \t]+([a-z0-9._~+/\-]*[0-9._~+/\-][a-z0-9._~+/\-]*=*|[a-z]{16,}=*)"
                .into(),
            example: "Authorization: Bearer eyJhbGciOi.J9-x_y",
        },
        Rule {
            // Home folders of Linux, macOS and Windows: the user's name is the part to hide.
            name: "user",
            pattern: r#"(?:/home/|/Users/|(?i:[a-z]:[\\/]+users[\\/]+))([^/\\\s:"'<>|\[\]]+)"#.into(),
            example: "cannot open /home/maria/notes.txt",
        },
    ]
}

/// The home folder of this machine's user, wherever the system has put it. `None` where the
/// folder's name is no person's (`/root`, `/`) .
pub(crate) fn home_folder(home: &Path) -> Option<Rule> {
    let user = home.file_name()?.to_str()?;
    let parent = home.parent()?.to_str()?.trim_end_matches(['/', '\\']);
    if user.chars().count() < 2 || parent.is_empty() {
        return None;
    }
    // Logs write either slash, Debug output doubles the backslash.
    let parent: Vec<String> = parent.split(['/', '\\']).map(escape).collect();
    let pattern = format!(r"{}[\\/]+({})\b", parent.join(r"[\\/]+"), escape(user));
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
