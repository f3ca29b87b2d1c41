//! A safe part of Markdown: headings, paragraphs, lists, strong and stressed words, links over HTTPS. What comes out are words and not HTML:
//! whatever else somebody typed or pasted stands there as the letters that it is, and a page escapes them like all others.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How some words stand in their line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", content = "to", rename_all = "snake_case")]
pub enum Style {
    Plain,
    Strong,
    Stressed,
    /// To this address, which is surely one.
    Link(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Span {
    pub words: String,
    pub style: Style,
}

impl Span {
    pub fn is_strong(&self) -> bool {
        self.style == Style::Strong
    }

    pub fn is_stressed(&self) -> bool {
        self.style == Style::Stressed
    }

    pub fn link(&self) -> Option<&str> {
        match &self.style {
            Style::Link(to) => Some(to),
            _ => None,
        }
    }
}

pub type Line = Vec<Span>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", content = "of", rename_all = "snake_case")]
pub enum Block {
    Heading(Line),
    Paragraph(Line),
    /// With numbers, or with dots.
    List {
        numbered: bool,
        items: Vec<Line>,
    },
}

/// What is being read, and how it stands.
#[derive(Default)]
struct Reading {
    blocks: Vec<Block>,
    line: Line,
    strong: usize,
    stressed: usize,
    link: Option<String>,
    /// Lists inside lists become one: nobody reads a third level on a telephone.
    lists: Vec<bool>,
    items: Vec<Line>,
}

impl Reading {
    fn add(&mut self, words: &str) {
        let style = match &self.link {
            Some(to) => Style::Link(to.clone()),
            None if self.strong > 0 => Style::Strong,
            None if self.stressed > 0 => Style::Stressed,
            None => Style::Plain,
        };
        match self.line.last_mut() {
            Some(last) if last.style == style => last.words.push_str(words),
            _ => self.line.push(Span { words: words.to_owned(), style }),
        }
    }

    fn taken(&mut self) -> Option<Line> {
        let mut line = std::mem::take(&mut self.line);
        for span in &mut line {
            span.words = with_its_number(&span.words);
        }
        line.iter().any(|span| !span.words.trim().is_empty()).then_some(line)
    }

    /// Ends a line of text wherever it stands.
    fn end_line(&mut self) {
        let Some(line) = self.taken() else { return };
        if self.lists.is_empty() { self.blocks.push(Block::Paragraph(line)) } else { self.items.push(line) }
    }

    fn begin(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.stressed += 1,
            Tag::Link { dest_url, .. } => self.link = crate::homework::is_link(&dest_url).then(|| dest_url.into_string()),
            Tag::List(first) => {
                self.end_line();
                self.lists.push(first.is_some());
            }
            Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::HtmlBlock => self.end_line(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.stressed = self.stressed.saturating_sub(1),
            TagEnd::Link => self.link = None,
            TagEnd::Heading(_) if self.lists.is_empty() => {
                if let Some(line) = self.taken() {
                    self.blocks.push(Block::Heading(line));
                }
            }
            TagEnd::List(_) => {
                self.end_line();
                let numbered = self.lists.pop().unwrap_or(false);
                if self.lists.is_empty() && !self.items.is_empty() {
                    self.blocks.push(Block::List { numbered, items: std::mem::take(&mut self.items) });
                }
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.end_line();
            }
            _ => {}
        }
    }
}

/// The number of a source stays on the line of what it is for.
fn with_its_number(words: &str) -> String {
    let mut parts = words.split(" [");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(if part.starts_with(|c: char| c.is_ascii_digit()) { "\u{a0}[" } else { " [" });
        kept.push_str(part);
    }
    kept
}

/// Reads a text.
pub fn read(text: &str) -> Vec<Block> {
    let mut reading = Reading::default();
    for event in Parser::new_ext(text, Options::empty()) {
        match event {
            Event::Start(tag) => reading.begin(tag),
            Event::End(tag) => reading.end(tag),
            // Markup is shown as it was typed: it has no power here, and nothing that somebody wrote disappears.
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => reading.add(&words),
            Event::SoftBreak | Event::HardBreak => reading.add(" "),
            Event::Rule => reading.end_line(),
            _ => {}
        }
    }
    reading.end_line();
    reading.blocks
}

fn words(line: &[Span]) -> String {
    line.iter().map(|span| span.words.as_str()).collect()
}

/// The same without any form, for whatever shows plain words only.
pub fn plain(blocks: &[Block]) -> String {
    let block = |block: &Block| match block {
        Block::Heading(line) | Block::Paragraph(line) => words(line),
        Block::List { items, .. } => items.iter().map(|item| format!("– {}", words(item))).collect::<Vec<_>>().join("\n"),
    };
    blocks.iter().map(block).collect::<Vec<_>>().join("\n\n")
}

/// How many headings there are.
pub fn sections(blocks: &[Block]) -> usize {
    blocks.iter().filter(|block| matches!(block, Block::Heading(_))).count()
}
