//! What can happen to a dialog.

use egui::{Key, Modifiers, Theme};
use fastrand::Rng;

use super::super::receiver::Answer;

/// One act. Numbers choose among what is there when it happens.
#[derive(Debug, Clone)]
pub(super) enum Act {
    /// A person clicks a control, in the place where it is drawn.
    Click(u64),
    /// A screen reader does.
    Press(u64),
    /// A screen reader puts a word into a field.
    Fill(u64),
    Focus(u64),
    /// In parts of the window.
    ClickAt(f32, f32),
    Drag([f32; 4]),
    Wheel(f32, f32, f32),
    Type(&'static str),
    Compose(&'static str),
    Key(Modifiers, Key),
    Cut,
    Copy,
    Paste,
    /// So many letters in one line.
    PasteLong(usize),
    PasteImage,
    /// Opens the editor of a picture, or pastes one where there is none.
    EditPicture,
    /// Takes up a tool of the editor, and draws with it in parts of what it shows.
    Mark(Key, [f32; 4]),
    Drop(What),
    Wait(f64),
    /// So many answers of the SDK come without a frame.
    Hide(usize),
    Resize([f32; 2]),
    Zoom(f32),
    Theme(Theme),
    Language(u64),
    Open,
    Close,
    Prefill,
    Attach(What),
    SetContext,
    SetReplyTo(&'static str),
    /// The app hands over the picture that the dialog has asked for.
    HandOver,
    Answer(Answer),
}

/// What lies on a disk.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    File,
    Image,
    Folder,
    Nothing,
}

impl Act {
    /// Whether it can take away what stands in the field that it is done to, were it by putting something over a
    /// selection.
    pub(super) fn edits(&self) -> bool {
        match self {
            Self::Key(_, Key::Backspace | Key::Delete | Key::Enter)
            | Self::Fill(_)
            | Self::Type(_)
            | Self::Compose(_)
            | Self::Cut
            | Self::Paste
            | Self::PasteLong(_) => true,
            Self::Key(modifiers, Key::Z | Key::Y) => modifiers.command,
            _ => false,
        }
    }

    /// Whether it can set off the button that it is done to.
    pub(super) fn presses(&self) -> bool {
        matches!(
            self,
            Self::Click(_)
                | Self::Press(_)
                | Self::ClickAt(..)
                | Self::Drag(_)
                | Self::Key(_, Key::Enter | Key::Space)
        )
    }

    pub(super) fn any(rng: &mut Rng) -> Self {
        let one = |rng: &mut Rng| rng.f32();
        match rng.u32(0..108) {
            0..18 => Self::Click(rng.u64(..)),
            18..22 => Self::Press(rng.u64(..)),
            22..24 => Self::Fill(rng.u64(..)),
            24..28 => Self::Focus(rng.u64(..)),
            28..34 => Self::ClickAt(one(rng), one(rng)),
            34..36 => Self::Drag([one(rng), one(rng), one(rng), one(rng)]),
            36..38 => Self::Wheel(one(rng), one(rng), 400.0 * (one(rng) - 0.5)),
            38..52 => Self::Type(of(rng, &TEXTS)),
            52..54 => Self::Compose(of(rng, &["日本語", "안녕", ""])),
            54..66 => Self::Key(of(rng, &MODIFIERS), of(rng, &KEYS)),
            66 => Self::Cut,
            67 => Self::Copy,
            68..70 => Self::Paste,
            70 => Self::PasteLong(of(rng, &LENGTHS)),
            71 => Self::PasteImage,
            72..74 => Self::Drop(of(rng, &WHATS)),
            74..77 => Self::Wait(f64::from(3.0 * one(rng))),
            77..79 => Self::Resize([200.0 + 1200.0 * one(rng), 150.0 + 800.0 * one(rng)]),
            79 => Self::Zoom(of(rng, &[0.75, 1.0, 1.5, 2.0, 3.0])),
            80 => Self::Theme(of(rng, &[Theme::Dark, Theme::Light])),
            81 => Self::Language(rng.u64(..)),
            82..84 => Self::Open,
            84 => Self::Close,
            85 => Self::Prefill,
            86 => Self::Attach(of(rng, &WHATS)),
            87 => Self::SetContext,
            88 => Self::SetReplyTo(of(rng, &["", "anna@example.org", "anna@gmial.com"])),
            89..91 => Self::HandOver,
            91..100 => Self::Answer(of(rng, &ANSWERS)),
            100..102 => Self::EditPicture,
            102..104 => Self::Hide(rng.usize(1..4)),
            _ => Self::Mark(of(rng, &TOOLS), [one(rng), one(rng), one(rng), one(rng)]),
        }
    }
}

fn of<T: Clone>(rng: &mut Rng, all: &[T]) -> T {
    all[rng.usize(..all.len())].clone()
}

const TEXTS: [&str; 6] = [
    "",
    "\n",
    "سلام ",
    "😀 ",
    "anna@gmial.con",
    "C:\\Users\\anna\\x.log ",
];

const MODIFIERS: [Modifiers; 4] = [
    Modifiers::NONE,
    Modifiers::NONE,
    Modifiers::COMMAND,
    Modifiers::SHIFT,
];

const KEYS: [Key; 18] = [
    Key::Tab,
    Key::Tab,
    Key::Enter,
    Key::Enter,
    Key::Space,
    Key::Escape,
    Key::Backspace,
    Key::Delete,
    Key::A,
    Key::Z,
    Key::Y,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::ArrowLeft,
    Key::Home,
    Key::End,
    Key::PageDown,
    Key::F1,
];

/// Those of the editor.
const TOOLS: [Key; 7] = [Key::A, Key::R, Key::L, Key::T, Key::C, Key::B, Key::P];

/// So many letters that the field for the message is all but full, and more than it takes.
const LENGTHS: [usize; 2] = [4_975, 25_000];

const WHATS: [What; 4] = [What::File, What::Image, What::Folder, What::Nothing];

/// Those after which nothing happens for minutes.
const ANSWERS: [Answer; 7] = [
    Answer::Receipt("FB-1042"),
    Answer::Receipt("FB-1042"),
    Answer::Bare,
    Answer::Busy,
    Answer::Status(401),
    Answer::Status(422),
    Answer::TooLarge(1500),
];
