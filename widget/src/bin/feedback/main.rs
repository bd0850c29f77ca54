//! `feedback`: the same reports for apps that are not egui, for scripts and for support people.
//!
//! Results go to stdout (one line, or one JSON object, per report), everything else to stderr. The
//! exit status says what became of the reports: see [`output::Exit`].

mod args;
mod flush;
mod folders;
mod list;
mod logger;
mod outcome;
mod output;
mod save;
mod send;
#[cfg(feature = "window")]
mod window;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};
use output::{Exit, Failure};

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let _ = error.print();
            // `--help` and `--version` are no mistakes.
            return if error.use_stderr() {
                Exit::Usage
            } else {
                Exit::Done
            }
            .into();
        }
    };
    logger::start(args.verbose);
    let done = match args.command {
        Command::Send(send) => send::run(*send),
        #[cfg(feature = "window")]
        Command::Window(window) => window::run(*window),
        Command::Flush(flush) => flush::run(&flush),
        Command::List(list) => Ok(list::run(&list)),
        Command::Save(save) => save::run(save),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(Failure { exit, message }) => {
            output::tell(message);
            exit.into()
        }
    }
}
