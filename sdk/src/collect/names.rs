//! The names by which this machine knows its person, for masking them.

use std::env;

use sysinfo::System;

use crate::redact::Machine;

/// What the system tells. Reads variables of the environment and asks for the host's name.
pub(crate) fn of_this_machine() -> Machine {
    let home = env::home_dir();
    let folder = home.as_deref().and_then(|home| home.file_name()?.to_str());
    let told = ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| env::var(name).ok());
    Machine {
        user: told
            .filter(|user| !user.is_empty())
            .or_else(|| folder.map(str::to_owned)),
        host: System::host_name().ok(),
        home,
    }
}
