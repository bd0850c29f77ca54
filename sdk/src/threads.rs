//! Threads of ours.

use std::io;
use std::thread::Builder;

/// Starts one, which ends by itself. Boxed work: what std makes around each kind of it would be in every app.
pub(crate) fn start(name: &str, work: Box<dyn FnOnce() + Send>) -> io::Result<()> {
    Builder::new().name(name.to_owned()).spawn(work).map(drop)
}
