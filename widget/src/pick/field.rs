//! The field for a path, where the system has no picker.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::mpsc::TryRecvError;

use egui::{Context, Id, Ui};

use super::{SAVE_NAME, Wish};
use crate::dialog::background::in_background;
use crate::dialog::{long_text, named_files, parts};
use crate::handover::Receiver;
use crate::words::Words;

/// The longest path there can be (`PATH_MAX` of Linux); the field lays all of it out.
const LONGEST_PATH: usize = 4096;

/// Where the disk is looked at.
const THREAD: &str = "feedback-path";

/// A path that is being typed.
pub(super) struct Field {
    pub(super) wish: Wish,
    typed: String,
    /// Texts that are too long for a path.
    pub(super) aside: Vec<String>,
    /// It has just appeared and should have the keyboard.
    wants_focus: bool,
    /// A name in the place of the offered one, if that is taken.
    free: Option<Receiver<PathBuf>>,
    /// Whether there is a file at this place already is being looked at.
    looking: Option<(PathBuf, Receiver<bool>)>,
    /// There is; the person is asked whether to replace it.
    taken: Option<PathBuf>,
}

impl Field {
    pub(super) fn new(ctx: &Context, wish: Wish) -> Self {
        let offered = home().join(SAVE_NAME);
        let (typed, free) = match wish {
            Wish::Attach => (String::new(), None),
            Wish::Save(_) => {
                let typed = offered.to_string_lossy().into_owned();
                (typed, Some(in_background(ctx, THREAD, || Some(free(offered)))))
            }
        };
        Self {
            wish,
            typed,
            aside: Vec::new(),
            wants_focus: true,
            free,
            looking: None,
            taken: None,
        }
    }

    /// Draws it. The path, once it is typed; none, where that was cancelled.
    pub(super) fn show(&mut self, ui: &mut Ui, id: Id, words: &Words) -> Option<Vec<PathBuf>> {
        self.offer_what_is_free();
        let label = ui.label(&*words.path);
        let mut path = long_text::Field::new(ui, id, &mut self.typed, LONGEST_PATH);
        let field = path.line().desired_width(f32::INFINITY);
        let field = parts::field(ui, field).labelled_by(label.id);
        self.aside.extend(path.aside(ui));
        if std::mem::take(&mut self.wants_focus) {
            field.request_focus();
        }
        if field.changed() {
            (self.free, self.looking, self.taken) = (None, None, None);
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let verb = match self.wish {
            Wish::Attach => &words.path_add,
            Wish::Save(_) => &words.path_save,
        };
        let (done, cancelled) = ui
            .horizontal_wrapped(|ui| {
                let button = ui.add_enabled(self.looking.is_none(), parts::button(&**verb));
                let done = parts::reachable(button).clicked();
                let cancel = parts::reachable(ui.add(parts::button(&*words.path_cancel)));
                (done || entered, cancel.clicked())
            })
            .inner;
        if cancelled {
            return Some(Vec::new());
        }
        if self.is_replaced(ui, words) {
            return self.taken.take().map(|path| vec![path]);
        }
        if done && self.looking.is_none() && !self.typed.trim().is_empty() {
            let path = meant(&self.typed, &home());
            if self.wish == Wish::Attach {
                return Some(vec![path]);
            }
            self.free = None;
            let looked_at = path.clone();
            let answers = in_background(ui.ctx(), THREAD, move || Some(looked_at.is_file()));
            self.looking = Some((path, answers));
        }
        self.looked().map(|path| vec![path])
    }

    fn offer_what_is_free(&mut self) {
        if let Some(Ok(path)) = self.free.as_ref().map(Receiver::try_recv) {
            self.free = None;
            self.typed = path.to_string_lossy().into_owned();
        }
    }

    /// The path, if nothing is there.
    fn looked(&mut self) -> Option<PathBuf> {
        let (_, answers) = self.looking.as_ref()?;
        let answer = answers.try_recv();
        if answer == Err(TryRecvError::Empty) {
            return None;
        }
        let (path, _) = self.looking.take()?;
        if answer == Ok(false) {
            return Some(path);
        }
        self.taken = Some(path);
        self.wants_focus = true; // Enter has taken it away
        None
    }

    /// Asks, where there is a file already. In a place of its own: what is pressed twice has not answered.
    fn is_replaced(&self, ui: &mut Ui, words: &Words) -> bool {
        if self.taken.is_none() {
            return false;
        }
        parts::complain(ui, &words.path_taken);
        parts::reachable(ui.add(parts::button(&*words.path_replace))).clicked()
    }
}

fn home() -> PathBuf {
    std::env::home_dir().unwrap_or_default()
}

/// What the person means: names of their home folder, unless they say otherwise, and addresses as file managers have
/// them.
fn meant(typed: &str, home: &Path) -> PathBuf {
    let typed = typed.trim();
    if let Some(path) = named_files::path(typed) {
        return path;
    }
    let typed = typed.trim_matches('"');
    match typed.strip_prefix('~') {
        Some("") => home.to_owned(),
        Some(rest) => home.join(rest.strip_prefix(['/', MAIN_SEPARATOR]).unwrap_or(typed)),
        None => home.join(typed),
    }
}

/// This place, or the next one beside it where nothing is yet.
fn free(offered: PathBuf) -> PathBuf {
    let is_free = |path: &PathBuf| path.symlink_metadata().is_err();
    let numbered = |number: u32| {
        let (name, kind) = (offered.file_stem(), offered.extension());
        let [name, kind] = [name, kind].map(|part| part.unwrap_or_default().to_string_lossy());
        offered.with_file_name(format!("{name} ({number}).{kind}"))
    };
    let mut others = (2..=u32::MAX).map(numbered);
    if is_free(&offered) {
        return offered;
    }
    others.find(is_free).unwrap_or(offered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_what_is_meant() {
        let home = std::env::temp_dir().join("anna");
        let there = home.join("a b.txt");
        let path = there.to_string_lossy().into_owned();
        for typed in [
            "~/a b.txt",
            "a b.txt",
            " \"~/a b.txt\" ",
            &path,
            &format!("\"{path}\""),
            #[cfg(unix)]
            &format!("file://{}", path.replace(' ', "%20")),
        ] {
            assert_eq!(meant(typed, &home), there, "{typed}");
        }
        assert_eq!(meant("~", &home), home);
        assert_eq!(meant("~other", &home), home.join("~other"));
    }

    #[test]
    fn what_is_taken_is_not_offered() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        assert_eq!(free(path("report.zip")), path("report.zip"));
        std::fs::write(path("report.zip"), "x").unwrap();
        std::fs::write(path("report (2).zip"), "x").unwrap();
        assert_eq!(free(path("report.zip")), path("report (3).zip"));
    }
}
