//! What a practice may enter as a crisis line: a number that can be dialled, and where and when somebody read it.

use jiff::civil::Date;

/// So many lines stand on a page; more would be a list to read, for somebody who cannot.
pub const MOST: usize = 6;
const NAME_CHARS: usize = 80;
const HOURS_CHARS: usize = 40;
const SOURCE_CHARS: usize = 200;

/// One line as somebody typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub name_en: String,
    pub name_es: String,
    pub number: String,
    /// In figures, because it stands in both languages: "24/7", "8:00-20:00". May be empty.
    pub hours: String,
    pub source: String,
    /// The day it was read, as YYYY-MM-DD.
    pub read_on: String,
}

impl Typed {
    fn is_empty(&self) -> bool {
        // A browser fills in the day by itself, so a day alone is nobody's line.
        [&self.name_en, &self.name_es, &self.number, &self.hours, &self.source].iter().all(|text| text.trim().is_empty())
    }

    fn trimmed(&self) -> Typed {
        let text = |text: &String| text.trim().to_owned();
        Typed {
            name_en: text(&self.name_en),
            name_es: text(&self.name_es),
            number: text(&self.number),
            hours: text(&self.hours),
            source: text(&self.source),
            read_on: text(&self.read_on),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// A country without a line cannot be left so.
    None,
    Name,
    Number,
    Hours,
    Source,
    Day,
}

impl Trouble {
    pub fn key(self) -> &'static str {
        match self {
            Trouble::None => "crisis-none-typed",
            Trouble::Name => "crisis-name-missing",
            Trouble::Number => "crisis-number-unfit",
            Trouble::Hours => "crisis-hours-long",
            Trouble::Source => "crisis-source-missing",
            Trouble::Day => "crisis-day-unfit",
        }
    }
}

/// The number as a telephone link wants it; `None` for what no telephone can dial. Emergency numbers have two digits in some places.
pub fn dial(number: &str) -> Option<String> {
    let number = number.trim();
    let fits =
        number.chars().enumerate().all(|(at, c)| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '.') || c == '+' && at == 0);
    let dial: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let digits = dial.trim_start_matches('+').len();
    (fits && (2..=15).contains(&digits)).then_some(dial)
}

fn trouble(line: &Typed, today: Date) -> Option<Trouble> {
    let fits = |text: &str, most: usize| crate::names::fits(text, most);
    if !fits(&line.name_en, NAME_CHARS) || !fits(&line.name_es, NAME_CHARS) {
        Some(Trouble::Name)
    } else if dial(&line.number).is_none() {
        Some(Trouble::Number)
    } else if !line.hours.is_empty() && !fits(&line.hours, HOURS_CHARS) {
        Some(Trouble::Hours)
    } else if !fits(&line.source, SOURCE_CHARS) {
        Some(Trouble::Source)
    } else if !line.read_on.parse::<Date>().is_ok_and(|day| day <= today) {
        Some(Trouble::Day)
    } else {
        None
    }
}

/// The lines of one country, in the order typed; rows in which nothing stands are none. One that does not fit keeps all from being kept.
pub fn read(rows: &[Typed], today: Date) -> Result<Vec<Typed>, Trouble> {
    let lines: Vec<Typed> = rows.iter().filter(|row| !row.is_empty()).take(MOST).map(Typed::trimmed).collect();
    if lines.is_empty() {
        return Err(Trouble::None);
    }
    match lines.iter().find_map(|line| trouble(line, today)) {
        Some(trouble) => Err(trouble),
        None => Ok(lines),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const TODAY: Date = date(2026, 11, 26);

    fn line() -> Typed {
        Typed {
            name_en: " Night line".into(),
            name_es: "Línea nocturna".into(),
            number: "+44 (0)20 7946-0999".into(),
            hours: "24/7".into(),
            source: "nightline.example, front page".into(),
            read_on: "2026-11-26".into(),
        }
    }

    #[test]
    fn a_whole_line_is_kept_and_an_empty_row_is_none() {
        let blank = Typed { read_on: "2026-11-26".into(), ..Typed::default() };
        let kept = read(&[blank.clone(), line(), blank.clone()], TODAY).unwrap();
        assert_eq!((kept.len(), kept[0].name_en.as_str()), (1, "Night line"));
        assert_eq!(read(&[blank], TODAY), Err(Trouble::None));
        assert_eq!(read(&[], TODAY), Err(Trouble::None));
        assert_eq!(read(&vec![line(); 9], TODAY).unwrap().len(), MOST);
    }

    #[test]
    fn what_is_missing_is_named() {
        for (typed, trouble) in [
            (Typed { name_en: " ".into(), ..line() }, Trouble::Name),
            (Typed { name_es: "\u{200b}".into(), ..line() }, Trouble::Name),
            (Typed { name_es: "x".repeat(81), ..line() }, Trouble::Name),
            (Typed { number: "call us".into(), ..line() }, Trouble::Number),
            (Typed { number: "9".into(), ..line() }, Trouble::Number),
            (Typed { number: "9 8 8: now".into(), ..line() }, Trouble::Number),
            (Typed { hours: "x".repeat(41), ..line() }, Trouble::Hours),
            (Typed { source: "".into(), ..line() }, Trouble::Source),
            (Typed { read_on: "".into(), ..line() }, Trouble::Day),
            (Typed { read_on: "26.11.2026".into(), ..line() }, Trouble::Day),
            (Typed { read_on: "2026-11-27".into(), ..line() }, Trouble::Day),
        ] {
            assert_eq!(read(&[line(), typed.clone()], TODAY), Err(trouble), "{typed:?}");
        }
    }

    #[test]
    fn a_number_is_dialled_as_it_is_meant() {
        for (typed, dialled) in [("988", "988"), ("15", "15"), (" 1-800-662-4357 ", "18006624357"), ("+44 20 7946 0999", "+442079460999")] {
            assert_eq!(dial(typed).as_deref(), Some(dialled), "{typed}");
        }
        for odd in ["", "+", "1", "12+3", "tel:988", "988;ext=1", "1234567890123456", "٩٨٨"] {
            assert_eq!(dial(odd), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_a_link_holds_digits_alone(typed in ".{0,24}") {
            if let Some(dial) = dial(&typed) {
                prop_assert!(dial.trim_start_matches('+').chars().all(|c| c.is_ascii_digit()));
                prop_assert!((2..=16).contains(&dial.len()));
            }
        }
    }
}
