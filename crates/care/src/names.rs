//! Names that people choose for themselves or are given.

/// Whether a name can be shown to others: not empty, not too long, and nothing in it that the eye does not see. Invisible characters and
/// those that turn the direction of writing would let one person look like another.
pub fn fits(name: &str, most: usize) -> bool {
    let name = name.trim();
    !bare(name).is_empty() && name.chars().count() <= most && !name.chars().any(is_unseen)
}

/// Whether two names would be read as one: nobody would know who is speaking.
pub fn same(one: &str, other: &str) -> bool {
    bare(one) == bare(other)
}

/// What of a name tells it from others. Joiners shape letters of some scripts and many emoji, and show nothing by themselves.
fn bare(name: &str) -> String {
    name.trim().chars().filter(|c| !matches!(c, '\u{200c}' | '\u{200d}')).collect::<String>().to_lowercase()
}

/// `wanted`, or the first of "Maya 2", "Maya 3" … that nobody has. Its person chooses another one whenever they like.
pub fn free(wanted: &str, taken: &[String]) -> String {
    let is_free = |name: &str| taken.iter().all(|other| !same(name, other));
    let numbered = (2..).map(|number| format!("{wanted} {number}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|name| is_free(name)).unwrap_or_else(|| wanted.to_owned())
}

/// Control characters, and of Unicode's format characters (general category Cf) and blank letters those that show nothing.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// A small letter without its accent, as telephones and people in a hurry type it.
pub fn unaccented(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        other => other,
    }
}

/// Small letters without accents, one space between words. The tilde of ñ goes, too: telephones leave it out.
pub fn plain(text: &str) -> String {
    let small: String = text.to_lowercase().chars().map(unaccented).collect();
    small.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_the_eye_does_not_see_is_no_name() {
        for name in ["", "   ", "Ma\u{200b}ya", "\u{202e}ayaM", "Maya\u{feff}", "\u{3164}", "\u{200d}", "Ma\nya", "Ma\u{e0041}ya"] {
            assert!(!fits(name, 40), "{name:?}");
        }
        for name in ["Maya", "Lucía F.", "Zoë", "李娜", "أمينة", "O’Neill", "Ana-María", "Jo 🙂", "👩\u{200d}🌾 Maya"] {
            assert!(fits(name, 40), "{name:?}");
        }
        assert!(fits(&"x".repeat(40), 40) && !fits(&"x".repeat(41), 40));
    }

    #[test]
    fn the_second_maya_is_another_one() {
        assert_eq!(free("Maya", &[]), "Maya");
        assert_eq!(free("Maya", &["MAYA".into(), "Maya 2".into()]), "Maya 3");
        assert!(same("LUCÍA ", "Lucía") && same("Ma\u{200d}ya", "Maya"));
    }

    proptest! {
        #[test]
        fn a_free_name_is_nobody_s(wanted in "[a-c]{1,2}", taken in prop::collection::vec("[a-cA-C]{1,2}( [2-4])?", 0..30)) {
            let name = free(&wanted, &taken);
            prop_assert!(taken.iter().all(|other| !same(&name, other)));
        }
    }
}
