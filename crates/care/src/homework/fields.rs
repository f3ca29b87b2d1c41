//! What a form asks, as data: its fields, how they are read, and how they are shown again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::times;

/// What a field is called: a sentence of ours, or somebody's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    Key(&'static str),
    Own(String),
}

/// What a field asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    Text {
        most: usize,
    },
    Number {
        from: i64,
        to: i64,
    },
    /// 0 to `most`, each one tap.
    Scale {
        most: u8,
    },
    YesNo,
    /// A time of day.
    Time,
    /// One of these words; each is the sentence `homework-choice-…`.
    Choice(&'static [&'static str]),
    /// Any of these, by their own names.
    Ticks(Vec<String>),
    /// The same fields several times: once for each title, or for up to `most` rows without one.
    Rows {
        titles: Vec<String>,
        most: usize,
        fields: Vec<Field>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub label: Label,
    pub ask: Ask,
    /// Not counted in how far somebody has come.
    pub optional: bool,
}

impl Field {
    pub fn new(name: &'static str, label: &'static str, ask: Ask) -> Field {
        Field { name: name.into(), label: Label::Key(label), ask, optional: false }
    }

    pub fn own(name: String, label: String, ask: Ask) -> Field {
        Field { name, label: Label::Own(label), ask, optional: false }
    }

    #[must_use]
    pub fn optional(self) -> Field {
        Field { optional: true, ..self }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Keys of sentences; a hint may be empty.
    pub title: &'static str,
    pub hint: &'static str,
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub sections: Vec<Section>,
}

/// One input of a form. Those inside rows have the row's number, counted from 0.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    pub field: &'a Field,
    pub row: Option<(&'a Field, usize)>,
}

impl Input<'_> {
    pub fn name(&self) -> String {
        match self.row {
            Some((rows, at)) => format!("{}-{at}-{}", rows.name, self.field.name),
            None => self.field.name.clone(),
        }
    }

    /// What its row is called, if somebody named it.
    pub fn title(&self) -> Option<&str> {
        match self.row {
            Some((Field { ask: Ask::Rows { titles, .. }, .. }, at)) => titles.get(at).map(String::as_str),
            _ => None,
        }
    }
}

/// One answer. Times are minutes of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    YesNo(bool),
    Number(i64),
    Words(String),
    Ticked(BTreeSet<String>),
}

/// What somebody wrote, by the names of the inputs. Whatever is not there was left open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Value>);

/// Which input cannot be read, and the key of the sentence that says why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub input: String,
    pub key: &'static str,
}

impl Ask {
    /// How many rows there are.
    pub fn rows(&self) -> usize {
        match self {
            Ask::Rows { titles, most, .. } if titles.is_empty() => *most,
            Ask::Rows { titles, .. } => titles.len(),
            _ => 0,
        }
    }

    /// Reads what was typed. `None` is left open.
    fn read(&self, typed: &[&str]) -> Result<Option<Value>, &'static str> {
        let first = typed.first().map_or("", |one| one.trim());
        if let Ask::Ticks(known) = self {
            let ticked: BTreeSet<String> = typed.iter().map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect();
            return match ticked.iter().all(|one| known.contains(one)) {
                true => Ok((!ticked.is_empty()).then_some(Value::Ticked(ticked))),
                false => Err("homework-choose"),
            };
        }
        if first.is_empty() {
            return Ok(None);
        }
        let number = |from: i64, to: i64| first.parse().ok().filter(|number| (from..=to).contains(number)).map(Value::Number);
        let (read, key) = match self {
            Ask::Text { most } => ((first.chars().count() <= *most).then(|| Value::Words(first.to_owned())), "homework-too-long"),
            Ask::Number { from, to } => (number(*from, *to), "homework-number"),
            Ask::Scale { most } => (number(0, i64::from(*most)), "homework-number"),
            Ask::YesNo if matches!(first, "yes" | "no") => (Some(Value::YesNo(first == "yes")), ""),
            Ask::Time => (times::read(first).map(|minute| Value::Number(i64::from(minute))), "homework-time"),
            Ask::Choice(words) => (words.contains(&first).then(|| Value::Words(first.to_owned())), "homework-choose"),
            Ask::YesNo | Ask::Ticks(_) | Ask::Rows { .. } => (None, "homework-choose"),
        };
        read.map(Some).ok_or(key)
    }

    /// As an input shows it again. Ticks have one input each, see `Answers::has_ticked`.
    pub fn write(&self, value: &Value) -> String {
        match (self, value) {
            (Ask::Time, Value::Number(minute)) => times::write(*minute),
            (_, Value::Number(number)) => number.to_string(),
            (_, Value::YesNo(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
            (_, Value::Words(words)) => words.clone(),
            (_, Value::Ticked(_)) => String::new(),
        }
    }
}

impl Form {
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    pub fn inputs(&self) -> Vec<Input<'_>> {
        self.fields().flat_map(inputs_of).collect()
    }

    /// Reads the form. What could be read comes back even when something could not, so that nothing is lost and nothing overheard.
    pub fn read(&self, typed: &[(String, String)]) -> (Answers, Option<Trouble>) {
        let (mut answers, mut trouble) = (Answers::default(), None);
        for input in self.inputs() {
            let name = input.name();
            let typed: Vec<&str> = typed.iter().filter(|(key, _)| *key == name).map(|(_, value)| value.as_str()).collect();
            match input.field.ask.read(&typed) {
                Ok(Some(value)) => drop(answers.0.insert(name, value)),
                Ok(None) => {}
                Err(key) => trouble = trouble.or(Some(Trouble { input: name, key })),
            }
        }
        (answers, trouble)
    }

    /// The inputs as `read` would take them.
    pub fn write(&self, answers: &Answers) -> Vec<(String, String)> {
        let written = self.inputs().into_iter().flat_map(|input| {
            let name = input.name();
            match answers.0.get(&name) {
                Some(Value::Ticked(all)) => all.iter().map(|one| (name.clone(), one.clone())).collect(),
                Some(value) => vec![(name, input.field.ask.write(value))],
                None => vec![],
            }
        });
        written.collect()
    }
}

/// The inputs of one field, row by row.
pub fn inputs_of(field: &Field) -> Vec<Input<'_>> {
    match &field.ask {
        Ask::Rows { fields, .. } => {
            let rows = (0..field.ask.rows()).flat_map(|at| fields.iter().map(move |inner| Input { field: inner, row: Some((field, at)) }));
            rows.collect()
        }
        _ => vec![Input { field, row: None }],
    }
}

impl Answers {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        match self.0.get(name) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    pub fn is_yes(&self, name: &str) -> bool {
        self.0.get(name) == Some(&Value::YesNo(true))
    }

    pub fn ticked(&self, name: &str) -> Vec<String> {
        match self.0.get(name) {
            Some(Value::Ticked(all)) => all.iter().cloned().collect(),
            _ => Vec::new(),
        }
    }
}
