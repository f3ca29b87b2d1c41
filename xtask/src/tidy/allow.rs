//! What may stay as it is for now: `rule path subject`, one a line. The list only gets shorter: a line that nothing needs is a finding itself.

use super::Finding;

pub const FILE: &str = "xtask/tidy-allow.txt";

pub fn sift(findings: Vec<Finding>, allowed: &str) -> Vec<Finding> {
    let entries: Vec<(usize, Vec<&str>)> = allowed
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.split_whitespace().collect()))
        .filter(|(_, words): &(usize, Vec<&str>)| words.first().is_some_and(|word| !word.starts_with('#')))
        .collect();
    let names = |finding: &Finding, entry: &[&str]| entry == [finding.rule, finding.path.as_str(), finding.subject.as_str()];
    let mut left: Vec<Finding> = Vec::new();
    let mut used = vec![false; entries.len()];
    for finding in findings {
        match entries.iter().position(|(_, entry)| names(&finding, entry)) {
            Some(index) => used[index] = true,
            None => left.push(finding),
        }
    }
    for ((line, entry), _) in entries.iter().zip(used).filter(|(_, used)| !used) {
        left.push(Finding {
            path: FILE.to_owned(),
            line: *line,
            rule: "allow",
            subject: entry.join(" "),
            text: format!("`{}` is no longer needed: take it out", entry.join(" ")),
        });
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(subject: &str) -> Finding {
        Finding { path: "a.rs".into(), line: 3, rule: "function", subject: subject.into(), text: String::new() }
    }

    #[test]
    fn an_entry_excuses_exactly_its_finding() {
        let left = sift(vec![finding("long"), finding("other")], "# why\nfunction a.rs long\n");
        assert_eq!(left.iter().map(|one| one.subject.as_str()).collect::<Vec<_>>(), ["other"]);
    }

    #[test]
    fn the_list_gets_shorter() {
        let left = sift(vec![], "function a.rs long\n");
        assert_eq!((left.len(), left[0].line, left[0].rule), (1, 1, "allow"));
    }

    #[test]
    fn an_entry_must_name_everything_exactly() {
        for entry in
            ["function a.rs", "function a.rs lon", "function b.rs long", "file a.rs long", "function a.rs long more", "#function a.rs long"]
        {
            let left = sift(vec![finding("long")], entry);
            assert!(left.iter().any(|one| one.rule == "function"), "{entry}");
        }
        assert!(sift(vec![finding("long"), finding("long")], "\n  function   a.rs long  \n").is_empty(), "one entry for one name");
    }
}
