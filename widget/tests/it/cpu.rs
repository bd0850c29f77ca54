//! What a thread has worked, whatever else the machine does.

use std::time::Duration;

/// What this thread has worked so far: other programs do not show in it.
#[cfg(unix)]
pub(crate) fn cpu_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// The time by the clock: Windows counts a thread's work in ticks longer than a frame.
#[cfg(not(unix))]
pub(crate) fn cpu_time() -> Duration {
    use std::{sync::LazyLock, time::Instant};
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

/// What it has worked since it was asked before.
pub(crate) fn cpu_time_since(start: Duration) -> Duration {
    cpu_time().saturating_sub(start)
}
