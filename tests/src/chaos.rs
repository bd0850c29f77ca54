//! A proxy that breaks connections. Each meets one fate; a seed draws them.
//!
//! It asks the server to close after each answer, so a connection is one request and one answer, and every request
//! meets a fate of its own.

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use fastrand::Rng;
use socket2::SockRef;

/// What becomes of one connection. A number of bytes that is never reached does no harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// All goes through.
    Pass,
    /// All goes through, later.
    Delay(Duration),
    /// All goes through, at first byte by byte.
    Drip,
    /// It ends after this many bytes of the request.
    CutRequest(u64),
    /// It ends after this many bytes of the answer. With 0 the server has done all, and nobody hears of it.
    CutAnswer(u64),
    /// It is reset after this many bytes of the request.
    Reset(u64),
    /// The server is told that the request ends after this many bytes; what it answers goes through.
    HalfClose(u64),
}

impl Fate {
    /// Any of them. Three answers in ten are lost, or broken off somewhere in the head or the receipt; of all requests, up
    /// to half come to nothing.
    pub fn draw(chance: &mut Rng) -> Self {
        match chance.u8(..100) {
            0..20 => Self::CutAnswer(0),
            20..32 => Self::CutAnswer(chance.u64(1..600)), // a receipt with its head has some 500
            32..40 => Self::CutRequest(somewhere(chance)),
            40..45 => Self::Reset(somewhere(chance)),
            45..50 => Self::HalfClose(somewhere(chance)),
            50..55 => Self::Drip,
            55..60 => Self::Delay(Duration::from_millis(chance.u64(1..50))),
            _ => Self::Pass,
        }
    }
}

/// Any byte of the first four million, small numbers as often as large ones.
fn somewhere(chance: &mut Rng) -> u64 {
    let magnitude = chance.u32(..22);
    chance.u64(1 << magnitude..2 << magnitude)
}

/// A running proxy. Takes no more connections once dropped.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    struck: Arc<Mutex<BTreeMap<&'static str, usize>>>,
    over: Arc<AtomicBool>,
}

impl Proxy {
    /// Listens on a free port, in front of `server` (`host:port`). The n-th connection meets the n-th fate.
    pub fn start(server: &str, mut fates: impl Iterator<Item = Fate> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Self {
            address: listener.local_addr().unwrap(),
            struck: Arc::default(),
            over: Arc::default(),
        };
        let (struck, over) = (Arc::clone(&proxy.struck), Arc::clone(&proxy.over));
        let server = server.to_owned();
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                let fate = fates.next().unwrap_or(Fate::Pass);
                let (struck, server) = (Arc::clone(&struck), TcpStream::connect(&server));
                thread::spawn(move || {
                    let exchange = Exchange {
                        fate,
                        client: &client,
                        server: &server.expect("the server listens"),
                    };
                    let what = exchange.run();
                    *struck.lock().unwrap().entry(what).or_default() += 1;
                });
            }
        });
        proxy
    }

    /// The address for `POST`, by way of this proxy.
    pub fn endpoint(&self) -> String {
        format!("http://{}/api/v1/reports", self.address)
    }

    /// How many connections have met what so far.
    pub fn struck(&self) -> BTreeMap<&'static str, usize> {
        self.struck.lock().unwrap().clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        // Wakes the listening thread, so that it sees that it is over.
        let _ = TcpStream::connect(self.address);
    }
}

/// One connection on each side.
struct Exchange<'a> {
    fate: Fate,
    client: &'a TcpStream,
    server: &'a TcpStream,
}

impl Exchange<'_> {
    /// Passes on what the fate allows. Answers what has happened, in a word or two.
    fn run(&self) -> &'static str {
        for stream in [self.client, self.server] {
            stream.set_nodelay(true).unwrap();
        }
        thread::scope(|both| {
            let request = both.spawn(|| self.request());
            let answer = self.answer();
            // Wakes the other direction, and tells the client nothing yet.
            let _ = self.server.shutdown(Shutdown::Both);
            let _ = self.client.shutdown(Shutdown::Read);
            let request = request.join().unwrap();
            // An error is no fate: one side has gone, and the other will notice.
            request
                .ok()
                .flatten()
                .or(answer.ok().flatten())
                .unwrap_or("whole")
        })
    }

    fn request(&self) -> io::Result<Option<&'static str>> {
        let mut reader = BufReader::new(self.client);
        let head = closing(&mut reader)?;
        let mut request = head.chain(reader);
        let end = match self.fate {
            Fate::CutRequest(n) | Fate::Reset(n) | Fate::HalfClose(n) => n,
            _ => u64::MAX,
        };
        self.hold_up(&mut request, self.server)?;
        let passed = io::copy(&mut request.by_ref().take(end), &mut &*self.server)?;
        if passed < end {
            self.server.shutdown(Shutdown::Write)?; // the client has gone
            return Ok(None);
        }
        if let Fate::HalfClose(_) = self.fate {
            self.server.shutdown(Shutdown::Write)?;
            io::copy(&mut request, &mut io::sink())?;
            return Ok(Some("half-closed"));
        }
        if let Fate::Reset(_) = self.fate {
            SockRef::from(self.client).set_linger(Some(Duration::ZERO))?;
        }
        self.server.shutdown(Shutdown::Both)?;
        Ok(Some(match self.fate {
            Fate::Reset(_) => "reset",
            _ => "request cut",
        }))
    }

    fn answer(&self) -> io::Result<Option<&'static str>> {
        let mut answer = self.server;
        if answer.peek(&mut [0])? == 0 {
            return Ok(None);
        }
        if let Fate::CutAnswer(end) = self.fate {
            let mut passed = Vec::new();
            answer.take(end).read_to_end(&mut passed)?;
            let mut client = self.client;
            client.write_all(&passed)?;
            let is_cut = passed.len() as u64 == end;
            let is_past_head = passed.windows(4).any(|four| four == b"\r\n\r\n");
            return Ok(is_cut.then_some(if is_past_head {
                "receipt cut"
            } else {
                "answer lost"
            }));
        }
        self.hold_up(&mut answer, self.client)?;
        io::copy(&mut answer, &mut &*self.client)?;
        Ok(match self.fate {
            Fate::Delay(_) => Some("delayed"),
            Fate::Drip => Some("dripped"),
            _ => None,
        })
    }

    /// What a slow network does before it lets the rest pass.
    fn hold_up(&self, from: &mut impl Read, mut to: &TcpStream) -> io::Result<()> {
        match self.fate {
            Fate::Delay(time) => thread::sleep(time),
            Fate::Drip => {
                for _ in 0..150 {
                    io::copy(&mut from.by_ref().take(1), &mut to)?;
                    thread::sleep(Duration::from_millis(1));
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// The head of a request, with the wish that the connection ends after the answer.
fn closing(reader: &mut BufReader<&TcpStream>) -> io::Result<io::Cursor<Vec<u8>>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if reader.read_until(b'\n', &mut head)? == 0 {
            return Ok(io::Cursor::new(head));
        }
    }
    head.truncate(head.len() - 2);
    head.extend_from_slice(b"Connection: close\r\n\r\n");
    Ok(io::Cursor::new(head))
}
