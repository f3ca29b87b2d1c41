//! How much is tested and how much is explained, over the whole tree.

use super::{Finding, Source, Tree, rust::is_test_file, scan::Scanned};

/// Lines of tests to a line of code, in hundredths. A floor: it may only rise, towards the aim.
const TESTS_FLOOR: usize = 67;
const TESTS_AIM: usize = 80;
/// Lines of comments to all lines, in tenths of a percent. A floor: it may only rise, towards the aim; there is no prize for noise.
const COMMENTS_FLOOR: usize = 51;
const COMMENTS_AIM: &str = "8 to 15";

#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    code: usize,
    tests: usize,
    comments: usize,
}

impl Count {
    /// In hundredths.
    fn tests_to_code(&self) -> usize {
        self.tests * 100 / self.code.max(1)
    }

    /// In tenths of a percent.
    fn comments_to_all(&self) -> usize {
        self.comments * 1_000 / (self.code + self.tests + self.comments).max(1)
    }

    fn check(&self) -> Vec<Finding> {
        let below = |subject: &str, reached: usize, floor: usize, aim: &str| Finding {
            path: "xtask/src/tidy/ratios.rs".to_owned(),
            line: 1,
            rule: "ratio",
            subject: subject.to_owned(),
            text: format!("{subject}: {reached} is below the floor of {floor} (aim {aim}), which only rises"),
        };
        let (tests, comments) = (self.tests_to_code(), self.comments_to_all());
        let mut found = Vec::new();
        if tests < TESTS_FLOOR {
            found.push(below("test lines per hundred lines of code", tests, TESTS_FLOOR, &TESTS_AIM.to_string()));
        }
        if comments < COMMENTS_FLOOR {
            found.push(below("comment lines per thousand lines", comments, COMMENTS_FLOOR, COMMENTS_AIM));
        }
        found
    }
}

/// Prints the figures; a finding for each that has fallen below its floor.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let count = count(tree);
    println!(
        "{} lines of code, {} of tests ({:.2} per line, aim {:.1}), {} of comments ({:.1} %, aim {COMMENTS_AIM})",
        count.code,
        count.tests,
        count.tests_to_code() as f64 / 100.0,
        TESTS_AIM as f64 / 100.0,
        count.comments,
        count.comments_to_all() as f64 / 10.0
    );
    count.check()
}

fn count(tree: &Tree) -> Count {
    let mut sum = Count::default();
    for file in &tree.files {
        match file.path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("rs") => rust(file, &mut sum),
            Some("ts" | "tsx" | "mjs") => script(file, &mut sum),
            _ => {}
        }
    }
    sum
}

fn rust(file: &Source, sum: &mut Count) {
    let scanned = Scanned::new(&file.text, is_test_file(&file.path));
    let tests = scanned.code_lines().filter(|(line, _)| scanned.is_test(*line)).count();
    sum.tests += tests;
    sum.code += scanned.code_lines().count() - tests;
    sum.comments += scanned.comment_lines();
}

fn script(file: &Source, sum: &mut Count) {
    let is_test = file.path.starts_with("e2e/") || file.path.starts_with("room-ui/test/") || file.path.starts_with("room-ui/gallery/");
    for line in file.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match line {
            _ if ["//", "/*", "* ", "*/"].iter().any(|mark| line.starts_with(mark)) => sum.comments += 1,
            _ if is_test => sum.tests += 1,
            _ => sum.code += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tree, *};

    #[test]
    fn code_tests_and_comments_are_told_apart() {
        let rust = "//! So.\nfn a() {} // no\n\n#[cfg(test)]\nmod tests {\n}\n";
        let script = "/** why */\na();\n";
        let sum = count(&tree(&[("crates/a/src/a.rs", rust), ("room-ui/src/a.ts", script), ("e2e/stories/a.test.mjs", script)]));
        assert_eq!(sum, Count { code: 2, tests: 4, comments: 3 });
    }

    #[test]
    fn a_figure_below_its_floor_is_a_finding_and_one_at_it_is_not() {
        let found = |code: usize, tests: usize, comments: usize| -> Vec<String> {
            Count { code, tests, comments }.check().into_iter().map(|one| one.subject).collect()
        };
        let (enough_tests, enough_comments) = (TESTS_FLOOR * 10, 1_000 * COMMENTS_FLOOR / 100);
        assert!(found(1_000, enough_tests, enough_comments).is_empty());
        assert_eq!(found(1_000, enough_tests - 1, enough_comments), ["test lines per hundred lines of code"]);
        assert_eq!(found(1_000, enough_tests, 1), ["comment lines per thousand lines"]);
        assert_eq!(found(1_000, 0, 0).len(), 2);
        assert_eq!(found(0, 0, 0).len(), 2, "an empty tree is not a good one");
    }
}
