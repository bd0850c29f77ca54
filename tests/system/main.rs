//! The whole system from outside, as its users meet it.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests state what they expect"
)]

mod arrives;
mod chaos;
#[cfg(target_os = "linux")]
mod crashed;
mod dependencies;
#[cfg(target_os = "linux")]
mod desk;
#[cfg(target_os = "linux")]
mod faults;
#[cfg(target_os = "linux")]
mod fonts;
#[cfg(target_os = "linux")]
mod full_disk;
#[cfg(target_os = "linux")]
mod hosts;
mod inbox;
#[cfg(target_os = "linux")]
mod input_method;
#[cfg(target_os = "linux")]
mod killed;
mod main_job;
#[cfg(target_os = "linux")]
mod many_processes;
#[cfg(target_os = "linux")]
mod memory;
mod photo;
mod pictures;
mod private;
#[cfg(target_os = "linux")]
mod proxies;
#[cfg(target_os = "linux")]
mod receiver_faults;
#[cfg(target_os = "linux")]
mod receiver_syncs;
#[cfg(target_os = "linux")]
mod resumable_client;
mod resumable_server;
#[cfg(target_os = "linux")]
mod screen_picture;
#[cfg(target_os = "linux")]
mod screen_reader;
mod usage;
#[cfg(target_os = "linux")]
mod window;
