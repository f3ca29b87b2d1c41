//! A whiteboard as it is looked at afterwards: drawn here as SVG, of the few things that a board may hold. Every word is escaped, and there is
//! no script, no link and no picture in it.

use std::fmt::Write;

use room::tools::board::{Element, ElementAlign, ElementDash, ElementKind};

/// Space around what was drawn.
const MARGIN: f32 = 24.0;
/// More points than this are thinned out: a page about an evening must stay light.
const POINTS: usize = 40_000;

#[derive(Debug, Clone, Default)]
pub struct Drawing {
    pub svg: String,
    /// Every text on it, lowest first, for whoever hears the page.
    pub texts: Vec<String>,
}

/// Draws the board; `None` when nothing can be seen on it.
pub fn draw(elements: &[Element], label: &str) -> Option<Drawing> {
    let mut pile: Vec<&Element> = elements.iter().filter(|element| !element.gone).collect();
    pile.sort_by(|one, other| (&one.index, &one.id).cmp(&(&other.index, &other.id)));
    let (left, top, right, bottom) = pile.iter().map(|element| bounds(element)).reduce(around)?;
    let (x, y, w, h) = (left - MARGIN, top - MARGIN, right - left + 2.0 * MARGIN, bottom - top + 2.0 * MARGIN);
    let step = (pile.iter().map(|element| element.points.len() / 2).sum::<usize>() / POINTS).saturating_add(1);
    let mut svg = format!(
        r##"<svg class="board" xmlns="http://www.w3.org/2000/svg" viewBox="{x:.0} {y:.0} {w:.0} {h:.0}" role="img" aria-label="{}"><rect x="{x:.0}" y="{y:.0}" width="{w:.0}" height="{h:.0}" fill="#ffffff"/>"##,
        escaped(label)
    );
    for element in &pile {
        one(&mut svg, element, step);
    }
    svg.push_str("</svg>");
    let texts = pile.iter().filter_map(|element| element.words.as_ref()).map(|words| words.text.replace('\n', " "));
    Some(Drawing { svg, texts: texts.filter(|text| !text.trim().is_empty()).collect() })
}

/// What stood on top of the sheet, or that it was an empty board.
pub fn title(ui: &ground::Ui, template: &str) -> String {
    match template {
        "feelings" | "thought" | "values" | "control" | "coping" | "timeline" | "thermometer" => ui.t(&format!("recap-board-{template}")),
        _ => ui.t("recap-board"),
    }
}

/// The same with the small table at which it lay; 0 is the circle, which needs no word.
pub fn title_at(ui: &ground::Ui, template: &str, table: i64) -> String {
    let title = title(ui, template);
    if table == 0 { title } else { ui.t2("recap-board-table", &("table", &table.to_string()), &("title", &title)) }
}

type Bounds = (f32, f32, f32, f32);

fn around(one: Bounds, other: Bounds) -> Bounds {
    (one.0.min(other.0), one.1.min(other.1), one.2.max(other.2), one.3.max(other.3))
}

fn bounds(element: &Element) -> Bounds {
    let Element { x, y, w, h, .. } = *element;
    let corners = (x.min(x + w), y.min(y + h), x.max(x + w), y.max(y + h));
    // A line may go back behind the corner at which it began.
    points(element, 1).fold(corners, |so_far, (px, py)| around(so_far, (px, py, px, py)))
}

/// Where the points of a line lie on the board; every `step`th of them, and always the last.
fn points(element: &Element, step: usize) -> impl Iterator<Item = (f32, f32)> + Clone {
    let (pairs, _) = element.points.as_chunks::<2>();
    let last = pairs.len().saturating_sub(1);
    let (x, y) = (element.x, element.y);
    pairs.iter().enumerate().filter(move |(at, _)| at % step == 0 || *at == last).map(move |(_, [px, py])| (x + px, y + py))
}

fn one(svg: &mut String, element: &Element, step: usize) {
    let Element { x, y, w, h, .. } = *element;
    let (left, top, w, h) = (x.min(x + w), y.min(y + h), w.abs(), h.abs());
    let (cx, cy) = (left + w / 2.0, top + h / 2.0);
    svg.push_str("<g");
    if element.angle != 0.0 {
        put(svg, format_args!(r#" transform="rotate({:.1} {cx:.1} {cy:.1})""#, element.angle.to_degrees()));
    }
    if element.opacity < 100 {
        put(svg, format_args!(r#" opacity="{:.2}""#, f32::from(element.opacity) / 100.0));
    }
    svg.push('>');
    match element.kind {
        ElementKind::Rectangle => {
            let round = if element.round { (w.min(h) / 4.0).min(32.0) } else { 0.0 };
            put(svg, format_args!(r#"<rect x="{left:.1}" y="{top:.1}" width="{w:.1}" height="{h:.1}" rx="{round:.1}""#));
            look(svg, element, 1.0, true);
        }
        ElementKind::Ellipse => {
            put(svg, format_args!(r#"<ellipse cx="{cx:.1}" cy="{cy:.1}" rx="{:.1}" ry="{:.1}""#, w / 2.0, h / 2.0));
            look(svg, element, 1.0, true);
        }
        ElementKind::Diamond => {
            let (right, bottom) = (left + w, top + h);
            put(svg, format_args!(r#"<path d="M{cx:.1} {top:.1}L{right:.1} {cy:.1}L{cx:.1} {bottom:.1}L{left:.1} {cy:.1}Z""#));
            look(svg, element, 1.0, true);
        }
        ElementKind::Line | ElementKind::Arrow => {
            path(svg, points(element, step));
            look(svg, element, 1.0, true);
            heads(svg, element);
        }
        ElementKind::Freedraw => {
            path(svg, points(element, step));
            look(svg, element, 1.6, false);
        }
        ElementKind::Text => text(svg, element),
    }
    svg.push_str("</g>");
}

/// The end of a shape's tag: how it is drawn.
fn look(svg: &mut String, element: &Element, thicker: f32, filled: bool) {
    let width = f32::from(element.width) * thicker;
    let fill = if filled && element.fill != "transparent" { element.fill.as_str() } else { "none" };
    put(svg, format_args!(r#" fill="{}" stroke="{}" stroke-width="{width:.1}""#, escaped(fill), escaped(&element.stroke)));
    if element.hatched && fill != "none" {
        svg.push_str(r#" fill-opacity="0.35""#);
    }
    match element.dash {
        ElementDash::Solid => {}
        ElementDash::Dashed => put(svg, format_args!(r#" stroke-dasharray="{:.0} {:.0}""#, width * 4.0, width * 3.0)),
        ElementDash::Dotted => put(svg, format_args!(r#" stroke-dasharray="1 {:.0}""#, width * 3.0)),
    }
    svg.push_str(r#" stroke-linecap="round" stroke-linejoin="round"/>"#);
}

fn path(svg: &mut String, points: impl Iterator<Item = (f32, f32)>) {
    svg.push_str(r#"<path d=""#);
    for (at, (x, y)) in points.enumerate() {
        put(svg, format_args!("{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' }));
    }
    svg.push('"');
}

/// Arrowheads: two short lines at an end, half open.
fn heads(svg: &mut String, element: &Element) {
    let Some(ends) = &element.ends else { return };
    let line: Vec<(f32, f32)> = points(element, 1).collect();
    let [first, .., last] = line.as_slice() else { return };
    let [before, after] = [line.get(line.len() - 2), line.get(1)].map(|point| point.copied().unwrap_or(*first));
    for (tip, from) in [(*last, before), (*first, after)].into_iter().zip([ends.head, ends.tail]).filter_map(|(end, is)| is.then_some(end))
    {
        let direction = (tip.1 - from.1).atan2(tip.0 - from.0);
        let wing = |turn: f32| (tip.0 - 18.0 * (direction + turn).cos(), tip.1 - 18.0 * (direction + turn).sin());
        path(svg, [wing(0.4), tip, wing(-0.4)].into_iter());
        look(svg, &Element { dash: ElementDash::Solid, ..element.clone() }, 1.0, false);
    }
}

fn text(svg: &mut String, element: &Element) {
    let Some(words) = &element.words else { return };
    let (x, anchor) = match words.align {
        ElementAlign::Left => (element.x, "start"),
        ElementAlign::Center => (element.x + element.w / 2.0, "middle"),
        ElementAlign::Right => (element.x + element.w, "end"),
    };
    put(svg, format_args!(r#"<text font-size="{:.1}" text-anchor="{anchor}" fill="{}">"#, words.size, escaped(&element.stroke)));
    for (at, line) in words.text.split('\n').enumerate() {
        let y = element.y + words.size * (0.9 + at as f32 * words.line);
        put(svg, format_args!(r#"<tspan x="{x:.1}" y="{y:.1}">{}</tspan>"#, escaped(line)));
    }
    svg.push_str("</text>");
}

/// Writing into a string cannot fail.
fn put(svg: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = svg.write_fmt(arguments);
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // What no page may hold is left out.
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use care::boards::BoardTemplate;
    use room::tools::board::{ElementEnds, ElementWords, printed};

    use super::*;

    fn plain(id: &str, kind: ElementKind) -> Element {
        let points = if matches!(kind, ElementKind::Line | ElementKind::Arrow | ElementKind::Freedraw) {
            vec![0.0, 0.0, 30.0, -40.0]
        } else {
            vec![]
        };
        Element { x: 10.0, y: 20.0, w: 30.0, h: 40.0, points, ..Element::plain(id, kind) }
    }

    fn says(id: &str, text: &str) -> Element {
        let words = ElementWords {
            text: text.into(),
            size: 20.0,
            font: 5,
            align: ElementAlign::Left,
            middle: false,
            line: 1.25,
            auto: true,
            inside: None,
        };
        Element { words: Some(words), ..plain(id, ElementKind::Text) }
    }

    /// Whatever stands on a board is words in the page. The names of all tags and attributes are ours.
    #[track_caller]
    fn is_harmless(svg: &str) {
        const TAGS: [&str; 7] = ["svg", "g", "rect", "ellipse", "path", "text", "tspan"];
        for tag in svg.split('<').skip(1) {
            let name = tag.trim_start_matches('/').split([' ', '>', '/']).next().unwrap();
            assert!(TAGS.contains(&name), "{name} in {svg}");
            let attributes = tag.split('>').next().unwrap();
            assert_eq!(attributes.matches('"').count() % 2, 0, "{attributes}");
            for attribute in attributes.split('"').step_by(2).flat_map(|gap| gap.split_whitespace()).filter(|word| word.ends_with('=')) {
                assert!(!attribute.starts_with("on") && !attribute.contains("href"), "{attribute}");
            }
        }
        assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count());
    }

    #[test]
    fn every_kind_is_drawn_and_none_is_anything_else() {
        use ElementKind::{Arrow, Diamond, Ellipse, Freedraw, Line, Rectangle};
        for (kind, tag) in [
            (Rectangle, r#"<rect x="10.0" y="20.0" width="30.0" height="40.0" rx="0.0""#),
            (Ellipse, r#"<ellipse cx="25.0" cy="40.0" rx="15.0" ry="20.0""#),
            (Diamond, r#"<path d="M25.0 20.0L40.0 40.0L25.0 60.0L10.0 40.0Z""#),
            (Line, r#"<path d="M10.0 20.0L40.0 -20.0""#),
            (Arrow, r#"<path d="M10.0 20.0L40.0 -20.0""#),
            (Freedraw, r##"<path d="M10.0 20.0L40.0 -20.0" fill="none" stroke="#1e1e1e" stroke-width="3.2""##),
        ] {
            let svg = draw(&[plain("a", kind)], "A board").unwrap().svg;
            assert!(svg.contains(tag), "{svg}");
            is_harmless(&svg);
        }
        let svg = draw(&[says("a", "one\ntwo")], "A board").unwrap().svg;
        assert!(svg.contains(r#"<tspan x="10.0" y="38.0">one</tspan><tspan x="10.0" y="63.0">two</tspan>"#), "{svg}");
    }

    #[test]
    fn how_it_is_drawn_is_kept() {
        let element = Element {
            angle: std::f32::consts::PI,
            opacity: 40,
            fill: "#ffec99".into(),
            hatched: true,
            dash: ElementDash::Dashed,
            round: true,
            w: -30.0,
            ..plain("a", ElementKind::Rectangle)
        };
        let svg = draw(&[element], "A board").unwrap().svg;
        for part in [
            "rotate(180.0 -5.0 40.0)",
            r#"opacity="0.40""#,
            r##"fill="#ffec99""##,
            "fill-opacity",
            r#"dasharray="8 6""#,
            r#"x="-20.0""#,
            r#"rx="7.5""#,
        ] {
            assert!(svg.contains(part), "{part} in {svg}");
        }
        let ends = Some(ElementEnds { head: true, tail: true, ..ElementEnds::default() });
        let arrow = Element { ends, ..plain("a", ElementKind::Arrow) };
        assert_eq!(draw(&[arrow], "A board").unwrap().svg.matches("<path").count(), 3, "a line and two heads");
    }

    #[test]
    fn what_lies_lower_is_drawn_first_and_what_is_gone_not_at_all() {
        let low = Element { index: "Zz".into(), ..says("b", "below") };
        let gone = Element { gone: true, ..plain("c", ElementKind::Rectangle) };
        let drawing = draw(&[says("a", "above"), low, gone.clone()], "A board").unwrap();
        assert!(drawing.svg.find("below") < drawing.svg.find("above"));
        assert_eq!((drawing.texts, drawing.svg.matches("<rect").count()), (vec!["below".to_owned(), "above".to_owned()], 1));
        assert!(draw(&[gone], "A board").is_none() && draw(&[], "A board").is_none());
    }

    /// People write what they like, and some write this.
    #[test]
    fn words_stay_words() {
        for text in [
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "</text></svg><iframe src=//evil>",
            "' onload='alert(1)",
            "<![CDATA[<b>]]>",
            "&lt;script&gt;",
            "<!--",
            "javascript:alert(1)",
            "<svg/onload=alert(1)>",
            "\u{202e}gnp.exe",
            "a\u{0}b\u{7}",
            "<a xlink:href='javascript:1'>x</a>",
            "{{7*7}}${7*7}",
            "]]><script>",
        ] {
            let drawing = draw(&[says("a", text)], text).unwrap();
            is_harmless(&drawing.svg);
            assert!(!drawing.svg.contains("<script") && !drawing.svg.contains("<img") && !drawing.svg.contains('\u{0}'), "{}", drawing.svg);
        }
        let bent = Element { stroke: "\"/><script>".into(), fill: "url(//evil)".into(), ..plain("a", ElementKind::Rectangle) };
        is_harmless(&draw(&[bent], "A board").unwrap().svg);
    }

    #[test]
    fn the_page_stays_light_however_much_was_drawn() {
        let stroke =
            |n: usize| Element { points: (0..4_000).map(|at| at as f32).collect(), ..plain(&format!("s{n}"), ElementKind::Freedraw) };
        let strokes: Vec<Element> = (0..300).map(stroke).collect();
        let svg = draw(&strokes, "A board").unwrap().svg;
        assert!(svg.len() < 900_000, "{}", svg.len());
        assert!(svg.contains("L4008.0 4019.0"), "and every stroke still ends where it ended");
    }

    #[test]
    fn a_board_of_a_table_says_which() {
        use ground::{Language, Ui};
        let says = |language, template, table| title_at(&Ui::sample(language, None), template, table);
        assert_eq!(says(Language::English, "control", 0), "Circle of control", "the circle's own needs no word");
        assert_eq!(says(Language::English, "control", 2), "Table 2 · Circle of control");
        assert_eq!(says(Language::Spanish, "", 7), "Mesa 7 · La pizarra");
    }

    #[test]
    fn printed_sheets_are_drawn_with_their_words() {
        for template in BoardTemplate::ALL {
            for language in ["en", "es"] {
                let drawing = draw(&printed(template, language), "A board").unwrap();
                is_harmless(&drawing.svg);
                assert!(drawing.texts.len() >= 4, "{template:?} {language}: {:?}", drawing.texts);
            }
        }
    }
}
