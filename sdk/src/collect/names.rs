//! The names by which this machine knows its person, for masking them.

use std::env;

use sysinfo::System;

use crate::redact::{Machine, as_shown};

/// What the system tells. Reads variables of the environment and asks for the host's name.
pub(crate) fn of_this_machine() -> Machine {
    let home = env::home_dir();
    let folder = home.as_deref().and_then(|home| Some(as_shown(home.file_name()?)));
    let told = ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| Some(as_shown(&env::var_os(name)?)));
    Machine {
        user: told.filter(|user| !user.is_empty()).or(folder),
        host: System::host_name().ok(),
        home,
    }
}
