//! The receiver of feedback reports: takes a zip and its manifest over HTTP, keeps both, shows them to support people.
//!
//! ```no_run
//! use server_stub::{Server, ServerConfig};
//!
//! let config = ServerConfig::new("feedback-data").listen("127.0.0.1:0").key("my-project");
//! let server = Server::start(config)?;
//! println!("post reports to {}/api/v1/reports", server.url());
//! println!("read them at    {}", server.inbox_url());
//! server.shutdown(); // or drop it
//! # Ok::<(), server_stub::StartError>(())
//! ```
//!
//! [`Server::start`] blocks only until the port is open: the server lives on its own thread with its own runtime, so a
//! program without any `async` can embed it. The program `server-stub serve` is the same call with flags.
//!
//! # What is stored where
//!
//! ```text
//! DIR/reports.sqlite3        one row per report: number, id, hash, size, arrival, manifest, place of the bundle
//! DIR/segments/<n>.segment   bundles up to 256 KiB as they came, each in blocks of 4 KiB, 64 MiB and a little in a file
//! DIR/blobs/<pre>/<id>.zip   a larger bundle as it came; <pre> is the first five digits of the id
//! DIR/uploads/<id>.state     a resumable upload: its key, its length, how many bytes count; a week after the last one it goes
//! DIR/uploads/<id>.part      its bytes, until they are a report
//! DIR/tmp/                   forms under way; emptied at every start
//! DIR/project-key            the key that was generated when none was given
//! DIR/agent-token.sha256     the hash of the agent's token; the token itself is shown once and kept nowhere
//! DIR/lock                   held while a server uses the folder
//! ```
//!
//! A report is answered with `201` only when it would survive a power cut: large bundles are synced and renamed into place
//! and their folder is synced, then the log gets a line with all that is known of the report, small bundles right behind it,
//! and is synced. All reports that wait at one moment share these syncs, so a busy server takes many times more of them
//! than it could sync one by one. The log decides what exists; the rows of the database are its index and made anew where
//! they are lost. What no row owns after that is swept at the next start.
//!
//! # What it costs
//!
//! Memory: up to 256 KiB of a bundle for each connection that sends one, its manifest (a few KiB; 8 MiB at the most, twice
//! while it is checked), and up to 128 reports that wait for the disk, so about 32 MiB of bundles. Larger bundles go to the
//! disk as they come. A page of the list ends early, with `"more": true`, where its manifests together have 8 MiB.
//!
//! # What the log says
//!
//! `error` and `warn`: the disk or the database failed, by path. `info`: starts, stops, the number and size of a
//! report, the status and kind of a refusal. `debug`: connections that ended early. No level ever contains what a
//! person wrote, a key, or a token.

mod api;
mod app;
mod body;
mod bundle;
mod check;
mod config;
mod door;
mod inbox;
mod intake;
mod json;
mod manifest;
mod problem;
mod receipt;
mod secret;
mod server;
mod store;
mod stream;
mod task;
mod uploads;

pub use config::ServerConfig;
pub use server::{Server, StartError};
