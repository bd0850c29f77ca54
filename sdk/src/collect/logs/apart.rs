//! Which folder tells logs of one name apart, as those of an app's several processes have. Pure.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Of folders with files of one name: which folder above, or they themselves, has another name than those of the others, or
/// than most of them where no level tells all apart. All files of such a folder are told apart, so that a family stays
/// together.
pub(super) fn telling<'a>(files: impl Iterator<Item = (&'a str, &'a Path)>) -> BTreeMap<PathBuf, PathBuf> {
    let mut by_name = BTreeMap::<_, BTreeSet<_>>::new();
    for (name, path) in files {
        by_name.entry(name).or_default().extend(path.parent());
    }
    let mut telling = BTreeMap::new();
    for folders in by_name.into_values().filter(|folders| folders.len() > 1) {
        let names = |up: usize| {
            let above = folders.iter().map(move |folder| folder.ancestors().nth(up));
            above.map(|folder| folder.and_then(Path::file_name))
        };
        let told_apart = |up: &usize| names(*up).collect::<BTreeSet<_>>().len();
        let most = folders.iter().map(|folder| folder.ancestors().count()).max();
        // Of equals the last is taken: the nearest.
        let Some(up) = (0..most.unwrap_or_default()).rev().max_by_key(told_apart) else {
            continue;
        };
        for folder in &folders {
            let above = folder
                .ancestors()
                .nth(up)
                .filter(|above| above.file_name().is_some());
            if let Some(above) = above {
                let entry = telling.entry((*folder).to_owned());
                entry.or_insert_with(|| above.to_owned());
            }
        }
    }
    telling
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(files: &[&str]) -> Vec<(String, String)> {
        let files = files.iter().map(|path| {
            let name = path.rsplit('/').next().unwrap();
            (name, Path::new(*path))
        });
        let text = |path: PathBuf| path.to_str().unwrap().to_owned();
        telling(files)
            .into_iter()
            .map(|(folder, above)| (text(folder), text(above)))
            .collect()
    }

    #[test]
    fn the_nearest_folder_that_differs_tells() {
        let told = |files| told(files);
        assert_eq!(told(&["/a/x.log", "/a/y.log", "/b/z.log"]), []);
        let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
        assert_eq!(
            told(&["/gpu/now.log", "/main/now.log"]),
            [pair("/gpu", "/gpu"), pair("/main", "/main")]
        );
        assert_eq!(
            told(&["/gpu/logs/now.log", "/main/logs/now.log"]),
            [pair("/gpu/logs", "/gpu"), pair("/main/logs", "/main")]
        );
        assert_eq!(
            told(&["/a/gpu/logs/now.log", "/a/main/logs/now.log", "/a/old/now.log"]),
            [
                pair("/a/gpu/logs", "/a/gpu"),
                pair("/a/main/logs", "/a/main"),
                pair("/a/old", "/a")
            ]
        );
        assert_eq!(
            told(&["/a/x/l/now.log", "/a/y/l/now.log", "/b/x/m/now.log"]),
            [
                pair("/a/x/l", "/a/x/l"),
                pair("/a/y/l", "/a/y/l"),
                pair("/b/x/m", "/b/x/m")
            ],
            "no level tells all apart"
        );
        assert_eq!(
            told(&["/logs/logs/now.log", "/logs/now.log"]),
            [pair("/logs/logs", "/logs")]
        );
    }
}
