//! Budgets of TypeScript and of the scripts around it.

use super::{Finding, Tree, rust};

pub const FILE_LINES: usize = 300;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for ending in ["ts", "tsx", "mjs", "js"] {
        for file in tree.ending(ending).filter(|file| is_ours(&file.path)) {
            let lines = file.text.lines().count();
            if lines > FILE_LINES {
                found.push(rust::at(file, 1, "file", "lines", format!("{lines} lines, at most {FILE_LINES}")));
            }
            found.extend(rust::unfinished(file));
        }
    }
    found
}

/// htmx is kept as it came.
fn is_ours(path: &str) -> bool {
    path.starts_with("room-ui/") || path.starts_with("e2e/")
}

#[cfg(test)]
mod tests {
    use super::{super::tree, *};

    #[test]
    fn a_long_file_is_found() {
        let (fits, long) = ("a;\n".repeat(300), "a;\n".repeat(301));
        let found = check(&tree(&[("room-ui/src/a.tsx", &long), ("room-ui/src/b.ts", &fits), ("crates/ground/assets/htmx.js", &long)]));
        assert_eq!(found.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["room-ui/src/a.tsx"]);
    }

    #[test]
    fn unfinished_work_is_found_in_every_ending_of_ours() {
        let text = concat!("a();\n// TO", "DO later\n");
        for (path, found) in [
            ("room-ui/src/a.ts", 1),
            ("room-ui/src/a.tsx", 1),
            ("e2e/stories/a.mjs", 1),
            ("e2e/a.js", 1),
            ("room-ui/src/a.css", 0),
            ("crates/ground/assets/htmx.min.js", 0),
        ] {
            assert_eq!(check(&tree(&[(path, text)])).len(), found, "{path}");
        }
    }
}
