//! The least tus client: one method for each request of the protocol.

use std::io::Write;
use std::net::{SocketAddr, TcpStream};

use super::client::{self, Answer};
use super::report::{KEY, Place};

pub(crate) const UPLOADS: &str = "/api/v1/uploads";
pub(crate) const CHUNK: (&str, &str) = ("Content-Type", "application/offset+octet-stream");

/// One upload on a server, which may be another process by now.
#[derive(Clone)]
pub(crate) struct Upload {
    pub(crate) address: SocketAddr,
    pub(crate) path: String,
}

/// A request that every upload understands, with more headers.
pub(crate) fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    more: &[(&str, &str)],
    body: &[u8],
) -> Answer {
    let bearer = format!("Bearer {KEY}");
    let mut headers = vec![("Authorization", bearer.as_str()), ("Tus-Resumable", "1.0.0")];
    headers.extend_from_slice(more);
    let answer = if method == "HEAD" {
        client::head(address, path, &headers)
    } else {
        client::request(address, method, path, &headers, body)
    };
    assert_eq!(answer.header("tus-resumable"), Some("1.0.0"));
    answer
}

impl Place {
    /// Makes an upload of `length` bytes.
    pub(crate) fn upload(&self, length: usize) -> Upload {
        let address = self.server.local_addr();
        let answer = ask(
            address,
            "POST",
            UPLOADS,
            &[("Upload-Length", &length.to_string())],
            b"",
        );
        assert_eq!(answer.status, 201, "{}", answer.text());
        Upload {
            address,
            path: answer.header("location").unwrap().to_owned(),
        }
    }
}

impl Upload {
    pub(crate) fn ask(&self, method: &str, more: &[(&str, &str)], body: &[u8]) -> Answer {
        ask(self.address, method, &self.path, more, body)
    }

    pub(crate) fn head(&self) -> Answer {
        self.ask("HEAD", &[], b"")
    }

    /// How many bytes the server has, by its own word.
    #[track_caller]
    pub(crate) fn offset(&self) -> usize {
        let answer = self.head();
        assert_eq!(answer.status, 200);
        answer.header("upload-offset").unwrap().parse().unwrap()
    }

    pub(crate) fn patch(&self, offset: usize, bytes: &[u8]) -> Answer {
        self.patch_with(offset, bytes, &[])
    }

    pub(crate) fn patch_with(&self, offset: usize, bytes: &[u8], more: &[(&str, &str)]) -> Answer {
        let offset = offset.to_string();
        let mut headers = vec![CHUNK, ("Upload-Offset", &offset)];
        headers.extend_from_slice(more);
        self.ask("PATCH", &headers, bytes)
    }

    /// Begins a `PATCH` of `length` bytes and sends these first ones.
    pub(crate) fn begin_patch(&self, offset: usize, length: usize, bytes: &[u8]) -> TcpStream {
        let mut stream = client::connect(self.address);
        let (bearer, offset) = (format!("Bearer {KEY}"), offset.to_string());
        let headers = [
            ("Authorization", bearer.as_str()),
            ("Tus-Resumable", "1.0.0"),
            CHUNK,
            ("Upload-Offset", &offset),
        ];
        let head = client::head_of("PATCH", &self.path, &headers, length);
        stream.write_all(&[&head, bytes].concat()).unwrap();
        stream
    }

    pub(crate) fn get(&self) -> Answer {
        self.ask("GET", &[], b"")
    }
}
