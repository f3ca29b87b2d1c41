//! A form as a page shows it, and what was written as words.

use care::homework::{
    Answers, Ask, Field, Form, Label, Trouble, Value,
    fields::{Input, inputs_of},
    review::{self, Line, Sum},
};
use ground::{Ui, when};

/// So many empty rows are offered after those that are filled.
const SPARE_ROWS: usize = 2;

#[derive(Debug, Clone)]
pub struct OptionView {
    pub value: String,
    pub words: String,
    pub chosen: bool,
}

/// One input with everything that a template needs.
#[derive(Debug, Clone)]
pub struct FieldView {
    pub name: String,
    pub label: String,
    /// What it belongs to, or within which numbers it lies.
    pub hint: String,
    pub kind: &'static str,
    pub value: String,
    pub most: usize,
    pub options: Vec<OptionView>,
    pub trouble: String,
}

impl FieldView {
    pub fn is(&self, kind: &str) -> bool {
        self.kind == kind
    }
}

#[derive(Debug, Clone)]
pub struct RowView {
    pub title: String,
    pub fields: Vec<FieldView>,
}

#[derive(Debug, Clone)]
pub struct SectionView {
    pub title: String,
    pub hint: String,
    pub fields: Vec<FieldView>,
    pub rows: Vec<RowView>,
}

pub fn label(ui: &Ui, label: &Label) -> String {
    match label {
        Label::Key(key) => ui.t(key),
        Label::Own(words) => words.clone(),
    }
}

fn kind(ask: &Ask) -> &'static str {
    match ask {
        Ask::Text { most } if *most > care::homework::LINE_CHARS => "long",
        Ask::Text { .. } => "text",
        Ask::Number { .. } => "number",
        Ask::Time => "time",
        Ask::Scale { .. } => "scale",
        Ask::YesNo | Ask::Choice(_) => "choice",
        Ask::Ticks(_) => "ticks",
        Ask::Rows { .. } => "rows",
    }
}

/// Values that can be tapped, with their words.
fn options(ui: &Ui, ask: &Ask) -> Vec<(String, String)> {
    let open = || (String::new(), ui.t("homework-leave-open"));
    match ask {
        Ask::Scale { most } => (0..=*most).map(|number| (number.to_string(), number.to_string())).collect(),
        Ask::YesNo => vec![("yes".into(), ui.t("homework-yes")), ("no".into(), ui.t("homework-no")), open()],
        Ask::Choice(words) => {
            words.iter().map(|word| ((*word).to_owned(), ui.t(&format!("homework-choice-{word}")))).chain([open()]).collect()
        }
        Ask::Ticks(all) => all.iter().map(|one| (one.clone(), one.clone())).collect(),
        _ => Vec::new(),
    }
}

/// The form, filled with what was typed.
pub struct Filling<'a> {
    pub ui: &'a Ui,
    pub typed: &'a [(String, String)],
    pub trouble: Option<&'a Trouble>,
}

impl Filling<'_> {
    fn has(&self, name: &str, value: &str) -> bool {
        self.typed.iter().any(|(key, typed)| key == name && typed.trim() == value)
    }

    fn field(&self, input: &Input<'_>, hint: String) -> FieldView {
        let (name, ask) = (input.name(), &input.field.ask);
        let value = super::get(self.typed, &name).to_owned();
        let is_ticks = matches!(ask, Ask::Ticks(_));
        let chosen = |option: &str| if is_ticks { self.has(&name, option) } else { value == option };
        let options = options(self.ui, ask).into_iter().map(|(value, words)| OptionView { chosen: chosen(&value), value, words });
        FieldView {
            label: label(self.ui, &input.field.label),
            hint,
            kind: kind(ask),
            most: if let Ask::Text { most } = ask { *most } else { 3 },
            options: options.collect(),
            trouble: self.trouble.filter(|trouble| trouble.input == name).map_or_else(String::new, |trouble| self.ui.t(trouble.key)),
            value,
            name,
        }
    }

    fn hint(&self, field: &Field, before: Option<&Field>) -> String {
        match (&field.ask, before) {
            (Ask::Number { from, to }, _) => self.ui.t2("homework-between", &("from", &from.to_string()), &("to", &to.to_string())),
            (_, Some(before)) if field.name.starts_with("acted-") => label(self.ui, &before.label),
            _ => String::new(),
        }
    }

    fn rows(&self, field: &Field) -> Vec<RowView> {
        let Ask::Rows { titles, fields, .. } = &field.ask else { return Vec::new() };
        let inputs = inputs_of(field);
        let used = inputs.chunks(fields.len()).rposition(|row| row.iter().any(|input| !super::get(self.typed, &input.name()).is_empty()));
        let shown = if titles.is_empty() { used.map_or(0, |at| at + 1) + SPARE_ROWS } else { titles.len() };
        let row = |(at, row): (usize, &[Input<'_>])| RowView {
            title: titles.get(at).cloned().unwrap_or_else(|| (at + 1).to_string()),
            fields: row.iter().map(|input| self.field(input, String::new())).collect(),
        };
        inputs.chunks(fields.len()).enumerate().take(shown).map(row).collect()
    }

    pub fn sections(&self, form: &Form) -> Vec<SectionView> {
        let sections = form.sections.iter().map(|section| {
            let (mut fields, mut rows, mut before) = (Vec::new(), Vec::new(), None);
            for field in &section.fields {
                if let Ask::Rows { .. } = field.ask {
                    rows.extend(self.rows(field));
                } else {
                    fields.push(self.field(&Input { field, row: None }, self.hint(field, before)));
                }
                before = Some(field);
            }
            let hint = if section.hint.is_empty() { String::new() } else { self.ui.t(section.hint) };
            SectionView { title: self.ui.t(section.title), hint, fields, rows }
        });
        sections.collect()
    }
}

/// A line that can be read: what was asked, and the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub label: String,
    pub words: String,
}

fn value(ui: &Ui, ask: &Ask, value: &Value) -> String {
    match (ask, value) {
        (Ask::Scale { most }, Value::Number(number)) => {
            ui.t2("homework-of-scale", &("number", &number.to_string()), &("most", &most.to_string()))
        }
        (Ask::Time, Value::Number(minute)) => when::minute(ui.language, i32::try_from(*minute).unwrap_or(0)),
        (Ask::Choice(_), Value::Words(word)) => ui.t(&format!("homework-choice-{word}")),
        (_, Value::YesNo(yes)) => ui.t(if *yes { "homework-yes" } else { "homework-no" }),
        (_, Value::Ticked(all)) => all.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
        (_, Value::Number(number)) => number.to_string(),
        (_, Value::Words(words)) => words.clone(),
    }
}

/// Everything that was answered.
pub fn told(ui: &Ui, form: &Form, answers: &Answers) -> Vec<Told> {
    let before = |name: &str| {
        let fields: Vec<&Field> = form.fields().collect();
        let at = fields.iter().position(|field| field.name == name).filter(|at| *at > 0)?;
        Some(label(ui, &fields[at - 1].label))
    };
    let line = |(input, answer): (Input<'_>, &Value)| {
        let own = label(ui, &input.field.label);
        let label = match input.row {
            Some((_, at)) => format!("{}: {own}", input.title().map_or_else(|| (at + 1).to_string(), str::to_owned)),
            None if input.field.name.starts_with("acted-") => before(&input.field.name).map_or(own.clone(), |of| format!("{of}: {own}")),
            None => own,
        };
        Told { label, words: value(ui, &input.field.ask, answer) }
    };
    review::told(form, answers).into_iter().map(line).collect()
}

/// What several entries come to, in words.
pub fn summary(ui: &Ui, form: &Form, entries: &[&Answers]) -> Vec<Told> {
    let line = |line: Line| {
        let own = label(ui, &line.label);
        let words = match line.sum {
            Sum::Numbers { low, high, latest, times } if low == high => {
                ui.t2("homework-sum-same", &("latest", &latest.to_string()), &("times", &times.to_string()))
            }
            Sum::Numbers { low, high, latest, times } => {
                let parts =
                    [("low", low.to_string()), ("high", high.to_string()), ("latest", latest.to_string()), ("times", times.to_string())];
                ui.language.say("homework-sum-numbers", &parts)
            }
            Sum::Yes { yes, times } => ui.t2("homework-sum-yes", &("yes", &yes.to_string()), &("times", &times.to_string())),
            Sum::Ticked(all) => all.iter().map(|(one, times)| format!("{one} ({times})")).collect::<Vec<_>>().join(", "),
            Sum::Change { before, after } => ui.t2("homework-sum-change", &("before", &before.to_string()), &("after", &after.to_string())),
        };
        let label = line.of.map_or_else(|| own.clone(), |of| format!("{}: {own}", label(ui, &of)));
        Told { label, words }
    };
    review::summary(form, entries).into_iter().map(line).collect()
}

/// How far one sheet is, in words that scold nobody.
pub fn far(ui: &Ui, form: &Form, answers: &Answers) -> String {
    let filled = review::filled(form, answers);
    ui.t2(filled.key(), &("filled", &filled.filled.to_string()), &("of", &filled.of.to_string()))
}

/// The same for a list, where one number after the other is enough.
pub fn far_short(ui: &Ui, form: &Form, answers: &Answers) -> String {
    let filled = review::filled(form, answers);
    ui.t2("homework-of-scale", &("number", &filled.filled.to_string()), &("most", &filled.of.to_string()))
}

#[cfg(test)]
mod tests {
    use care::homework::{Asked, Kind};
    use ground::{Language, Role};

    use super::*;

    fn asked() -> Asked {
        let own = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
        Asked { own: own(&["Checking"]), steps: own(&["Look up", "Ask"]), prompts: own(&["What helped?"]), ..Asked::default() }
    }

    fn typed(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    /// A key that does not exist comes back as itself.
    #[test]
    fn every_sentence_of_every_form_exists_in_both_languages() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            for kind in Kind::ALL {
                assert!(
                    language.knows(&format!("homework-kind-{}", kind.word()))
                        && language.knows(&format!("homework-kind-{}-hint", kind.word()))
                );
                let form = asked().form(kind, &["Noticing".into()]);
                for section in (Filling { ui: &ui, typed: &[], trouble: None }).sections(&form) {
                    assert!(!section.title.starts_with("homework-") && !section.hint.starts_with("homework-"), "{section:?}");
                    let rows = section.rows.iter().flat_map(|row| &row.fields);
                    for field in section.fields.iter().chain(rows) {
                        assert!(!field.label.starts_with("homework-") && !field.hint.starts_with("homework-"), "{field:?}");
                        assert!(!field.options.iter().any(|option| option.words.starts_with("homework-")), "{field:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_form_shows_what_was_typed_and_where_it_cannot_be_read() {
        let ui = Ui::sample(Language::English, Some(Role::Member));
        let form = asked().form(Kind::DiaryCard, &["Noticing".into(), "Breathing".into()]);
        let fields =
            typed(&[("feeling-fear", "9"), ("skills", "Breathing"), ("skills", "Noticing"), ("medication", "yes"), ("note", "kept")]);
        let (_, trouble) = form.read(&fields);
        let sections = Filling { ui: &ui, typed: &fields, trouble: trouble.as_ref() }.sections(&form);
        let all: Vec<&FieldView> = sections.iter().flat_map(|section| &section.fields).collect();
        let of = |name: &str| *all.iter().find(|field| field.name == name).unwrap();
        assert!(!of("feeling-fear").trouble.is_empty() && of("feeling-joy").trouble.is_empty());
        assert_eq!(of("skills").options.iter().filter(|option| option.chosen).count(), 2);
        assert_eq!(of("note").value, "kept");
        assert_eq!(of("medication").options.iter().find(|option| option.chosen).unwrap().value, "yes");
        assert_eq!(of("acted-suicide").hint, of("urge-suicide").label, "whose yes it is stands beside it");
        assert!(of("medication").hint.is_empty());
    }

    #[test]
    fn open_rows_grow_with_what_is_in_them_and_never_past_their_number() {
        let ui = Ui::sample(Language::Spanish, Some(Role::Member));
        let form = Asked::default().form(Kind::Ladder, &[]);
        let rows = |fields: &[(&str, &str)]| {
            let fields = typed(fields);
            Filling { ui: &ui, typed: &fields, trouble: None }.sections(&form)[0].rows.len()
        };
        assert_eq!((rows(&[]), rows(&[("step-0-step", "a")]), rows(&[("step-3-after", "1")])), (2, 3, 6));
        assert_eq!(rows(&[("step-5-step", "last")]), 6);
        let given = asked().form(Kind::Ladder, &[]);
        let shown = Filling { ui: &ui, typed: &[], trouble: None }.sections(&given);
        assert_eq!(shown[0].rows.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["Look up", "Ask"]);
    }

    #[test]
    fn what_was_written_is_told_in_words() {
        let ui = Ui::sample(Language::English, Some(Role::Member));
        let form = asked().form(Kind::DiaryCard, &["Noticing".into()]);
        let (answers, _) = form.read(&typed(&[("feeling-fear", "4"), ("acted-quit", "no"), ("skills", "Noticing"), ("note", "<b>")]));
        let told = told(&ui, &form, &answers);
        let words: Vec<&str> = told.iter().map(|line| line.words.as_str()).collect();
        assert_eq!(words, ["4 of 5", "No", "Noticing", "<b>"]);
        assert!(told[1].label.contains(&ui.t("homework-urge-quit")), "{}", told[1].label);
        let log = asked().form(Kind::PracticeLog, &[]);
        let (answers, _) = log.read(&typed(&[("time", "9:30 pm"), ("minutes", "10")]));
        assert_eq!(super::told(&ui, &log, &answers)[0].words, when::minute(Language::English, 1_290));
        let ladder = asked().form(Kind::Ladder, &[]);
        let (answers, _) = ladder.read(&typed(&[("step-1-before", "70"), ("step-1-after", "30")]));
        assert!(super::told(&ui, &ladder, &answers)[0].label.starts_with("Ask: "));
        let sums = summary(&ui, &ladder, &[&answers]);
        assert!(sums[0].label == "Ask" && sums[0].words.contains("70") && sums[0].words.contains("30"));
        assert!(far(&ui, &ladder, &answers).len() > 3);
        assert_eq!(far_short(&ui, &ladder, &answers), "1 of 1");
    }

    #[test]
    fn several_days_are_summed_up_in_words_of_both_languages() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            let form = asked().form(Kind::DiaryCard, &["Noticing".into()]);
            let day = |fields: &[(&str, &str)]| form.read(&typed(fields)).0;
            let days = [
                day(&[("feeling-fear", "1"), ("feeling-joy", "2"), ("acted-quit", "no"), ("skills", "Noticing")]),
                day(&[("feeling-fear", "4"), ("feeling-joy", "2"), ("acted-quit", "yes"), ("skills", "Noticing")]),
            ];
            let lines = summary(&ui, &form, &days.iter().collect::<Vec<_>>());
            let of = |label: &str| lines.iter().find(|line| line.label.contains(label)).unwrap().words.clone();
            let fear = of(&ui.t("homework-feeling-fear"));
            assert!(fear.contains('1') && fear.contains('4') && fear.contains("(2 "), "{fear}");
            assert!(!of(&ui.t("homework-feeling-joy")).contains('-') && of(&ui.t("homework-feeling-joy")) != fear);
            let acted = of(&ui.t("homework-field-acted"));
            assert!(acted.contains('1') && acted.contains('2'), "{acted}");
            assert_eq!(of(&ui.t("homework-field-skills")), "Noticing (2)");
            assert!(lines.iter().any(|line| line.label.contains(&ui.t("homework-urge-quit"))), "what was acted on is named");
            assert!(lines.iter().all(|line| !line.words.starts_with("homework-")));
        }
    }

    #[test]
    fn a_form_that_nobody_touched_sends_only_what_is_open() {
        let ui = Ui::sample(Language::English, Some(Role::Member));
        for kind in Kind::ALL {
            let form = asked().form(kind, &["Noticing".into()]);
            let sections = Filling { ui: &ui, typed: &[], trouble: None }.sections(&form);
            for field in sections.iter().flat_map(|section| section.fields.iter().chain(section.rows.iter().flat_map(|row| &row.fields))) {
                assert!(field.value.is_empty() && field.trouble.is_empty(), "{}", field.name);
                assert!(field.options.iter().filter(|option| option.chosen).all(|option| option.value.is_empty()), "{}", field.name);
            }
            assert!(told(&ui, &form, &Answers::default()).is_empty() && summary(&ui, &form, &[]).is_empty());
        }
    }
}
