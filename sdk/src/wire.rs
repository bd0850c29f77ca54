//! The only types that leave or enter the process, with their versions.

pub(crate) mod manifest;
pub(crate) mod offer;
pub(crate) mod receipt;
pub(crate) mod rfc3339;
