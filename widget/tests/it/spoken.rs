//! What the window says in each language, read from the files that it speaks from.

use std::path::Path;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

/// What the window says in one language, read from its file.
pub(crate) struct Spoken {
    pub(crate) tag: String,
    bundle: FluentBundle<FluentResource>,
}

impl Spoken {
    /// Every language there is a file of.
    pub(crate) fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("languages");
        let files = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path());
        let mut all: Vec<Self> = files.map(|file| Self::read(&file)).collect();
        all.sort_by(|a, b| a.tag.cmp(&b.tag));
        all
    }

    fn read(file: &Path) -> Self {
        let tag = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut bundle = FluentBundle::new(vec![tag.parse().unwrap()]);
        bundle.set_use_isolating(false);
        let source = std::fs::read_to_string(file).unwrap();
        bundle
            .add_resource(FluentResource::try_new(source).unwrap())
            .unwrap();
        Self { tag, bundle }
    }

    pub(crate) fn say(&self, id: &str) -> String {
        self.say_with(id, &[])
    }

    pub(crate) fn say_with(&self, id: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
        let arguments: FluentArgs<'_> = arguments.iter().cloned().collect();
        let pattern = self.bundle.get_message(id).unwrap().value().unwrap();
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(&arguments), &mut errors);
        assert!(errors.is_empty(), "{} {id}: {errors:?}", self.tag);
        said.into_owned()
    }

    /// The name of a button of a report in the list, the first being 1.
    pub(crate) fn of_report(&self, button: &str, number: u64) -> String {
        let button = self.say(button);
        self.say_with(
            "of_report",
            &[("button", button.into()), ("number", number.into())],
        )
    }
}
