//! An article or a worksheet in one language, as a browser draws it: parts in their order, and no markup in any of them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Article,
    text::{self, Block, Line, Span, Style},
};
use crate::homework::{Ask, Form, Kind, LINE_CHARS, Label, shelf::Shipped};

/// No text has more; what comes after stands in the last.
pub const PARTS: u16 = 64;

/// How a blank is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BlankKind {
    Long,
    Line,
    /// From 0 to `most`.
    Scale,
}

/// Something to fill in, under the name that the sheet of homework gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Blank {
    pub name: String,
    pub kind: BlankKind,
    /// Letters, or the end of the scale.
    pub most: u32,
}

/// What stands under one heading, or one question of a worksheet. What comes before the first heading has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Passage {
    pub title: Line,
    pub blocks: Vec<Block>,
    pub blanks: Vec<Blank>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Words {
    pub title: String,
    pub lead: String,
    pub is_worksheet: bool,
    pub parts: Vec<Passage>,
    pub sources: Vec<String>,
    /// As homework to oneself takes them along: the text of an article, or the questions of a worksheet.
    pub page: String,
    pub prompts: Vec<String>,
}

impl Words {
    pub fn of_article(article: &Article, language: &str) -> Words {
        let written = article.written(language);
        let blocks = text::read(&written.body);
        Words {
            title: written.title.clone(),
            lead: written.lead.clone(),
            is_worksheet: false,
            page: text::plain(&blocks),
            parts: parts(blocks),
            sources: article.sources.clone(),
            prompts: Vec::new(),
        }
    }

    pub fn of_worksheet(sheet: &Shipped, language: &str) -> Words {
        let template = sheet.template(language);
        Words {
            title: template.title.clone(),
            lead: template.text.clone(),
            is_worksheet: true,
            parts: questions(&template.asked.form(Kind::Worksheet, &[])),
            sources: Vec::new(),
            page: String::new(),
            prompts: template.asked.prompts.clone(),
        }
    }
}

fn untitled() -> Passage {
    Passage { title: Vec::new(), blocks: Vec::new(), blanks: Vec::new() }
}

/// The beginning is always the first, so that there is a place before the first heading.
fn parts(blocks: Vec<Block>) -> Vec<Passage> {
    let (mut parts, mut part) = (Vec::new(), untitled());
    for block in blocks {
        match block {
            Block::Heading(title) if parts.len() + 1 < usize::from(PARTS) => {
                parts.push(std::mem::replace(&mut part, Passage { title, ..untitled() }));
            }
            block => part.blocks.push(block),
        }
    }
    parts.push(part);
    parts
}

/// A question with all its lines: the first line carries its words.
fn questions(form: &Form) -> Vec<Passage> {
    let mut parts: Vec<(String, Passage)> = Vec::new();
    for field in form.sections.iter().flat_map(|section| &section.fields) {
        let (kind, most) = match &field.ask {
            Ask::Scale { most } => (BlankKind::Scale, u32::from(*most)),
            Ask::Text { most } if *most > LINE_CHARS => (BlankKind::Long, *most as u32),
            Ask::Text { most } => (BlankKind::Line, *most as u32),
            _ => (BlankKind::Line, LINE_CHARS as u32),
        };
        let blank = Blank { name: field.name.clone(), kind, most };
        match parts.last_mut() {
            Some((name, part)) if field.name.starts_with(&format!("{name}-")) => part.blanks.push(blank),
            _ => {
                let words = match &field.label {
                    Label::Own(words) => words.clone(),
                    Label::Key(_) => String::new(),
                };
                let title = vec![Span { words, style: Style::Plain }];
                parts.push((field.name.clone(), Passage { title, blanks: vec![blank], ..untitled() }));
            }
        }
    }
    parts.into_iter().map(|(_, part)| part).collect()
}
