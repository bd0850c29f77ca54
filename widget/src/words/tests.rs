//! Guards the languages: each says everything that English says, with every number, and nothing else.

use std::collections::BTreeSet;

use super::*;

fn messages() -> impl Iterator<Item = (&'static str, &'static [Argument])> {
    let texts = TEXTS.iter().map(|id| (*id, &[][..]));
    texts.chain(SENTENCES.iter().map(|sentence| (sentence.id, sentence.arguments)))
}

#[test]
fn every_language_has_each_message_once_and_no_other() {
    let wanted: BTreeSet<&str> = messages().map(|(id, _)| id).collect();
    for language in LANGUAGES {
        let (tag, source) = (language.tag, language.source());
        if let Err((_, errors)) = FluentResource::try_new(source.clone()) {
            panic!("{tag}: {errors:?}");
        }
        let all: Vec<&str> = ids(&source).map(|(_, id)| id).collect();
        let found: BTreeSet<&str> = all.iter().copied().collect();
        let missing: Vec<_> = wanted.difference(&found).collect();
        let extra: Vec<_> = found.difference(&wanted).collect();
        assert!(
            missing.is_empty() && extra.is_empty(),
            "{tag}: missing {missing:?}, extra {extra:?}"
        );
        assert_eq!(all.len(), found.len(), "{tag} says something twice");
    }
}

#[test]
fn every_message_can_be_said_with_every_number_and_says_all_it_is_told() {
    for language in LANGUAGES {
        let words = Words::in_language(language.tag);
        for (id, arguments) in messages() {
            let (said, errors) = words.try_out(id, arguments);
            assert!(errors.is_empty(), "{} {id}: {errors:?}", language.tag);
            for sentence in &said {
                assert!(!sentence.trim().is_empty(), "{} {id}", language.tag);
                assert!(
                    !sentence.contains(['{', '}', '$']),
                    "{} {id}: {sentence}",
                    language.tag
                );
            }
            for argument in arguments {
                let is_said = |sentence: &String| {
                    let name = if argument.is_count { "25" } else { argument.name };
                    sentence.contains(name)
                };
                assert!(
                    said.iter().any(is_said),
                    "{} {id}: {}",
                    language.tag,
                    argument.name
                );
            }
        }
    }
}

#[test]
fn every_category_of_a_plural_is_there() {
    for language in LANGUAGES {
        let words = Words::in_language(language.tag);
        let told = |count: u64| words.written_minutes(count).replace(&count.to_string(), "");
        let kinds: BTreeSet<String> = (0..=25).map(told).collect();
        let wanted = match language.tag {
            "ja" | "ko" | "tr" | "zh-Hans" | "zh-Hant" => 1,
            "pl" | "ru" | "uk" => 3,
            _ => 2,
        };
        assert_eq!(kinds.len(), wanted, "{} {kinds:?}", language.tag);
    }
}

#[test]
fn nothing_is_left_in_english() {
    let english = Words::in_language("en");
    for language in &LANGUAGES[1..] {
        let words = Words::in_language(language.tag);
        for (id, arguments) in messages() {
            let (ours, theirs) = (english.try_out(id, arguments).0, words.try_out(id, arguments).0);
            // Below that are units, and words that two languages share.
            let is_telling = ours[0].chars().filter(|c| c.is_alphabetic()).count() > 20;
            assert!(
                !is_telling || ours[0] != theirs[0],
                "{} {id}: {}",
                language.tag,
                theirs[0]
            );
        }
    }
}

#[test]
fn the_makers_words_stand_in_the_place_of_ours_in_their_language_alone() {
    let mut words = Words::in_language("de-CH");
    words
        .replace(
            "de",
            "title = Fehler melden\n# one more\nremove =\n    Weg mit { $name }\n",
        )
        .unwrap();
    assert_eq!(words.title, "Fehler melden");
    assert_eq!(words.remove("x"), "Weg mit x");
    assert_eq!(words.send, "Senden");
    words.speak("en");
    assert_eq!(words.title, "Write to us");
    words.replace("de", "send = Los").unwrap();
    assert_eq!(words.send, "Send");
    words.speak("de");
    assert_eq!((&*words.title, &*words.send), ("Fehler melden", "Los"));
}

#[test]
fn words_that_cannot_be_used_are_told_by_line_and_cause_and_change_nothing() {
    let mut words = Words::in_language("en");
    for (source, told) in [
        (
            "title = ok\n\ntitel = Report",
            "line 3: the window has no message `titel`",
        ),
        ("title = ok\nsend = { $", "line 2: "),
        (
            "title = ok\nremove = Out with { $file }",
            "line 2: `remove` cannot be said: Resolver error: Unknown variable: $file",
        ),
        ("title = For { $name }", "line 1: `title` cannot be said"),
        ("title = { nowhere }", "line 1: `title` cannot be said"),
        (
            "masked_email = { $count ->\n    [one] { $what }\n   *[other] many\n}",
            "line 1: `masked_email` cannot be said",
        ),
    ] {
        let error = words.replace("en", source).unwrap_err().to_string();
        assert!(error.starts_with(told), "{error}");
        assert_eq!(words.title, "Write to us");
        assert_eq!(words.remove("x"), "Remove x");
    }
    let error = words.replace("tlh", "title = x").unwrap_err().to_string();
    assert!(error.contains("`tlh`") && error.contains("pt-BR"), "{error}");
}

#[test]
fn words_can_go_to_another_thread_with_the_dialog() {
    fn goes<T: Send>() {}
    goes::<crate::FeedbackDialog>();
}
