//! Money facts: what a session or a course costs, what a discount takes off, what a superbill may say. Cents of a US dollar throughout.
//! Nothing here is a claim to an insurer, and nothing takes a payment.

use jiff::{ToSpan, civil::Date};

/// Group psychotherapy, in the words of those who pay for it.
pub const GROUP_THERAPY: &str = "90853";
/// Telehealth elsewhere, telehealth in the patient's home, an office.
pub const PLACES_OF_SERVICE: [&str; 3] = ["02", "10", "11"];
pub const AT_HOME: &str = "10";
/// Told by sound and picture at the same time.
pub const BY_VIDEO: &str = "95";
/// A hundred thousand dollars: more is a slip of the finger.
const MOST_CENTS: i64 = 10_000_000;
/// A superbill has pointers A to D.
pub const MOST_DIAGNOSES: usize = 4;

/// "45", "45.5", "$1,200.00" as cents. `None` for what is no amount, is negative, or is beyond any price.
pub fn cents(text: &str) -> Option<i64> {
    let plain = text.trim().trim_start_matches('$').replace(',', "");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    let cents = whole.parse::<i64>().ok()? * 100 + part;
    (cents <= MOST_CENTS).then_some(cents)
}

/// "45.00", as a form takes it back.
pub fn amount(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// What a code takes off a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discount {
    /// 1 to 100.
    Percent(i64),
    Cents(i64),
}

impl Discount {
    /// From the two columns that keep it; a percentage wins.
    pub fn of(percent: i64, cents: i64) -> Discount {
        if percent > 0 { Discount::Percent(percent.min(100)) } else { Discount::Cents(cents.max(0)) }
    }

    /// What remains of a price, never less than nothing. Half a cent is the member's.
    pub fn from(self, cents: i64) -> i64 {
        match self {
            Discount::Percent(percent) => cents - (cents * percent + 99) / 100,
            Discount::Cents(off) => (cents - off).max(0),
        }
    }
}

/// What a group costs. Zero means that there is no such price.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Terms {
    pub session_cents: i64,
    pub course_cents: i64,
    pub course_sessions: i64,
}

impl Terms {
    pub fn is_course(self) -> bool {
        self.course_cents > 0 && self.course_sessions > 0
    }

    /// What one session of it was worth to whoever paid: a share of the course after the discount, or the price of a session.
    /// A superbill that named the full price after a discount would ask an insurer for money nobody spent.
    pub fn charge(self, discount: Option<Discount>) -> Option<i64> {
        if self.is_course() {
            let paid = discount.map_or(self.course_cents, |discount| discount.from(self.course_cents));
            return Some(paid / self.course_sessions);
        }
        (self.session_cents > 0).then_some(self.session_cents)
    }
}

/// One line of an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// So many sessions at that price each.
    Sessions { count: i64, each: i64 },
    /// A whole course, once, in the month of its first session.
    Course { price: i64, off: i64 },
    /// A session of a course that an earlier month has told already.
    Within { count: i64 },
    /// The office has entered no price.
    Unpriced { count: i64 },
}

impl Line {
    pub fn of(terms: Terms, discount: Option<Discount>, count: i64, begins_here: bool) -> Line {
        if terms.is_course() {
            let left = discount.map_or(terms.course_cents, |discount| discount.from(terms.course_cents));
            return if begins_here {
                Line::Course { price: terms.course_cents, off: terms.course_cents - left }
            } else {
                Line::Within { count }
            };
        }
        if terms.session_cents > 0 { Line::Sessions { count, each: terms.session_cents } } else { Line::Unpriced { count } }
    }

    pub fn total(self) -> i64 {
        match self {
            Line::Sessions { count, each } => count * each,
            Line::Course { price, off } => price - off,
            Line::Within { .. } | Line::Unpriced { .. } => 0,
        }
    }
}

/// Capital letters, digits and hyphens, 4 to 20 of them; typed small letters are raised. `None` for anything else.
pub fn discount_code(text: &str) -> Option<String> {
    let code = text.trim().to_ascii_uppercase();
    let fits = (4..=20).contains(&code.len()) && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
    fits.then_some(code)
}

/// Five digits or capital letters, as procedure codes are.
pub fn is_procedure(code: &str) -> bool {
    code.len() == 5 && code.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
}

/// Two digits or capital letters, or none.
pub fn is_modifier(text: &str) -> bool {
    text.is_empty() || text.len() == 2 && text.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
}

/// "F41.1, F33.0" as up to four ICD-10 codes in their order. `None` if one has another shape or there are more.
pub fn diagnoses(text: &str) -> Option<Vec<String>> {
    let parts = text.split([',', ' ', ';', '\n', '\r']).map(str::trim).filter(|part| !part.is_empty());
    let codes: Vec<String> = parts.map(str::to_ascii_uppercase).collect();
    (codes.len() <= MOST_DIAGNOSES && codes.iter().all(|code| is_icd(code))).then_some(codes)
}

fn is_icd(code: &str) -> bool {
    let (stem, rest) = code.split_once('.').unwrap_or((code, ""));
    let letters = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric());
    let mut stem_chars = stem.chars();
    let begins = stem_chars.next().is_some_and(|c| c.is_ascii_uppercase()) && stem_chars.next().is_some_and(|c| c.is_ascii_digit());
    begins && stem.len() == 3 && letters(stem) && letters(rest) && rest.len() <= 4 && !code.ends_with('.')
}

/// "AB" for two diagnoses.
pub fn pointer(diagnoses: usize) -> String {
    "ABCD".chars().take(diagnoses).collect()
}

/// Ten digits whose last one checks the others (Luhn, with the prefix 80840 that makes it a card number of health), or none.
pub fn is_npi(text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    if text.len() != 10 || !text.chars().all(|c| c.is_ascii_digit()) {
        return false;
    }
    let sum: u32 = format!("80840{text}").chars().rev().enumerate().map(|(at, c)| luhn(at, c.to_digit(10).unwrap_or(0))).sum();
    sum.is_multiple_of(10)
}

fn luhn(at: usize, digit: u32) -> u32 {
    let twice = digit * 2;
    if at.is_multiple_of(2) { digit } else { twice / 10 + twice % 10 }
}

/// "12-3456789" or "123-45-6789", or none.
pub fn is_tax_id(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    matches!(shape.as_str(), "" | "99-9999999" | "999-99-9999")
}

/// The first day of "2026-11". `None` for what is no month.
pub fn month(text: &str) -> Option<Date> {
    let (year, month) = text.trim().split_once('-')?;
    if year.len() != 4 || month.len() != 2 {
        return None;
    }
    let (year, month) = (year.parse::<i16>().ok()?, month.parse::<i8>().ok()?);
    let day = Date::new(year, month, 1).ok()?;
    (2000..2200).contains(&year).then_some(day)
}

/// "2026-11".
pub fn month_word(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// The month before and the month after.
pub fn around(first: Date) -> (Date, Date) {
    (first.checked_sub(1.month()).unwrap_or(first), first.checked_add(1.month()).unwrap_or(first))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, read) in [("45", 4_500), (" 45.5 ", 4_550), ("$1,200.00", 120_000), ("0", 0), ("0.05", 5), ("100000", 10_000_000)] {
            assert_eq!(cents(text), Some(read), "{text}");
        }
        for text in ["", "-1", "4.555", "abc", "1e3", "100000.01", "9999999", ".5", "4.-1", "١٢", "$", "1.2.3"] {
            assert_eq!(cents(text), None, "{text}");
        }
        assert_eq!(amount(4_505), "45.05");
    }

    #[test]
    fn a_discount_takes_off_and_never_gives() {
        assert_eq!(Discount::of(25, 0).from(10_000), 7_500);
        assert_eq!(Discount::of(100, 0).from(10_000), 0);
        assert_eq!(Discount::of(0, 2_000).from(10_000), 8_000);
        assert_eq!(Discount::of(0, 20_000).from(10_000), 0);
        assert_eq!(Discount::of(33, 0).from(100), 67);
        assert_eq!(Discount::of(50, 0).from(5), 2, "half a cent is the member's");
        assert_eq!(Discount::of(250, 9), Discount::Percent(100));
    }

    #[test]
    fn a_session_of_a_course_is_worth_its_share_of_what_was_paid() {
        let course = Terms { session_cents: 5_000, course_cents: 48_000, course_sessions: 12 };
        assert_eq!(course.charge(None), Some(4_000));
        assert_eq!(course.charge(Some(Discount::Percent(50))), Some(2_000), "an insurer is told what was paid");
        let weekly = Terms { session_cents: 5_000, ..Terms::default() };
        assert_eq!(weekly.charge(Some(Discount::Percent(50))), Some(5_000), "codes are for courses");
        assert_eq!(Terms::default().charge(None), None);
        assert!(!Terms { course_cents: 100, ..Terms::default() }.is_course(), "a course of no sessions is none");
    }

    #[test]
    fn an_invoice_tells_a_course_once() {
        let course = Terms { session_cents: 0, course_cents: 48_000, course_sessions: 12 };
        let first = Line::of(course, Some(Discount::Cents(8_000)), 3, true);
        assert_eq!((first, first.total()), (Line::Course { price: 48_000, off: 8_000 }, 40_000));
        let later = Line::of(course, Some(Discount::Cents(8_000)), 4, false);
        assert_eq!((later, later.total()), (Line::Within { count: 4 }, 0));
        let weekly = Line::of(Terms { session_cents: 4_500, ..Terms::default() }, None, 3, true);
        assert_eq!(weekly.total(), 13_500);
        assert_eq!(Line::of(Terms::default(), None, 3, true).total(), 0);
    }

    #[test]
    fn codes_have_their_shapes() {
        assert_eq!(discount_code(" spring-26 ").as_deref(), Some("SPRING-26"));
        for text in ["ABC", "A B C D", "ÁBCD", "TWENTY-ONE-LETTERS-OK", "A_B_C"] {
            assert_eq!(discount_code(text), None, "{text}");
        }
        assert!(is_procedure(GROUP_THERAPY) && !is_procedure("9085") && !is_procedure("9085a"));
        assert!(is_modifier("") && is_modifier(BY_VIDEO) && is_modifier("GT") && !is_modifier("955") && !is_modifier("gt"));
        assert!(PLACES_OF_SERVICE.contains(&AT_HOME));
        assert!(is_tax_id("") && is_tax_id("12-3456789") && is_tax_id("123-45-6789") && !is_tax_id("123456789"));
    }

    #[test]
    fn diagnoses_are_up_to_four() {
        assert_eq!(diagnoses("f41.1, F33.0\nF43.10").unwrap(), ["F41.1", "F33.0", "F43.10"]);
        assert_eq!(diagnoses("").unwrap(), Vec::<String>::new());
        assert_eq!(diagnoses("F41 F42 F43 F44 F45"), None);
        for text in ["anxiety", "41.1", "F4", "F41.12345", "F41.", "F41.1.1"] {
            assert_eq!(diagnoses(text), None, "{text}");
        }
        assert_eq!((pointer(0).as_str(), pointer(2).as_str(), pointer(4).as_str()), ("", "AB", "ABCD"));
    }

    #[test]
    fn an_npi_checks_itself() {
        assert!(is_npi("1234567893"), "the example of those who give the numbers out");
        assert!(is_npi(""));
        for text in ["1234567890", "123456789", "12345678933", "123456789x"] {
            assert!(!is_npi(text), "{text}");
        }
    }

    #[test]
    fn months_follow_each_other() {
        let november = month("2026-11").unwrap();
        assert_eq!(month_word(november), "2026-11");
        let (before, after) = around(november);
        assert_eq!((month_word(before), month_word(after)), ("2026-10".into(), "2026-12".into()));
        assert_eq!(month_word(around(month("2026-12").unwrap()).1), "2027-01");
        for text in ["", "2026", "2026-13", "2026-1", "26-11", "2026-11-01", "1999-12", "-026-11"] {
            assert_eq!(month(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(cents_in in 0i64..=MOST_CENTS) {
            prop_assert_eq!(cents(&amount(cents_in)), Some(cents_in));
        }

        #[test]
        fn no_discount_makes_a_price_rise_or_go_below_nothing(price in 0i64..=MOST_CENTS, percent in 0i64..=150, off in 0i64..=MOST_CENTS) {
            let left = Discount::of(percent, off).from(price);
            prop_assert!((0..=price).contains(&left));
        }

        #[test]
        fn shares_of_a_course_are_never_more_than_what_was_paid(course in 1i64..=MOST_CENTS, sessions in 1i64..=60, percent in 1i64..=100) {
            let terms = Terms { session_cents: 0, course_cents: course, course_sessions: sessions };
            let discount = Discount::Percent(percent);
            let share = terms.charge(Some(discount)).unwrap();
            prop_assert!(share * sessions <= discount.from(course));
        }

        #[test]
        fn whatever_is_typed_is_judged_without_a_panic(text in ".{0,30}") {
            let _ = (cents(&text), discount_code(&text), diagnoses(&text), is_npi(&text), is_tax_id(&text), month(&text), is_modifier(&text));
        }
    }
}
