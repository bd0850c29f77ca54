//! Names of devices by their PCI ids, from the list that most desktops have (pci-ids.ucw.cz).

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};

/// Where distributions put the list: Fedora and Arch, Debian and SUSE.
#[cfg(not(any(windows, target_os = "macos")))]
pub(super) const LISTS: [&str; 2] = ["/usr/share/hwdata/pci.ids", "/usr/share/misc/pci.ids"];

/// More than the list has, which grows by 50 KB a year: 1.5 MB in 2026.
const MOST_BYTES: u64 = 8 << 20;

/// The name of a device in the first of these lists that is there.
pub(super) fn name(lists: &[&str], vendor: &str, device: &str) -> Option<String> {
    let list = lists.iter().find_map(|list| File::open(list).ok())?;
    name_in(BufReader::new(list.take(MOST_BYTES)), vendor, device)
}

/// A maker's line begins with its id and two blanks, those of its devices with a tab; subsystems, which come behind theirs,
/// with two. Names are not all of ASCII.
fn name_in(mut list: impl BufRead, vendor: &str, device: &str) -> Option<String> {
    let mut of_maker = false;
    let mut line = Vec::new();
    while list.read_until(b'\n', &mut line).ok()? > 0 {
        let text = String::from_utf8_lossy(&line);
        let entry = |text: &str, id: &str| Some(text.strip_prefix(id)?.strip_prefix("  ")?.trim().to_owned());
        match text.strip_prefix('\t') {
            Some(of_device) if of_maker => {
                if let Some(name) = entry(of_device, device) {
                    return Some(name).filter(|name| !name.is_empty());
                }
            }
            Some(_) => {}
            None if text.starts_with('#') => {}
            None if of_maker => return None,
            None => of_maker = entry(&text, vendor).is_some(),
        }
        line.clear();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_has_the_name_that_stands_below_its_maker() {
        let list = "# Syntax:\n# vendor  vendor_name\n\n\
            1002  Advanced Micro Devices, Inc. [AMD/ATI]\n\
            \t73af  Navi 21 [Radeon RX 6900 XT]\n\
            \t73bf  Navi 21 [Radeon RX 6800/6800 XT / 6900 XT]\n\
            \t\t1002 0e3a  Radeon RX 6900 XT\n\
            # a word in between\n\
            \t73ff  Navi 23\n\
            10de  NVIDIA Corporation\n\
            \t73bf  Another\n\
            \t0001  \n";
        let name = |vendor, device| name_in(list.as_bytes(), vendor, device);
        assert_eq!(
            name("1002", "73bf").as_deref(),
            Some("Navi 21 [Radeon RX 6800/6800 XT / 6900 XT]")
        );
        assert_eq!(name("1002", "73ff").as_deref(), Some("Navi 23"));
        assert_eq!(name("10de", "73bf").as_deref(), Some("Another"));
        for (vendor, device) in [
            ("1002", "0e3a"),
            ("1002", "0001"),
            ("10de", "0001"),
            ("8086", "73bf"),
        ] {
            assert_eq!(name(vendor, device), None, "{vendor}:{device}");
        }
        assert_eq!(super::name(&["/no/such/list"], "1002", "73bf"), None);
    }
}
