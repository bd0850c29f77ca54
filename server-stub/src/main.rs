//! `server-stub serve`: the receiver of feedback reports as a program.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use server_stub::{Server, ServerConfig, StartError};

/// Wrong usage, as in BSD's `sysexits.h`.
const EX_USAGE: u8 = 64;

/// The receiver of feedback reports: takes them over HTTP, keeps them in a folder, shows them in an inbox.
#[derive(Parser)]
#[command(version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Listens until it is stopped; prints one line on stdout when it is ready.
    Serve(Serve),
}

#[derive(clap::Args)]
struct Serve {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "HOST:PORT", default_value = ServerConfig::DEFAULT_LISTEN)]
    listen: String,

    /// The folder for reports; made when missing.
    #[arg(long, value_name = "DIR", default_value = ServerConfig::DEFAULT_DATA_DIR)]
    data: PathBuf,

    /// A project key that may post reports; can be given more than once. Without any, one is generated and kept in DIR.
    #[arg(long = "key", value_name = "KEY")]
    keys: Vec<String>,

    /// The token that opens the inbox, also from the environment as `FEEDBACK_AGENT_TOKEN`. Without it, one is generated
    /// at the first start and printed once; to get another, delete DIR/agent-token.sha256.
    #[arg(long, value_name = "TOKEN")]
    agent_token: Option<String>,

    /// The largest request, in bytes.
    #[arg(long, value_name = "N", default_value_t = ServerConfig::DEFAULT_MAX_BYTES)]
    max_bytes: u64,
}

fn main() -> ExitCode {
    let Command::Serve(arguments) = match Arguments::try_parse() {
        Ok(arguments) => arguments.command,
        Err(error) => {
            let _ = error.print(); // nowhere left to say it
            return if error.use_stderr() {
                EX_USAGE.into()
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    if log::set_logger(&StderrLog).is_ok() {
        log::set_max_level(log::LevelFilter::Info);
    }
    match serve(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&error.to_string());
            match error.downcast_ref() {
                Some(StartError::Config { .. }) => EX_USAGE.into(),
                _ => ExitCode::FAILURE,
            }
        }
    }
}

fn serve(arguments: Serve) -> Result<(), Box<dyn std::error::Error>> {
    let mut config = ServerConfig::new(arguments.data)
        .listen(arguments.listen)
        .max_bytes(arguments.max_bytes);
    let generated_key = arguments.keys.is_empty();
    for key in arguments.keys {
        config = config.key(key);
    }
    // An empty variable is how many a compose file says that there is none.
    let from_environment = || {
        std::env::var("FEEDBACK_AGENT_TOKEN")
            .ok()
            .filter(|token| !token.is_empty())
    };
    if let Some(token) = arguments.agent_token.or_else(from_environment) {
        config = config.agent_token(token);
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let stop = {
        let _entered = runtime.enter();
        stop_signal()? // before anyone is told that the server runs
    };
    let server = Server::start(config)?;
    introduce(&server, generated_key)?;
    runtime.block_on(stop);
    tell("stopping");
    server.shutdown();
    Ok(())
}

/// The one line for programs on stdout, the rest for people on stderr.
fn introduce(server: &Server, generated_key: bool) -> io::Result<()> {
    if let (true, Some(key)) = (generated_key, server.project_keys().first()) {
        tell(&format!("project key: {key}"));
    }
    if let (true, Some(token)) = (server.agent_token_is_new(), server.agent_token()) {
        tell(&format!("agent token, shown only this once: {token}"));
    }
    tell(&format!("inbox: {}/inbox", server.url()));
    let mut out = io::stdout();
    writeln!(out, "listening on {}", server.url())?;
    out.flush()
}

/// Ends with ctrl-c, and on Unix with SIGTERM too.
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    {
        Ok(async {
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await; // no signals here: run until killed
            }
        })
    }
}

fn tell(text: &str) {
    let _ = writeln!(io::stderr(), "{text}"); // a closed stderr is no reason to stop
}

/// The library's log, as lines on stderr.
struct StderrLog;

impl log::Log for StderrLog {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.target().starts_with("server_stub")
    }

    fn log(&self, record: &log::Record<'_>) {
        if self.enabled(record.metadata()) {
            tell(&format!(
                "{}: {}",
                record.level().as_str().to_lowercase(),
                record.args()
            ));
        }
    }

    fn flush(&self) {}
}
