//! How many tests passed and failed, from what their runners print at the end.

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl Tally {
    pub fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// cargo test, nextest, vitest, node's runner and the gallery each have a line of their own.
    pub fn hear(&mut self, line: &str) {
        let line = plain(line);
        let line = line.trim();
        if line.starts_with("test result:") || line.starts_with("Summary [") || line.starts_with("Tests ") {
            self.passed += before(line, "passed");
            self.failed += before(line, "failed");
        } else if line.ends_with("faults") && line.contains("pictures looked at") {
            self.passed += before(line, "pictures");
            self.failed += before(line, "faults");
        } else if let Some(rest) = line.strip_prefix("ℹ ").or(line.strip_prefix("# ")) {
            match rest.split_once(' ') {
                Some(("pass", count)) => self.passed += count.parse().unwrap_or(0),
                Some(("fail", count)) => self.failed += count.parse().unwrap_or(0),
                _ => {}
            }
        }
    }
}

/// The number that stands before a word, zero when there is none.
fn before(line: &str, word: &str) -> u64 {
    let words: Vec<&str> = line.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let found = words.windows(2).find(|pair| pair[1] == word);
    found.and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

/// Without colours.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            letters.by_ref().find(|letter| letter.is_ascii_alphabetic());
        } else {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(lines: &[&str]) -> (u64, u64) {
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.hear(line));
        (tally.passed, tally.failed)
    }

    #[test]
    fn every_runner_is_understood() {
        assert_eq!(heard(&["test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.10s"]), (12, 0));
        assert_eq!(heard(&["     Summary [   1.204s] 10 tests run: 9 passed (1 slow), 1 failed, 2 skipped"]), (9, 1));
        assert_eq!(heard(&["      Tests  2 failed | 31 passed (33)", " Test Files  4 passed (4)"]), (31, 2));
        assert_eq!(heard(&["\u{1b}[34mℹ pass 4\u{1b}[39m", "# fail 1", "ℹ tests 5"]), (4, 1));
        assert_eq!(heard(&["126 pictures looked at, 0 faults"]), (126, 0));
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(heard(&["running 3 tests", "test a ... ok", "3 passed", "# Subtest: pass 3", ""]), (0, 0));
    }
}
