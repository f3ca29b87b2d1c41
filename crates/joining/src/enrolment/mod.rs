//! Enrolment: asking for a seat, the short form with its risk screen, the call, the decision, the line. The rule is `care::enrolment`.

mod applicant;
mod board;
mod calls;
mod line;
mod mine;
mod minor;
mod queries;
mod reserve;
mod screening;

pub(crate) use line::{guardian_asked, guardian_settled, move_all, pass_on, tend};
pub(crate) use mine::{with_code, with_guardian};
pub(crate) use minor::{is_mine, person_of, tell_of_guardian};
pub(crate) use queries::{Override, Waiting, group, let_in, reason_spot, told_in, waiting};

use ground::{House, Routes, Rule, Stand};

const LOOKS_AFTER: Rule = Rule::Group(&[Stand::Leader, Stand::Office]);

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/find/{group}/seat", Rule::Everyone, reserve::form)
        .post("/find/{group}/seat", Rule::Everyone, reserve::ask)
        .get("/applications", Rule::SignedIn, mine::all)
        .get("/applications/open", Rule::SignedIn, mine::open)
        .post("/applications/{application}/seat", Rule::Own, mine::keep_seat)
        .post("/applications/{application}/call", Rule::Own, mine::choose_call)
        .post("/applications/{application}/answer", Rule::Own, mine::answer)
        .post("/applications/{application}/withdrawal", Rule::Own, mine::withdraw)
        .get("/applications/{application}/screening", Rule::Own, screening::form)
        .post("/applications/{application}/screening", Rule::Own, screening::send)
        .get("/applicants", Rule::Crew, board::board)
        .get("/groups/{group}/applicants/{application}", LOOKS_AFTER, applicant::one)
        .post("/groups/{group}/applicants/{application}/decision", LOOKS_AFTER, applicant::decide)
        .post("/groups/{group}/applicants/{application}/override", LOOKS_AFTER, applicant::let_in)
        .get("/calls", Rule::Crew, calls::all)
        .post("/calls", Rule::Crew, calls::add)
        .post("/calls/{call}/removal", Rule::Own, calls::remove)
}
