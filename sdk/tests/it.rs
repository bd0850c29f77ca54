//! The SDK from outside: real threads, real sockets, a real spool folder.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests state what they expect"
)]

#[path = "../examples/transport/plain.rs"]
mod plain;

mod it {
    pub(crate) mod answers;
    pub(crate) mod any_report;
    pub(crate) mod arrives;
    pub(crate) mod as_shown;
    pub(crate) mod asks;
    pub(crate) mod benign;
    pub(crate) mod crash;
    pub(crate) mod doubts;
    pub(crate) mod facts;
    pub(crate) mod fits;
    pub(crate) mod flat;
    pub(crate) mod imports;
    pub(crate) mod masks;
    pub(crate) mod mutations;
    pub(crate) mod old;
    #[cfg(unix)]
    pub(crate) mod owned;
    pub(crate) mod published;
    pub(crate) mod raw;
    pub(crate) mod recorded;
    pub(crate) mod remembered;
    pub(crate) mod resumes;
    pub(crate) mod seeded;
    pub(crate) mod stored;
    pub(crate) mod support;
    pub(crate) mod transport;
    pub(crate) mod turns;
    pub(crate) mod tus;
    pub(crate) mod unstored;
    pub(crate) mod versions;
}
