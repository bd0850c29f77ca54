//! The dialog as people meet it: found by what it says, driven by clicks and keys, against a real
//! SDK and a real socket. Each part names the promise it guards.

#[cfg(test)] // so that clippy lets the helpers unwrap as well
mod it {
    mod address;
    mod alone;
    mod app;
    mod aside;
    mod attaching;
    mod attention;
    mod capturing;
    mod closed;
    mod composing;
    mod contents;
    mod cpu;
    mod drawn;
    mod earlier;
    mod editing;
    mod font;
    mod fonts;
    mod fuzz;
    mod guarding;
    mod hands;
    mod held;
    mod hidden;
    mod keyboard;
    mod languages;
    mod looks;
    mod many;
    mod narrow;
    mod paths;
    mod reading;
    mod receiver;
    mod refused;
    mod sending;
    mod spoken;
    mod stage;
    mod style;
    mod unstored;
    mod walk;
    mod windows;
    mod writing;
}
