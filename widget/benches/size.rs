//! What the window adds to an app, in bytes: the smallest eframe app, built three times in each of three ways, and
//! stripped. `cargo bench -p feedback-widget --bench size` (20 minutes the first time; `target/size` keeps what was built)
//!
//! The app is `size/app.rs`, its profiles `release` as it is and the `small` of `size/small.toml`, also with the flags of
//! `size/smallest.args`. It has eframe's usual features, and the versions of this workspace's lock file. `cargo build
//! --config small.toml --profile small --features widget` in `target/size/app` makes it with its symbols: for a look at
//! what is in it.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark is a program of its own"
)]

use std::path::Path;
use std::process::{Command, ExitCode};

/// What an app may gain, in bytes.
const WITHOUT_DEFAULTS: f64 = 1.5e6;
const WITH_DEFAULTS: f64 = 4e6;

fn main() -> ExitCode {
    let widget = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = widget.parent().unwrap();
    let target = workspace.join("target/size");
    let app = target.join("app");
    std::fs::create_dir_all(app.join("src")).unwrap();
    let manifest = include_str!("size/app.toml").replace("{widget}", &widget.to_string_lossy());
    std::fs::write(app.join("Cargo.toml"), manifest).unwrap();
    std::fs::write(app.join("src/main.rs"), include_str!("size/app.rs")).unwrap();
    for (name, text) in [
        ("small.toml", include_str!("size/small.toml")),
        ("smallest.args", include_str!("size/smallest.args")),
        ("no-tables.ld", include_str!("size/no-tables.ld")),
    ] {
        std::fs::write(app.join(name), text).unwrap();
    }
    std::fs::copy(workspace.join("Cargo.lock"), app.join("Cargo.lock")).unwrap();

    let mut is_missed = false;
    println!("| A stripped eframe app | bytes | added | goal | of the goal |\n|---|---:|---:|---:|---:|");
    for way in ["release", "small", "smallest"] {
        let plain = built(&app, &target, way, "");
        println!("| `{way}`, without the widget | {plain} | | | |");
        for (what, features, goal) in [
            (
                "with `default-features = false`, so without HTTP",
                "widget",
                WITHOUT_DEFAULTS,
            ),
            ("with all default features", "all", WITH_DEFAULTS),
        ] {
            let bytes = built(&app, &target, way, features);
            let added = bytes.saturating_sub(plain);
            let part = added as f64 / goal;
            is_missed |= part > 1.0;
            println!("| `{way}`, {what} | {bytes} | {added} | {goal:.0} | {part:.2} |");
        }
    }
    if is_missed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// The size of the app that is built in this way with these features, in bytes.
fn built(app: &Path, target: &Path, way: &str, features: &str) -> u64 {
    let (profile, config, flags): (_, &[_], &[_]) = match way {
        "release" => ("release", &[], &[]),
        "small" => ("small", &["--config", "small.toml"], &[]),
        _ => ("small", &["--config", "small.toml"], &["@smallest.args"]),
    };
    let built = Command::new(env!("CARGO"))
        .args(["rustc", "--profile", profile, "--quiet", "--features", features])
        .args(config)
        .args(["--", "-C", "strip=symbols"])
        .args(flags)
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS") // would take the place of what stands in `small.toml`
        .current_dir(app)
        .status();
    assert!(built.unwrap().success(), "the app can be built");
    let program = target
        .join(profile)
        .join(format!("app{}", std::env::consts::EXE_SUFFIX));
    std::fs::metadata(program).unwrap().len()
}
