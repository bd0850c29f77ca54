//! What the app runs in: a desktop, a sandbox, a machine that is none. Told by small marks that each maker documents;
//! the decisions are pure.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use sysinfo::Product;

type Variable<'v> = &'v dyn Fn(&str) -> Option<String>;

/// The desktop by its own name: `XDG_CURRENT_DESKTOP`, of the Desktop Entry Specification.
pub(super) fn desktop(variable: Variable<'_>) -> Option<String> {
    let name = variable("XDG_CURRENT_DESKTOP")?;
    Some(
        name.chars()
            .filter(|letter| !letter.is_control())
            .take(60)
            .collect(),
    )
}

/// What draws: `XDG_SESSION_TYPE` of `pam_systemd`(8), or else the socket that programs connect to. A desktop that was started
/// from a console has both.
pub(super) fn session(variable: Variable<'_>) -> Option<&'static str> {
    match variable("XDG_SESSION_TYPE").as_deref() {
        Some("wayland") => Some("wayland"),
        Some("x11") => Some("x11"),
        _ if variable("WAYLAND_DISPLAY").is_some() => Some("wayland"),
        _ if variable("DISPLAY").is_some() => Some("x11"),
        Some("tty") => Some("tty"),
        _ => None,
    }
}

/// The system around a Flatpak or a snap, whose own `/etc/os-release` is that of its runtime.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Host {
    pub(super) name: Option<String>,
    pub(super) version: Option<String>,
}

/// Where these have it: flatpak-run(1), and the interface `system-observe` of snapd. `None` elsewhere.
pub(super) fn host(read: &dyn Fn(&str) -> Option<String>) -> Option<Host> {
    let places = [
        "/run/host/os-release",
        "/run/host/etc/os-release",
        "/var/lib/snapd/hostfs/etc/os-release",
    ];
    let told = places.into_iter().find_map(read)?;
    let value = |key: &str| {
        let mut lines = told.lines();
        let value = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix('='))?;
        Some(value.trim_matches(['"', '\'']).to_owned())
    };
    Some(Host {
        name: value("NAME"),
        version: value("VERSION_ID"), // not all have one
    })
}

/// The sandbox by what each puts into it: flatpak-metadata(5), the environment of snapcraft, marker files of Podman and
/// Docker, the folders of `AppContainer` on Windows, the variable of App Sandbox on macOS. An app that was started from a
/// snap's terminal inherits that one's environment: its own `program` lies elsewhere.
pub(super) fn sandbox(
    variable: Variable<'_>,
    program: &Path,
    exists: &dyn Fn(&str) -> bool,
) -> Option<&'static str> {
    if exists("/.flatpak-info") {
        Some("flatpak")
    } else if variable("SNAP").is_some_and(|snap| program.starts_with(snap))
        && variable("SNAP_REVISION").is_some()
    {
        Some("snap")
    } else if variable("APP_SANDBOX_CONTAINER_ID").is_some() {
        Some("app sandbox")
    } else if variable("LOCALAPPDATA").is_some_and(|folder| is_app_container(&folder)) {
        Some("appcontainer")
    } else if exists("/run/.containerenv") || exists("/.dockerenv") {
        Some("container")
    } else {
        None
    }
}

/// `…\AppData\Local\Packages\<package>\AC`.
fn is_app_container(folder: &str) -> bool {
    let folder = folder.to_lowercase();
    folder.contains(r"\packages\") && folder.ends_with(r"\ac")
}

/// The virtual machine, by what it calls itself in the firmware's tables (DMI).
pub(super) fn virtual_machine(kernel: Option<&str>) -> Option<&'static str> {
    let maker = Product::vendor_name().unwrap_or_default();
    let product = Product::name().unwrap_or_default();
    // The first processor's flags are enough; a machine of 256 processors lists them all.
    let mut processor = String::new();
    if let Ok(file) = File::open("/proc/cpuinfo") {
        let _ = file.take(8 << 10).read_to_string(&mut processor);
    }
    virtual_machine_of(kernel.unwrap_or_default(), &maker, &product, &processor)
}

/// Names as systemd-detect-virt(1) knows them: part of the kernel's version, the maker or the product.
fn virtual_machine_of(kernel: &str, maker: &str, product: &str, processor: &str) -> Option<&'static str> {
    if kernel.to_lowercase().contains("microsoft") {
        return Some("WSL");
    }
    let known = [
        ("VMware", "VMware"),
        ("innotek", "VirtualBox"),
        ("VirtualBox", "VirtualBox"),
        ("Parallels", "Parallels"),
        ("Xen", "Xen"),
        ("Amazon EC2", "Amazon EC2"),
        ("Google Compute Engine", "Google Compute Engine"),
        ("KVM", "KVM"),
        ("QEMU", "QEMU"),
        ("Bochs", "Bochs"),
        ("BHYVE", "bhyve"),
        ("Apple Virtualization", "Apple Virtualization"),
        ("VirtualMac", "Apple Virtualization"), // the model of a guest with macOS
        // Surface computers are of Microsoft too, and are machines.
        ("Virtual Machine", "Hyper-V"),
    ];
    let named = known
        .iter()
        .find(|(mark, _)| maker.contains(mark) || product.contains(mark));
    let is_some = processor
        .lines()
        .filter(|line| line.starts_with("flags"))
        .any(|line| line.split_whitespace().any(|flag| flag == "hypervisor"));
    named.map(|(_, name)| *name).or(is_some.then_some("unknown"))
}

/// Whether a program built for `app` is translated on this processor. Rosetta keeps the processor's name, and
/// Windows on Arm its identifier, where the architecture pretends to be another.
pub(super) fn is_emulated(app: &str, machine: &str, cpu: &str, identifier: &str) -> bool {
    let (app, machine) = (family(app), family(machine));
    let pretends = app == Some("x86") && (cpu.starts_with("Apple M") || identifier.starts_with("ARM"));
    pretends || app.is_some() && machine.is_some() && app != machine
}

/// Processors of one family run each other's programs.
fn family(arch: &str) -> Option<&'static str> {
    match arch.to_ascii_lowercase().as_str() {
        "x86_64" | "amd64" | "x64" | "x86" | "i386" | "i486" | "i586" | "i686" => Some("x86"),
        arm if arm.starts_with("arm") || arm.starts_with("aarch64") => Some("arm"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<'v>(variables: &'v [(&str, &str)]) -> impl Fn(&str) -> Option<String> + 'v {
        let find = move |name: &str| variables.iter().find(|(known, _)| *known == name);
        move |name| find(name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn the_session_is_what_it_says_or_what_it_has() {
        for (variables, expected) in [
            (
                &[("XDG_SESSION_TYPE", "wayland"), ("DISPLAY", ":0")][..],
                Some("wayland"),
            ),
            (&[("XDG_SESSION_TYPE", "x11")], Some("x11")),
            (
                &[("XDG_SESSION_TYPE", "maria's own"), ("DISPLAY", ":0")],
                Some("x11"),
            ),
            (
                &[("WAYLAND_DISPLAY", "wayland-0"), ("DISPLAY", ":0")],
                Some("wayland"),
            ),
            (
                &[("XDG_SESSION_TYPE", "tty"), ("WAYLAND_DISPLAY", "wayland-1")],
                Some("wayland"),
            ),
            (&[("XDG_SESSION_TYPE", "tty")], Some("tty")),
            (&[], None),
        ] {
            assert_eq!(session(&with(variables)), expected, "{variables:?}");
        }
        let desktop = desktop(&with(&[("XDG_CURRENT_DESKTOP", "ubuntu:GNOME\n")]));
        assert_eq!(desktop.as_deref(), Some("ubuntu:GNOME"));
    }

    #[test]
    fn each_sandbox_is_known_by_its_mark() {
        let local = r"C:\Users\maria\AppData\Local";
        let package = r"C:\Users\maria\AppData\Local\Packages\Notes_8wekyb3d8bbwe\AC";
        for (variables, file, expected) in [
            (&[][..], "/.flatpak-info", Some("flatpak")),
            (
                &[("SNAP", "/snap/notes/7"), ("SNAP_REVISION", "7")],
                "",
                Some("snap"),
            ),
            (&[("SNAP", "/snap/notes/7")], "", None),
            (&[("SNAP", "/snap/code/9"), ("SNAP_REVISION", "9")], "", None),
            (
                &[("APP_SANDBOX_CONTAINER_ID", "org.notes")],
                "",
                Some("app sandbox"),
            ),
            (&[("LOCALAPPDATA", package)], "", Some("appcontainer")),
            (&[("LOCALAPPDATA", local)], "", None),
            (&[], "/.dockerenv", Some("container")),
            (&[], "", None),
        ] {
            let program = Path::new("/snap/notes/7/bin/notes");
            let found = sandbox(&with(variables), program, &|path| path == file);
            assert_eq!(found, expected, "{variables:?} {file}");
        }
    }

    #[test]
    fn the_system_around_a_sandbox_is_the_one_that_counts() {
        let told = "NAME=\"Fedora Linux\"\nVERSION_ID=41\nPRETTY_NAME=x\n";
        let fedora = host(&|path| (path == "/run/host/os-release").then(|| told.to_owned()));
        let expected = Host {
            name: Some("Fedora Linux".to_owned()),
            version: Some("41".to_owned()),
        };
        assert_eq!(fedora, Some(expected));
        let arch = host(&|_| Some("NAME=Arch".to_owned()));
        assert_eq!(arch.and_then(|host| host.version), None);
        assert_eq!(host(&|_| None), None);
    }

    #[test]
    fn virtual_machines_are_known_and_machines_are_none() {
        let flags = "processor : 0\nflags\t\t: fpu vme hypervisor lm\n";
        for (kernel, maker, product, processor, expected) in [
            ("6.1.0", "innotek GmbH", "VirtualBox", flags, Some("VirtualBox")),
            ("6.1.0", "VMware, Inc.", "VMware7,1", flags, Some("VMware")),
            (
                "6.1.0",
                "QEMU",
                "Standard PC (Q35 + ICH9, 2009)",
                flags,
                Some("QEMU"),
            ),
            (
                "6.1.0",
                "Microsoft Corporation",
                "Virtual Machine",
                flags,
                Some("Hyper-V"),
            ),
            ("6.1.0", "Microsoft Corporation", "Surface Pro 9", "", None),
            ("5.15.153.1-microsoft-standard-WSL2", "", "", flags, Some("WSL")),
            ("6.1.0", "", "", flags, Some("unknown")),
            ("6.1.0", "LENOVO", "21CB", "flags : fpu vme", None),
            ("6.1.0", "LENOVO", "21CB", "model name : hypervisor", None),
        ] {
            let found = virtual_machine_of(kernel, maker, product, processor);
            assert_eq!(found, expected, "{maker} {product}");
        }
    }

    #[test]
    fn a_translated_program_is_known() {
        for (app, machine, cpu, identifier, expected) in [
            (
                "x86_64",
                "x86_64",
                "Intel(R) Core(TM) i7",
                "Intel64 Family 6",
                false,
            ),
            ("x86_64", "x86_64", "Apple M1 Pro", "", true),
            ("x86_64", "AMD64", "", "ARMv8 (64-bit) Family 8 Model 1", true),
            ("aarch64", "arm64", "Apple M1 Pro", "", false),
            ("aarch64", "ARM64", "", "ARMv8 (64-bit) Family 8 Model 1", false),
            ("x86", "x86_64", "", "", false),
            ("x86_64", "aarch64", "", "", true),
            ("riscv64", "x86_64", "", "", false),
        ] {
            assert_eq!(
                is_emulated(app, machine, cpu, identifier),
                expected,
                "{app} on {machine} {cpu}"
            );
        }
    }
}
