//! Numbered pictures in a folder.

use std::io;
use std::path::{Path, PathBuf};

use eframe::egui::ColorImage;

use crate::painter::encode_png;

/// A folder that pictures are put into, in the order in which they are taken.
#[derive(Debug)]
pub struct Album {
    folder: PathBuf,
    /// How the last picture was called: `NN-<name>`.
    last: String,
    scenes: usize,
    pictures: Vec<PathBuf>,
}

impl Album {
    /// An empty album; makes the folder where it is missing.
    pub fn new(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self {
            folder: std::path::absolute(folder)?,
            last: String::new(),
            scenes: 0,
            pictures: Vec::new(),
        })
    }

    /// Adds `NN-<name>.png`.
    pub fn add(&mut self, name: &str, image: &ColorImage) -> io::Result<()> {
        self.scenes += 1;
        self.last = format!("{:02}-{name}", self.scenes);
        self.write(format!("{}.png", self.last), image)
    }

    /// Adds the last picture again, looking different: `NN-<name>-<suffix>.png`.
    pub fn add_variant(&mut self, suffix: &str, image: &ColorImage) -> io::Result<()> {
        self.write(format!("{}-{suffix}.png", self.last), image)
    }

    /// The folder, by its full path.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The pictures, in order.
    pub fn pictures(&self) -> &[PathBuf] {
        &self.pictures
    }

    fn write(&mut self, file_name: String, image: &ColorImage) -> io::Result<()> {
        let path = self.folder.join(file_name);
        let bytes = encode_png(image).map_err(io::Error::other)?;
        std::fs::write(&path, bytes)?;
        self.pictures.push(path);
        Ok(())
    }
}
