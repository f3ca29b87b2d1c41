use std::{collections::BTreeMap, fs, path::Path};

use ground::{Language, words::room_patterns};

/// Each sentence of this language with the parts that it wants filled in, in order of their names.
fn sentences(language: &str) -> BTreeMap<String, (String, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/locales").join(language);
    let mut found: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let mut key = String::new();
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '}', '*', '['])) {
                key = name.to_owned();
            }
            let sentence = found.entry(key.clone()).or_default();
            sentence.0 += line;
            sentence.1.extend(line.split('$').skip(1).map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()));
        }
    }
    for (_, parts) in found.values_mut() {
        parts.sort();
        parts.dedup();
    }
    found
}

#[test]
fn both_languages_fill_in_the_same_parts() {
    let (english, spanish) = (sentences("en"), sentences("es"));
    assert!(english.len() > 300);
    for (key, (_, parts)) in &english {
        assert_eq!(spanish.get(key).map(|(_, parts)| parts), Some(parts), "{key}");
    }
}

/// A sentence that was copied and never translated reads the same in both. Names, numbers and what is the same word may.
#[test]
fn hardly_a_sentence_reads_the_same_in_both_languages() {
    let (english, spanish) = (sentences("en"), sentences("es"));
    let same: Vec<&String> =
        english.iter().filter(|(key, (text, _))| spanish.get(*key).is_some_and(|(other, _)| other == text)).map(|(key, _)| key).collect();
    assert!(same.len() * 20 < english.len(), "{} of {}: {same:?}", same.len(), english.len());
    let long: Vec<_> = same.iter().filter(|key| english[**key].0.split_whitespace().count() > 7).collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn nothing_shouts() {
    for language in ["en", "es"] {
        for (key, (text, _)) in sentences(language) {
            assert!(!text.contains('!') && !text.contains('¡'), "{key} in {language}");
        }
    }
}

#[test]
fn a_language_is_read_from_its_code_and_english_is_for_everything_else() {
    for (code, language) in [
        ("es", Language::Spanish),
        (" ES-mx ", Language::Spanish),
        ("en", Language::English),
        ("", Language::English),
        ("de", Language::English),
        ("\u{0}es", Language::English),
    ] {
        assert_eq!(Language::parse(code), language, "{code:?}");
    }
    for (header, language) in [
        ("es", Language::Spanish),
        ("en-US,en;q=0.9,es;q=0.8", Language::English),
        ("fr-CA, es;q=0.8", Language::Spanish),
        ("*", Language::English),
        ("ñ,é", Language::English),
        (",,,", Language::English),
    ] {
        assert_eq!(Language::preferred(header), language, "{header:?}");
    }
    for language in Language::ALL {
        assert_eq!(Language::parse(language.code()), language);
    }
}

#[test]
fn what_is_filled_in_stays_what_it_was() {
    for name in ["Maya", "<b>Maya</b>", "{ $name }", "\u{202e}ayaM", "Mäya 心", ""] {
        for language in Language::ALL {
            let said = language.say("note-signed-by", &[("name", name.to_owned()), ("when", "today".to_owned())]);
            assert!(said.contains(name) && said.contains("today"), "{said}");
        }
    }
    assert_eq!(Language::Spanish.t("no-such-sentence"), "no-such-sentence");
    assert!(!Language::English.knows("no-such-sentence") && Language::English.knows("note-group"));
}

#[test]
fn the_room_has_one_line_for_each_of_its_sentences_in_both_languages() {
    let [english, spanish] = [Language::English, Language::Spanish].map(|language| room_patterns(language).collect::<BTreeMap<_, _>>());
    assert!(english.len() > 100);
    assert!(english.keys().eq(spanish.keys()));
    for (key, pattern) in english.iter().chain(&spanish) {
        assert!(!pattern.is_empty() && !pattern.contains("{ $") && !pattern.contains("$ "), "{key}: {pattern}");
        assert_eq!(pattern.matches('{').count(), pattern.matches('}').count(), "{key}: {pattern}");
    }
}
