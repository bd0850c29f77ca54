//! What delivering a report of 500 MB costs over the network's own work: our client, as a form and resumable,
//! against `curl -F` of the same bytes to the same sink on loopback, each a process of its own, in alternating
//! rounds. Prints medians, their ratios to curl and how much the client's memory grows. Fails below 0.95, and
//! from 8 MB on.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark is a program of its own"
)]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use feedback_sdk::{FeedbackClient, FeedbackConfig};
use ring::digest::{Context, SHA256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const BYTES: usize = 500_000_000;
const ROUNDS: usize = 7;
const ID: &str = "0197f3c0-0000-7000-8000-000000000001";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, deliver, endpoint, spool, resumable_from] = &arguments[..]
        && deliver == "deliver"
    {
        run_client(endpoint, Path::new(spool), resumable_from.parse().unwrap());
        return ExitCode::SUCCESS;
    }
    // Not the system's temp folder, which may be memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let bundle = Bundle::write(folder.path());
    let endpoint = sink();
    let spool = folder.path().join("spool");

    let (mut curl, mut form, mut resumable) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        curl.push(bundle.curl(&endpoint));
        form.push(bundle.deliver(&endpoint, &spool, u64::MAX));
        resumable.push(bundle.deliver(&endpoint, &spool, 0));
    }
    let curl = median(curl.into_iter());
    println!("| Uploading 500 MB | MB/s | of curl | goal | memory grown by |\n|---|---:|---:|---:|---:|");
    println!("| `curl -F` | {:.0} | 1 | | |", rate(curl));
    let mut all_met = true;
    for (name, runs) in [("as a form", form), ("resumable", resumable)] {
        let time = median(runs.iter().map(|run| run.time));
        let ratio = curl.as_secs_f64() / time.as_secs_f64();
        let grown = runs.iter().map(|run| run.grown_kb).max().unwrap();
        println!(
            "| {name} | {:.0} | {ratio:.2} | 0.95 | {:.1} MB |",
            rate(time),
            grown as f64 / 1e3
        );
        all_met &= ratio >= 0.95 && grown < 8000;
    }
    ExitCode::from(u8::from(!all_met))
}

fn rate(time: Duration) -> f64 {
    BYTES as f64 / 1e6 / time.as_secs_f64()
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<_> = times.collect();
    times.sort();
    times[times.len() / 2]
}

/// A delivery by a process of ours.
struct Run {
    time: Duration,
    grown_kb: u64,
}

/// A stored report of 500 MB.
struct Bundle {
    file: PathBuf,
    crc32: u32,
}

impl Bundle {
    /// Written here piece by piece: preparing a report of this size takes its size in memory.
    fn write(folder: &Path) -> Self {
        let file = folder.join("bundle.zip");
        let mut zip = ZipWriter::new(File::create(&file).unwrap());
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file("report.json", stored).unwrap();
        write!(zip, r#"{{"schema":1,"id":"{ID}"}}"#).unwrap();
        zip.start_file("attachments/noise.bin", stored).unwrap();
        let mut state = 1_u64;
        let mut noise = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 56) as u8
        };
        for _ in 0..BYTES / 1_000_000 {
            let piece: Vec<u8> = (0..1_000_000).map(|_| noise()).collect();
            zip.write_all(&piece).unwrap();
        }
        zip.finish().unwrap().sync_all().unwrap();

        let mut crc32 = crc32fast::Hasher::new();
        let bytes = usize::try_from(fs::metadata(&file).unwrap().len()).unwrap();
        let mut written = BufReader::with_capacity(1 << 20, File::open(&file).unwrap());
        pass(&mut written, bytes, |bytes| crc32.update(bytes)).unwrap();
        Self {
            file,
            crc32: crc32.finalize(),
        }
    }

    fn curl(&self, endpoint: &str) -> Duration {
        let start = Instant::now();
        let done = Command::new("curl")
            // Without waiting for a "100 Continue": so do we.
            .args([
                "--silent",
                "--show-error",
                "--fail",
                "--output",
                "/dev/null",
                "--header",
                "Expect:",
            ])
            .args(["--form", "report={};type=application/json", "--form"])
            .arg(format!("bundle=@{};type=application/zip", self.file.display()))
            .arg(endpoint)
            .status();
        let time = start.elapsed();
        assert!(
            done.is_ok_and(|status| status.success()),
            "curl is the peer here, and did not run"
        );
        time
    }

    /// Delivers it from a fresh spool by a process of its own: this program, called with `deliver`.
    fn deliver(&self, endpoint: &str, spool: &Path, resumable_from: u64) -> Run {
        fs::create_dir_all(spool).unwrap();
        let entry = spool.join(format!("{ID}.{:08x}.new.zip", self.crc32));
        fs::hard_link(&self.file, entry).unwrap();
        let start = Instant::now();
        let done = Command::new(std::env::current_exe().unwrap())
            .args(["deliver", endpoint])
            .arg(spool)
            .arg(resumable_from.to_string())
            .output()
            .unwrap();
        let time = start.elapsed();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let grown_kb = String::from_utf8_lossy(&done.stdout).trim().parse().unwrap();
        Run { time, grown_kb }
    }
}

/// Delivers what waits in `spool` and prints by how many kilobytes this process has grown.
fn run_client(endpoint: &str, spool: &Path, resumable_from: u64) {
    let config = FeedbackConfig::new(endpoint, "pk_bench", "bench", "1")
        .spool_dir(spool)
        .resumable_from(resumable_from);
    let before = memory_kb("VmRSS:");
    let client = FeedbackClient::new(config).unwrap();
    assert_eq!(client.flush(Duration::from_mins(10)).wait().unwrap(), 0);
    println!("{}", memory_kb("VmHWM:") - before);
}

/// From Linux's own account of this process; elsewhere nothing is told.
fn memory_kb(what: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(what));
    line.map_or(0, |line| line.trim().trim_end_matches(" kB").parse().unwrap())
}

/// A receiver that throws every byte away, but hashes it first, as any must that gives a receipt.
fn sink() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // One after the other: so do the clients.
            if let Err(error) = answer(&stream) {
                panic!("the sink: {error}");
            }
        }
    });
    format!("http://{address}/api/v1/reports")
}

fn answer(mut stream: &TcpStream) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(256 << 10, stream);
    let (mut first, mut length, mut after) = (String::new(), 0, 0);
    reader.read_line(&mut first)?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(": ").unwrap_or_default();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse().map_err(io::Error::other)?;
        }
        if let Some((_, boundary)) = value.split_once("boundary=") {
            after = format!("\r\n--{boundary}--\r\n").len();
        }
    }
    // The heads of a form's two parts.
    for _ in 0..if after > 0 { 2 } else { 0 } {
        let mut line = Vec::new();
        while line != b"\r\n" {
            line.clear();
            length -= reader.read_until(b'\n', &mut line)?;
        }
    }
    let mut sha256 = Context::new(&SHA256);
    pass(&mut reader, length - after, |bytes| sha256.update(bytes))?;
    pass(&mut reader, after, |_| {})?;
    let receipt = format!(r#"{{"id":"{ID}","sha256":"{}"}}"#, hex(sha256));
    let (headers, body) = match first.split(' ').take(2).collect::<Vec<_>>()[..] {
        ["GET", "/api/v1/config"] => ("", r#"{"uploads":"/api/v1/uploads"}"#),
        ["POST", "/api/v1/uploads"] => ("Location: /api/v1/uploads/1\r\n", ""),
        _ => ("", &*receipt),
    };
    write!(
        stream,
        "HTTP/1.1 201 Created\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    stream.shutdown(Shutdown::Both)
}

/// Passes the next `left` bytes to `to`.
fn pass(reader: &mut impl BufRead, mut left: usize, mut to: impl FnMut(&[u8])) -> io::Result<()> {
    while left > 0 {
        let bytes = reader.fill_buf()?;
        let take = bytes.len().min(left);
        if take == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        to(&bytes[..take]);
        reader.consume(take);
        left -= take;
    }
    Ok(())
}

fn hex(sha256: Context) -> String {
    sha256
        .finish()
        .as_ref()
        .iter()
        .fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").unwrap();
            hex
        })
}
