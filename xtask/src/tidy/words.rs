//! Every sentence exists in every language, with the same places to fill in, and no page asks for one that does not.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Finding, Source, Tree,
    rust::{at, is_test_file},
    scan::Scanned,
};

const LOCALES: &str = "content/locales/";

/// A sentence: the file and line it stands in, and the places in it.
struct Sentence<'a> {
    file: &'a Source,
    line: usize,
    places: BTreeSet<&'a str>,
}

type Sentences<'a> = BTreeMap<&'a str, Sentence<'a>>;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut languages: BTreeMap<&str, Sentences<'_>> = BTreeMap::new();
    for file in tree.ending("ftl") {
        let Some((language, _)) = file.path.strip_prefix(LOCALES).and_then(|rest| rest.split_once('/')) else { continue };
        read(file, languages.entry(language).or_default());
    }
    let mut found = Vec::new();
    for (one, sentences) in &languages {
        for (other, theirs) in languages.iter().filter(|(other, _)| *other != one) {
            compare(sentences, other, theirs, &mut found);
        }
    }
    let Some(english) = languages.get("en") else { return found };
    for file in tree.files.iter().filter(|file| !is_test_file(&file.path)) {
        for (line, key) in used(file) {
            if !english.contains_key(key.as_str()) {
                found.push(at(file, line, "word", &key, format!("no sentence is called {key}")));
            }
        }
    }
    found
}

fn read<'a>(file: &'a Source, into: &mut Sentences<'a>) {
    let mut last = None;
    for (index, text) in file.text.lines().enumerate() {
        let is_key = text.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '-');
        if let Some((key, _)) = text.split_once('=').filter(|_| is_key) {
            into.insert(key.trim(), Sentence { file, line: index + 1, places: BTreeSet::new() });
            last = Some(key.trim());
        } else if !text.starts_with([' ', '}']) {
            last = None;
        }
        if let Some(sentence) = last.and_then(|key| into.get_mut(key)) {
            sentence.places.extend(places(text));
        }
    }
}

/// The names in `{ $name }`.
fn places(text: &str) -> impl Iterator<Item = &str> {
    let names = text.split('$').skip(1);
    names.map(|rest| rest.split(|letter: char| !letter.is_alphanumeric() && letter != '-' && letter != '_').next().unwrap_or_default())
}

fn compare(sentences: &Sentences<'_>, other: &str, theirs: &Sentences<'_>, found: &mut Vec<Finding>) {
    for (key, sentence) in sentences {
        let text = match theirs.get(key) {
            None => format!("{key} is missing in {other}"),
            Some(their) if !their.places.is_superset(&sentence.places) => format!("{key} fills in other places in {other}"),
            Some(_) => continue,
        };
        found.push(at(sentence.file, sentence.line, "word", key, text));
    }
}

/// Keys written out where they are used. A key put together from parts is checked by a test of its page.
fn used(file: &Source) -> Vec<(usize, String)> {
    let asks = |before: &str| ["t(", "t1(", "t2(", "say("].iter().any(|call| asks_by(before, call));
    if file.path.ends_with(".rs") {
        let scanned = Scanned::new(&file.text, false);
        let keys = scanned.literals.iter().filter(|one| !scanned.is_test(one.line) && asks(&scanned.before(one.at, 8)));
        return keys.map(|one| (one.line, one.text.clone())).collect();
    }
    if !file.path.ends_with(".html") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let parts: Vec<&str> = line.split('"').collect();
        let pairs = parts.windows(3).filter(|part| asks(part[0]) && part[2].starts_with([')', ',']));
        found.extend(pairs.map(|part| (index + 1, part[1].to_owned())));
    }
    found
}

/// `ui.t(` asks for a sentence, `assert(` does not.
fn asks_by(before: &str, call: &str) -> bool {
    before.strip_suffix(call).is_some_and(|rest| rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::{super::tree, *};

    fn texts(files: &[(&str, &str)]) -> Vec<String> {
        check(&tree(files)).into_iter().map(|one| format!("{}:{} {}", one.path, one.line, one.text)).collect()
    }

    const EN: &str = "# a\nhello = Hello { $name }\nmany = { $count ->\n    [one] one\n   *[other] { $count }\n}\n";

    #[test]
    fn both_languages_have_the_same_sentences() {
        let es = "hello = Hola { $name }\nmany = { $count }\n";
        assert!(texts(&[("content/locales/en/a.ftl", EN), ("content/locales/es/a.ftl", es)]).is_empty());
        let found = texts(&[("content/locales/en/a.ftl", EN), ("content/locales/es/a.ftl", "hello = Hola { $nombre }\nextra = x\n")]);
        assert_eq!(
            found,
            [
                "content/locales/en/a.ftl:2 hello fills in other places in es",
                "content/locales/en/a.ftl:3 many is missing in es",
                "content/locales/es/a.ftl:2 extra is missing in en",
                "content/locales/es/a.ftl:1 hello fills in other places in en",
            ]
        );
    }

    #[test]
    fn pages_ask_only_for_what_exists() {
        let page =
            "<p>{{ ui.t(\"hello\") }} {{ ui.t1(\"helo\", \"name\", me) }}</p><a href=\"t(\">\"x\"</a>\n{{ ui.t([\"a-\", b].concat()) }}";
        let code = "fn a() {\n    ui.t1(\n        \"gone\", \"name\", 1);\n    assert(\"no\");\n    ui.t(&format!(\"a-{b}\"));\n}\n";
        let found = texts(&[("content/locales/en/a.ftl", EN), ("crates/a/src/p.html", page), ("crates/a/src/p.rs", code)]);
        assert_eq!(found, ["crates/a/src/p.html:1 no sentence is called helo", "crates/a/src/p.rs:3 no sentence is called gone"]);
    }
}
