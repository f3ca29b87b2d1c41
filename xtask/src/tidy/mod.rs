//! The budgets and the shape of the house, as an ordinary check: `file:line: what is wrong`.

mod allow;
mod ratios;
mod rust;
mod scan;
mod star;
mod typescript;
mod words;

use crate::{Outcome, shell};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// One thing that is wrong. `rule` and `subject` are what a line of tidy-allow.txt names.
#[derive(Debug)]
pub struct Finding {
    pub path: String,
    pub line: usize,
    pub rule: &'static str,
    pub subject: String,
    pub text: String,
}

/// One file of the tree.
pub struct Source {
    pub path: String,
    pub text: String,
}

/// Everything that tidy looks at.
pub struct Tree {
    pub files: Vec<Source>,
}

/// What is made by programs or belongs to others.
const PASSED_OVER: [&str; 7] = ["node_modules", "dist", "target", ".git", ".data", "out", "generated.ts"];
const LOOKED_AT: [&str; 8] = ["rs", "toml", "html", "ftl", "ts", "tsx", "mjs", "js"];

pub fn run() -> Outcome {
    let tree = Tree::read(&shell::root());
    let mut findings = rust::check(&tree);
    findings.extend(typescript::check(&tree));
    findings.extend(star::check(&tree));
    findings.extend(words::check(&tree));
    findings.extend(ratios::check(&tree));
    let allowed = fs::read_to_string(shell::root().join(allow::FILE)).unwrap_or_default();
    let findings = allow::sift(findings, &allowed);
    for finding in &findings {
        println!("{}:{}: {}", finding.path, finding.line, finding.text);
    }
    if findings.is_empty() { Ok(()) } else { Err(format!("{} findings", findings.len())) }
}

impl Tree {
    fn read(root: &Path) -> Tree {
        let mut files = Vec::new();
        for folder in ["crates", "xtask", "room-ui", "e2e", "content", "migrations"] {
            for path in walk(&root.join(folder)) {
                let Ok(text) = fs::read_to_string(&path) else { continue };
                let path = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
                files.push(Source { path, text });
            }
        }
        Tree { files }
    }

    pub fn ending<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = &'a Source> {
        self.files.iter().filter(move |file| file.path.rsplit_once('.').is_some_and(|(_, one)| one == ending))
    }
}

/// Does not go into folders that are passed over: node_modules alone has ten thousand files.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if PASSED_OVER.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            found.extend(walk(&path));
        } else if path.extension().is_some_and(|ending| LOOKED_AT.iter().any(|one| ending == *one)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[cfg(test)]
pub fn tree(files: &[(&str, &str)]) -> Tree {
    Tree { files: files.iter().map(|(path, text)| Source { path: (*path).to_owned(), text: (*text).to_owned() }).collect() }
}
