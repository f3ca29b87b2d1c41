//! The list as it is pasted: comma or semicolon, with or without a heading, as a spreadsheet writes it.

use ground::accounts;

/// One line that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub name: String,
    pub email: String,
    /// The group's name, as the office knows it.
    pub group: String,
    /// "es" or "en".
    pub language: &'static str,
    /// Code of the place where they live; empty if the list does not say.
    pub residence: String,
}

/// Why a line cannot be carried out; each is the key of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    Unreadable,
    Name,
    Email,
    /// The same person and group stand above already.
    Twice,
}

impl Odd {
    pub fn key(self) -> &'static str {
        match self {
            Odd::Unreadable => "import-unreadable",
            Odd::Name => "import-name",
            Odd::Email => "import-email",
            Odd::Twice => "import-twice",
        }
    }
}

/// More lines than this are another list.
pub const MOST: usize = 500;

/// Every line with its number, counted from 1 without those that are blank. `None` if there are none, or too many.
pub fn read(text: &str) -> Option<Vec<(usize, Result<Line, Odd>)>> {
    let delimiter = if text.lines().next().unwrap_or_default().contains(';') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut lines: Vec<(usize, Result<Line, Odd>)> = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let line = match &record {
            Ok(record) if record.iter().all(str::is_empty) => continue,
            Ok(record) if index == 0 && record.get(1).is_some_and(|field| !field.contains('@')) => continue,
            Ok(record) => line(record),
            Err(_) => Err(Odd::Unreadable),
        };
        let twice = line.as_ref().is_ok_and(|line| {
            lines.iter().flat_map(|(_, above)| above).any(|above| above.email == line.email && above.group == line.group)
        });
        lines.push((index + 1, if twice { Err(Odd::Twice) } else { line }));
    }
    (1..=MOST).contains(&lines.len()).then_some(lines)
}

fn line(record: &csv::StringRecord) -> Result<Line, Odd> {
    let field = |index: usize| record.get(index).unwrap_or_default();
    if record.len() < 3 {
        return Err(Odd::Unreadable);
    }
    let name = accounts::name(field(0)).ok_or(Odd::Name)?.to_owned();
    let email = accounts::email(field(1)).ok_or(Odd::Email)?;
    let language = if field(3).to_lowercase().starts_with("es") { "es" } else { "en" };
    Ok(Line { name, email, group: field(2).to_owned(), language, residence: field(4).to_uppercase() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_list_is_read_as_a_spreadsheet_writes_it() {
        let text = "Name,E-mail,Group,Language\r\n\"Nowak, Ada\",Ada@Example.org,Steady Ground,es\nBo,bo@example.org,Steady Ground\n";
        let lines = read(text).unwrap();
        let ada = Line {
            name: "Nowak, Ada".into(),
            email: "ada@example.org".into(),
            group: "Steady Ground".into(),
            language: "es",
            residence: String::new(),
        };
        assert_eq!(lines[0], (2, Ok(ada)));
        assert_eq!(lines[1].1.as_ref().unwrap().language, "en");
        assert_eq!(read("Ada;ada@example.org;Steady Ground").unwrap()[0].1.as_ref().unwrap().group, "Steady Ground");
    }

    #[test]
    fn what_is_odd_is_named_line_by_line() {
        let text = "Ada,ada@example.org,A\nAda,ADA@example.org,A\n,x@example.org,A\nBo,nowhere,A\nalone@example.org\n";
        let odd: Vec<_> = read(text).unwrap().into_iter().map(|(_, line)| line.err()).collect();
        assert_eq!(odd, [None, Some(Odd::Twice), Some(Odd::Name), Some(Odd::Email), Some(Odd::Unreadable)]);
        assert_eq!(read(""), None);
        assert_eq!(read(&"Ada,ada@example.org,A\n".repeat(MOST + 1)), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_harm(text in "[a-z@.,;\"\n\r ]{0,400}") {
            for (number, line) in read(&text).unwrap_or_default() {
                prop_assert!(number >= 1);
                if let Ok(line) = line {
                    prop_assert!(line.email.contains('@') && !line.name.is_empty());
                }
            }
        }
    }
}
