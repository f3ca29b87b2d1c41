//! A printed sheet as things on the board: they lie lowest, are locked, and belong to nobody.

use care::boards::{BoardTemplate, Print, Shape, prints};

use super::element::{Element, ElementAlign, ElementKind, ElementWords};

const LINE: f32 = 1.25;
/// About how wide a letter of this size is; words that would not fit get a new line.
const LETTER: f32 = 0.56;
const GREY: &str = "#495057";

/// The sheet in this language, ready to lie on a board.
pub fn printed(template: BoardTemplate, language: &str) -> Vec<Element> {
    (1..).zip(prints(template, language)).map(|(number, print)| thing(number, &print)).collect()
}

fn thing(number: u32, print: &Print) -> Element {
    let (id, index) = (format!("sheet-{number}"), pile(number));
    let base = |kind| Element { seed: number, locked: true, index, ..Element::plain(&id, kind) };
    match *print {
        Print::Drawn { shape, x, y, w, h } => {
            let (x, y, w, h) = (f32::from(x), f32::from(y), f32::from(w), f32::from(h));
            let kind = match shape {
                Shape::Frame => ElementKind::Rectangle,
                Shape::Ring => ElementKind::Ellipse,
                Shape::Line => ElementKind::Line,
            };
            let points = if shape == Shape::Line { vec![0.0, 0.0, w, h] } else { Vec::new() };
            Element { x, y, w, h, points, stroke: GREY.to_owned(), round: shape == Shape::Frame, ..base(kind) }
        }
        Print::Words { x, y, w, size, text } => {
            let size = f32::from(size);
            let text = wrapped(text, (f32::from(w) / (size * LETTER)) as usize);
            let h = text.lines().count() as f32 * size * LINE;
            let words =
                ElementWords { text, size, font: 5, align: ElementAlign::Center, middle: false, line: LINE, auto: false, inside: None };
            Element { x: f32::from(x), y: f32::from(y), w: f32::from(w), h, words: Some(words), ..base(ElementKind::Text) }
        }
    }
}

/// Sorts below everything that people add: browsers begin at `a0`, and what they push to the back begins with a `Z`.
fn pile(number: u32) -> String {
    const DIGITS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let digit = |at: u32| char::from(DIGITS.get(at as usize % DIGITS.len()).copied().unwrap_or(b'0'));
    format!("Y{}{}", digit(number / 62), digit(number % 62))
}

fn wrapped(text: &str, most: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}
