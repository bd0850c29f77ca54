//! Guards what ARCHITECTURE.md says of imports: but for a module and its own parts, no file of the SDK reaches itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The names of a module, from the crate on: none for the crate itself.
type Module = Vec<String>;

fn read(folder: &Path, of: &[String], files: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let module: Module = of.iter().cloned().chain([name]).collect();
        if path.is_dir() {
            read(&path, &module, files);
        } else if module == ["lib"] {
            files.insert(Module::new(), fs::read_to_string(path).unwrap());
        } else if !module.contains(&"tests".to_owned()) {
            files.insert(module, fs::read_to_string(path).unwrap());
        }
    }
}

/// What `a::{b, c::{d}}` is short for.
fn expand(import: &str) -> Vec<String> {
    let Some((start, group)) = import.split_once('{') else {
        return vec![import.trim().to_owned()];
    };
    let mut depth = 0;
    let parts = group.rsplit_once('}').unwrap().0.split(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        letter == ',' && depth == 0
    });
    let parts = parts.filter(|part| !part.trim().is_empty());
    parts
        .flat_map(expand)
        .map(|part| start.trim().to_owned() + &part)
        .collect()
}

/// The module that an import of `module` names, or that has what it names.
fn imported(module: &[String], import: &str, files: &BTreeMap<Module, String>) -> Option<Module> {
    let mut names = import.split("::").peekable();
    let mut path = module.to_vec();
    let starts = |path: &[String]| files.contains_key(path);
    match *names.peek()? {
        "crate" => path.clear(),
        "super" | "self" => {}
        child if starts(&[module, &[child.to_owned()]].concat()) => {}
        _ => return None,
    }
    for name in names {
        match name {
            "crate" | "self" => {}
            "super" => drop(path.pop()),
            name => path.push(name.to_owned()),
        }
    }
    while !starts(&path) {
        path.pop();
    }
    Some(path)
}

#[test]
fn no_file_reaches_itself_by_its_imports() {
    let mut files = BTreeMap::new();
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    read(&src, &[], &mut files);
    let imports = |(module, text): (&Module, &String)| {
        let text = text.split("\nmod tests {").next().unwrap();
        let imports = text.match_indices("use ").filter_map(|(at, word)| {
            let line = text[..at].rsplit('\n').next()?;
            let is_import = ["", "pub ", "pub(crate) ", "pub(super) "].contains(&line);
            text[at + word.len()..].split(';').next().filter(|_| is_import)
        });
        let related = |other: &Module| other.starts_with(module) || module.starts_with(other);
        let of_others = imports
            .flat_map(expand)
            .filter_map(|import| imported(module, &import, &files))
            .filter(|other| !related(other));
        (module.clone(), of_others.collect())
    };
    let mut left: BTreeMap<Module, BTreeSet<Module>> = files.iter().map(imports).collect();
    assert!(left.values().any(|imports| !imports.is_empty()));
    // What imports nothing that is left reaches none of it.
    loop {
        let known: BTreeSet<Module> = left.keys().cloned().collect();
        left.retain(|_, imports| imports.iter().any(|import| known.contains(import)));
        if left.len() == known.len() {
            break;
        }
    }
    assert!(left.is_empty(), "{left:#?}");
}
