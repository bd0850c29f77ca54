//! A Rust app that draws its window itself, by winit; F1 writes to us. An app with wgpu, iced or Slint does the same: it
//! starts the program on a thread of its own, and sends itself the outcome as an event.

#![expect(clippy::print_stderr, reason = "a program tells there what failed")]

use std::error::Error;
use std::num::NonZeroU32;
use std::process::{Command, Stdio};
use std::rc::Rc;

use serde_json::{Value, json};
use winit::application::ApplicationHandler;
use winit::dpi::LogicalSize;
use winit::event::{ElementState, WindowEvent};
use winit::event_loop::{ActiveEventLoop, EventLoop, EventLoopProxy};
use winit::keyboard::{Key, NamedKey};
use winit::window::{Window, WindowId};

const TITLE: &str = "Rust paint – press F1 to write to us";

struct App {
    window: Option<Rc<Window>>,
    outcomes: EventLoopProxy<Value>,
    is_writing: bool,
}

/// The program with the arguments that say where reports go.
fn feedback(command: &str) -> Command {
    let set = |name, otherwise: &str| std::env::var(name).unwrap_or_else(|_| otherwise.to_owned());
    let endpoint = set("FEEDBACK_ENDPOINT", "http://127.0.0.1:8787/api/v1/reports");
    let key = set("FEEDBACK_KEY", "pk_notes");
    let mut program = Command::new(set("FEEDBACK_PROGRAM", "feedback"));
    program.args([command, "--endpoint", &endpoint, "--key", &key]);
    program.stdin(Stdio::null());
    #[cfg(windows)]
    std::os::windows::process::CommandExt::creation_flags(&mut program, 0x0800_0000); // CREATE_NO_WINDOW
    program
}

/// Sends in the background what waits, for up to an hour, also when this app has ended.
fn deliver() {
    let mut flush = feedback("flush");
    flush.args(["--wait", "3600"]);
    flush.stdout(Stdio::null()).stderr(Stdio::null());
    std::thread::spawn(move || flush.status());
}

/// Opens the window with a picture of the app's, and waits until the person is done.
fn write_to_us(width: u32, height: u32) -> Result<Value, Box<dyn Error>> {
    let mut shot = tempfile::Builder::new().suffix(".png").tempfile()?; // gone when this returns
    let mut png = png::Encoder::new(&mut shot, width, height);
    png.set_color(png::ColorType::Rgb);
    let pixels: Vec<u8> = picture(width, height)
        .flat_map(|pixel| pixel.to_be_bytes().into_iter().skip(1))
        .collect();
    png.write_header()?.write_image_data(&pixels)?;
    let mut window = feedback("window");
    window.args([
        "--json",
        "--app",
        "Rust paint",
        "--app-version",
        "1.0",
        "--wait",
        "2",
    ]);
    let ended = window.arg("--screenshot").arg(shot.path());
    Ok(serde_json::from_slice(
        &ended.stderr(Stdio::inherit()).output()?.stdout,
    )?)
}

/// What the app shows: a yellow box on blue, as 0RGB from left to right and top to bottom.
fn picture(width: u32, height: u32) -> impl Iterator<Item = u32> {
    let is_inside = |at: u32, side: u32| (side / 4..side - side / 4).contains(&at);
    (0..width * height).map(move |pixel| {
        let is_box = is_inside(pixel % width, width) && is_inside(pixel / width, height);
        if is_box { 0x00f6_d32d } else { 0x0035_84e4 }
    })
}

impl App {
    fn draw(window: &Rc<Window>) -> Result<(), Box<dyn Error>> {
        let size = window.inner_size();
        let (Some(width), Some(height)) = (NonZeroU32::new(size.width), NonZeroU32::new(size.height)) else {
            return Ok(()); // minimised
        };
        let mut surface =
            softbuffer::Surface::new(&softbuffer::Context::new(window.clone())?, window.clone())?;
        surface.resize(width, height)?;
        let mut buffer = surface.buffer_mut()?;
        for (pixel, colour) in buffer.iter_mut().zip(picture(size.width, size.height)) {
            *pixel = colour;
        }
        Ok(buffer.present()?)
    }
}

impl ApplicationHandler<Value> for App {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        let size = LogicalSize::new(480, 240);
        let window = Window::default_attributes()
            .with_title(TITLE)
            .with_inner_size(size);
        match event_loop.create_window(window) {
            Ok(window) => self.window = Some(Rc::new(window)),
            Err(error) => {
                eprintln!("no window: {error}");
                event_loop.exit();
            }
        }
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, _: WindowId, event: WindowEvent) {
        let Some(window) = &self.window else { return };
        match event {
            WindowEvent::CloseRequested => event_loop.exit(),
            WindowEvent::RedrawRequested => {
                if let Err(error) = Self::draw(window) {
                    eprintln!("cannot draw: {error}");
                }
            }
            WindowEvent::KeyboardInput { event, .. }
                if event.logical_key == Key::Named(NamedKey::F1)
                    && event.state == ElementState::Pressed
                    && !self.is_writing =>
            {
                self.is_writing = true;
                let (size, outcomes) = (window.inner_size(), self.outcomes.clone());
                std::thread::spawn(move || {
                    let outcome = write_to_us(size.width, size.height);
                    outcomes.send_event(outcome.unwrap_or_else(|error| {
                        eprintln!("the program failed: {error}");
                        json!({"state": "failed"})
                    }))
                });
            }
            _ => {}
        }
    }

    fn user_event(&mut self, _: &ActiveEventLoop, outcome: Value) {
        self.is_writing = false;
        let title = match outcome["state"].as_str() {
            Some("sent") => format!("Thank you: {}", outcome["number"].as_str().unwrap_or_default()),
            Some("queued") => {
                deliver();
                "Kept, will be sent later".to_owned()
            }
            Some("refused") => "Not accepted, but kept".to_owned(),
            Some("cancelled") => TITLE.to_owned(),
            _ => "Not sent".to_owned(),
        };
        if let Some(window) = &self.window {
            window.set_title(&title);
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    deliver();
    let event_loop = EventLoop::with_user_event().build()?;
    let outcomes = event_loop.create_proxy();
    event_loop.run_app(&mut App {
        window: None,
        outcomes,
        is_writing: false,
    })?;
    Ok(())
}
