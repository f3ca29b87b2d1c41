//! Which crate may know which. What a crate must not know is what keeps the house easy to live in.

use super::{Finding, Tree, rust};

const CRATES: [&str; 13] =
    ["care", "room", "media", "post", "ground", "people", "joining", "meeting", "progress", "between", "desk", "rehearsal", "testkit"];

/// What stands in `[dependencies]`; `None` when a crate may know everything.
fn may_know(name: &str) -> Option<&'static [&'static str]> {
    match name {
        "hearth" | "testkit" => None,
        "meeting" => Some(&["ground", "care", "room", "media"]),
        "people" | "joining" | "progress" | "between" | "desk" => Some(&["ground", "care"]),
        "ground" => Some(&["care", "post"]),
        "room" => Some(&["care"]),
        "rehearsal" => Some(&["room"]),
        _ => Some(&[]),
    }
}

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.ending("toml").filter(|file| file.path.ends_with("/Cargo.toml")) {
        let Some(name) = file.path.rsplit('/').nth(1) else { continue };
        let Some(allowed) = may_know(name) else { continue };
        let mut section = "";
        for (index, line) in file.text.lines().enumerate() {
            let line = line.trim();
            if line.starts_with('[') {
                section = line.trim_matches(['[', ']']);
            }
            let known = line.split(['.', ' ', '=']).next().unwrap_or_default();
            let counts = section == "dependencies" || section.ends_with(".dependencies") || section == "build-dependencies";
            if counts && CRATES.contains(&known) && !allowed.contains(&known) {
                found.push(rust::at(file, index + 1, "star", known, format!("{name} must not know {known} (house.md: a star)")));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{super::tree, *};

    fn known(name: &str, text: &str) -> Vec<String> {
        check(&tree(&[(&format!("crates/{name}/Cargo.toml"), text)])).into_iter().map(|one| one.subject).collect()
    }

    #[test]
    fn areas_do_not_know_each_other() {
        let text = "[package]\nname = \"people\"\n[dependencies]\ncare.workspace = true\nground = { path = \"../ground\" }\nroom.workspace = true\nserde = \"1\"\n";
        assert_eq!(known("people", text), ["room"]);
        assert!(known("meeting", text).is_empty());
        assert_eq!(known("care", text), ["care", "ground", "room"]);
        assert!(known("hearth", text).is_empty());
    }

    #[test]
    fn tests_may_know_more() {
        assert!(known("media", "[dev-dependencies]\nground.workspace = true\n").is_empty());
        assert_eq!(known("xtask", "[target.'cfg(unix)'.dependencies]\nground.workspace = true\n"), ["ground"]);
    }

    /// ARCHITECTURE.md: care, media and post know nothing of ours; room and ground know the rules; nobody knows an area.
    #[test]
    fn every_arrow_that_must_not_be_is_found() {
        let all: String = CRATES.iter().map(|name| format!("{name}.workspace = true\n")).collect();
        let text = format!("[dependencies]\n{all}[dev-dependencies]\n{all}");
        for (name, may) in [
            ("care", &[][..]),
            ("media", &[]),
            ("post", &[]),
            ("room", &["care"]),
            ("rehearsal", &["room"]),
            ("ground", &["care", "post"]),
            ("people", &["care", "ground"]),
            ("progress", &["care", "ground"]),
            ("meeting", &["care", "room", "media", "ground"]),
        ] {
            let refused = known(name, &text);
            let allowed: Vec<&str> = CRATES.into_iter().filter(|one| !refused.iter().any(|no| no == one)).collect();
            assert_eq!(allowed, may, "{name}");
        }
        for free in ["hearth", "testkit"] {
            assert!(known(free, &text).is_empty(), "{free}");
        }
        assert_eq!(known("a-new-one", &text).len(), CRATES.len(), "whoever is not in the drawing knows nobody");
    }
}
