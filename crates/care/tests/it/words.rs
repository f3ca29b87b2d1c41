//! The sentences of both languages, as plain text: the rules hand out keys, and a key without a sentence would be shown as itself.

use std::{collections::BTreeSet, fs, path::Path};

pub const LANGUAGES: [&str; 2] = ["en", "es"];

pub fn keys(language: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/locales").join(language);
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let text: Vec<String> = files.collect();
    let named = text.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with([' ', '#']));
    named.filter_map(|line| Some(line.split_once(" =")?.0.to_owned())).collect()
}

#[track_caller]
pub fn in_both_languages<'a>(wanted: impl IntoIterator<Item = &'a str> + Clone) {
    for language in LANGUAGES {
        let known = keys(language);
        for key in wanted.clone() {
            assert!(known.contains(key), "{key} has no sentence in {language}");
        }
    }
}
