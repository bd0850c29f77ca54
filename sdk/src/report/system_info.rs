//! Facts about the machine that a support engineer asks for first. A closed list.

use serde::Serialize;

/// What is told about the machine: these fields and no others.
///
/// No host name, no user name, no serial number, no address, no list of programs. What cannot be found out is
/// `None` or empty; what only some systems tell says so. Sizes are bytes, times seconds.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SystemInfo {
    /// The operating system or distribution, such as `Debian GNU/Linux`.
    pub os: Option<String>,
    /// Its version, such as `12`; on Windows with the build, such as `11 (26100)`.
    pub os_version: Option<String>,
    /// The kernel's version, such as `6.1.0-18-amd64`.
    pub kernel: Option<String>,
    /// The desktop, such as `GNOME` (Linux and the BSDs).
    pub desktop: Option<String>,
    /// What draws the desktop: `wayland`, `x11` or `tty` (Linux and the BSDs).
    pub session: Option<String>,
    /// What keeps the app from the rest of the machine: `flatpak`, `snap`, `appcontainer`, `app sandbox` (macOS) or
    /// `container`.
    pub sandbox: Option<String>,
    /// What pretends to be the machine, such as `VirtualBox` or `WSL`.
    pub virtual_machine: Option<String>,
    /// The processor architecture, such as `x86_64`.
    pub arch: String,
    /// The architecture that the app was built for.
    pub app_arch: Option<String>,
    /// Whether the app runs on a processor of another kind, by translation. Told on Windows and macOS; on Linux only
    /// where the emulator does not hide it.
    pub emulated: bool,
    /// The processor's name as it calls itself.
    pub cpu: Option<String>,
    /// Logical processors this process may use.
    pub cpu_count: Option<usize>,
    /// Main memory of the machine.
    pub memory_total: Option<u64>,
    /// Main memory that could be had without swapping.
    pub memory_free: Option<u64>,
    /// Swap space of the machine; 0 where there is none.
    pub swap_total: Option<u64>,
    /// Swap space that is not in use.
    pub swap_free: Option<u64>,
    /// Free space for this user on the disk of the home folder.
    pub disk_free: Option<u64>,
    /// The same where the app's program is.
    pub disk_free_app: Option<u64>,
    /// The same where the app's state and the waiting reports are.
    pub disk_free_data: Option<u64>,
    /// The same where temporary files are.
    pub disk_free_temp: Option<u64>,
    /// The graphics processors.
    pub gpus: Vec<Gpu>,
    /// The monitors, as the system tells (Linux), and as the app does, who knows their scale.
    pub monitors: Vec<Monitor>,
    /// Pixels per point of the app's window, if the app told.
    pub display_scale: Option<f32>,
    /// Main memory the app holds (resident set).
    pub app_memory: Option<u64>,
    /// How long the app has been running.
    pub app_uptime: Option<u64>,
    /// How many threads the app has (Linux: no other system tells it without another process or code that is not safe).
    pub app_threads: Option<usize>,
    /// How many files and sockets the app has open; on Windows, how many handles of any kind.
    pub app_open_files: Option<usize>,
    /// How many it may have open; not told on Windows, which has no such limit.
    pub app_open_files_limit: Option<usize>,
    /// The language in which the app asked the person, such as `pt-BR`, if the app told.
    #[serde(skip_serializing_if = "Option::is_none")] // nobody was asked, as where a program reports
    pub app_language: Option<String>,
    /// The language and region of the system, such as `de-CH`.
    pub locale: Option<String>,
    /// The time zone of the app and its logs by its IANA name, such as `Europe/Zurich`, or by the rule that the variable
    /// `TZ` gives it.
    pub time_zone: Option<String>,
}

/// A graphics processor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Gpu {
    /// Its name; where the driver tells none (Linux), maker and PCI id, and what the system's list of these ids calls it, such
    /// as `AMD 1002:73bf Navi 21 [Radeon RX 6800/6800 XT / 6900 XT]`.
    pub name: String,
    /// The kernel's driver for it and, where it tells, the version, such as `nvidia 550.54.14` (Linux), or
    /// its version, such as `32.0.15.6094` (Windows). That of macOS is of its [version](SystemInfo::os_version).
    pub driver: Option<String>,
}

/// A monitor.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Monitor {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Pixels per point, where it is known.
    pub scale: Option<f32>,
}
