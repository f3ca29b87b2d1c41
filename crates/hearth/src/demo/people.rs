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
