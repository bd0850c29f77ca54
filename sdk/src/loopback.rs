//! Which addresses are of this machine itself. Pure.

use url::{Host, Url};

/// Whether what is sent there stays on this machine: it may go unencrypted, and by no proxy.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_127_is_of_this_machine_and_a_name_that_begins_so_is_not() {
        for (host, expected) in [
            ("localhost", true),
            ("LOCALHOST:8787", true),
            ("127.0.0.1", true),
            ("127.9.9.9:8787", true),
            ("[::1]:8787", true),
            ("128.0.0.1", false),
            ("[::2]", false),
            ("localhost.example.com", false),
            ("127.0.0.1.example.com", false),
        ] {
            let url = Url::parse(&format!("http://{host}/api/v1/reports")).unwrap();
            assert_eq!(is_loopback(&url), expected, "{host}");
        }
    }
}
