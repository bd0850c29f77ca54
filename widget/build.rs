//! Packs the languages, which every app carries and a person needs one of: without what is said to translators, and
//! behind English, whose ids they share.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use flate2::{Compress, Compression, FlushCompress};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=languages");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let english = words(Path::new("languages/en.ftl"))?;
    for file in fs::read_dir("languages")? {
        let path = file?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // What an editor keeps beside a file that is being changed is no language.
        if name.ends_with(".ftl") && !name.starts_with('.') {
            let behind = if name == "en.ftl" { "" } else { &english };
            fs::write(out.join(&*name), pack(&words(&path)?, behind)?)?;
        }
    }
    Ok(())
}

/// A file without its comments.
fn words(path: &Path) -> io::Result<String> {
    let named = |error| io::Error::other(format!("{}: {error}", path.display()));
    let file = fs::read_to_string(path).map_err(named)?;
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    Ok(lines.flat_map(|line| [line, "\n"]).collect())
}

fn pack(words: &str, behind: &str) -> io::Result<Vec<u8>> {
    let mut compress = Compress::new(Compression::best(), false);
    if !behind.is_empty() {
        compress.set_dictionary(behind.as_bytes())?;
    }
    let mut packed = Vec::with_capacity(words.len());
    compress.compress_vec(words.as_bytes(), &mut packed, FlushCompress::Finish)?;
    Ok(packed)
}
