//! The files, or folders, that one gap tells of.

use crate::report::GapReason;

/// So many are told by their names.
const MOST_NAMES: usize = 10;

/// How many they are, and some of their names.
#[derive(Debug, Default)]
pub(super) struct Several {
    count: usize,
    /// The first ones, in their order.
    names: Vec<String>,
}

impl Several {
    pub(super) fn add(&mut self, name: String) {
        self.count += 1;
        if let Err(place) = self.names.binary_search(&name) {
            self.names.insert(place, name);
            self.names.truncate(MOST_NAMES);
        }
    }

    /// What a gap calls them, where each is a `log`: `log app.log.1`, or `12 logs: app.log.1, app.log.2, …`. `None` where
    /// there are none.
    pub(super) fn label(&self, each: &str) -> Option<String> {
        let names = self.names.join(", ");
        match self.count {
            0 => None,
            1 => Some(format!("{each} {names}")),
            count if count > MOST_NAMES => Some(format!("{count} {each}s: {names}, …")),
            count => Some(format!("{count} {each}s: {names}")),
        }
    }
}

/// The files that are missing, by their reasons.
#[derive(Debug, Default)]
pub(super) struct Missing(Vec<(GapReason, Several)>);

impl Missing {
    pub(super) fn add(&mut self, name: String, why: impl Into<GapReason>) {
        let why = why.into();
        let known = self.0.iter().position(|(known, _)| *known == why);
        let at = known.unwrap_or_else(|| {
            self.0.push((why, Several::default()));
            self.0.len() - 1
        });
        if let Some((_, files)) = self.0.get_mut(at) {
            files.add(name);
        }
    }

    /// What a gap calls the files of each reason.
    pub(super) fn labels(self) -> impl Iterator<Item = (String, GapReason)> {
        let label = |(why, files): (GapReason, Several)| Some((files.label("log")?, why));
        self.0.into_iter().filter_map(label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_is_one_line() {
        let mut missing = Missing::default();
        for (name, why) in [
            ("a", GapReason::NotFound),
            ("b", GapReason::NoRoom),
            ("c", GapReason::NotFound),
        ] {
            missing.add(name.to_owned(), why);
        }
        let told = [
            ("2 logs: a, c".to_owned(), GapReason::NotFound),
            ("log b".to_owned(), GapReason::NoRoom),
        ];
        assert!(missing.labels().eq(told));
    }

    #[test]
    fn many_files_are_one_line() {
        let label = |count: usize| {
            let mut several = Several::default();
            (0..count).for_each(|number| several.add(format!("{number}.log")));
            several.label("log")
        };
        assert_eq!(label(0), None);
        assert_eq!(label(1).as_deref(), Some("log 0.log"));
        assert_eq!(label(2).as_deref(), Some("2 logs: 0.log, 1.log"));
        let many = label(5000).unwrap();
        assert!(
            many.starts_with("5000 logs: 0.log, ") && many.ends_with(", …"),
            "{many}"
        );
        assert!(many.len() < 200, "{many}");
    }
}
