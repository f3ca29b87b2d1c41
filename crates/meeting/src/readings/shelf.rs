use care::agenda::{Agenda, READINGS};
use ground::{
    Ask, Fault, Me,
    library::{self, Named},
};

/// Rows for more than were chosen already.
const MORE: usize = 2;

/// Everything that one reader may open, to choose from and to name things by.
pub struct Shelf(Vec<Named>);

impl Shelf {
    pub async fn of(db: &(impl Ask + Sync), me: &Me) -> Result<Shelf, Fault> {
        Ok(Shelf(library::named(db, me.role, me.language).await?))
    }

    /// What this reader finds of these, in their order. What is hidden or gone is left out.
    pub fn named(&self, words: &[String]) -> Vec<Named> {
        let find = |word: &String| self.0.iter().find(|one| one.slug == *word && !one.hidden).cloned();
        words.iter().filter_map(find).collect()
    }

    /// One row for each that is chosen and some to choose more; nothing chosen is an empty word.
    pub fn rows(&self, chosen: &[String]) -> Vec<String> {
        chosen.iter().cloned().chain(std::iter::repeat_n(String::new(), MORE)).take(READINGS).collect()
    }

    pub fn offered(&self, chosen: &str, worksheets: bool) -> Vec<&Named> {
        self.0.iter().filter(|one| one.is_worksheet == worksheets && (!one.hidden || one.slug == chosen)).collect()
    }

    /// The key of what is wrong with the readings of an agenda: nothing is laid into a week that is not there.
    pub fn trouble(&self, agenda: &Agenda) -> Option<&'static str> {
        let known = |word: &String| self.0.iter().any(|one| one.slug == *word);
        (!agenda.readings.iter().all(known)).then_some("agenda-reading-gone")
    }
}

#[cfg(test)]
impl Shelf {
    pub fn sample() -> Shelf {
        let one = |slug: &str, title: &str, is_worksheet, hidden| Named { slug: slug.into(), title: title.into(), is_worksheet, hidden };
        Shelf(vec![one("one-rung", "One <rung>", true, false), one("a-b", "A & b", false, false), one("put-away", "Away", false, true)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn what_is_hidden_or_gone_is_named_nowhere_and_stays_where_it_was_chosen() {
        let shelf = Shelf::sample();
        let titles: Vec<String> = shelf.named(&words(&["a-b", "gone", "put-away", "one-rung"])).into_iter().map(|one| one.title).collect();
        assert_eq!(titles, ["A & b", "One <rung>"]);
        assert_eq!(shelf.offered("", false).len(), 1);
        assert_eq!(shelf.offered("put-away", false).len(), 2);
        assert_eq!(shelf.offered("put-away", true).len(), 1);
    }

    #[test]
    fn there_are_rows_for_what_is_chosen_and_some_more() {
        let rows = |chosen: &[&str]| Shelf::sample().rows(&words(chosen));
        assert_eq!(rows(&[]), ["", ""]);
        assert_eq!(rows(&["a-b"]), ["a-b", "", ""]);
        assert_eq!(rows(&["a", "b", "c"]), ["a", "b", "c", ""]);
        assert_eq!(rows(&["a", "b", "c", "d"]).len(), READINGS);
    }

    #[test]
    fn what_is_not_there_is_not_laid_into_a_week() {
        let trouble = |chosen: &[&str]| Shelf::sample().trouble(&Agenda { readings: words(chosen), ..Agenda::default() });
        assert_eq!((trouble(&[]), trouble(&["a-b", "put-away"])), (None, None));
        assert_eq!(trouble(&["a-b", "../today"]), Some("agenda-reading-gone"));
    }
}
