use crate::words::Language;

/// What a person is in the practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Member,
    Family,
    Clinician,
    Instructor,
    SupportSpecialist,
    Observer,
    Coordinator,
    Administrator,
}

impl Role {
    pub const ALL: [Role; 8] = [
        Role::Member,
        Role::Family,
        Role::Clinician,
        Role::Instructor,
        Role::SupportSpecialist,
        Role::Observer,
        Role::Coordinator,
        Role::Administrator,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Role::Member => "member",
            Role::Family => "family",
            Role::Clinician => "clinician",
            Role::Instructor => "instructor",
            Role::SupportSpecialist => "support_specialist",
            Role::Observer => "observer",
            Role::Coordinator => "coordinator",
            Role::Administrator => "administrator",
        }
    }

    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }

    pub fn is_staff(self) -> bool {
        !matches!(self, Role::Member | Role::Family)
    }

    /// Leads groups or runs the office: all of the staff but those in training.
    pub fn is_crew(self) -> bool {
        self.is_staff() && self != Role::Observer
    }

    pub fn is_office(self) -> bool {
        matches!(self, Role::Coordinator | Role::Administrator)
    }

    /// Idle and absolute limits of a sign-in in minutes. A live session counts as activity.
    pub fn limits_minutes(self) -> (u64, u64) {
        if self.is_staff() { (60, 12 * 60) } else { (12 * 60, 30 * 24 * 60) }
    }
}

/// The person who is signed in, as every handler behind the door gets them.
#[derive(Debug, Clone)]
pub struct Me {
    pub id: i64,
    pub name: String,
    pub role: Role,
    pub language: Language,
    pub zone: String,
    /// The row of this sign-in.
    pub sign_in: i64,
}

impl Me {
    /// What a greeting uses.
    pub fn first_name(&self) -> &str {
        self.name.split_whitespace().find(|part| !part.ends_with('.')).unwrap_or(&self.name)
    }
}
