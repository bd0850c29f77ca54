//! Facts about the machine that a support engineer asks for first. A closed list.

use serde::{Deserialize, Serialize};
use sysinfo::{
    CpuRefreshKind, MemoryRefreshKind, ProcessRefreshKind, ProcessesToUpdate, RefreshKind, System,
};

/// What is told about the machine: these fields and no others.
///
/// No host name, no user name, no serial number, no list of programs. What cannot be found out is
/// `None`. Sizes are bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SystemInfo {
    /// The operating system or distribution, such as `Debian GNU/Linux`.
    pub os: Option<String>,
    /// Its version, such as `12`.
    pub os_version: Option<String>,
    /// The kernel's version, such as `6.1.0-18-amd64`.
    pub kernel: Option<String>,
    /// The processor architecture, such as `x86_64`.
    pub arch: String,
    /// The processor's name as it calls itself.
    pub cpu: Option<String>,
    /// Logical processors this process may use.
    pub cpu_count: Option<usize>,
    /// Main memory of the machine.
    pub memory_total: Option<u64>,
    /// Main memory that could be had without swapping.
    pub memory_free: Option<u64>,
    /// Free space for this user on the disk of the home folder.
    pub disk_free: Option<u64>,
    /// Main memory the app holds (resident set).
    pub app_memory: Option<u64>,
    /// How long the app has been running, in seconds.
    pub app_uptime: Option<u64>,
    /// The language and region of the system, such as `de-CH`.
    pub locale: Option<String>,
    /// Pixels per point of the app's window, if the app told.
    pub display_scale: Option<f32>,
}

impl SystemInfo {
    /// Takes the facts now. Under a millisecond: no full refresh, no other process is started.
    pub(crate) fn now(display_scale: Option<f32>) -> Self {
        let kinds = RefreshKind::nothing()
            .with_memory(MemoryRefreshKind::nothing().with_ram())
            .with_cpu(CpuRefreshKind::nothing());
        let mut system = System::new_with_specifics(kinds).ok();
        let process = system
            .as_mut()
            .zip(sysinfo::get_current_pid().ok())
            .and_then(|(system, pid)| {
                system.refresh_processes_specifics(
                    ProcessesToUpdate::Some(&[pid]),
                    false,
                    ProcessRefreshKind::nothing().with_memory(),
                );
                system.process(pid)
            });
        let (app_memory, app_uptime) = process
            .map(|process| (Some(process.memory()), Some(process.run_time())))
            .unwrap_or_default();
        let known = |bytes: u64| (bytes > 0).then_some(bytes);
        Self {
            os: System::name().ok(),
            os_version: System::os_version().ok(),
            kernel: System::kernel_version().ok(),
            arch: System::cpu_arch(),
            cpu: system
                .as_ref()
                .and_then(|system| system.cpus().first())
                .map(|cpu| cpu.brand().trim().to_owned())
                .filter(|brand| !brand.is_empty()),
            cpu_count: std::thread::available_parallelism().ok().map(usize::from),
            memory_total: system.as_ref().and_then(|system| known(system.total_memory())),
            memory_free: system
                .as_ref()
                .and_then(|system| known(system.available_memory())),
            disk_free: std::env::home_dir().and_then(|home| fs4::available_space(home).ok()),
            app_memory,
            app_uptime,
            locale: sys_locale::get_locale(),
            display_scale,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facts_of_this_machine_are_found() {
        let facts = SystemInfo::now(Some(1.5));
        assert!(!facts.arch.is_empty());
        assert!(facts.memory_total > facts.memory_free, "{facts:?}");
        assert!(facts.app_memory > Some(100_000), "{facts:?}");
        assert_eq!(facts.display_scale, Some(1.5));
        if cfg!(target_os = "linux") {
            assert!(facts.kernel.is_some() && facts.cpu.is_some(), "{facts:?}");
        }
    }

    #[test]
    fn the_list_of_facts_is_closed() {
        let json = serde_json::to_value(SystemInfo::now(None)).unwrap();
        let mut keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(
            keys,
            [
                "app_memory",
                "app_uptime",
                "arch",
                "cpu",
                "cpu_count",
                "disk_free",
                "display_scale",
                "kernel",
                "locale",
                "memory_free",
                "memory_total",
                "os",
                "os_version"
            ]
        );
    }
}
