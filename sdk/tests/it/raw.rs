//! A server over bare sockets: a test sees the head of each request and answers what it likes.

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

/// A request whose body was not read yet. One per connection.
pub(crate) struct Request<'a> {
    pub(crate) method: String,
    pub(crate) path: String,
    /// Names in lower case.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: io::Take<BufReader<&'a TcpStream>>,
    pub(crate) stream: &'a TcpStream,
}

impl Request<'_> {
    pub(crate) fn number(&self, header: &str) -> Option<u64> {
        self.headers.get(header)?.parse().ok()
    }

    /// Answers and closes the connection. The body is read to its end first, or closing would take the answer
    /// with it.
    pub(crate) fn answer(mut self, status: u16, headers: &str, body: &str) {
        let _ = io::copy(&mut self.body, &mut io::sink());
        self.answer_unread(status, headers, body);
    }

    /// As [`answer`](Self::answer), with what is left of the body still on its way.
    pub(crate) fn answer_unread(self, status: u16, headers: &str, body: &str) {
        let mut stream = self.stream;
        let length = body.len();
        let _ = write!(
            stream,
            "HTTP/1.1 {status} x\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
        let _ = stream.shutdown(Shutdown::Write);
        let mut unread = self.body;
        let _ = io::copy(&mut unread, &mut io::sink());
    }
}

/// Listens until it is dropped. What has failed in a handler fails the test then, at the latest.
pub(crate) struct Listener {
    address: SocketAddr,
    running: Option<Running>,
}

struct Running {
    /// Gone once the listener is to end.
    alive: Arc<()>,
    thread: JoinHandle<()>,
}

impl Listener {
    pub(crate) fn start(handle: impl Fn(Request<'_>) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let alive = Arc::new(());
        let is_alive = Arc::downgrade(&alive);
        let listen = move || {
            thread::scope(|handlers| {
                for stream in listener.incoming().flatten() {
                    if is_alive.strong_count() == 0 {
                        return;
                    }
                    let handle = &handle;
                    handlers.spawn(move || {
                        if let Ok(request) = read(&stream) {
                            handle(request);
                        }
                        let _ = stream.shutdown(Shutdown::Both);
                    });
                }
            });
        };
        let thread = thread::spawn(listen);
        let running = Some(Running { alive, thread });
        Self { address, running }
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}/api/v1/reports", self.address)
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let Some(Running { alive, thread }) = self.running.take() else {
            return;
        };
        drop(alive);
        let _ = TcpStream::connect(self.address); // wakes the listening thread
        let handled = thread.join();
        if !thread::panicking() {
            handled.unwrap();
        }
    }
}

fn read(stream: &TcpStream) -> io::Result<Request<'_>> {
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        match reader.read_line(&mut line)? {
            0 => Err(io::Error::from(io::ErrorKind::UnexpectedEof)),
            _ => Ok(line.trim_end().to_owned()),
        }
    };
    let first = line()?;
    let mut words = first.split(' ').map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut headers = BTreeMap::new();
    while let Some((name, value)) = line()?.split_once(':') {
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers
        .get("content-length")
        .and_then(|length| length.parse().ok());
    Ok(Request {
        method,
        path,
        headers,
        body: reader.take(length.unwrap_or(0)),
        stream,
    })
}
