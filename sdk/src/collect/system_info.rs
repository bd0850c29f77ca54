//! Finds out the facts of [`SystemInfo`].

mod gpu;
mod locale;
mod monitors;
mod pci_ids;
mod surroundings;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use sysinfo::{
    CpuRefreshKind, MemoryRefreshKind, Process, ProcessRefreshKind, ProcessesToUpdate, RefreshKind, System,
};

use super::Gathering;
use super::deadline::{Running, Source, Unfinished};
use crate::config::{FeedbackConfig, SystemFacts};
use crate::report::GapReason;
use crate::report::system_info::{Gpu, Monitor, SystemInfo};
pub use locale::system_locales;
use surroundings::Host;

/// The facts that may take their time, on their way.
pub(super) struct Slow {
    /// Whether this process is the app's.
    is_app: bool,
    space: Vec<Space>,
    graphics: Result<Running<Graphics>, Unfinished>,
}

type Graphics = (Vec<Gpu>, Vec<Monitor>);
/// A place, and the free bytes on its disk.
type Space = (Place, Result<Running<Option<u64>>, Unfinished>);

/// Where free space matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    App,
    Temp,
    Data,
    Home,
}

impl Place {
    const ALL: [Self; 4] = [Self::App, Self::Temp, Self::Data, Self::Home];

    fn name(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Temp => "temporary files",
            Self::Data => "data",
            Self::Home => "home",
        }
    }
}

/// Starts to look for what may take its time.
pub(super) fn start_slow(config: &FeedbackConfig) -> Slow {
    static DISKS: LazyLock<[Source; Place::ALL.len()]> = LazyLock::new(Default::default);
    static GRAPHICS: LazyLock<Source> = LazyLock::new(Source::default);
    let data = config.folder();
    let is_app = matches!(config.system_facts, SystemFacts::OfApp);
    let patience = config.patience.machine;
    Slow {
        is_app,
        space: start_space(
            &DISKS,
            |_| patience,
            move |place| {
                let path: Option<PathBuf> = match place {
                    Place::App => std::env::current_exe().ok().filter(|_| is_app),
                    Place::Temp => Some(std::env::temp_dir()),
                    Place::Data => data.clone(),
                    Place::Home => std::env::home_dir(),
                };
                path.and_then(|path| free_space(&path))
            },
        ),
        graphics: GRAPHICS.start(patience, || (gpu::all(), gpu::monitors(Path::new(gpu::DRM)))),
    }
}

/// Asks each place by itself: where one is on a mount that stalls, the others answer.
fn start_space(
    disks: &[Source; Place::ALL.len()],
    patience: impl Fn(Place) -> Duration,
    free: impl Fn(Place) -> Option<u64> + Clone + Send + 'static,
) -> Vec<Space> {
    let places = Place::ALL.into_iter().zip(disks);
    let start = |(place, disk): (Place, &Source)| {
        let free = free.clone();
        (place, disk.start(patience(place), move || free(place)))
    };
    places.map(start).collect()
}

/// Free space on the disk of a path that may not exist yet.
fn free_space(path: &Path) -> Option<u64> {
    let mut there = path.ancestors().filter(|folder| !folder.as_os_str().is_empty());
    there.find_map(|folder| fs4::available_space(folder).ok())
}

impl SystemInfo {
    /// Takes the facts now, and waits for the slow ones. No full refresh, and no other process is started: a few
    /// milliseconds.
    pub(super) fn gather(
        slow: Slow,
        monitors: Vec<Monitor>,
        display_scale: Option<f32>,
        language: Option<String>,
        gathering: &mut Gathering,
    ) -> Self {
        let mut facts = Self::now(slow.is_app);
        // What the surroundings say of themselves is anyone's text.
        for text in [&mut facts.desktop, &mut facts.time_zone].into_iter().flatten() {
            *text = gathering.mask(text);
        }
        let mut told = |what: &str, why: Unfinished| match why {
            Unfinished::TooSlow => gathering.gap(what, GapReason::SlowSystem),
            why => gathering.gap(what, GapReason::NotLookedFor(Box::new(why.into()))),
        };
        facts.take_space(slow.space, &mut told);
        let graphics = slow.graphics.and_then(Running::wait);
        let graphics = graphics.map_err(|why| told("graphics", why));
        let (gpus, known) = graphics.unwrap_or_default();
        facts.gpus = gpus;
        facts.monitors = monitors::joined(known, monitors);
        facts.display_scale = display_scale;
        facts.app_language = language.filter(|language| locale::is_tag(language));
        facts
    }

    /// Takes what is told of free space, and tells what is not.
    fn take_space(&mut self, space: Vec<Space>, told: &mut dyn FnMut(&str, Unfinished)) {
        for (place, free) in space {
            let fact = match place {
                Place::App => &mut self.disk_free_app,
                Place::Temp => &mut self.disk_free_temp,
                Place::Data => &mut self.disk_free_data,
                Place::Home => &mut self.disk_free,
            };
            match free.and_then(Running::wait) {
                Ok(free) => *fact = free,
                Err(why) => told(&format!("free disk space: {}", place.name()), why),
            }
        }
    }

    /// All facts that the system has at hand.
    fn now(is_app: bool) -> Self {
        let kinds = RefreshKind::nothing()
            .with_memory(MemoryRefreshKind::everything())
            .with_cpu(CpuRefreshKind::nothing());
        let mut system = System::new_with_specifics(kinds).ok();
        let id = sysinfo::get_current_pid().ok().filter(|_| is_app);
        if let Some((system, id)) = system.as_mut().zip(id) {
            let kinds = ProcessRefreshKind::nothing().with_memory();
            system.refresh_processes_specifics(ProcessesToUpdate::Some(&[id]), false, kinds);
        }
        let system = system.as_ref();
        let process = system.zip(id).and_then(|(system, id)| system.process(id));
        let cpu = system
            .and_then(|system| system.cpus().first())
            .map(|cpu| cpu.brand().trim());
        let program = std::env::current_exe().unwrap_or_default();
        let host = surroundings::host(&|path| std::fs::read_to_string(path).ok()).unwrap_or_else(|| Host {
            name: System::name().ok(),
            version: System::os_version().ok(),
        });
        let (arch, kernel) = (System::cpu_arch(), System::kernel_version().ok());
        let known = |bytes: u64| (bytes > 0).then_some(bytes);
        Self {
            os: host.name,
            os_version: host.version,
            desktop: surroundings::desktop(&variable),
            session: surroundings::session(&variable).map(str::to_owned),
            sandbox: surroundings::sandbox(&variable, &program, &|path| Path::new(path).exists())
                .map(str::to_owned),
            virtual_machine: surroundings::virtual_machine(kernel.as_deref()).map(str::to_owned),
            kernel,
            app_arch: is_app.then(|| std::env::consts::ARCH.to_owned()),
            emulated: is_app
                && surroundings::is_emulated(
                    std::env::consts::ARCH,
                    &arch,
                    cpu.unwrap_or_default(),
                    &variable("PROCESSOR_IDENTIFIER").unwrap_or_default(),
                ),
            arch,
            cpu: cpu.filter(|brand| !brand.is_empty()).map(str::to_owned),
            cpu_count: std::thread::available_parallelism().ok().map(usize::from),
            memory_total: system.and_then(|system| known(system.total_memory())),
            memory_free: system.and_then(|system| known(system.available_memory())),
            swap_total: system.map(System::total_swap),
            swap_free: system.map(System::free_swap),
            app_memory: process.map(Process::memory),
            app_uptime: process.map(Process::run_time),
            app_threads: process.and_then(|_| Some(std::fs::read_dir("/proc/self/task").ok()?.count())),
            app_open_files: process.and_then(Process::open_files),
            // On Windows files are counted by their handles, which have no such limit; it is one of C's library.
            app_open_files_limit: process
                .filter(|_| !cfg!(windows))
                .and_then(Process::open_files_limit),
            locale: system_locales().into_iter().next(),
            time_zone: locale::time_zone(),
            ..Self::default()
        }
    }
}

/// A variable of the environment that says something.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::config::patience::patient;

    fn facts(monitors: Vec<Monitor>) -> SystemInfo {
        let config =
            FeedbackConfig::new("https://example.com/x", "k", "Notes", "1").spool_dir("/no/such/folder");
        facts_by(&config, monitors)
    }

    #[test]
    fn a_program_that_reports_on_an_app_tells_nothing_of_itself() {
        let config = FeedbackConfig::new("https://example.com/x", "k", "Notes", "1");
        let own = facts_by(&config, Vec::new());
        assert!(own.app_memory.is_some() && own.app_uptime.is_some());
        let other = facts_by(&config.for_another_process(), Vec::new());
        assert_eq!(
            (other.app_memory, other.app_uptime, other.app_threads),
            (None, None, None)
        );
        assert_eq!((other.app_open_files, other.app_open_files_limit), (None, None));
        assert_eq!((&other.app_arch, other.disk_free_app), (&None, None));
        assert_eq!(other.memory_total, own.memory_total);
    }

    fn facts_by(config: &FeedbackConfig, monitors: Vec<Monitor>) -> SystemInfo {
        let mut gathering = Gathering::new(config.masks());
        let slow = start_slow(&patient(config.clone()));
        SystemInfo::gather(
            slow,
            monitors,
            Some(1.5),
            Some("pt-BR".to_owned()),
            &mut gathering,
        )
    }

    #[test]
    fn the_app_tells_its_language_and_nothing_else_in_its_place() {
        assert_eq!(facts(Vec::new()).app_language.as_deref(), Some("pt-BR"));
        let config = FeedbackConfig::new("https://example.com/x", "k", "Notes", "1");
        let mut gathering = Gathering::new(config.masks());
        let language = Some("ask anna@example.org".to_owned());
        let slow = start_slow(&patient(config));
        let facts = SystemInfo::gather(slow, Vec::new(), None, language, &mut gathering);
        assert_eq!(facts.app_language, None);
    }

    #[test]
    fn the_facts_of_this_machine_are_found() {
        let monitor = Monitor {
            width: 800,
            height: 600,
            scale: Some(1.5),
        };
        let facts = facts(vec![monitor]);
        assert!(!facts.arch.is_empty() && !facts.emulated);
        assert_eq!(facts.app_arch.as_deref(), Some(std::env::consts::ARCH));
        assert!(facts.memory_total > facts.memory_free, "{facts:?}");
        assert!(facts.swap_total >= facts.swap_free, "{facts:?}");
        assert!(facts.app_memory > Some(100_000), "{facts:?}");
        for space in [facts.disk_free_app, facts.disk_free_data, facts.disk_free_temp] {
            assert!(space.is_some(), "{facts:?}");
        }
        assert_eq!(facts.display_scale, Some(1.5));
        assert!(
            facts.monitors.contains(&monitor),
            "beside the machine's own: {facts:?}"
        );
        if cfg!(target_os = "linux") {
            assert!(facts.kernel.is_some() && facts.cpu.is_some(), "{facts:?}");
            assert!(facts.app_threads >= Some(2), "{facts:?}");
            assert!(facts.app_open_files.is_some(), "{facts:?}");
            assert!(facts.app_open_files < facts.app_open_files_limit, "{facts:?}");
        }
    }

    #[test]
    fn a_place_that_stalls_takes_no_other_with_it_in_no_report() {
        let (disks, stall) = (Default::default(), Arc::new(Mutex::new(())));
        let stalled = stall.lock().unwrap();
        for busy in [false, true] {
            let stall = Arc::clone(&stall);
            let patience = |place| match place {
                Place::App => Duration::from_millis(1),
                _ => Duration::from_mins(1),
            };
            let space = start_space(&disks, patience, move |place| {
                drop((place == Place::App).then(|| stall.lock()));
                Some(7)
            });
            let (mut facts, mut gaps) = (SystemInfo::default(), Vec::new());
            facts.take_space(space, &mut |what, why| gaps.push((what.to_owned(), why)));
            assert_eq!(gaps.len(), 1, "{gaps:?}");
            assert_eq!(gaps[0].0, "free disk space: app");
            assert_eq!(matches!(gaps[0].1, Unfinished::Busy(_)), busy);
            let others = [facts.disk_free_temp, facts.disk_free_data, facts.disk_free];
            assert_eq!((facts.disk_free_app, others), (None, [Some(7); 3]));
        }
        drop(stalled);
    }

    #[test]
    fn the_list_of_facts_is_closed() {
        let facts = SystemInfo {
            app_language: Some("de".to_owned()),
            ..SystemInfo::default()
        };
        let json = serde_json::to_value(facts).unwrap();
        let mut keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(
            keys,
            [
                "app_arch",
                "app_language",
                "app_memory",
                "app_open_files",
                "app_open_files_limit",
                "app_threads",
                "app_uptime",
                "arch",
                "cpu",
                "cpu_count",
                "desktop",
                "disk_free",
                "disk_free_app",
                "disk_free_data",
                "disk_free_temp",
                "display_scale",
                "emulated",
                "gpus",
                "kernel",
                "locale",
                "memory_free",
                "memory_total",
                "monitors",
                "os",
                "os_version",
                "sandbox",
                "session",
                "swap_free",
                "swap_total",
                "time_zone",
                "virtual_machine"
            ]
        );
    }

    #[test]
    fn nothing_names_the_machine_or_its_user() {
        let json = serde_json::to_string(&facts(Vec::new())).unwrap();
        let host = System::host_name().unwrap_or_default();
        let user = variable("USER").unwrap_or_default();
        for name in [host, user].iter().filter(|name| name.len() > 4) {
            assert!(!json.contains(name.as_str()), "{name} in {json}");
        }
    }
}
