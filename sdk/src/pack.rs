//! Compresses what a report holds, once, and keeps it until it is sent.

mod blocks;
mod packer;
mod shelf;

pub(crate) use packer::{Packer, Packing};
pub(crate) use shelf::Content;
