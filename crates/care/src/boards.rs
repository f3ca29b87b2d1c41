//! Sheets that a whiteboard can begin with: our own, in English and in Spanish. A sheet says where its lines, frames and words lie;
//! how they are drawn is the room's business.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BoardTemplate {
    Feelings,
    Thought,
    Values,
    Control,
    Coping,
    Timeline,
    Thermometer,
}

impl BoardTemplate {
    pub const ALL: [BoardTemplate; 7] = [
        BoardTemplate::Feelings,
        BoardTemplate::Thought,
        BoardTemplate::Values,
        BoardTemplate::Control,
        BoardTemplate::Coping,
        BoardTemplate::Timeline,
        BoardTemplate::Thermometer,
    ];

    /// As it stands in addresses of forms and in what is kept.
    pub fn word(self) -> &'static str {
        match self {
            BoardTemplate::Feelings => "feelings",
            BoardTemplate::Thought => "thought",
            BoardTemplate::Values => "values",
            BoardTemplate::Control => "control",
            BoardTemplate::Coping => "coping",
            BoardTemplate::Timeline => "timeline",
            BoardTemplate::Thermometer => "thermometer",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Frame,
    Ring,
    Line,
}

/// One thing printed on a sheet; measures in steps of the board, which is about 1200 wide and 800 high.
#[derive(Debug, Clone, PartialEq)]
pub enum Print {
    Drawn {
        shape: Shape,
        x: i16,
        y: i16,
        w: i16,
        h: i16,
    },
    /// Words in the middle of a space that is `w` wide.
    Words {
        x: i16,
        y: i16,
        w: i16,
        size: i16,
        text: &'static str,
    },
}

/// English and Spanish beside each other, so that neither is forgotten.
type Both = [&'static str; 2];

const TITLE: i16 = 32;
const HEAD: i16 = 22;
const SMALL: i16 = 18;

struct Pen {
    language: usize,
    prints: Vec<Print>,
}

impl Pen {
    fn drawn(&mut self, shape: Shape, x: i16, y: i16, w: i16, h: i16) {
        self.prints.push(Print::Drawn { shape, x, y, w, h });
    }

    fn words(&mut self, x: i16, y: i16, w: i16, size: i16, text: Both) {
        let text = text.get(self.language).copied().unwrap_or_default();
        self.prints.push(Print::Words { x, y, w, size, text });
    }

    fn title(&mut self, text: Both) {
        self.words(0, 0, 1200, TITLE, text);
    }

    /// Frames beside each other with a heading inside, `across` in each row.
    fn frames(&mut self, heads: &[Both], across: i16, h: i16) {
        let w = 1200 / across;
        for (at, head) in (0..).zip(heads) {
            let (x, y) = (at % across * w, 80 + at / across * (h + 20));
            self.drawn(Shape::Frame, x, y, w - 20, h);
            self.words(x + 10, y + 14, w - 40, HEAD, *head);
        }
    }
}

/// What is printed on a sheet, in this language; English where we do not have it.
pub fn prints(template: BoardTemplate, language: &str) -> Vec<Print> {
    let mut pen = Pen { language: usize::from(language == "es"), prints: Vec::new() };
    match template {
        BoardTemplate::Feelings => feelings(&mut pen),
        BoardTemplate::Thought => thought(&mut pen),
        BoardTemplate::Values => values(&mut pen),
        BoardTemplate::Control => control(&mut pen),
        BoardTemplate::Coping => coping(&mut pen),
        BoardTemplate::Timeline => timeline(&mut pen),
        BoardTemplate::Thermometer => thermometer(&mut pen),
    }
    pen.prints
}

fn feelings(pen: &mut Pen) {
    pen.title(["Where are you on the map right now?", "¿En qué punto del mapa estás ahora?"]);
    pen.drawn(Shape::Line, 100, 440, 1000, 0);
    pen.drawn(Shape::Line, 600, 100, 0, 680);
    pen.words(450, 70, 300, SMALL, ["a lot of energy", "mucha energía"]);
    pen.words(450, 790, 300, SMALL, ["little energy", "poca energía"]);
    pen.words(0, 450, 180, SMALL, ["hard to feel", "cuesta sentirlo"]);
    pen.words(1020, 450, 180, SMALL, ["good to feel", "da gusto sentirlo"]);
    pen.words(150, 140, 400, HEAD, ["tense, angry, afraid", "tensión, enojo, miedo"]);
    pen.words(650, 140, 400, HEAD, ["glad, curious, proud", "alegría, curiosidad, orgullo"]);
    pen.words(150, 700, 400, HEAD, ["sad, tired, lonely", "tristeza, cansancio, soledad"]);
    pen.words(650, 700, 400, HEAD, ["calm, safe, thankful", "calma, seguridad, gratitud"]);
}

fn thought(pen: &mut Pen) {
    pen.title(["Looking at one thought", "Mirar un pensamiento de cerca"]);
    pen.frames(
        &[
            ["What happened", "Qué pasó"],
            ["What went through my mind", "Qué se me pasó por la cabeza"],
            ["What I felt, from 0 to 10", "Qué sentí, de 0 a 10"],
            ["What speaks for it, and what against", "Qué habla a favor y qué en contra"],
            ["Another way to see it", "Otra manera de verlo"],
        ],
        5,
        680,
    );
}

fn values(pen: &mut Pen) {
    pen.title(["What matters to us", "Lo que nos importa"]);
    pen.drawn(Shape::Ring, 300, 120, 600, 600);
    pen.drawn(Shape::Line, 600, 120, 0, 600);
    pen.drawn(Shape::Line, 300, 420, 600, 0);
    pen.words(450, 80, 300, HEAD, ["The people close to me", "Las personas cercanas"]);
    pen.words(920, 405, 280, HEAD, ["Work and learning", "Trabajo y aprender"]);
    pen.words(450, 735, 300, HEAD, ["Body and rest", "Cuerpo y descanso"]);
    pen.words(0, 405, 280, HEAD, ["Play and making things", "Jugar y crear"]);
    pen.words(
        400,
        770,
        400,
        SMALL,
        ["The nearer to the middle, the more room it has in my week.", "Cuanto más al centro, más espacio tiene en mi semana."],
    );
}

fn control(pen: &mut Pen) {
    pen.title(["Whose is it to carry?", "¿A quién le toca cargarlo?"]);
    pen.drawn(Shape::Ring, 150, 80, 900, 700);
    pen.drawn(Shape::Ring, 275, 230, 650, 500);
    pen.drawn(Shape::Ring, 400, 400, 400, 280);
    pen.words(400, 130, 400, HEAD, ["Not mine to steer", "No está en mis manos"]);
    pen.words(400, 280, 400, HEAD, ["I can have a say in it", "En esto puedo influir"]);
    pen.words(450, 450, 300, HEAD, ["In my hands", "Está en mis manos"]);
}

fn coping(pen: &mut Pen) {
    pen.title(["Our menu for hard moments", "Nuestro menú para los momentos difíciles"]);
    pen.frames(
        &[
            ["Small: it takes two minutes", "Pequeño: dos minutos bastan"],
            ["Bigger: it takes half an hour", "Más grande: media hora"],
            ["Together with somebody", "En compañía de alguien"],
            ["When nothing else helps", "Cuando nada más ayuda"],
        ],
        2,
        330,
    );
}

fn timeline(pen: &mut Pen) {
    pen.title(["The way until here, and on", "El camino hasta aquí, y lo que sigue"]);
    pen.drawn(Shape::Line, 50, 420, 1100, 0);
    for x in [50, 600, 1150] {
        pen.drawn(Shape::Line, x, 400, 0, 40);
    }
    pen.words(0, 450, 160, HEAD, ["Then", "Antes"]);
    pen.words(520, 450, 160, HEAD, ["Today", "Hoy"]);
    pen.words(1040, 450, 160, HEAD, ["Later", "Después"]);
    pen.words(350, 90, 500, SMALL, ["above the line: what gave strength", "arriba de la línea: lo que dio fuerza"]);
    pen.words(350, 770, 500, SMALL, ["below the line: what was heavy", "debajo de la línea: lo que pesó"]);
}

fn thermometer(pen: &mut Pen) {
    const STEPS: [&str; 11] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
    pen.title(["How far have we come?", "¿Hasta dónde hemos llegado?"]);
    pen.drawn(Shape::Frame, 560, 100, 80, 640);
    for (at, step) in (0..).zip(STEPS) {
        let y = 720 - at * 60;
        pen.drawn(Shape::Line, 560, y, 30, 0);
        pen.words(500, y - 12, 50, SMALL, [step, step]);
    }
    pen.words(680, 700, 400, HEAD, ["Where we began", "Donde empezamos"]);
    pen.words(680, 400, 400, HEAD, ["Where we are today", "Donde estamos hoy"]);
    pen.words(680, 130, 400, HEAD, ["What one step more would look like", "Cómo se vería un paso más"]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(template: BoardTemplate, language: &str) -> Vec<&'static str> {
        let prints = prints(template, language).into_iter();
        prints.filter_map(|print| if let Print::Words { text, .. } = print { Some(text) } else { None }).collect()
    }

    #[test]
    fn every_sheet_says_the_same_in_both_languages() {
        for template in BoardTemplate::ALL {
            let (en, es) = (words(template, "en"), words(template, "es"));
            assert_eq!(en.len(), es.len(), "{template:?}");
            for (one, other) in en.iter().zip(&es) {
                let digits = one.chars().all(|c| c.is_ascii_digit());
                assert!(!one.is_empty() && !other.is_empty() && (digits || one != other), "{template:?}: {one}");
                assert!(!one.contains('!') && !other.contains(['!', '¡']), "{one} {other}");
            }
            assert_eq!(words(template, "fr"), en, "English where we do not have the language");
        }
    }

    /// Whatever is printed lies on the sheet, and what stands beside each other does not run into each other.
    #[test]
    fn nothing_is_printed_beside_the_sheet() {
        for (template, language) in BoardTemplate::ALL.into_iter().flat_map(|one| [(one, "en"), (one, "es")]) {
            for print in prints(template, language) {
                let (x, y, w, h) = match &print {
                    Print::Drawn { x, y, w, h, .. } => (*x, *y, *w, *h),
                    Print::Words { x, y, w, size, .. } => (*x, *y, *w, *size),
                };
                assert!(x >= 0 && y >= 0 && x + w <= 1200 && y + h <= 830, "{template:?}: {print:?}");
            }
        }
    }

    #[test]
    fn a_sheet_has_its_own_name_on_the_wire() {
        let names: Vec<String> = BoardTemplate::ALL.iter().map(|one| serde_json::to_string(one).unwrap()).collect();
        assert_eq!(names.join(" "), r#""feelings" "thought" "values" "control" "coping" "timeline" "thermometer""#);
    }
}
