//! Guards that a display far away is asked for its windows all at once: each question that waits for the answer before it
//! costs the way there and back.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use feedback_tests::measured;
use feedback_tests::screen::Screen;
use x11rb::connection::Connection as _;
use x11rb::wrapper::ConnectionExt as _;

use super::Asker;
use super::painted::open_small_window;

const WINDOWS: usize = 300;

#[test]
fn a_display_far_away_is_asked_for_all_its_windows_at_once() {
    let Some(screen) = Screen::start() else { return };
    let windows = open_windows(&screen);
    let far = Far::between(&screen);
    let folder = tempfile::tempdir().unwrap();
    let asker = Asker {
        folder: folder.path(),
        session: vec![("DISPLAY", &far.name)],
    };
    let list = asker.list();
    let listed = list
        .iter()
        .filter(|line| line.contains("Window \"window "))
        .count();
    let turns = far.turns.load(Ordering::Relaxed);
    measured(format_args!("{listed} windows in {turns} turns"));
    assert_eq!(listed, WINDOWS);
    assert!(turns < WINDOWS, "{turns} turns for {WINDOWS} windows");
    drop(windows);
}

/// Windows with a title each, that stay while the connection does.
fn open_windows(screen: &Screen) -> impl Sized {
    let (connection, number) = x11rb::connect(Some(&screen.name)).unwrap();
    let root = connection.setup().roots[number].root;
    for number in 0..WINDOWS {
        let title = format!("window {number}");
        open_small_window(&connection, root, &title);
    }
    connection.sync().unwrap();
    connection
}

/// Stands between a program and a display, and counts how often one speaks after the other.
struct Far {
    name: String,
    turns: Arc<AtomicUsize>,
}

impl Far {
    fn between(screen: &Screen) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        // By convention, display N of a host is at port 6000 + N.
        let name = format!("127.0.0.1:{}", listener.local_addr().unwrap().port() - 6000);
        let socket = format!("/tmp/.X11-unix/X{}", screen.name.trim_start_matches(':'));
        let turns = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&turns);
        thread::spawn(move || {
            let (program, _) = listener.accept().unwrap();
            carry(&program, &UnixStream::connect(socket).unwrap(), &counted);
        });
        Self { name, turns }
    }
}

fn carry(program: &TcpStream, display: &UnixStream, turns: &AtomicUsize) {
    thread::scope(|scope| {
        scope.spawn(|| {
            pass(program, display, turns, 0);
            let _ = display.shutdown(Shutdown::Both);
        });
        pass(display, program, turns, 1);
    });
}

/// The number of turns is even while the program speaks, and odd while the display does.
fn pass(mut from: impl Read, mut to: impl Write, turns: &AtomicUsize, speaker: usize) {
    let mut bytes = vec![0; 1 << 16];
    while let Ok(read @ 1..) = from.read(&mut bytes) {
        let _ = turns.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |turns| {
            (turns % 2 != speaker).then_some(turns + 1)
        });
        if to.write_all(&bytes[..read]).is_err() {
            return;
        }
    }
}
