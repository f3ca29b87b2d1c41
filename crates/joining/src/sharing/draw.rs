//! Draws the picture that other programs show beside a link: paper, a ring of seats around a light, and a few words. Pure: colours and words
//! in, PNG out. Letters come from the two bundled fonts.

use std::sync::LazyLock;

use tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Transform};
use ttf_parser::{Face, GlyphId, OutlineBuilder, Tag};

pub const WIDTH: u32 = 1200;
pub const HEIGHT: u32 = 630;
const LEFT: f32 = 84.0;
/// Where words end, so that they never run into the ring.
const RIGHT: f32 = 762.0;

pub type Rgb = (u8, u8, u8);

const PAPER: Rgb = (0xfb, 0xf7, 0xf1);
const INK: Rgb = (0x2a, 0x26, 0x22);
const SOFT: Rgb = (0x6b, 0x62, 0x5a);
const NIGHT: Rgb = (0x1d, 0x19, 0x17);
const GLOW: Rgb = (0xf3, 0xb5, 0x62);

/// What a picture says. Everything on it is public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub practice: String,
    pub title: String,
    pub lines: Vec<String>,
    /// The practice's colour, and its light wash.
    pub colour: Rgb,
    pub wash: Rgb,
}

/// The fonts as a reader of outlines wants them; `None` if one cannot be unpacked, and then there is no picture.
static FONTS: LazyLock<Option<(Vec<u8>, Vec<u8>)>> = LazyLock::new(|| {
    let unpacked = |name| ground::web::font(name).and_then(|packed| wuff::decompress_woff2(packed).ok());
    unpacked("fraunces.woff2").zip(unpacked("figtree.woff2"))
});

/// One font at one weight and size.
struct Type<'a> {
    face: Face<'a>,
    size: f32,
}

impl<'a> Type<'a> {
    fn new(bytes: &'a [u8], weight: f32, size: f32) -> Option<Type<'a>> {
        let mut face = Face::parse(bytes, 0).ok()?;
        face.set_variation(Tag::from_bytes(b"wght"), weight);
        Some(Type { face, size })
    }

    fn scale(&self) -> f32 {
        self.size / f32::from(self.face.units_per_em())
    }

    /// Letters that the font does not have are left out: a box is no letter.
    fn glyphs(&self, text: &str) -> Vec<GlyphId> {
        text.chars().filter_map(|c| self.face.glyph_index(c)).collect()
    }

    fn width(&self, text: &str) -> f32 {
        let advances = self.glyphs(text).into_iter().map(|glyph| f32::from(self.face.glyph_hor_advance(glyph).unwrap_or(0)));
        advances.sum::<f32>() * self.scale()
    }

    /// As many lines as fit; what is left of a long name ends in an ellipsis.
    fn wrapped(&self, text: &str, width: f32, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}")) <= width => *line = format!("{line} {word}"),
                _ => lines.push(word.to_owned()),
            }
        }
        let is_cut = lines.len() > most;
        lines.truncate(most);
        let last = lines.len();
        for (index, line) in lines.iter_mut().enumerate() {
            let ends = is_cut && index + 1 == last;
            if ends || self.width(line) > width {
                *line = self.shortened(line, width);
            }
        }
        lines
    }

    fn shortened(&self, line: &str, width: f32) -> String {
        let mut kept: String = line.to_owned();
        while !kept.is_empty() && self.width(&format!("{kept}…")) > width {
            kept.pop();
        }
        format!("{}…", kept.trim_end())
    }
}

/// Outlines of a line of text, its baseline at `y`.
struct Pen {
    path: PathBuilder,
    x: f32,
    y: f32,
    scale: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

fn paint(colour: Rgb) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(colour.0, colour.1, colour.2, 255);
    paint.anti_alias = true;
    paint
}

fn fill(map: &mut Pixmap, path: Option<Path>, colour: Rgb) {
    if let Some(path) = path {
        map.fill_path(&path, &paint(colour), FillRule::Winding, Transform::identity(), None);
    }
}

fn circle(map: &mut Pixmap, x: f32, y: f32, radius: f32, colour: Rgb) {
    fill(map, PathBuilder::from_circle(x, y, radius), colour);
}

fn write(map: &mut Pixmap, text: &str, font: &Type<'_>, y: f32, colour: Rgb) {
    let mut pen = Pen { path: PathBuilder::new(), x: LEFT, y, scale: font.scale() };
    for glyph in font.glyphs(text) {
        font.face.outline_glyph(glyph, &mut pen);
        pen.x += f32::from(font.face.glyph_hor_advance(glyph).unwrap_or(0)) * pen.scale;
    }
    fill(map, pen.path.finish(), colour);
}

/// Eight seats around a light, as in the mark.
fn ring(map: &mut Pixmap, picture: &Picture) {
    let (x, y) = (985.0, 300.0);
    circle(map, x, y, 212.0, picture.wash);
    circle(map, x, y, 190.0, NIGHT);
    circle(map, x, y, 62.0, GLOW);
    for seat in 0..8u8 {
        let turn = f32::from(seat) * std::f32::consts::TAU / 8.0 - std::f32::consts::FRAC_PI_2;
        circle(map, x + 132.0 * turn.cos(), y + 132.0 * turn.sin(), 26.0, picture.colour);
    }
}

/// The picture as PNG; `None` if the fonts cannot be read.
pub fn png(picture: &Picture) -> Option<Vec<u8>> {
    let (display, body) = FONTS.as_ref()?;
    let mut map = Pixmap::new(WIDTH, HEIGHT)?;
    map.fill(Color::from_rgba8(PAPER.0, PAPER.1, PAPER.2, 255));
    ring(&mut map, picture);
    let bar = Rect::from_xywh(0.0, HEIGHT as f32 - 14.0, WIDTH as f32, 14.0)?;
    map.fill_rect(bar, &paint(picture.colour), Transform::identity(), None);
    let name = Type::new(body, 600.0, 34.0)?;
    let practice = name.wrapped(&picture.practice, RIGHT - LEFT, 1);
    write(&mut map, practice.first().map_or("", String::as_str), &name, 112.0, SOFT);
    let title = Type::new(display, 600.0, 78.0)?;
    let titles = title.wrapped(&picture.title, RIGHT - LEFT, 3);
    let mut y = 300.0 - 44.0 * (titles.len() as f32 - 1.0);
    for line in &titles {
        write(&mut map, line, &title, y, INK);
        y += 90.0;
    }
    let text = Type::new(body, 500.0, 36.0)?;
    y += 2.0;
    for line in picture.lines.iter().flat_map(|line| text.wrapped(line, RIGHT - LEFT, 2)) {
        write(&mut map, &line, &text, y, SOFT);
        y += 50.0;
    }
    map.encode_png().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn picture(title: &str) -> Picture {
        Picture {
            practice: "Lantern House".into(),
            title: title.into(),
            lines: vec!["Every Tuesday, 6:30 pm".into()],
            colour: (0xc4, 0x51, 0x2d),
            wash: (0xfb, 0xe9, 0xe2),
        }
    }

    fn read(png: &[u8]) -> Pixmap {
        Pixmap::decode_png(png).unwrap()
    }

    /// Whether anything but paper stands left of the ring, between these heights.
    fn is_written(map: &Pixmap, from: u32, to: u32) -> bool {
        (from..to).any(|y| (LEFT as u32..700).any(|x| map.pixel(x, y).is_some_and(|p| (p.red(), p.green(), p.blue()) != PAPER)))
    }

    #[test]
    fn the_picture_has_its_size_its_words_and_the_colour_of_the_practice() {
        let map = read(&png(&picture("Steady Ground")).unwrap());
        assert_eq!((map.width(), map.height()), (WIDTH, HEIGHT));
        assert!(is_written(&map, 85, 115) && is_written(&map, 240, 302) && is_written(&map, 360, 400), "name, title, time");
        let bar = map.pixel(600, HEIGHT - 5).unwrap();
        assert_eq!((bar.red(), bar.green(), bar.blue()), (0xc4, 0x51, 0x2d));
    }

    #[test]
    fn other_words_are_another_picture_and_the_same_words_the_same() {
        assert_eq!(png(&picture("Steady Ground")), png(&picture("Steady Ground")));
        assert_ne!(png(&picture("Steady Ground")), png(&picture("After Loss")));
        assert_ne!(png(&picture("Año nuevo")), png(&picture("Ano nuevo")), "Spanish letters are drawn");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

        #[test]
        fn whatever_a_group_is_called_there_is_a_picture_and_words_stay_left_of_the_ring(title in "\\PC{0,120}") {
            let (display, _) = FONTS.as_ref().unwrap();
            let font = Type::new(display, 600.0, 78.0).unwrap();
            let lines = font.wrapped(&title, RIGHT - LEFT, 3);
            prop_assert!(lines.len() <= 3 && lines.iter().all(|line| font.width(line) <= RIGHT - LEFT + 1.0));
            prop_assert!(png(&picture(&title)).is_some());
        }
    }
}
