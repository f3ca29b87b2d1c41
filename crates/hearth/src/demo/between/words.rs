//! What the people of the demo wrote between their sessions. All of it is made up, and nobody here is in danger.

use care::{
    messages::Reaction::{self, Heard, MeToo, Thanks, WithYou},
    strategies::Went::{self, DidNot, Helped, Partly},
};

/// So many days ago, at that time on the practice's clock.
pub type When = (i64, i8, i8);

pub const AMARA: &str = "Dr. Amara Osei";
pub const BEN: &str = "Ben Adler";
pub const RUI: &str = "Rui Alves";
pub const MAYA: &str = "Maya Lindqvist";
pub const THEO: &str = "Theo Grant";
pub const PRIYA: &str = "Priya Nair";
pub const JONAS: &str = "Jonas Weber";
pub const LUCIA: &str = "Lucía Fernández";
pub const SAM: &str = "Sam Okoro";
pub const NOOR: &str = "Noor Haddad";
pub const ELIF: &str = "Elif Demir";
pub const OWEN: &str = "Owen Price";
pub const GRACE: &str = "Grace Liu";
pub const IVY: &str = "Ivy Brooks";

/// A line in a channel.
pub struct Line {
    pub by: &'static str,
    pub at: When,
    pub text: &'static str,
    /// Which line of the same channel it answers.
    pub reply: Option<usize>,
    pub as_leaders: bool,
    pub quiet: &'static [(&'static str, Reaction)],
}

const fn line(by: &'static str, at: When, text: &'static str) -> Line {
    Line { by, at, text, reply: None, as_leaders: false, quiet: &[] }
}

const fn answer(by: &'static str, at: When, text: &'static str, to: usize) -> Line {
    Line { by, at, text, reply: Some(to), as_leaders: false, quiet: &[] }
}

impl Line {
    const fn quiet(self, quiet: &'static [(&'static str, Reaction)]) -> Line {
        Line { quiet, ..self }
    }

    const fn by_leaders(self) -> Line {
        Line { as_leaders: true, ..self }
    }
}

/// The channel of Steady Ground.
#[rustfmt::skip]
pub const GROUP: &[Line] = &[
    line(AMARA, (5, 17, 10), "Between our evenings this place is yours. One line is enough, and nobody has to answer. We read here on weekdays; when something cannot wait, press \"Crisis help\".").by_leaders().quiet(&[(SAM, Thanks)]),
    line(THEO, (5, 20, 32), "I tried the long breath in the queue at the pharmacy. The queue did not get shorter. I did not leave it, though.").quiet(&[(PRIYA, WithYou), (NOOR, Heard), (MAYA, MeToo)]),
    answer(PRIYA, (5, 21, 10), "I laughed out loud on the bus. I have the dentist next, I will try it there.", 1),
    line(JONAS, (4, 7, 50), "A short night and a quiet morning. I wrote the worry on a card and put it in the drawer, as we did in the room. It is still in the drawer.").quiet(&[(ELIF, Heard), (LUCIA, Thanks)]),
    line(LUCIA, (4, 12, 15), "Anoche dejé el teléfono en la cocina y dormí seis horas seguidas. Lo escribo en español porque así me sale.").quiet(&[(JONAS, Thanks), (SAM, WithYou)]),
    answer(MAYA, (4, 12, 41), "Six hours. I am glad for you, and I understood every word.", 4),
    line(SAM, (3, 18, 20), "What do you do in the ten minutes before a call that you would rather not make? I have one tomorrow."),
    answer(NOOR, (3, 18, 58), "I stand up and read the first sentence aloud once, to nobody. Then only the second one is new.", 6).quiet(&[(SAM, Thanks)]),
    line(SAM, (2, 17, 45), "The call is made. It took four minutes. I had carried it for nine days.").quiet(&[(THEO, WithYou), (ELIF, MeToo), (AMARA, Heard)]),
    answer(ELIF, (2, 18, 30), "Four minutes against nine days. I am going to keep that.", 8),
    line(THEO, (1, 8, 15), "A wave at eight this morning, gone by twenty past. I watched it go with a cup of tea.").quiet(&[(JONAS, Heard)]),
    line(NOOR, (1, 20, 5), "Walked home the long way. Nothing else to report, and that is the report."),
];

/// How many of the last lines Maya and Lucía have not read yet.
pub const UNREAD: i64 = 2;

/// What Maya wrote to staff, and what Lucía did. Each is answered.
#[rustfmt::skip]
pub const TO_STAFF: &[&[Line]] = &[
    &[
        line(MAYA, (3, 9, 12), "The dentist could only see me in the afternoon before our next evening. I may come ten minutes late. Is that all right for the group?"),
        answer(AMARA, (3, 11, 40), "It is. We begin with the check-in and keep your turn for you. Come to the door as always, and you will be let in.", 0).quiet(&[(MAYA, Thanks)]),
    ],
    &[
        line(LUCIA, (6, 19, 5), "¿Puedo escribir las tareas en español?"),
        answer(BEN, (5, 9, 20), "Claro que sí. Escríbelas como te salgan, las leemos en los dos idiomas.", 0).quiet(&[(LUCIA, Thanks)]),
    ],
];

/// The channel of Skills for Hard Days.
#[rustfmt::skip]
pub const CLASS: &[Line] = &[
    line(RUI, (4, 10, 0), "The sheet of this week lies in the library. Try one line of it before the weekend, no more than that.").by_leaders().quiet(&[(GRACE, Thanks), (IVY, Thanks)]),
    line(GRACE, (3, 19, 40), "One line done, in the car, before I went in. It was worth the three minutes.").quiet(&[(OWEN, Heard)]),
];

/// Grace's circle.
#[rustfmt::skip]
pub const CIRCLE: &[Line] = &[
    line(GRACE, (3, 20, 2), "Saturday at ten, by the gate of the park? We walk to the pond and back, and each of us tries one skill on the way."),
    answer(OWEN, (3, 20, 30), "I am in. I take the one where you name five things you see.", 0).quiet(&[(GRACE, Thanks)]),
];
pub const CIRCLE_FOR: &str = "A walk on Saturdays, and one skill on the way";

/// What somebody answered to the small question on the last days that it was asked: mood, word, line.
pub type Small = (&'static str, &'static [(u8, &'static str, &'static str)]);

#[rustfmt::skip]
pub const SMALL: &[Small] = &[
    (MAYA, &[(4, "lighter", ""), (3, "tired", "A full day.")]),
    (THEO, &[(4, "steady", "Tea and a wave.")]),
    (JONAS, &[(3, "", ""), (2, "heavy", "Short night."), (3, "", "")]),
    (LUCIA, &[(4, "descansada", ""), (4, "", "")]),
    (NOOR, &[(3, "slow", "")]),
];

/// What somebody tried, and who tried it too.
pub struct Tried {
    pub by: &'static str,
    pub named: bool,
    pub at: When,
    pub went: Went,
    pub skill: &'static str,
    /// Situation, what was tried, why, and for whom it may not be.
    pub told: [&'static str; 4],
    pub too: &'static [(&'static str, Went, &'static str)],
}

#[rustfmt::skip]
pub const WHAT_HELPED: &[Tried] = &[
    Tried { by: LUCIA, named: true, at: (9, 18, 0), went: Partly, skill: "stress",
        told: ["Domingo por la tarde, cuando pienso en la semana", "Escribo tres cosas del lunes y cierro el cuaderno.", "Ayuda hasta la cena. Después vuelvo a pensar en ello, pero menos.", ""],
        too: &[(MAYA, Helped, "With coffee, and only two things.")] },
    Tried { by: PRIYA, named: true, at: (7, 21, 30), went: DidNot, skill: "",
        told: ["The evening before something important", "Read everything about it until midnight, to be ready.", "The more I read, the more there was to read. I was ready and had not slept.", "Perhaps it is different for short things."],
        too: &[] },
    Tried { by: JONAS, named: false, at: (4, 8, 10), went: Helped, skill: "emotion-regulation",
        told: ["Lying awake with a list in my head", "Wrote the list on a card and put the card in a drawer in another room.", "The drawer keeps it. I do not have to.", ""],
        too: &[(LUCIA, Helped, "Con el teléfono también: lo dejé en la cocina."), (SAM, Partly, "")] },
    Tried { by: THEO, named: true, at: (3, 20, 15), went: Helped, skill: "stress",
        told: ["A queue, a waiting room, anywhere I cannot leave at once", "Breathe out longer than in, six times, and count everything that is red.", "Counting gives the worry something smaller to do.", "Whoever gets dizzy from slow breathing: then only the counting."],
        too: &[(PRIYA, Helped, "At the dentist. I counted yellow."), (NOOR, Partly, "The counting yes. The breathing made me notice it more.")] },
];

/// A question of Dr. Osei to the group, and who answered.
pub struct Question {
    pub at: When,
    pub text: &'static str,
    pub answers: &'static [(&'static str, When, &'static str)],
}

#[rustfmt::skip]
pub const QUESTIONS: &[Question] = &[
    Question { at: (10, 9, 0), text: "Who noticed that you had a better day, and by what?", answers: &[
        (ELIF, (9, 8, 0), "My neighbour. I had the window open and the radio on."),
        (MAYA, (9, 19, 20), "Nobody said so. I noticed it myself, because I hummed in the lift."),
        (SAM, (8, 12, 0), "My son. He said that I asked him a second question."),
    ] },
    Question { at: (3, 9, 0), text: "What is a little easier now than it was a month ago?", answers: &[
        (PRIYA, (3, 13, 5), "Saying that I need a minute, and then taking it."),
        (LUCIA, (2, 20, 40), "Contestar al teléfono sin mirar antes quién llama."),
        (JONAS, (2, 22, 10), "Mornings. Not the nights yet, but the mornings."),
        (THEO, (1, 9, 30), "Staying where I am."),
    ] },
];

/// What somebody shared by choice: a milestone, or not.
pub struct Shared {
    pub by: &'static str,
    pub at: When,
    pub milestone: bool,
    pub words: &'static str,
    pub quiet: &'static [(&'static str, &'static str)],
}

#[rustfmt::skip]
pub const MOMENTS: &[Shared] = &[
    Shared { by: JONAS, at: (6, 20, 0), milestone: false, words: "I said no to the birthday at the last minute. I wrote to her the next day, and she answered kindly.", quiet: &[(LUCIA, "with-you"), (SAM, "me-too")] },
    Shared { by: PRIYA, at: (2, 16, 45), milestone: true, words: "I drove over the bridge on my own, with the windows open and the radio on.", quiet: &[(THEO, "well-done"), (ELIF, "glad"), (AMARA, "glad"), (LUCIA, "me-too")] },
];

/// Maya's letters: when she wrote, in how many days it opens, and the words.
#[rustfmt::skip]
pub const LETTERS: &[(When, i64, &str)] = &[
    ((33, 21, 0), -1, "Dear Maya,\n\nthis is the first week. I am writing down that I came, because I nearly did not. If you read this, you have come more than once.\n\nWhat I would like you to remember: nobody minded that I said nothing.\n\nMaya"),
    ((12, 20, 30), 80, "Dear Maya,\n\ntonight I said something in the group and my voice held. I do not know what winter is like where you are. Have a look whether the phone still sleeps in the kitchen.\n\nMaya"),
];

/// Title, lead and text in English, then in Spanish.
pub type Words = [[&'static str; 3]; 2];

#[rustfmt::skip]
pub const NOTE_FOR_ALL: Words = [
    ["A plan that fits into five minutes", "The smallest version of a good intention is the one that gets done.",
        "Most of us make plans on a good day and keep them on a bad one. That is why they break.\n\n## Make it small\n\nTake what you want to do this week and shorten it until it would fit into five minutes. Not a run, but shoes on and once around the house. Not the whole letter, but its first sentence.\n\n## Give it a place\n\nSay when and where: after the first coffee, at the kitchen table. A plan with a place finds you by itself.\n\n## Let it be enough\n\nIf you do more, good. If you do only the five minutes, you have kept your word to yourself."],
    ["Un plan que cabe en cinco minutos", "La versión más pequeña de un buen propósito es la que se cumple.",
        "Casi todos hacemos planes en un día bueno y los cumplimos en uno malo. Por eso se rompen.\n\n## Hazlo pequeño\n\nToma lo que quieres hacer esta semana y acórtalo hasta que quepa en cinco minutos. No salir a correr, sino ponerte los zapatos y dar una vuelta a la casa. No la carta entera, sino su primera frase.\n\n## Dale un lugar\n\nDi cuándo y dónde: después del primer café, en la mesa de la cocina. Un plan con lugar te encuentra solo.\n\n## Que sea suficiente\n\nSi haces más, bien. Si haces solo los cinco minutos, has cumplido contigo."],
];

#[rustfmt::skip]
pub const NOTE_FOR_MEMBERS: Words = [
    ["When you would rather not come tonight", "It happens to almost everybody around the fourth week. A few words for that evening.",
        "There are evenings when the sofa is stronger. You do not need a reason for that, and you do not need to fight it alone.\n\n- Open the door page half an hour early and look at it. Nothing more.\n- You may come and only listen. Say so at the door, and nobody will ask you.\n- You may come late. Your chair is yours.\n\nAnd if you stay at home, tell us with one tap under \"I can't come\". Then nobody worries, and next week begins where you are."],
    ["Cuando esta noche preferirías no venir", "Le pasa a casi todo el mundo hacia la cuarta semana. Unas palabras para esa noche.",
        "Hay noches en que el sofá puede más. No hace falta un motivo, y no tienes que luchar a solas.\n\n- Abre la página de la puerta media hora antes y mírala. Nada más.\n- Puedes venir y solo escuchar. Dilo en la puerta y nadie te preguntará.\n- Puedes llegar tarde. Tu silla es tuya.\n\nY si te quedas en casa, avísanos con un toque en «No puedo ir». Así nadie se preocupa, y la semana que viene empieza donde tú estés."],
];

#[rustfmt::skip]
pub const ARTICLE: Words = [
    ["Your first evening with us", "What happens from the door to the goodbye, so that nothing of it comes as a surprise.",
        "You will not be asked to tell your story. The first evening is there to get to know the room.\n\n## At the door\n\nThe page looks after your camera and microphone and asks where you are tonight. Then you wait a moment, and one of us lets you in.\n\n## In the circle\n\nEverybody says how they come, in a word or a number. You can pass, here and at any time later: one press is enough and nobody asks why.\n\n## Before you go\n\nEach of us takes one thing along. Write yours down; it waits for you in the recap the next morning.\n\nIf something felt wrong, write to us under Messages. One of us answers on the next working day."],
    ["Tu primera noche con nosotros", "Lo que pasa desde la puerta hasta la despedida, para que nada te tome por sorpresa.",
        "Nadie te pedirá que cuentes tu historia. La primera noche es para conocer la sala.\n\n## En la puerta\n\nLa página revisa tu cámara y tu micrófono y pregunta dónde estás esta noche. Después esperas un momento y alguien del equipo te deja entrar.\n\n## En el círculo\n\nCada persona dice cómo llega, con una palabra o un número. Puedes pasar, ahora y siempre: basta un toque y nadie pregunta por qué.\n\n## Antes de irte\n\nCada quien se lleva algo. Anota lo tuyo; te espera en el resumen a la mañana siguiente.\n\nSi algo no te sentó bien, escríbenos en Mensajes. Respondemos el siguiente día laborable."],
];
pub const ARTICLE_SLUG: &str = "your-first-evening-with-us";
