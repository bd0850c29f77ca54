//! Whether a config can work: what is wrong with which field, and what to write instead. Pure.

use url::Url;

use super::FeedbackConfig;
use crate::destination::Destination;
use crate::error::ConfigError;
use crate::loopback::is_loopback;

impl FeedbackConfig {
    /// Checks every field; the first wrong one is named, with what to write instead.
    ///
    /// [`FeedbackClient::new`](crate::FeedbackClient::new) does this too.
    pub fn check(&self) -> Result<(), ConfigError> {
        self.destination()?;
        named(
            "app_name",
            &self.app.name,
            "pass the name people know your app by",
        )?;
        named(
            "app_version",
            &self.app.version,
            "pass env!(\"CARGO_PKG_VERSION\")",
        )?;
        if self.deliver && self.transport.is_none() && !cfg!(feature = "http") {
            return Err(ConfigError {
                field: "transport",
                problem: "is missing, and the feature `http` of feedback-sdk is off".to_owned(),
                remedy: "set a transport, or turn the feature on",
            });
        }
        self.masking.check()
    }

    /// The parsed endpoint, and the value of the header `Authorization`.
    pub(crate) fn destination(&self) -> Result<Destination, ConfigError> {
        let wrong = |problem: &str| ConfigError {
            field: "endpoint",
            problem: problem.to_owned(),
            remedy: "write a full address such as https://feedback.example.com/api/v1/reports",
        };
        let url = Url::parse(&self.endpoint)
            .map_err(|error| wrong(&format!("is no URL ({error}): {}", self.endpoint)))?;
        match url.scheme() {
            "https" => {}
            "http" if self.allow_plain_http || is_loopback(&url) => {}
            "http" => {
                return Err(ConfigError {
                    field: "endpoint",
                    problem: "is plain http to another machine, which anyone on the way can read".to_owned(),
                    remedy: "use https, or allow_plain_http(true) inside a trusted network",
                });
            }
            _ => return Err(wrong("is neither https nor http")),
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(wrong("names no host"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(ConfigError {
                field: "endpoint",
                problem: "has a user name or a password in it, which would be sent in the key's place"
                    .to_owned(),
                remedy: "leave out what stands before the `@`; the project key is all that the server asks for",
            });
        }
        let key_error = |problem: &str| ConfigError {
            field: "project_key",
            problem: problem.to_owned(),
            remedy: "pass the project key as the server printed it",
        };
        if self.project_key.trim().is_empty() {
            return Err(key_error("is empty"));
        }
        if !self.project_key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(key_error(
                "has a space, a line break or a character that is not ASCII",
            ));
        }
        let authorization = format!("Bearer {}", self.project_key);
        Ok(Destination { url, authorization })
    }
}

fn named(field: &'static str, value: &str, remedy: &'static str) -> Result<(), ConfigError> {
    let problem = if value.trim().is_empty() {
        "is empty"
    } else if value.chars().any(char::is_control) {
        "has a line break or another control character"
    } else {
        return Ok(());
    };
    Err(ConfigError {
        field,
        problem: problem.to_owned(),
        remedy,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(endpoint: &str, key: &str, name: &str, version: &str) -> FeedbackConfig {
        // What carries requests is no matter here.
        FeedbackConfig::new(endpoint, key, name, version).deliver(false)
    }

    #[test]
    fn a_wrong_field_is_named() {
        let good = "https://example.com/api/v1/reports";
        for (endpoint, key, name, version, field) in [
            ("not a url", "k", "a", "1", "endpoint"),
            ("", "k", "a", "1", "endpoint"),
            ("ftp://example.com/x", "k", "a", "1", "endpoint"),
            ("http://example.com/x", "k", "a", "1", "endpoint"),
            ("https://anna:pw@example.com/x", "k", "a", "1", "endpoint"),
            ("https://anna@example.com/x", "k", "a", "1", "endpoint"),
            ("http://:pw@127.0.0.1/x", "k", "a", "1", "endpoint"),
            (good, "", "a", "1", "project_key"),
            (good, "k\nX-Evil: 1", "a", "1", "project_key"),
            (good, "ключ", "a", "1", "project_key"),
            (good, "k", " ", "1", "app_name"),
            (good, "k", "a\nb", "1", "app_name"),
            (good, "k", "a", "", "app_version"),
        ] {
            let error = config(endpoint, key, name, version).check().unwrap_err();
            assert_eq!(error.field, field, "{error}");
        }
        // It may be a path; where it is neither, each report names the gap.
        config(good, "k", "a", "1").log("logs/[").check().unwrap();
    }

    #[test]
    fn an_error_says_what_to_write_and_hides_the_key() {
        let error = config("https://example.com/x", "se cret", "a", "1")
            .check()
            .unwrap_err();
        assert!(!error.to_string().contains("se cret"), "{error}");
        assert!(error.to_string().contains("as the server printed it"), "{error}");
        let error = config("https://anna:hunter2@example.com/x", "k", "a", "1")
            .check()
            .unwrap_err();
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }

    #[test]
    fn plain_http_is_for_this_machine_or_on_request() {
        for endpoint in ["http://127.0.0.1:1/x", "http://localhost/x", "http://[::1]:8/x"] {
            config(endpoint, "k", "a", "1").check().unwrap();
        }
        config("http://intranet/x", "k", "a", "1")
            .allow_plain_http(true)
            .check()
            .unwrap();
    }
}
