//! What people sign: ground rules and consents, each in both languages, in versions. The shipped texts are our own words.

use similar::{ChangeTag, TextDiff};

/// More letters than this nobody reads before they sign.
pub const MOST_CHARS: usize = 20_000;
/// What stands for the practice in a text.
pub const VARIABLES: [&str; 2] = ["practice", "phone"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    GroundRules,
    Telehealth,
    Privacy,
    /// 42 CFR Part 2: records about substance use.
    PartTwo,
    /// What holds for family sessions. Asked of those who sit in one.
    Family,
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::GroundRules, Kind::Telehealth, Kind::Privacy, Kind::PartTwo, Kind::Family];

    /// As in the address of its page and in the key of its name.
    pub fn word(self) -> &'static str {
        match self {
            Kind::GroundRules => "ground-rules",
            Kind::Telehealth => "telehealth",
            Kind::Privacy => "privacy",
            Kind::PartTwo => "part-2",
            Kind::Family => "family",
        }
    }

    pub fn parse(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The ground rules, and what holds in a family session, hold from the first one on. The others are drafts for a lawyer, and ask nobody
    /// before the practice publishes them.
    pub fn holds_as_shipped(self) -> bool {
        matches!(self, Kind::GroundRules | Kind::Family)
    }

    /// Everybody in a room keeps the ground rules; a consent is given by whoever is cared for.
    pub fn is_for_staff_too(self) -> bool {
        self == Kind::GroundRules
    }
}

/// One text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub en: String,
    pub es: String,
}

impl Text {
    /// What is hashed to name a version: a change in either language asks everybody again.
    pub fn both(&self) -> String {
        format!("{}\n\u{1f}\n{}", self.en, self.es)
    }

    /// English for every language but "es".
    pub fn in_language(&self, code: &str) -> &str {
        if code == "es" { &self.es } else { &self.en }
    }
}

/// The text that ships.
pub fn shipped(kind: Kind) -> Text {
    let (en, es) = match kind {
        Kind::GroundRules => {
            (include_str!("../../../content/documents/ground-rules/en.txt"), include_str!("../../../content/documents/ground-rules/es.txt"))
        }
        Kind::Telehealth => {
            (include_str!("../../../content/documents/telehealth/en.txt"), include_str!("../../../content/documents/telehealth/es.txt"))
        }
        Kind::Privacy => {
            (include_str!("../../../content/documents/privacy/en.txt"), include_str!("../../../content/documents/privacy/es.txt"))
        }
        Kind::PartTwo => {
            (include_str!("../../../content/documents/part-2/en.txt"), include_str!("../../../content/documents/part-2/es.txt"))
        }
        Kind::Family => {
            (include_str!("../../../content/documents/family/en.txt"), include_str!("../../../content/documents/family/es.txt"))
        }
    };
    Text { en: en.to_owned(), es: es.to_owned() }
}

/// The paragraphs as somebody reads them, with the practice's name and phone in their places.
pub fn paragraphs(text: &str, practice: &str, phone: &str) -> Vec<String> {
    let filled = text.replace("{practice}", practice).replace("{phone}", phone);
    filled.replace("\r\n", "\n").split("\n\n").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// Why a text cannot be published; each is the key of a sentence.
pub fn trouble(text: &Text) -> Option<&'static str> {
    for one in [&text.en, &text.es] {
        if one.trim().is_empty() {
            return Some("documents-empty");
        }
        if one.chars().count() > MOST_CHARS || one.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Some("documents-too-long");
        }
        if unknown_variable(one) {
            return Some("documents-variable");
        }
    }
    None
}

/// A name in braces that nothing would be put in for.
fn unknown_variable(text: &str) -> bool {
    let named = text.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name));
    named.into_iter().any(|name| !VARIABLES.contains(&name))
}

/// One line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Empty where the other side has something new.
    pub before: String,
    pub after: String,
    pub is_same: bool,
}

/// Both texts side by side, line by line.
pub fn changes(before: &str, after: &str) -> Vec<Change> {
    let (before, after) = (before.replace("\r\n", "\n"), after.replace("\r\n", "\n"));
    let diff = TextDiff::from_lines(before.as_str(), after.as_str());
    let row = |change: similar::Change<&str>| {
        let line = change.value().trim_end().to_owned();
        match change.tag() {
            ChangeTag::Equal => Change { before: line.clone(), after: line, is_same: true },
            ChangeTag::Delete => Change { before: line, after: String::new(), is_same: false },
            ChangeTag::Insert => Change { before: String::new(), after: line, is_same: false },
        }
    };
    diff.iter_all_changes().map(row).filter(|change| !change.before.is_empty() || !change.after.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_shipped_text_could_be_published_and_says_as_much_in_both_languages() {
        for kind in Kind::ALL {
            let text = shipped(kind);
            assert_eq!(trouble(&text), None, "{}", kind.word());
            let count = |text: &str| paragraphs(text, "Hearth", "555").len();
            assert_eq!(count(&text.en), count(&text.es), "{}", kind.word());
            assert_eq!(Kind::parse(kind.word()), Some(kind));
            assert!(!paragraphs(&text.en, "Hearth", "555").concat().contains('{'));
        }
        assert_eq!(Kind::parse("will"), None);
    }

    /// J1: the limits of confidentiality are told, not hidden.
    #[test]
    fn the_ground_rules_say_that_members_are_not_bound_by_law() {
        let rules = shipped(Kind::GroundRules);
        assert!(rules.en.contains("no law binds them") && rules.en.contains("Staff must act"));
    }

    #[test]
    fn what_cannot_be_published_is_named() {
        let text = |en: &str, es: &str| Text { en: en.into(), es: es.into() };
        assert_eq!(trouble(&text("a", " ")), Some("documents-empty"));
        assert_eq!(trouble(&text(&"x".repeat(MOST_CHARS + 1), "b")), Some("documents-too-long"));
        assert_eq!(trouble(&text("{practise}", "b")), Some("documents-variable"));
        assert_eq!(trouble(&text("open {", "b")), Some("documents-variable"));
        assert_eq!(trouble(&text("{practice} at {phone}", "b")), None);
    }

    #[test]
    fn a_change_in_either_language_is_another_version() {
        let one = Text { en: "a".into(), es: "b".into() };
        assert_ne!(one.both(), Text { es: "c".into(), ..one.clone() }.both());
        assert_eq!((one.in_language("es"), one.in_language("fr")), ("b", "a"));
    }

    #[test]
    fn changes_stand_side_by_side() {
        let rows = changes("one\ntwo\nthree\n", "one\r\n2\r\nthree\r\n");
        assert_eq!(rows.len(), 4);
        assert_eq!((rows[1].before.as_str(), rows[2].after.as_str(), rows[1].is_same), ("two", "2", false));
    }

    proptest! {
        #[test]
        fn both_sides_of_a_comparison_are_whole(before in "[ab]{0,3}(\n[ab]{1,3}){0,6}", after in "[ab]{0,3}(\n[ab]{1,3}){0,6}") {
            let lines = |text: &str| text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>();
            let rows = changes(&before, &after);
            let side = |pick: fn(&Change) -> &String| rows.iter().map(pick).filter(|line| !line.is_empty()).cloned().collect::<Vec<_>>();
            prop_assert_eq!(side(|row| &row.before), lines(&before));
            prop_assert_eq!(side(|row| &row.after), lines(&after));
        }
    }
}
