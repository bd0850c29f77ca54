//! Packs the languages, which every app carries and a person needs one of.

use std::env;
use std::fs::{File, read_dir};
use std::io;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::DeflateEncoder;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=languages");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for file in read_dir("languages")? {
        let path = file?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // What an editor keeps beside a file that is being changed is no language.
        if name.ends_with(".ftl") && !name.starts_with('.') {
            let named = |error| io::Error::other(format!("{}: {error}", path.display()));
            pack(&path, &out.join(&*name)).map_err(named)?;
        }
    }
    Ok(())
}

fn pack(language: &Path, to: &Path) -> io::Result<()> {
    let mut packed = DeflateEncoder::new(File::create(to)?, Compression::best());
    io::copy(&mut File::open(language)?, &mut packed)?;
    packed.finish().map(drop)
}
