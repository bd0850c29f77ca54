//! What happens in the guided run, step by step.

use std::path::{Path, PathBuf};

use super::{GuidedError, Run, can_draw, disk};
use crate::files::{Pick, Picker};

const NOTE: &str = "Lisbon, 4 to 9 May

Packing
- passport, both chargers, the small umbrella
- the green notebook
- something against the sun

To see
- the tiles museum, closed on Mondays
- tram 28, before nine
- Feira da Ladra: Tuesday and Saturday

Ask Yuki which bakery it was.
";

const MESSAGE: &str = "I cannot open the note that I wrote on my old laptop. Notes says it is not a plain \
text file, but it is: I wrote it with the editor that came with the laptop. The file is attached.";

/// Said only where this machine can draw it, so that the pictures have no empty boxes.
const IN_OTHER_WORDS: [&str; 2] = ["По-русски тоже можно?", "日本語でも書けますか。"];

const ADDRESS: &str = "anna@example.org";

/// The file that Anna cannot open.
const FOREIGN: &str = "Lisbon from the old laptop.txt";

/// The home folder of Anna, with a note from another computer. Answers her documents.
pub(super) fn make_home(folder: &Path) -> Result<PathBuf, GuidedError> {
    let documents = folder.join("home").join("anna").join("Documents");
    std::fs::create_dir_all(&documents).map_err(disk(&documents))?;
    let foreign = documents.join(FOREIGN);
    // UTF-16 with a byte order mark, as editors on Windows saved "Unicode" for twenty years.
    let text = "\u{feff}Pastéis: Rua de Belém 84, go early.\r\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(&foreign, bytes).map_err(disk(&foreign))?;
    Ok(documents)
}

/// Stands in for the system's file window: chooses what Anna would.
pub(super) fn picker(documents: &Path) -> Picker {
    let documents = documents.to_owned();
    Box::new(move |pick| {
        let name = match pick {
            Pick::Open => FOREIGN,
            Pick::Save { .. } => "Lisbon.txt",
        };
        Box::pin(std::future::ready(Some(documents.join(name))))
    })
}

/// Plays everything. Answers what was sent as the message.
pub(super) fn play(run: &mut Run, documents: &Path) -> Result<String, GuidedError> {
    write_a_note(run)?;
    open_the_window(run)?;
    let message = say_it(run, documents)?;
    send(run)?;
    Ok(message)
}

fn write_a_note(run: &mut Run) -> Result<(), GuidedError> {
    run.stage.type_into("Note", NOTE)?;
    run.pictures("editor")?;
    run.stage.click("File")?;
    run.stage.click("Save as…")?;
    run.stage.wait_for("Lisbon.txt")?;
    run.stage.click("File")?;
    run.stage.click("Open…")?;
    run.stage.wait_until("the line that says why", |stage| {
        stage.names().iter().any(|name| name.contains("was not opened"))
    })?;
    Ok(())
}

fn open_the_window(run: &mut Run) -> Result<(), GuidedError> {
    run.stage.click("Help")?;
    run.stage.hover("Write to us…")?;
    run.picture_as_is("help-menu")?;
    run.stage.click("Write to us…")?;
    run.stage.wait_for("Your message")?;
    run.pictures("dialog")
}

fn say_it(run: &mut Run, documents: &Path) -> Result<String, GuidedError> {
    let mut message = MESSAGE.to_owned();
    for sentence in IN_OTHER_WORDS {
        if can_draw(run.stage.ctx(), sentence) {
            message.push('\n');
            message.push_str(sentence);
        }
    }
    run.stage.type_into("Your message", &message)?;
    run.stage
        .type_into("Your e-mail, if you want an answer", ADDRESS)?;
    run.pictures("typed")?;

    run.stage.drop_file(&documents.join(FOREIGN));
    run.stage.click("Add a picture of this window")?;
    run.stage.wait_for("Remove Picture 1")?;
    run.pictures("attached")?;

    run.stage.click("What will be sent")?;
    run.stage.wait_until("the list of files", |stage| {
        stage.names().iter().any(|name| name.starts_with("logs/"))
    })?;
    run.pictures("what-will-be-sent")?;
    run.stage.click("system.json")?;
    run.stage.wait_for("Text of system.json")?;
    run.variant("reading")?;
    run.stage.click("Back")?;
    run.stage.click("What will be sent")?;
    Ok(message)
}

fn send(run: &mut Run) -> Result<(), GuidedError> {
    run.stage.click("Send")?;
    run.picture_as_is("sending")?;
    let ends = ["Thank you", "Saved", "Not delivered", "Your message"];
    run.stage.wait_until("the end of sending", |stage| {
        ends.iter().any(|end| stage.shows(end))
    })?;
    if !run.stage.shows("Thank you") {
        return Err(GuidedError::NotSent(run.stage.names()));
    }
    run.pictures("thank-you")
}
