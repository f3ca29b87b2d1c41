//! Figures that are watched, not yet enforced.

use super::{Source, Tree, rust::is_test_file, scan::Scanned};

#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    code: usize,
    tests: usize,
    comments: usize,
}

pub fn print(tree: &Tree) {
    let count = count(tree);
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    println!(
        "{} lines of code, {} of tests ({:.2} per line, aim 0.8), {} of comments ({:.1} %, aim 8 to 15)",
        count.code,
        count.tests,
        share(count.tests, count.code),
        count.comments,
        100.0 * share(count.comments, count.code + count.tests + count.comments)
    );
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
}
