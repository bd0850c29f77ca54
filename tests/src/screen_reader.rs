//! A screen reader's hands and ears: `peers/screen_reader.py` on a real accessibility bus.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::bus::{PYTHON, SessionBus};
use crate::process::Process;
use crate::screen::Screen;
use crate::tools;

/// A session with an accessibility bus, and a reader in it.
#[derive(Debug)]
pub struct ScreenReader {
    /// What `DBUS_SESSION_BUS_ADDRESS` is to be for the program that is read.
    pub bus: String,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
    _reader: Process,
    _bus: SessionBus,
}

impl ScreenReader {
    /// `None` where D-Bus, the accessibility bus or its Python bindings are not installed. `folder` is for sockets.
    pub fn start(screen: &Screen, folder: &Path) -> Option<Self> {
        let bindings = "import gi; gi.require_version('Atspi', '2.0')";
        tools::check(
            "the accessibility bus (at-spi2-core, gir1.2-atspi-2.0, python3-gi)",
            Command::new(PYTHON).args(["-c", bindings]),
        )?;
        let bus = SessionBus::start(folder, &screen.name)?;
        let mut reader = Process::spawn(
            Command::new(PYTHON)
                .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/peers/screen_reader.py"))
                .env("DBUS_SESSION_BUS_ADDRESS", &bus.address)
                .env("DISPLAY", &screen.name)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped()),
        );
        Some(Self {
            bus: bus.address.clone(),
            commands: reader.0.stdin.take().unwrap(),
            answers: BufReader::new(reader.0.stdout.take().unwrap()),
            _reader: reader,
            _bus: bus,
        })
    }

    /// Waits until there is a control that can be seen, and answers its states, such as `focused`.
    pub fn find(&mut self, role: &str, name: &str) -> Vec<String> {
        let states = self.ask(&json!(["find", role, name]));
        serde_json::from_value(states).unwrap()
    }

    /// Waits until there is no such control.
    pub fn gone(&mut self, role: &str, name: &str) {
        assert_eq!(self.ask(&json!(["gone", role, name])), true);
    }

    /// Does what a click on a control does.
    pub fn press(&mut self, role: &str, name: &str) {
        assert_eq!(
            self.ask(&json!(["press", role, name])),
            true,
            "{name} can be pressed"
        );
    }

    /// Gives a control the keyboard.
    pub fn go(&mut self, role: &str, name: &str) {
        assert_eq!(
            self.ask(&json!(["go", role, name])),
            true,
            "{name} can have the keyboard"
        );
    }

    /// Puts a text into a field.
    pub fn write(&mut self, role: &str, name: &str, text: &str) {
        assert_eq!(
            self.ask(&json!(["write", role, name, text])),
            true,
            "{name} can be written"
        );
    }

    /// Waits until a field has this text.
    pub fn reads(&mut self, role: &str, name: &str, text: &str) {
        assert_eq!(self.ask(&json!(["reads", role, name, text])), true);
    }

    /// Waits until a control has a state, such as `checked`, or has it no more.
    pub fn turns(&mut self, role: &str, name: &str, state: &str, on: bool) {
        assert_eq!(self.ask(&json!(["turns", role, name, state, on])), true);
    }

    /// What has the keyboard, and all that it is in, the outermost first; each as role and name.
    pub fn focused(&mut self) -> ([String; 2], Vec<[String; 2]>) {
        serde_json::from_value(self.ask(&json!(["focused"]))).unwrap()
    }

    /// Waits until something other than `last` has the keyboard; what [`focused`](Self::focused) answers then.
    pub fn next_focus(&mut self, last: &[String; 2]) -> ([String; 2], Vec<[String; 2]>) {
        serde_json::from_value(self.ask(&json!(["focused", last]))).unwrap()
    }

    /// Everything that can have the keyboard, as role and name.
    pub fn controls(&mut self) -> Vec<[String; 2]> {
        serde_json::from_value(self.ask(&json!(["controls"]))).unwrap()
    }

    /// Waits until something that has these words was read aloud by itself, and answers all of it.
    pub fn heard(&mut self, part: &str) -> String {
        serde_json::from_value(self.ask(&json!(["heard", part]))).unwrap()
    }

    fn ask(&mut self, command: &Value) -> Value {
        writeln!(self.commands, "{command}").unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap();
        assert!(answer.get("error").is_none(), "{command}: {answer}");
        answer
    }
}
