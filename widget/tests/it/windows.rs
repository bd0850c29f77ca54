//! Guards an app of several windows (egui's viewports): each may have a dialog, a dialog may be shown in another one
//! than before, and none knows of the others.

use std::sync::{Arc, Mutex};

use egui::accesskit::{Action, ActionRequest, TreeId};
use egui::{
    Context, Event, FullOutput, Id, Key, Modifiers, Pos2, RawInput, Rect, ViewportBuilder, ViewportCommand,
    ViewportEvent, ViewportId, ViewportInfo,
};
use feedback_sdk::testing::with_monitor;
use feedback_sdk::{FeedbackClient, FeedbackConfig};
use feedback_widget::FeedbackDialog;

use super::hands;
use super::receiver::Receiver;

/// Dialogs, each with the number of the window that shows it.
type Dialogs = Arc<Mutex<Vec<(usize, FeedbackDialog)>>>;

/// An app with two windows, as a backend runs it.
struct Desk {
    ctx: Context,
    dialogs: Dialogs,
    frames: u32,
    _folder: tempfile::TempDir,
}

impl Desk {
    /// Opens a dialog in each of these windows.
    fn new(windows: &[usize]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config =
            FeedbackConfig::new(Receiver::nowhere(), "pk_test", "Notes", "1").spool_dir(folder.path());
        let client = FeedbackClient::new(with_monitor(config, "HDMI-1", 64, 40)).unwrap();
        let dialog = |window: &usize| {
            let mut dialog = FeedbackDialog::new(client.clone());
            dialog.set_language("en");
            dialog.open();
            (*window, dialog)
        };
        let ctx = Context::default();
        ctx.set_embed_viewports(false);
        ctx.enable_accesskit();
        let mut desk = Self {
            ctx,
            dialogs: Arc::new(Mutex::new(windows.iter().map(dialog).collect())),
            frames: 0,
            _folder: folder,
        };
        desk.settle();
        desk
    }

    fn id(window: usize) -> ViewportId {
        [ViewportId::ROOT, ViewportId(Id::unique("second window"))][window]
    }

    /// A frame of the first window, which keeps the second open, and then one of the second.
    fn frame(&mut self, window: usize, events: &[Event]) -> [FullOutput; 2] {
        self.frames += 1;
        let mut input = [0, 1].map(|other| RawInput {
            viewport_id: Self::id(other),
            viewports: [0, 1]
                .map(|each| (Self::id(each), ViewportInfo::default()))
                .into_iter()
                .collect(),
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, [800.0, 600.0].into())),
            time: Some(f64::from(self.frames) / 10.0),
            ..RawInput::default()
        });
        input[window].events = events.to_vec();
        let [first, second] = input;
        let dialogs = Arc::clone(&self.dialogs);
        let first = self.ctx.run_ui(first, |ui| {
            show(&dialogs, 0, ui.ctx());
            let dialogs = Arc::clone(&dialogs);
            let builder = ViewportBuilder::default();
            let in_second = move |ui: &mut egui::Ui, _| show(&dialogs, 1, ui.ctx());
            ui.ctx().show_viewport_deferred(Self::id(1), builder, in_second);
        });
        let draw = first.viewport_output[&Self::id(1)]
            .viewport_ui_cb
            .clone()
            .unwrap();
        let second = self.ctx.run_ui(second, |ui| draw(ui));
        [first, second].map(|mut output| {
            output.textures_delta.clear(); // nobody paints
            output
        })
    }

    /// The first window is to be closed, and its dialogs are asked. Whether one of them keeps it.
    fn guards_keep(&mut self) -> bool {
        self.frames += 1;
        let mut input = RawInput {
            time: Some(f64::from(self.frames) / 10.0),
            ..RawInput::default()
        };
        let window = input.viewports.entry(ViewportId::ROOT).or_default();
        window.events.push(ViewportEvent::Close);
        let mut keeps = false;
        let mut output = self.ctx.run_ui(input, |ui| {
            for (_, dialog) in self.dialogs.lock().unwrap().iter_mut() {
                keeps |= dialog.guard_closing(ui.ctx());
            }
            show(&self.dialogs, 0, ui.ctx());
        });
        output.textures_delta.clear();
        self.settle();
        keeps
    }

    /// Goes on until nothing moves any more, in egui's own style.
    fn settle(&mut self) {
        for _ in 0..8 {
            self.frame(0, &[]);
        }
    }

    fn write(&mut self, window: usize, words: &str) {
        self.frame(window, &[Event::Text(words.to_owned())]);
        self.settle();
    }

    fn press(&mut self, window: usize, modifiers: Modifiers, key: Key) {
        self.frame(window, &hands::key(modifiers, key));
        self.settle();
    }

    /// Presses a button as a screen reader does; what the two windows were asked for in the frames after.
    fn click(&mut self, window: usize, label: &str) -> [Vec<ViewportCommand>; 2] {
        let outputs = self.frame(window, &[]);
        let tree = outputs[window].platform_output.accesskit_update.as_ref().unwrap();
        let (button, _) = tree
            .nodes
            .iter()
            .find(|(_, node)| node.label() == Some(label))
            .unwrap();
        let request = ActionRequest {
            action: Action::Click,
            target_tree: TreeId::ROOT,
            target_node: *button,
            data: None,
        };
        self.frame(window, &[Event::AccessKitActionRequest(request)]);
        let outputs = self.frame(window, &[]);
        [0, 1].map(|each| {
            let output = &outputs[each].viewport_output[&Self::id(each)];
            output.commands.clone()
        })
    }

    fn message(&self, dialog: usize) -> String {
        self.dialogs.lock().unwrap()[dialog].1.draft().message
    }

    fn are_open(&self) -> Vec<bool> {
        self.each(FeedbackDialog::is_open)
    }

    fn each(&self, is: impl Fn(&FeedbackDialog) -> bool) -> Vec<bool> {
        let dialogs = self.dialogs.lock().unwrap();
        dialogs.iter().map(|(_, dialog)| is(dialog)).collect()
    }
}

fn show(dialogs: &Dialogs, window: usize, ctx: &Context) {
    for (shown_in, dialog) in dialogs.lock().unwrap().iter_mut() {
        if *shown_in == window {
            dialog.show(ctx);
        }
    }
}

fn is_screenshot(command: &ViewportCommand) -> bool {
    matches!(command, ViewportCommand::Screenshot(_))
}

#[test]
fn two_windows_have_a_dialog_each_with_words_and_undo_of_its_own() {
    let mut desk = Desk::new(&[0, 1]);
    desk.write(0, "left");
    desk.write(1, "right");
    assert_eq!(
        (desk.message(0), desk.message(1)),
        ("left".to_owned(), "right".to_owned())
    );
    for undone in [1, 0] {
        for _ in 0..3 {
            desk.press(undone, Modifiers::COMMAND, Key::Z);
        }
    }
    assert_eq!((desk.message(0), desk.message(1)), (String::new(), String::new()));
    desk.press(1, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(
        (desk.message(0), desk.message(1)),
        (String::new(), "right".to_owned())
    );
    desk.press(1, Modifiers::NONE, Key::Escape);
    assert_eq!(desk.are_open(), [true, false]);
}

/// Of two in one window, the first one that was opened is below the other.
#[test]
fn what_is_typed_is_for_the_upper_of_two_dialogs_in_one_window() {
    let mut desk = Desk::new(&[0, 0]);
    desk.write(0, "upper");
    desk.press(0, Modifiers::NONE, Key::Escape);
    assert_eq!(desk.are_open(), [true, false]);
    desk.write(0, "lower");
    desk.dialogs.lock().unwrap()[1].1.open();
    desk.settle();
    desk.write(0, " words");
    assert_eq!([desk.message(0), desk.message(1)], ["lower", "upper words"]);
    desk.press(0, Modifiers::COMMAND, Key::Enter);
    let are_sending = desk.each(FeedbackDialog::is_sending);
    assert_eq!(are_sending, [false, true]);
    desk.press(0, Modifiers::NONE, Key::Escape);
    assert_eq!(desk.are_open(), [true, false]);
}

#[test]
fn a_window_with_words_in_two_closed_dialogs_shows_one_after_the_other() {
    let mut desk = Desk::new(&[0, 0]);
    for words in ["upper", "lower"] {
        desk.write(0, words);
        desk.press(0, Modifiers::NONE, Key::Escape);
    }
    for are_open in [[true, false], [true, true]] {
        assert!(desk.guards_keep());
        assert_eq!(desk.are_open(), are_open);
    }
    assert!(!desk.guards_keep(), "both were seen");
}

#[test]
fn a_picture_is_asked_of_the_window_that_shows_the_dialog() {
    let mut desk = Desk::new(&[0, 1]);
    let [first, second] = desk.click(1, "Add a picture of this window");
    assert!(!first.iter().any(is_screenshot), "{first:?}");
    assert!(second.iter().any(is_screenshot), "{second:?}");
    assert_eq!(desk.each(FeedbackDialog::is_taking_picture), [false, true]);
}

#[test]
fn a_dialog_goes_on_in_another_window() {
    let mut desk = Desk::new(&[0]);
    desk.write(0, "begun here");
    desk.press(0, Modifiers::NONE, Key::Escape);
    {
        let (window, dialog) = &mut desk.dialogs.lock().unwrap()[0];
        *window = 1;
        dialog.open();
    }
    desk.settle();
    desk.write(0, "lost");
    desk.press(1, Modifiers::COMMAND, Key::End);
    desk.write(1, ", ended there");
    assert_eq!(desk.message(0), "begun here, ended there");
}

/// eframe takes no pictures of these.
#[test]
fn a_window_that_is_drawn_within_its_parents_frame_offers_no_picture_of_itself() {
    let desk = Desk::new(&[]);
    desk.ctx.set_embed_viewports(false);
    let folder = tempfile::tempdir().unwrap();
    let config = FeedbackConfig::new(Receiver::nowhere(), "pk_test", "Notes", "1").spool_dir(folder.path());
    let mut dialog = FeedbackDialog::new(FeedbackClient::new(config).unwrap());
    dialog.set_language("en");
    dialog.open();
    let tree = Arc::<Mutex<Vec<Option<String>>>>::default();
    let of = Arc::clone(&tree);
    Context::set_immediate_viewport_renderer(move |ctx, mut window| {
        let id = window.ids.this;
        let input = RawInput {
            viewport_id: id,
            viewports: [(id, ViewportInfo::default())].into_iter().collect(),
            ..RawInput::default()
        };
        let mut output = ctx.run_ui(input, |ui| (window.viewport_ui_cb)(ui));
        output.textures_delta.clear();
        let nodes = output.platform_output.accesskit_update.unwrap().nodes;
        *of.lock().unwrap() = nodes
            .iter()
            .map(|(_, node)| node.label().map(str::to_owned))
            .collect();
    });
    for _ in 0..3 {
        let mut output = desk.ctx.run_ui(RawInput::default(), |ui| {
            let (window, builder) = (Desk::id(1), ViewportBuilder::default());
            ui.ctx()
                .show_viewport_immediate(window, builder, |ui, _| dialog.show(ui.ctx()));
        });
        output.textures_delta.clear();
    }
    let shows = |label: &str| {
        tree.lock()
            .unwrap()
            .iter()
            .any(|seen| seen.as_deref() == Some(label))
    };
    assert!(shows("Attach a file…"));
    assert!(!shows("Add a picture of this window"));
}
