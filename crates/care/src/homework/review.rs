//! How far somebody has come, what it comes to, and what somebody must hear at once.

use std::collections::BTreeMap;

use super::{
    Kind,
    fields::{Answers, Ask, Field, Form, Input, Label, Value, inputs_of},
};

/// The highest answer to an urge.
const TOP_URGE: i64 = 5;

/// How much of a form is filled in. Half is fine, and nobody is told what is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    pub filled: usize,
    pub of: usize,
}

impl Filled {
    /// The key of its sentence.
    pub fn key(self) -> &'static str {
        match self.filled {
            0 => "homework-filled-none",
            filled if filled >= self.of => "homework-filled-all",
            _ => "homework-filled-some",
        }
    }
}

fn has_any(field: &Field, answers: &Answers) -> bool {
    inputs_of(field).iter().any(|input| answers.0.contains_key(&input.name()))
}

/// Rows count once: whoever has tried one step has begun.
pub fn filled(form: &Form, answers: &Answers) -> Filled {
    let counted: Vec<&Field> = form.fields().filter(|field| !field.optional).collect();
    Filled { filled: counted.iter().filter(|field| has_any(field, answers)).count(), of: counted.len() }
}

/// What was answered, in the order of the form.
pub fn told<'a>(form: &'a Form, answers: &'a Answers) -> Vec<(Input<'a>, &'a Value)> {
    form.inputs().into_iter().filter_map(|input| Some((input, answers.0.get(&input.name())?))).collect()
}

/// What several entries come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sum {
    /// Lowest, highest and latest of so many.
    Numbers {
        low: i64,
        high: i64,
        latest: i64,
        times: usize,
    },
    Yes {
        yes: usize,
        times: usize,
    },
    /// The most used first.
    Ticked(Vec<(String, usize)>),
    Change {
        before: i64,
        after: i64,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub label: Label,
    /// What a "did you act on it?" belongs to.
    pub of: Option<Label>,
    pub sum: Sum,
}

fn numbers(all: &[i64]) -> Option<Sum> {
    let (low, high) = (*all.iter().min()?, *all.iter().max()?);
    Some(Sum::Numbers { low, high, latest: *all.last()?, times: all.len() })
}

fn sum(field: &Field, entries: &[&Answers]) -> Option<Sum> {
    let all: Vec<&Value> = entries.iter().filter_map(|answers| answers.0.get(&field.name)).collect();
    match field.ask {
        Ask::Number { .. } | Ask::Scale { .. } => {
            let all: Vec<i64> =
                all.iter().filter_map(|value| if let Value::Number(number) = value { Some(*number) } else { None }).collect();
            numbers(&all)
        }
        Ask::YesNo => {
            let yes = all.iter().filter(|value| ***value == Value::YesNo(true)).count();
            (!all.is_empty()).then_some(Sum::Yes { yes, times: all.len() })
        }
        Ask::Ticks(_) => {
            let mut used: BTreeMap<String, usize> = BTreeMap::new();
            for one in entries.iter().flat_map(|answers| answers.ticked(&field.name)) {
                *used.entry(one).or_default() += 1;
            }
            let mut used: Vec<(String, usize)> = used.into_iter().collect();
            used.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            (!used.is_empty()).then_some(Sum::Ticked(used))
        }
        Ask::Text { .. } | Ask::Time | Ask::Choice(_) | Ask::Rows { .. } => None,
    }
}

/// Rows with a before and an after: how much each step has changed.
fn changes(rows: &Field, answers: &Answers) -> Vec<Line> {
    let at = |row: usize, name: &str| answers.number(&format!("{}-{row}-{name}", rows.name));
    let title = |row: usize| {
        let named = if let Ask::Rows { titles, .. } = &rows.ask { titles.get(row).cloned() } else { None };
        let typed = ["step", "word"].iter().find_map(|name| match answers.0.get(&format!("{}-{row}-{name}", rows.name)) {
            Some(Value::Words(words)) => Some(words.clone()),
            _ => None,
        });
        named.or(typed).unwrap_or_else(|| (row + 1).to_string())
    };
    let change = |row| Some(Sum::Change { before: at(row, "before")?, after: at(row, "after")? });
    (0..rows.ask.rows()).filter_map(|row| Some(Line { label: Label::Own(title(row)), of: None, sum: change(row)? })).collect()
}

/// What a reader sees first: `entries` are in the order of their days.
pub fn summary(form: &Form, entries: &[&Answers]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut before: Option<&Field> = None;
    for field in form.fields() {
        if let (Ask::Rows { .. }, Some(latest)) = (&field.ask, entries.last()) {
            lines.extend(changes(field, latest));
        }
        if let Some(sum) = sum(field, entries) {
            let of = before.filter(|_| field.name.starts_with("acted-")).map(|before| before.label.clone());
            lines.push(Line { label: field.label.clone(), of, sum });
        }
        before = Some(field);
    }
    lines
}

/// What a diary card says that somebody must look at, whatever else is on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signal {
    pub acted_self_harm: bool,
    pub acted_suicide: bool,
    pub top_urge: bool,
}

impl Signal {
    /// For an occasion: the same again does not ring twice, more does. Ciphers, because occasions are read by machines and doctors of machines.
    pub fn mark(self) -> String {
        [self.acted_self_harm, self.acted_suicide, self.top_urge].map(|is| if is { '1' } else { '0' }).iter().collect()
    }

    /// For the task.
    pub fn summary(self) -> String {
        let word = |is: bool| if is { "yes" } else { "no" };
        format!(
            "Diary card: acted on self-harm [{}], acted on suicide [{}], urge for suicide at its top [{}]",
            word(self.acted_self_harm),
            word(self.acted_suicide),
            word(self.top_urge)
        )
    }
}

pub fn signal(kind: Kind, answers: &Answers) -> Option<Signal> {
    let signal = Signal {
        acted_self_harm: answers.is_yes("acted-self-harm"),
        acted_suicide: answers.is_yes("acted-suicide"),
        top_urge: answers.number("urge-suicide") == Some(TOP_URGE),
    };
    (kind == Kind::DiaryCard && signal.mark() != "000").then_some(signal)
}
