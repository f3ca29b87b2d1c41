use room::{
    Refusal, RoomCommand, Stance,
    tools::{Right, ToolCommand, invite::InviteCommand},
};

use crate::{
    cast::{
        AT_DOOR, GONE, INTERPRETER, LEAD, MAYA, NOBODY, NOT_NOW, OBSERVER, Row, THEO, YES, after, attempt, everybody_tries, full_house,
    },
    script::{Script, seat},
};

fn ask(of: u8) -> ToolCommand {
    ToolCommand::Invite(InviteCommand::Ask { seat: seat(of) })
}

fn put_away(of: u8) -> ToolCommand {
    ToolCommand::Invite(InviteCommand::PutAway { seat: seat(of) })
}

fn answer(yes: bool) -> ToolCommand {
    ToolCommand::Invite(InviteCommand::Answer { yes })
}

fn asked(script: &Script) -> Vec<(u8, Option<bool>)> {
    script.view(seat(LEAD)).tools.invite.asked.unwrap().iter().map(|one| (one.seat.0, one.yes)).collect()
}

#[test]
fn the_table_of_invitations() {
    let states = [
        ("nobody asked", after(&[])),
        ("Maya asked", after(&[(LEAD, ask(MAYA))])),
        ("she said yes", after(&[(LEAD, ask(MAYA)), (MAYA, answer(true))])),
        ("put away", after(&[(LEAD, ask(MAYA)), (LEAD, put_away(MAYA))])),
    ];
    let only_maya: fn(u8) -> Option<Refusal> = |by| (by != MAYA).then_some(Refusal::NotNow);
    let nobody: fn(u8) -> Option<Refusal> = |_| Some(Refusal::NobodyThere);
    everybody_tries(
        &states,
        &[
            Row { act: ask(MAYA), right: Right::Facilitators, says: &[YES, NOT_NOW, YES, YES] },
            Row { act: ask(THEO), right: Right::Facilitators, says: &[YES; 4] },
            Row { act: ask(LEAD), right: Right::Facilitators, says: &[NOT_NOW; 4] },
            Row { act: ask(OBSERVER), right: Right::Facilitators, says: &[NOT_NOW; 4] },
            Row { act: ask(INTERPRETER), right: Right::Facilitators, says: &[NOT_NOW; 4] },
            Row { act: ask(AT_DOOR), right: Right::Facilitators, says: &[nobody; 4] },
            Row { act: ask(GONE), right: Right::Facilitators, says: &[nobody; 4] },
            Row { act: ask(NOBODY), right: Right::Facilitators, says: &[nobody; 4] },
            Row { act: put_away(MAYA), right: Right::Facilitators, says: &[NOT_NOW, YES, YES, NOT_NOW] },
            Row { act: answer(true), right: Right::TurnTakers, says: &[NOT_NOW, only_maya, NOT_NOW, NOT_NOW] },
            Row { act: answer(false), right: Right::TurnTakers, says: &[NOT_NOW, only_maya, NOT_NOW, NOT_NOW] },
        ],
    );
}

/// "Just listening today" means that nobody asks, also when they said so a moment after the question.
#[test]
fn who_only_listens_is_never_asked() {
    let mut script = full_house();
    script.act(MAYA, RoomCommand::SetStance { stance: Stance::Listening }).unwrap();
    assert_eq!(attempt(&script, LEAD, &ask(MAYA)).err(), Some(Refusal::JustListening));
    script.act(MAYA, RoomCommand::SetStance { stance: Stance::AskMe }).unwrap();
    script.tool(LEAD, ask(MAYA)).unwrap();
    assert!(script.view(seat(MAYA)).tools.invite.mine.is_some());
    script.act(MAYA, RoomCommand::SetStance { stance: Stance::Listening }).unwrap();
    assert_eq!((script.view(seat(MAYA)).tools.invite.mine, asked(&script)), (None, vec![]));
}

#[test]
fn the_question_and_its_answer_stay_between_two() {
    let before = full_house();
    let mut script = after(&[(LEAD, ask(MAYA))]);
    assert_eq!(script.view(seat(MAYA)).tools.invite.mine.map(|one| one.by), Some(seat(LEAD)));
    assert_eq!(asked(&script), [(MAYA, None)]);
    script.tool(MAYA, answer(false)).unwrap();
    assert_eq!(asked(&script), [(MAYA, Some(false))]);
    assert_eq!(script.view(seat(MAYA)).tools.invite.mine, None, "answered once, it is not asked again");
    for by in [THEO, OBSERVER, INTERPRETER] {
        assert_eq!(script.view(seat(by)), before.view(seat(by)), "seat {by} sees the same room as before");
    }
    script.act(MAYA, RoomCommand::Leave).unwrap();
    assert_eq!(asked(&script), [], "who has gone is not asked any more");
    assert_eq!(script.rebuilt(), script.room);
}
