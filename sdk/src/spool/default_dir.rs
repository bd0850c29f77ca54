//! Where the spool is unless the app says otherwise.

use std::path::PathBuf;

use etcetera::AppStrategy as _;

use crate::devices::is_device;
use crate::hex::hex;

/// Where reports of an app wait by default: a folder `<app>/feedback` in the platform's place for state
/// that stays on this machine. `None` where the system names no home.
pub fn default_spool_dir(app_name: &str) -> Option<PathBuf> {
    let strategy = etcetera::app_strategy::choose_native_strategy(etcetera::AppStrategyArgs {
        top_level_domain: String::new(),
        author: String::new(),
        app_name: folder_name(app_name),
    })
    .ok()?;
    let folder = match strategy.state_dir() {
        Some(state) => state,
        // `LocalAppData`: reports must not roam to other machines and be sent from each.
        None if cfg!(windows) => strategy.cache_dir().with_file_name("state"),
        None => strategy.data_dir(),
    };
    Some(folder.join("feedback"))
}

/// An app's name as one folder name, whatever it holds. Where that changes the name, a part of its hash
/// keeps different apps apart.
fn folder_name(app_name: &str) -> String {
    const LONGEST: usize = 60;
    let app_name = app_name.trim();
    let name: String = app_name
        .to_lowercase()
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() || "-_".contains(letter) {
                letter
            } else {
                '-'
            }
        })
        .take(LONGEST)
        .collect();
    if name == app_name.to_lowercase() && !is_device(&name) {
        return name;
    }
    let hash = ring::digest::digest(&ring::digest::SHA256, app_name.as_bytes());
    format!("{name}-{}", &hex(hash.as_ref())[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_app_name_makes_one_folder() {
        assert_eq!(folder_name(" Notes"), "notes");
        assert!(folder_name("My Notes / ../x").starts_with("my-notes------x-"));
        assert!(folder_name("AUX").starts_with("aux-") && folder_name("com1").starts_with("com1-"));
        assert_eq!(folder_name("Commander"), "commander");
        assert_ne!(folder_name("C++ IDE"), folder_name("C-- IDE"));
        assert_eq!(folder_name(&"длинное имя".repeat(100)).len(), 69);
    }
}
