//! Graphics processors and monitors, from what the kernel lists. No driver is loaded and nothing is drawn: a
//! graphics driver that is broken may be what the report is about.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Gpu, Monitor, pci_ids};
use crate::sorted::sorted;

/// Where Linux lists them.
pub(super) const DRM: &str = "/sys/class/drm";

/// Every graphics processor.
#[cfg(not(any(windows, target_os = "macos")))]
pub(super) fn all() -> Vec<Gpu> {
    of_linux(Path::new(DRM), Path::new("/proc/driver/nvidia"), &pci_ids::LISTS)
}

/// Every graphics processor.
#[cfg(any(windows, target_os = "macos"))]
pub(super) fn all() -> Vec<Gpu> {
    let gpus = sysinfo::Gpus::new_with_refreshed_list();
    let gpus = gpus.iter().flat_map(|gpus| gpus.iter());
    gpus.filter_map(|gpu| {
        let name = gpu.model().or(gpu.vendor())?.to_owned();
        let driver = driver(&name);
        Some(Gpu { name, driver })
    })
    .collect()
}

/// The version of the driver of a graphics processor, from where Windows notes what it has installed for each.
#[cfg(windows)]
fn driver(name: &str) -> Option<String> {
    let of_displays = r"SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}";
    let drivers = windows_registry::LOCAL_MACHINE.open(of_displays).ok()?;
    drivers.keys().ok()?.find_map(|number| {
        let driver = drivers.open(number).ok()?;
        let is_its = driver.get_string("DriverDesc").is_ok_and(|known| known == name);
        is_its.then(|| driver.get_string("DriverVersion").ok())?
    })
}

/// It comes with the system.
#[cfg(target_os = "macos")]
fn driver(_: &str) -> Option<String> {
    None
}

#[cfg_attr(
    all(any(windows, target_os = "macos"), not(all(test, unix))),
    expect(dead_code, reason = "other systems list them elsewhere")
)]
fn of_linux(drm: &Path, nvidia: &Path, lists: &[&str]) -> Vec<Gpu> {
    let cards = entries(drm, &|name| {
        name.strip_prefix("card")
            .is_some_and(|number| number.parse::<u32>().is_ok())
    });
    cards
        .into_iter()
        .filter_map(|card| of_card(&card.join("device"), nvidia, lists))
        .collect()
}

fn of_card(device: &Path, nvidia: &Path, lists: &[&str]) -> Option<Gpu> {
    let id = |file| Some(line(&device.join(file))?.strip_prefix("0x")?.to_owned());
    let driver = fs::read_link(device.join("driver")).ok();
    let driver = driver.and_then(|path| Some(path.file_name()?.to_str()?.to_owned()));
    let place = fs::canonicalize(device).ok();
    let place = place.as_deref().and_then(Path::file_name);
    let of_nvidia = place.and_then(|place| model(&nvidia.join("gpus").join(place).join("information")));
    let version = || line(&nvidia.join("version")).and_then(|text| driver_version(&text));
    let driver = match driver {
        Some(driver) if driver == "nvidia" => {
            Some(version().map_or(driver.clone(), |version| format!("{driver} {version}")))
        }
        other => other,
    };
    let by_id = || {
        let (vendor, product) = (id("vendor")?, id("device")?);
        let id = format!("{} {vendor}:{product}", maker(&vendor));
        Some(match pci_ids::name(lists, &vendor, &product) {
            Some(name) => format!("{id} {name}"),
            None => id,
        })
    };
    let name = of_nvidia
        .or_else(|| line(&device.join("product_name")))
        .or_else(by_id);
    // A device of a small board is on no PCI bus and has no more than a driver.
    name.or_else(|| driver.clone()).map(|name| Gpu { name, driver })
}

/// Makers by the numbers that the PCI-SIG has given them, as its member list tells.
fn maker(vendor: &str) -> &'static str {
    match vendor {
        "1002" => "AMD",
        "10de" => "NVIDIA",
        "8086" => "Intel",
        "1af4" => "virtio",
        "15ad" => "VMware",
        "80ee" => "VirtualBox",
        "1234" => "QEMU",
        "1b36" => "Red Hat",
        "1414" => "Microsoft",
        "1a03" => "ASPEED",
        "102b" => "Matrox",
        _ => "PCI",
    }
}

/// The text behind `Model:`.
fn model(information: &Path) -> Option<String> {
    let text = fs::read_to_string(information).ok()?;
    let model = text.lines().find_map(|line| line.strip_prefix("Model:"))?;
    Some(model.trim().to_owned())
}

/// `NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.14  Thu …`.
fn driver_version(text: &str) -> Option<String> {
    let is_version =
        |word: &&str| word.contains('.') && word.starts_with(|first: char| first.is_ascii_digit());
    text.split_whitespace().find(is_version).map(str::to_owned)
}

/// The monitors that are connected: each lists its modes, the best one first.
pub(super) fn monitors(drm: &Path) -> Vec<Monitor> {
    let connectors = entries(drm, &|name| name.starts_with("card") && name.contains('-'));
    let connected = connectors
        .into_iter()
        .filter(|connector| line(&connector.join("status")).is_some_and(|status| status == "connected"));
    connected
        .filter_map(|connector| size(&line(&connector.join("modes"))?))
        .collect()
}

/// `1920x1080`, with an `i` behind it where it is interlaced.
fn size(mode: &str) -> Option<Monitor> {
    let (width, height) = mode.trim_end_matches('i').split_once('x')?;
    Some(Monitor {
        width: width.parse().ok()?,
        height: height.parse().ok()?,
        scale: None,
    })
}

/// The first line of a small file.
fn line(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().next()?.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

/// What a folder holds under such names, in their order.
fn entries(folder: &Path, is_wanted: &dyn Fn(&str) -> bool) -> Vec<PathBuf> {
    let items = fs::read_dir(folder).into_iter().flatten().flatten();
    let wanted = items.filter(|item| item.file_name().to_str().is_some_and(is_wanted));
    sorted(wanted.map(|item| item.path()).collect(), Ord::cmp)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn write(root: &Path, files: &[(&str, &str)]) {
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    #[test]
    fn cards_have_a_name_and_a_driver() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        let information = "Model: \t\t NVIDIA GeForce RTX 3080\nIRQ:   \t\t 139\nGPU UUID: \t GPU-5f2c\n";
        write(
            root,
            &[
                ("pci/0000:01:00.0/vendor", "0x10de\n"),
                ("pci/0000:01:00.0/device", "0x2206\n"),
                ("pci/0000:06:00.0/vendor", "0x1002\n"),
                ("pci/0000:06:00.0/device", "0x73bf\n"),
                ("nvidia/gpus/0000:01:00.0/information", information),
                (
                    "nvidia/version",
                    "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.14  Thu Feb 22\nGCC\n",
                ),
                ("drivers/nvidia/module", ""),
                ("drivers/amdgpu/module", ""),
                ("drivers/vc4-drm/module", ""),
                ("drm/card1-DP-1/status", "connected\n"),
                ("drm/renderD128/dev", "226:128\n"),
                ("platform/gpu/uevent", "DRIVER=vc4-drm\n"),
                ("pci.ids", "1002  AMD\n\t73bf  Navi 21\n"),
            ],
        );
        for (card, device, driver) in [
            ("card0", "pci/0000:01:00.0", "nvidia"),
            ("card1", "pci/0000:06:00.0", "amdgpu"),
            ("card2", "platform/gpu", "vc4-drm"),
        ] {
            fs::create_dir_all(root.join("drm").join(card)).unwrap();
            symlink(root.join(device), root.join("drm").join(card).join("device")).unwrap();
            symlink(
                root.join("drivers").join(driver),
                root.join(device).join("driver"),
            )
            .unwrap();
        }
        let list = root.join("pci.ids");
        let gpus = of_linux(&root.join("drm"), &root.join("nvidia"), &[list.to_str().unwrap()]);
        let gpus: Vec<_> = gpus
            .iter()
            .map(|gpu| (&*gpu.name, gpu.driver.as_deref().unwrap()))
            .collect();
        assert_eq!(
            gpus,
            [
                ("NVIDIA GeForce RTX 3080", "nvidia 550.54.14"),
                ("AMD 1002:73bf Navi 21", "amdgpu"),
                ("vc4-drm", "vc4-drm")
            ]
        );
    }

    #[test]
    fn monitors_that_are_connected_have_their_best_size() {
        let root = tempfile::tempdir().unwrap();
        write(
            root.path(),
            &[
                ("card0/dev", ""),
                ("card0-DP-1/status", "connected\n"),
                ("card0-DP-1/modes", "3840x2160\n1920x1080\n"),
                ("card0-HDMI-A-1/status", "disconnected\n"),
                ("card0-HDMI-A-1/modes", "1920x1080\n"),
                ("card0-VGA-1/status", "connected\n"),
                ("card0-VGA-1/modes", "1920x1080i\n"),
                ("card0-eDP-1/status", "connected\n"),
                ("card0-eDP-1/modes", "\n"),
            ],
        );
        let sizes: Vec<_> = monitors(root.path())
            .iter()
            .map(|monitor| (monitor.width, monitor.height))
            .collect();
        assert_eq!(sizes, [(3840, 2160), (1920, 1080)]);
        assert!(monitors(Path::new("/no/such/folder")).is_empty());
    }
}
