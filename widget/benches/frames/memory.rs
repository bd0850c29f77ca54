//! By how much the window makes an app grow: the evidence is large, what is held of it should not be larger.

use std::process::Command;
use std::time::{Duration, Instant};

use egui::{Key, Modifiers};

use crate::hands::Hands;

/// Makes this program measure one thing in a process of its own.
const ARGUMENT: &str = "--memory";
/// No thread that gives back what was shown takes this long.
const DEADLINE: Duration = Duration::from_mins(1);

/// What is measured, and the bytes that are shown.
const ALL: [(&str, f64); 2] = [
    ("a log of 64 MB, read to its end", 64.0),
    ("a 4K picture, edited", 3840.0 * 2160.0 * 4.0 / 1e6),
];

/// Measures if this process was started for that.
pub(crate) fn is_measured_here() -> bool {
    let mut arguments = std::env::args().skip_while(|argument| argument != ARGUMENT);
    let what = arguments.nth(1);
    match ALL.iter().position(|(name, _)| Some(*name) == what.as_deref()) {
        Some(0) => read_a_log(),
        Some(_) => edit_a_picture(),
        None => return false,
    }
    true
}

/// Prints the table. Nothing where the system does not tell.
pub(crate) fn print() {
    if megabytes("VmRSS:").is_none() {
        return;
    }
    println!(
        "\n| What the window holds, MB | itself | while it is shown (in use) | at most | after (in use) |"
    );
    println!("|---|---:|---:|---:|---:|");
    for (what, itself) in ALL {
        let [held, in_use] = [&[][..], &[GIVES_BACK]].map(|environment| measured(what, environment));
        println!(
            "| {what} | {itself:.0} | {} ({}) | {} | {} ({}) |",
            held[0], in_use[0], held[1], held[2], in_use[2]
        );
    }
}

/// Has glibc give large blocks back to the system at once: what is held then is in use.
const GIVES_BACK: (&str, &str) = ("MALLOC_MMAP_THRESHOLD_", "1000000");

/// Megabytes while it is shown, at most, and after.
fn measured(what: &str, environment: &[(&str, &str)]) -> [String; 3] {
    let program = std::env::current_exe().unwrap();
    let mut measurement = Command::new(program);
    measurement
        .args([ARGUMENT, what])
        .envs(environment.iter().copied());
    let done = measurement.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let told = String::from_utf8(done.stdout).unwrap();
    let megabytes: Vec<String> = told.split_whitespace().map(str::to_owned).collect();
    megabytes.try_into().unwrap()
}

fn read_a_log() {
    let folder = tempfile::tempdir().unwrap();
    let mut hands = Hands::with_log(folder.path());
    let before = Before::now();
    hands.open_log();
    hands.press(Modifiers::NONE, Key::End);
    hands.frame([]);
    let shown = now();
    hands.click("Close");
    before.tell(shown);
}

fn edit_a_picture() {
    let mut hands = Hands::new(|config| config);
    let before = Before::now();
    hands.paste_picture();
    hands.open_editor();
    hands.press(Modifiers::NONE, Key::B);
    let canvas = hands.canvas().shrink(100.0);
    hands.draw(&[canvas.min, canvas.max]);
    let shown = now();
    hands.finish_editing();
    before.tell(shown);
}

/// What there was before anything was shown.
struct Before {
    megabytes: f64,
    threads: usize,
}

impl Before {
    fn now() -> Self {
        Self {
            megabytes: now(),
            threads: threads(),
        }
    }

    fn tell(self, shown: f64) {
        // The window gives back what was shown on a thread of its own.
        let deadline = Instant::now() + DEADLINE;
        while threads() > self.threads {
            assert!(
                Instant::now() < deadline,
                "{} threads before, still {} a minute after the window let go of what was shown",
                self.threads,
                threads()
            );
            std::thread::yield_now();
        }
        let most = megabytes("VmHWM:").unwrap_or_default();
        let above = |megabytes: f64| megabytes - self.megabytes;
        println!("{:.0} {:.0} {:.0}", above(shown), above(most), above(now()));
    }
}

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count)
}

/// What this process holds, in megabytes.
fn now() -> f64 {
    megabytes("VmRSS:").unwrap_or_default()
}

/// From Linux's own account of this process, in megabytes.
fn megabytes(what: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(what))?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes * 1.024e-3)
}
