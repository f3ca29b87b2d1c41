//! Budgets of Rust files.

use super::{Finding, Source, Tree, scan::Scanned};

pub const FUNCTION_LINES: usize = 70;
pub const FILE_LINES: usize = 400;
pub const PARAMETERS: usize = 7;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.ending("rs") {
        let scanned = Scanned::new(&file.text, is_test_file(&file.path));
        sizes(file, &scanned, &mut found);
        words(file, &scanned, &mut found);
        sql(file, &scanned, &mut found);
    }
    found.extend(tree.ending("rs").filter_map(stray_test));
    found
}

/// Compiled by tests alone.
pub fn is_test_file(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs") || path.starts_with("crates/testkit/")
}

fn sizes(file: &Source, scanned: &Scanned, found: &mut Vec<Finding>) {
    for function in scanned.functions() {
        let mut say = |rule, text| found.push(at(file, function.line, rule, &function.name, text));
        if function.lines > FUNCTION_LINES {
            say("function", format!("fn {} has {} lines, at most {FUNCTION_LINES}", function.name, function.lines));
        }
        if function.parameters > PARAMETERS {
            say("parameters", format!("fn {} takes {} arguments, at most {PARAMETERS}", function.name, function.parameters));
        }
    }
    let lines = scanned.code_lines().filter(|(line, _)| !scanned.is_test(*line)).count();
    if lines > FILE_LINES {
        found.push(at(file, 1, "file", "lines", format!("{lines} lines of code, at most {FILE_LINES}")));
    }
}

fn words(file: &Source, scanned: &Scanned, found: &mut Vec<Finding>) {
    for (line, code) in scanned.code_lines() {
        if code.contains(".unwrap()") && !scanned.is_test(line) {
            found.push(at(file, line, "unwrap", "unwrap", "unwrap outside tests: say what happens instead".to_owned()));
        }
    }
    found.extend(unfinished(file));
}

/// In any language.
pub fn unfinished(file: &Source) -> Vec<Finding> {
    // Put together here so that this file is not its own finding.
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let is_marked = |line: &str| marks.iter().any(|mark| line.contains(mark));
    let lines = file.text.lines().enumerate().filter(|(_, line)| is_marked(line));
    lines.map(|(index, _)| at(file, index + 1, "unfinished", "mark", "unfinished: do it, or open an issue".to_owned())).collect()
}

/// SQL is where a reviewer looks for it.
fn sql(file: &Source, scanned: &Scanned, found: &mut Vec<Finding>) {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let is_home = name == "queries.rs" || name.ends_with("_queries.rs") || file.path.starts_with("crates/ground/");
    if is_home || !file.path.starts_with("crates/") || !file.path.contains("/src/") {
        return;
    }
    for literal in scanned.literals.iter().filter(|literal| !scanned.is_test(literal.line)) {
        let text = literal.text.trim_start_matches(['\\', '\n', ' ']);
        if ["SELECT ", "INSERT ", "UPDATE ", "DELETE "].iter().any(|verb| text.starts_with(verb)) {
            found.push(at(file, literal.line, "sql", "sql", "SQL belongs in queries.rs of its slice".to_owned()));
        }
    }
}

/// Each file directly in tests/ links a binary of its own, which costs seconds on every build.
fn stray_test(file: &Source) -> Option<Finding> {
    let (_, inside) = file.path.strip_prefix("crates/")?.split_once("/tests/")?;
    let text = "one integration-test binary per crate: put it in tests/it/".to_owned();
    (!inside.starts_with("it/")).then(|| at(file, 1, "tests", "it", text))
}

pub fn at(file: &Source, line: usize, rule: &'static str, subject: &str, text: String) -> Finding {
    Finding { path: file.path.clone(), line, rule, subject: subject.to_owned(), text }
}

#[cfg(test)]
mod tests {
    use super::{super::tree, *};

    fn rules(path: &str, text: &str) -> Vec<(&'static str, usize)> {
        check(&tree(&[(path, text)])).iter().map(|finding| (finding.rule, finding.line)).collect()
    }

    #[test]
    fn a_long_function_is_found_where_it_begins() {
        let body = "    let a = 1;\n".repeat(69);
        assert!(rules("crates/a/src/b.rs", &format!("fn short() {{\n{}}}\n", "    a();\n".repeat(68))).is_empty());
        assert_eq!(rules("crates/a/src/b.rs", &format!("use x;\n\npub async fn long() {{\n{body}}}\n")), [("function", 3)]);
        let comments = "    // why\n\n".repeat(60);
        assert!(rules("crates/a/src/b.rs", &format!("fn told() {{\n{comments}}}\n")).is_empty());
    }

    #[test]
    fn braces_in_strings_letters_and_lifetimes_do_not_confuse() {
        let text = "fn a<'x>(of: &'x str) -> char {\n    let _ = (\"}}{\", r#\"}\"{\"#, b\"{\", '{', '\\'', '\\u{1}');\n    '}'\n}\nfn b() { x.unwrap() }\n";
        assert_eq!(rules("crates/a/src/b.rs", text), [("unwrap", 5)]);
    }

    #[test]
    fn arguments_are_counted_without_self_and_inside_nothing() {
        let seven = "fn a(&self, a: u8, b: (u8, u8), c: HashMap<u8, u8>, d: impl Fn(u8, u8) -> u8, e: [u8; 2], f: u8, g: u8) {}\n";
        assert!(rules("crates/a/src/b.rs", seven).is_empty());
        assert_eq!(rules("crates/a/src/b.rs", &seven.replace("g: u8", "g: u8, h: u8,")), [("parameters", 1)]);
    }

    #[test]
    fn unwrap_may_stand_in_tests() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { c().unwrap(); }\n}\nfn d() { e().unwrap(); }\n// .unwrap()\n";
        assert_eq!(rules("crates/a/src/b.rs", text), [("unwrap", 6)]);
        assert!(rules("crates/a/tests/it/b.rs", text).is_empty());
        assert!(rules("crates/testkit/src/b.rs", text).is_empty());
    }

    #[test]
    fn a_long_file_counts_code_alone() {
        let code = "const A: u8 = 1;\n".repeat(400);
        assert!(rules("crates/a/src/b.rs", &format!("// so\n\n{code}#[cfg(test)]\nmod tests {{\n{code}}}\n")).is_empty());
        assert_eq!(rules("crates/a/src/b.rs", &format!("{code}const B: u8 = 1;\n")), [("file", 1)]);
    }

    #[test]
    fn sql_has_its_place() {
        let text = "const A: &str = \"SELECT 1 FROM b\";\nconst B: &str = \"Select a group\";\n";
        assert_eq!(rules("crates/people/src/start/pages.rs", text), [("sql", 1)]);
        for home in [
            "crates/people/src/start/queries.rs",
            "crates/meeting/src/after/notes_queries.rs",
            "crates/ground/src/audit.rs",
            "crates/a/tests/it/x.rs",
        ] {
            assert!(rules(home, text).is_empty(), "{home}");
        }
    }

    #[test]
    fn unfinished_work_and_stray_tests_are_found() {
        assert_eq!(rules("crates/a/src/b.rs", concat!("fn a() {}\n// TO", "DO later\n")), [("unfinished", 2)]);
        assert_eq!(rules("crates/a/tests/stray.rs", ""), [("tests", 1)]);
        assert!(rules("crates/a/tests/it/main.rs", "").is_empty());
    }
}
