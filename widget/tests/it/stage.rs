//! The app in a window of egui's harness, and how a test drives it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver as Channel, channel};
use std::time::{Duration, Instant};

use egui::{Event, FontProvider, Key, Modifiers, OutputCommand, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use egui_kittest::{Harness, HarnessBuilder, Node};
use feedback_sdk::testing::with_monitor;
use feedback_sdk::{Events, FeedbackClient, FeedbackConfig, WaitingReport};
use feedback_widget::FeedbackDialog;

use super::app::App;
use super::font::Source;
use super::hands::Dropped;

/// Nothing that works takes this long, on a machine as busy as can be: threads of other tests are waited for too.
pub(crate) const DEADLINE: Duration = Duration::from_mins(3);

pub(crate) struct Stage {
    pub(crate) client: FeedbackClient,
    pub(crate) harness: Harness<'static, App>,
    pub(crate) folder: tempfile::TempDir,
    woken: Channel<()>,
    _events: Events,
}

impl Stage {
    /// The app, with the dialog closed.
    pub(crate) fn new(endpoint: &str) -> Self {
        Self::with(endpoint, |config| config, Harness::builder())
    }

    /// The app, with the dialog open and settled.
    pub(crate) fn open(endpoint: &str) -> Self {
        let mut stage = Self::new(endpoint);
        stage.click("Write to us…");
        stage.read_the_spool(); // the screens, too
        stage
    }

    pub(crate) fn with(
        endpoint: &str,
        configure: impl FnOnce(FeedbackConfig) -> FeedbackConfig,
        builder: HarnessBuilder<App>,
    ) -> Self {
        let stage = Self::build(endpoint, configure, Source::new(None).0, builder);
        stage.harness.ctx.add_font_provider(Source::for_all_languages());
        stage
    }

    /// An app that has only egui's own fonts, and whose dialog looks for others there.
    pub(crate) fn with_fonts(
        endpoint: &str,
        fonts: Arc<dyn FontProvider>,
        builder: HarnessBuilder<App>,
    ) -> Self {
        Self::build(endpoint, |config| config, fonts, builder)
    }

    fn build(
        endpoint: &str,
        configure: impl FnOnce(FeedbackConfig) -> FeedbackConfig,
        fonts: Arc<dyn FontProvider>,
        builder: HarnessBuilder<App>,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config =
            FeedbackConfig::new(endpoint, "pk_test", "Notes", "1.4.0").spool_dir(folder.path().join("spool"));
        let config = with_monitor(config, "HDMI-1", 64, 40); // whatever this machine has
        let client = FeedbackClient::new(configure(config)).unwrap();
        let (sender, woken) = channel();
        let events = client.subscribe(move || {
            let _ = sender.send(());
        });
        let mut dialog = FeedbackDialog::new(client.clone())
            .thank_you_link("Open the inbox")
            .fallback_fonts(fonts) // whatever this machine has
            .typed_paths();
        dialog.set_language("en"); // whatever this machine speaks
        let app = App::new(dialog);
        let harness = builder
            .with_max_steps(20)
            .build_ui_state(|ui, app: &mut App| app.ui(ui), app);
        let mut stage = Self {
            client,
            harness,
            folder,
            woken,
            _events: events,
        };
        stage.read_the_spool();
        stage
    }

    /// Has the dialog hear what waits.
    pub(crate) fn read_the_spool(&mut self) {
        self.waiting(); // the dialog has asked the same before
        self.harness.run();
    }

    pub(crate) fn app(&mut self) -> &mut App {
        self.harness.state_mut()
    }

    /// A file in the stage's folder.
    pub(crate) fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Has the app hand in a file of the stage's folder.
    pub(crate) fn attach(&mut self, name: &str, content: &[u8]) {
        let path = self.file(name, content);
        self.app().dialog.attach(path);
    }

    /// Drops a file from elsewhere onto the window, with the next frame.
    pub(crate) fn drop_file(&mut self, path: PathBuf) {
        self.harness
            .input_mut()
            .dropped_files
            .push(Arc::new(Dropped(path)));
    }

    pub(crate) fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.harness.run();
    }

    /// Clicks something that may be scrolled out of sight.
    pub(crate) fn reach(&mut self, label: &str) {
        self.harness.get_by_label(label).focus();
        self.harness.run();
        self.harness.get_by_label(label).click_accesskit();
        self.harness.run();
    }

    /// Clicks something that must appear first.
    pub(crate) fn click_when_there(&mut self, label: &str) {
        self.wait_until(label, |stage| stage.is_there(label));
        self.click(label);
    }

    pub(crate) fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run();
    }

    /// Closes the dialog and opens it again.
    pub(crate) fn reopen(&mut self) {
        self.click("Close");
        self.click_the_button();
    }

    /// Opens the dialog, whether there is a dot on its button or not.
    pub(crate) fn click_the_button(&mut self) {
        self.harness.get_by_label_contains("Write to us…").click();
        self.harness.run();
    }

    /// Types a place for the report and saves it there, where that was asked for.
    #[track_caller]
    pub(crate) fn save_as_mine(&mut self) {
        self.press(Modifiers::COMMAND, Key::A);
        let to = self.folder.path().join("mine.zip");
        self.write(&to.to_string_lossy());
        self.click("Save");
        self.wait_for("Saved as ");
        assert!(std::fs::read(&to).unwrap().starts_with(b"PK"));
    }

    /// How many reports wait on disk.
    pub(crate) fn spooled(&self) -> usize {
        let spool = std::fs::read_dir(self.folder.path().join("spool"));
        let names = spool
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.file_name());
        names
            .filter(|name| name.to_string_lossy().ends_with(".zip"))
            .count()
    }

    /// What waits, as the SDK knows it.
    pub(crate) fn waiting(&self) -> Vec<WaitingReport> {
        self.client.waiting().wait().unwrap()
    }

    /// Types where the keyboard is.
    pub(crate) fn write(&mut self, words: &str) {
        self.harness.event(Event::Text(words.to_owned()));
        self.harness.run();
    }

    /// What stands in the text field.
    pub(crate) fn message(&self) -> String {
        let field = self.harness.get_by_role(Role::MultilineTextInput);
        field.value().unwrap_or_default()
    }

    /// Whether there is something of exactly this name.
    pub(crate) fn is_there(&self, label: &str) -> bool {
        self.harness.query_by_label(label).is_some()
    }

    pub(crate) fn sees(&self, label: &str) -> bool {
        self.harness.query_all_by_label_contains(label).next().is_some()
    }

    /// Goes on until a label appears that contains these words.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, label: &str) {
        self.wait_until(label, |stage| stage.sees(label));
    }

    /// Goes on until something holds.
    #[track_caller]
    pub(crate) fn wait_until(&mut self, what: &str, mut holds: impl FnMut(&mut Self) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        loop {
            self.harness.step();
            if holds(self) {
                self.harness.run();
                return;
            }
            assert!(
                Instant::now() < deadline,
                "never seen: {what}\non screen: {:#?}",
                self.labels()
            );
            self.doze();
        }
    }

    /// Waits a moment for something to come.
    pub(crate) fn doze(&mut self) {
        // Woken by the SDK; pictures are made ready by others, for whom the time-out is.
        let _ = self.woken.recv_timeout(Duration::from_millis(50));
    }

    /// Everything that can be read.
    pub(crate) fn labels(&self) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        let labels = nodes.map(|node| node.accesskit_node().label().or(node.value()));
        labels.flatten().filter(|label| !label.is_empty()).collect()
    }

    pub(crate) fn is_enabled(&self, button: &str) -> bool {
        !self.harness.get_by_label(button).accesskit_node().is_disabled()
    }

    pub(crate) fn focused(&self) -> Node<'_> {
        self.harness
            .get(by().predicate(|node| node.is_focused() && !node.is_hidden()))
    }

    pub(crate) fn has_focus(&self, label: &str) -> bool {
        self.focused().accesskit_node().label().as_deref() == Some(label)
    }

    /// Clicks what copies something; what is in the clipboard then.
    pub(crate) fn copy_by(&mut self, label: &str) -> Option<String> {
        self.harness.get_by_label(label).click();
        self.harness.step();
        let commands = &self.harness.output().platform_output.commands;
        commands.iter().find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// Where a widget is.
    pub(crate) fn rect(&self, label: &str) -> egui::Rect {
        self.harness.get_by_label(label).rect()
    }

    /// The size that stands in the row of a file.
    pub(crate) fn size_of(&self, path: &str) -> String {
        let row = self.rect(path);
        let sizes = self.harness.query_all_by_role(Role::Label);
        let mut sizes = sizes.filter(|label| {
            let rect = label.rect();
            rect.left() > row.right() && rect.y_range().contains(row.center().y)
        });
        sizes.next().and_then(|label| label.value()).unwrap()
    }
}

/// Bytes that do not compress (a 64-bit LCG with Knuth's constants).
pub(crate) fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    (0..bytes).map(|_| next()).collect()
}
