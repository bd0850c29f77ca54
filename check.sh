#!/usr/bin/env bash
# Everything that must hold before a change lands. Needs the Rust toolchain; on Debian and Ubuntu it
# installs what else it uses (as root), elsewhere it names what is missing.
set -euo pipefail
cd "$(dirname "$0")"

export PATH="$PATH:/usr/sbin" # where Debian keeps servers, and a person's own path does not look

step() { printf '\n== %s\n' "$*"; }

# program:package pairs for the parts of the tests that drive other people's programs.
tools=(unzip:unzip 7zz:7zip bsdtar:libarchive-tools python3:python3 Xvfb:xvfb xdotool:xdotool strace:strace chromium:chromium cc:gcc dbus-daemon:dbus
       nginx:nginx haproxy:haproxy unshare:util-linux node:nodejs npm:npm)
# What a real window needs besides: OpenGL without a graphics card, and the keyboard.
libraries=(libegl1 libgl1-mesa-dri libxkbcommon-x11-0 libxcursor1 libxi6 libxrandr2)
# What a screen reader needs: the accessibility bus, and its bindings for the system's own Python.
libraries+=(at-spi2-core gir1.2-atspi-2.0 python3-gi)
# Where the tests put the clients of other people that no system packages.
libraries+=(python3-venv)
# What the examples are written with.
libraries+=(python3-tk libgtk-3-dev)
# A font for Japanese, which the pictures of the window are drawn with.
libraries+=(fonts-ipafont-gothic)

# An input method for Japanese.
libraries+=(fcitx5 fcitx5-anthy)

missing=()
for tool in "${tools[@]}"; do
    command -v "${tool%%:*}" >/dev/null || missing+=("${tool##*:}")
done
if command -v dpkg-query >/dev/null; then
    for library in "${libraries[@]}"; do
        dpkg-query -W -f '${db:Status-Status}' "$library" 2>/dev/null | grep -qx installed || missing+=("$library")
    done
fi
if [ ${#missing[@]} -gt 0 ]; then
    if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        step "install ${missing[*]}"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    else
        echo "please install: ${missing[*]}" >&2
        exit 1
    fi
fi
command -v cargo-deny >/dev/null || { step "install cargo-deny"; cargo install --quiet --locked --no-default-features cargo-deny; }

export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-never}
export RUSTDOCFLAGS="-D warnings"

step "format"
cargo fmt --all --check

step "licences, bans, sources"
cargo deny --locked --log-level error check bans licenses sources

step "lints"
cargo clippy --locked --workspace --all-targets --quiet -- -D warnings

step "the widget without its default features"
cargo clippy --locked --package feedback-widget --no-default-features --all-targets --quiet -- -D warnings

step "the SDK without HTTP, through a transport of the app's"
cargo clippy --locked --package feedback-sdk --no-default-features --all-targets --quiet -- -D warnings
cargo test --locked --package feedback-sdk --no-default-features --lib --tests --quiet # examples in the docs send by HTTP

step "documentation"
cargo doc --locked --workspace --no-deps --quiet

step "tests, with every program they can use"
FEEDBACK_ALL_TOOLS=1 FEEDBACK_FUZZ_STEPS=10000 cargo test --locked --workspace --quiet

step "all good"
