//! Which folder tells logs of one name apart, as those of an app's several processes have. Pure.

use std::path::{Path, PathBuf};

use crate::sorted::sorted;

/// Of folders with files of one name: which folder above, or they themselves, has another name than those of the others, or
/// than most of them where no level tells all apart. All files of such a folder are told apart, so that a family stays
/// together. In the order of the folders.
pub(super) fn telling<'a>(files: impl Iterator<Item = (&'a str, &'a Path)>) -> Vec<(PathBuf, PathBuf)> {
    let folders = files.filter_map(|(name, path)| Some((name, path.parent()?)));
    let mut folders = sorted(folders.collect(), Ord::cmp);
    folders.dedup();
    let mut telling = Vec::new();
    let of_one_name = folders.chunk_by(|(one, _), (other, _)| one == other);
    for folders in of_one_name.filter(|folders| folders.len() > 1) {
        let folders = folders.iter().map(|(_, folder)| *folder);
        let names = |up: usize| {
            let above = folders.clone().map(move |folder| folder.ancestors().nth(up));
            above.map(|folder| folder.and_then(Path::file_name))
        };
        let told_apart = |up: &usize| {
            let mut names = sorted(names(*up).collect(), Ord::cmp);
            names.dedup();
            names.len()
        };
        let most = folders.clone().map(|folder| folder.ancestors().count()).max();
        // Of equals the last is taken: the nearest.
        let Some(up) = (0..most.unwrap_or_default()).rev().max_by_key(told_apart) else {
            continue;
        };
        let above = |folder: &'a Path| {
            folder
                .ancestors()
                .nth(up)
                .filter(|above| above.file_name().is_some())
        };
        telling.extend(folders.filter_map(|folder| Some((folder, above(folder)?))));
    }
    // Where a folder has several such files, the first of them tells.
    let mut telling = sorted(telling, |(one, _), (other, _)| one.cmp(other));
    telling.dedup_by_key(|(folder, _)| *folder);
    let owned = |(folder, above): (&Path, &Path)| (folder.to_owned(), above.to_owned());
    telling.into_iter().map(owned).collect()
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
