//! Who the synthetic members are. Nobody here exists; all lines were written for this purpose.

use std::time::Duration;

use room::Stance;

/// How one member behaves in a session.
#[derive(Debug, Clone)]
pub struct Persona {
    /// Picks voice and face; 0 leads.
    pub person: usize,
    /// 0 to 10.
    pub mood: u8,
    pub word: &'static str,
    pub concern: &'static str,
    pub stance: Stance,
    /// How long a turn in a go-round lasts; zero passes.
    pub turn: Duration,
    /// Raises a hand once while the group discusses.
    pub raises_hand: bool,
    pub chat: &'static str,
    pub takeaway: &'static str,
    /// The closing card: mood, heard, safe, useful, connected.
    pub closing: [u8; 5],
}

const fn persona(person: usize, mood: u8, word: &'static str, turn: u64, closing: [u8; 5]) -> Persona {
    Persona {
        person,
        mood,
        word,
        concern: "",
        stance: Stance::Open,
        turn: Duration::from_secs(turn),
        raises_hand: false,
        chat: "",
        takeaway: "",
        closing,
    }
}

/// The personas, repeated when more people are needed; `number` 0 is a facilitator.
pub fn cast(number: usize) -> Persona {
    let members = [
        Persona {
            chat: "Thank you for that, it helps to hear it.",
            raises_hand: true,
            takeaway: "Write the worry down, look again in the evening.",
            ..persona(1, 6, "lighter", 20, [7, 8, 8, 7, 6])
        },
        Persona { concern: "I sleep badly before exams.", stance: Stance::AskMe, ..persona(2, 4, "tired", 15, [5, 7, 8, 6, 5]) },
        Persona { chat: "Same here.", takeaway: "Waiting is allowed.", ..persona(3, 7, "grateful", 25, [8, 9, 9, 8, 8]) },
        Persona { concern: "Work is loud at the moment.", raises_hand: true, ..persona(4, 4, "short", 15, [5, 6, 7, 6, 5]) },
        Persona { stance: Stance::Listening, ..persona(5, 5, "new", 0, [6, 7, 8, 7, 5]) },
    ];
    if number == 0 {
        return Persona { takeaway: "Once round, and everybody may pass.", ..persona(0, 7, "here", 12, [7, 8, 8, 8, 7]) };
    }
    let member = &members[(number - 1) % members.len()];
    Persona { person: number, ..member.clone() }
}

#[cfg(test)]
mod tests {
    use room::limits;

    use super::*;

    /// A synthetic member who is refused would make a rehearsal look like a defect of the room.
    #[test]
    fn nobody_of_the_cast_says_more_than_the_room_takes() {
        for number in 0..20 {
            let Persona { mood, word, concern, chat, takeaway, closing, .. } = cast(number);
            assert!(mood <= 10 && closing.iter().all(|score| *score <= 10), "{number}");
            for (text, most) in [
                (word, limits::WORD_CHARS),
                (concern, limits::CONCERN_CHARS),
                (chat, limits::CHAT_CHARS),
                (takeaway, limits::TAKEAWAY_CHARS),
            ] {
                assert!(limits::optional_text(text, most).is_ok(), "{number}: {text}");
            }
        }
    }

    #[test]
    fn one_leads_and_the_others_come_again_with_another_face() {
        let (lead, first, again) = (cast(0), cast(1), cast(6));
        assert!(!lead.takeaway.is_empty() && lead.turn > Duration::ZERO);
        assert_eq!((first.word, first.chat), (again.word, again.chat));
        assert_eq!((first.person, again.person), (1, 6));
    }

    #[test]
    fn the_cast_shows_every_way_of_taking_part() {
        let all: Vec<Persona> = (1..=5).map(cast).collect();
        for stance in [Stance::Listening, Stance::AskMe, Stance::Open] {
            assert!(all.iter().any(|one| one.stance == stance), "{stance:?}");
        }
        assert!(all.iter().any(|one| one.turn.is_zero()), "somebody passes");
        assert!(all.iter().any(|one| one.raises_hand) && all.iter().any(|one| !one.concern.is_empty()));
    }
}
