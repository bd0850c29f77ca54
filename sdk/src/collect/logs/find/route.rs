//! The way of a glob through folders, part by part. Pure.

use std::io;
use std::mem;
use std::path::{Component, Path};

use glob::Pattern;

/// A glob below a folder.
#[derive(Debug)]
pub(super) struct Route(Vec<Part>);

#[derive(Debug)]
struct Part {
    /// Whether any folders may stand before it: `**`.
    is_deep: bool,
    name: Pattern,
}

/// What a name in a folder may be to the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A file that is wanted.
    File,
    /// A folder on the way, to which so many parts of the glob have led.
    Into(usize),
}

impl Route {
    pub(super) fn new(glob: &Path) -> io::Result<Self> {
        let (mut parts, mut is_deep) = (Vec::new(), false);
        let part = |is_deep, name: &str| {
            let name = Pattern::new(name).map_err(io::Error::other)?;
            io::Result::Ok(Part { is_deep, name })
        };
        for component in glob.components() {
            match component {
                Component::CurDir => {}
                Component::Normal(any) if any == "**" => is_deep = true,
                Component::Normal(name) => {
                    parts.push(part(mem::take(&mut is_deep), &name.to_string_lossy())?);
                }
                // A drive that is not there, or a way back out of a folder that is not.
                _ => return Err(io::ErrorKind::NotFound.into()),
            }
        }
        if is_deep {
            parts.push(part(true, "*")?);
        }
        Ok(Self(parts))
    }

    /// Whether all folders are looked into that the search comes by.
    pub(super) fn is_deep(&self) -> bool {
        self.0.iter().any(|part| part.is_deep)
    }

    /// What `name` may be that stands in a folder to which `at` parts have led.
    pub(super) fn steps(&self, at: usize, name: &str) -> Vec<Step> {
        let Some(part) = self.0.get(at) else {
            return Vec::new();
        };
        let deeper = part.is_deep.then_some(Step::Into(at));
        let on = part.name.matches(name).then(|| match at + 1 {
            last if last == self.0.len() => Step::File,
            next => Step::Into(next),
        });
        deeper.into_iter().chain(on).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_leads_one_folder_on_and_two_stars_lead_through_any() {
        let steps = |glob: &str, at, name| Route::new(Path::new(glob)).unwrap().steps(at, name);
        assert_eq!(steps("*.log", 0, "app.log"), [Step::File]);
        assert_eq!(steps("*.log", 0, "app.txt"), []);
        assert_eq!(steps("a*/./b/*", 0, "ab"), [Step::Into(1)]);
        assert_eq!(steps("a*/./b/*", 1, "b"), [Step::Into(2)]);
        assert_eq!(steps("a*/./b/*", 1, "ab"), []);
        for glob in ["**/**/a/**", "**/a/**/*"] {
            assert_eq!(steps(glob, 0, "a"), [Step::Into(0), Step::Into(1)], "{glob}");
            assert_eq!(steps(glob, 0, "b"), [Step::Into(0)], "{glob}");
            assert_eq!(steps(glob, 1, "b"), [Step::Into(1), Step::File], "{glob}");
        }
        for wrong in ["a**", "[", "*/../a"] {
            assert!(Route::new(Path::new(wrong)).is_err(), "{wrong}");
        }
    }
}
