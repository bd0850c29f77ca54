//! Guards promise 5: what the window adds to an app that has eframe stays small, and the README
//! tells the number.

use std::collections::BTreeSet;
use std::process::Command;

use feedback_tests::tools;

/// More than this many crates nobody would add for a window that says "Write to us".
const LIMIT: usize = 65;

#[test]
fn the_window_adds_few_crates_to_an_eframe_app_and_the_readme_says_how_many() {
    let host = crates(&["eframe"]);
    let widget = crates(&["feedback-widget"]);
    let small = crates(&["feedback-widget", "--no-default-features"]);
    let added: Vec<&String> = widget.difference(&host).collect();
    let least = small.difference(&host).count();
    assert!(added.len() <= LIMIT, "{} crates: {added:?}", added.len());
    let readme = include_str!("../../README.md");
    let told = format!(
        "It adds {} crates to an app that has eframe, {least} where your app brings its own HTTP client",
        added.len()
    );
    assert!(
        readme.replace('\n', " ").replace("  ", " ").contains(&told),
        "README should say: {told}\n{added:?}"
    );
}

#[test]
fn the_headless_program_brings_no_window() {
    let program = |features| crates(&["feedback-widget", "--no-default-features", "--features", features]);
    assert!(
        program("window").contains("winit"),
        "or the next line proves nothing"
    );
    assert!(!program("cli").contains("winit"));
}

#[test]
fn without_http_the_window_brings_no_network() {
    let without = crates(&["feedback-widget", "--no-default-features"]);
    let with = crates(&["feedback-widget"]);
    for of_the_network in ["hyper", "reqwest", "rustls"] {
        assert!(with.contains(of_the_network), "or the next line proves nothing");
        assert!(!without.contains(of_the_network), "{of_the_network}");
    }
}

/// The names of a package's crates on this platform, without build and test dependencies.
fn crates(package: &[&str]) -> BTreeSet<String> {
    let mut cargo = Command::new(env!("CARGO"));
    let tree = cargo
        .args([
            "tree",
            "--offline",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--package",
        ])
        .args(package)
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    let list = String::from_utf8(tools::run(tree)).unwrap();
    list.lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}
