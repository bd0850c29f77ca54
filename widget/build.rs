//! Packs the languages, which every app carries and a person needs one of.

use std::env;
use std::fs::{File, read_dir};
use std::io;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::DeflateEncoder;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=languages");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for language in read_dir("languages")? {
        let language = language?;
        let packed = File::create(out.join(language.file_name()))?;
        let mut packed = DeflateEncoder::new(packed, Compression::best());
        io::copy(&mut File::open(language.path())?, &mut packed)?;
        packed.finish()?;
    }
    Ok(())
}
