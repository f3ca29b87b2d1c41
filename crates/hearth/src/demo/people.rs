//! Who is in the demo practice. Nobody here exists.

use ground::Role;

pub struct Made {
    pub name: &'static str,
    pub role: Role,
    pub language: &'static str,
}

const fn made(name: &'static str, role: Role) -> Made {
    Made { name, role, language: "en" }
}

pub const STAFF: &[Made] = &[
    made("Dr. Amara Osei", Role::Clinician),
    made("Ben Adler", Role::SupportSpecialist),
    made("Lena Marsh", Role::Clinician),
    made("Dr. Hana Sato", Role::Clinician),
    made("Marcus Bell", Role::Clinician),
    made("Rui Alves", Role::Instructor),
    made("Nadia Okafor", Role::Observer),
    made("Carol Whitfield", Role::Coordinator),
    made("Anders Holm", Role::Administrator),
    made("Rosa Lindqvist", Role::Family),
];

/// The first eight sit in Steady Ground.
pub const MEMBERS: &[&str] = &[
    "Maya Lindqvist",
    "Theo Grant",
    "Priya Nair",
    "Jonas Weber",
    "Lucía Fernández",
    "Sam Okoro",
    "Noor Haddad",
    "Elif Demir",
    "Owen Price",
    "Grace Liu",
    "Tomás Rivera",
    "Ivy Brooks",
    "Kofi Mensah",
    "Hannah Stein",
    "Diego Castro",
    "Mei Tanaka",
    "Ruth Abbott",
    "Leo Novak",
    "Aisha Rahman",
    "Felix Braun",
    "Clara Jensen",
    "Victor Hugo Paz",
    "Nina Petrova",
    "Caleb Stone",
    "Zara Khan",
    "Peter Lindgren",
    "Amira Saleh",
    "Joel Carter",
    "Beatriz Gomes",
    "Hugo Martin",
    "Tess Walker",
    "Rafael Ortiz",
];

pub struct MadeGroup {
    pub name: &'static str,
    pub topic: &'static str,
    pub kind: &'static str,
    pub weekday: i64,
    pub minute: i64,
    pub minutes: i64,
    pub capacity: i64,
    pub taken: usize,
    pub language: &'static str,
    pub programme: &'static str,
    /// Indexes into STAFF; the first one leads.
    pub leaders: &'static [usize],
}

#[rustfmt::skip]
pub const GROUPS: &[MadeGroup] = &[
    MadeGroup { name: "Steady Ground", topic: "anxiety", kind: "process", weekday: 2, minute: 18 * 60 + 30, minutes: 90, capacity: 10, taken: 8, language: "en", programme: "steady-weeks", leaders: &[0, 1] },
    MadeGroup { name: "After Loss", topic: "grief", kind: "support", weekday: 3, minute: 12 * 60, minutes: 75, capacity: 8, taken: 8, language: "en", programme: "open-circle", leaders: &[2] },
    MadeGroup { name: "Skills for Hard Days", topic: "dbt-skills", kind: "skills-class", weekday: 1, minute: 19 * 60, minutes: 90, capacity: 15, taken: 6, language: "en", programme: "skills-class", leaders: &[5] },
    MadeGroup { name: "Unstuck", topic: "ocd", kind: "cbt", weekday: 4, minute: 17 * 60, minutes: 90, capacity: 8, taken: 5, language: "es", programme: "steady-weeks", leaders: &[3] },
    MadeGroup { name: "Cool Heads", topic: "anger", kind: "cbt", weekday: 6, minute: 10 * 60, minutes: 60, capacity: 12, taken: 9, language: "en", programme: "steady-weeks", leaders: &[4] },
    MadeGroup { name: "Out of the Tunnel", topic: "depression", kind: "cbt", weekday: 7, minute: 17 * 60 + 30, minutes: 90, capacity: 10, taken: 7, language: "en", programme: "steady-weeks", leaders: &[0] },
    MadeGroup { name: "Shared Weather", topic: "borderline", kind: "dbt", weekday: 5, minute: 18 * 60, minutes: 120, capacity: 9, taken: 6, language: "en", programme: "skills-class", leaders: &[3] },
    MadeGroup { name: "Living With It", topic: "chronic-illness", kind: "support", weekday: 2, minute: 11 * 60, minutes: 75, capacity: 10, taken: 6, language: "en", programme: "open-circle", leaders: &[2, 1] },
    MadeGroup { name: "Close Enough", topic: "relationships", kind: "process", weekday: 3, minute: 19 * 60, minutes: 90, capacity: 8, taken: 6, language: "en", programme: "steady-weeks", leaders: &[4] },
    MadeGroup { name: "Safe Harbour", topic: "trauma", kind: "process", weekday: 4, minute: 18 * 60 + 30, minutes: 90, capacity: 8, taken: 5, language: "en", programme: "steady-weeks", leaders: &[0] },
];

/// What the public reads of a group, in the order of GROUPS: English, Spanish, price, pets.
#[rustfmt::skip]
pub const LISTINGS: &[(&str, &str, &str, i64)] = &[
    ("For people whose worry takes up too much room. We slow down together, say what happens while it happens, and notice what helps. You can pass at any time.", "Para personas a las que la preocupación les ocupa demasiado espacio. Vamos despacio, decimos lo que pasa mientras pasa y notamos lo que ayuda. Siempre puedes pasar.", "45 dollars a session", 1),
    ("For people who have lost somebody. We make room for grief, without a timetable, among others who know it.", "Para quienes han perdido a alguien. Hacemos sitio al duelo, sin calendario, con otras personas que lo conocen.", "30 dollars a session", 1),
    ("A class, one skill a week: noticing, getting through hard moments, steadying feelings, speaking up. You practise between the sessions.", "Una clase con una habilidad por semana: observar, atravesar momentos difíciles, calmar emociones, hacerse oír. Se practica entre sesiones.", "25 dollars a session", 0),
    ("For people who are stuck in checking, washing or thinking. We plan small steps towards what is feared, and take them together.", "Para quienes están atrapados en comprobar, lavar o pensar. Planeamos pasos pequeños hacia lo temido y los damos juntos.", "50 dollars a session", 0),
    ("For people whose anger has cost them something. We learn what comes before it, and what else can be done then.", "Para quienes el enfado les ha costado algo. Aprendemos qué viene antes y qué más se puede hacer entonces.", "40 dollars a session", 1),
    ("For people who live with depression. One small plan a week, and a group that asks kindly how it went.", "Para quienes viven con depresión. Un plan pequeño por semana y un grupo que pregunta con cariño cómo fue.", "45 dollars a session", 0),
    ("For people whose feelings come like weather. Two hours a week of skills, with time for what the week was like.", "Para quienes sienten las emociones como el clima. Dos horas por semana de habilidades, con tiempo para contar cómo fue la semana.", "50 dollars a session", 0),
    ("For people with an illness that stays. We share what is hard to say elsewhere, and what makes a day easier.", "Para personas con una enfermedad que se queda. Compartimos lo que cuesta decir en otros sitios y lo que hace más llevadero el día.", "30 dollars a session", 1),
    ("For people who want to be closer to others, or find it hard to be. The group itself is where we look.", "Para quienes quieren estar más cerca de los demás o les cuesta. El propio grupo es donde miramos.", "45 dollars a session", 0),
    ("For people who lived through something terrible. Steadiness first: nobody is asked to tell what happened.", "Para quienes vivieron algo terrible. Primero la estabilidad: a nadie se le pide contar lo que pasó.", "50 dollars a session", 0),
];

/// Where whom may lead: index into STAFF, kind, jurisdiction.
pub const AUTHORITIES: &[(usize, &str, &str)] = &[
    (0, "licence", "NY"),
    (0, "compact_privilege", "PSYPACT"),
    (2, "licence", "NY"),
    (2, "licence", "NJ"),
    (3, "licence", "NY"),
    (3, "licence", "FL"),
    (4, "licence", "NJ"),
    (4, "licence", "NY"),
];
