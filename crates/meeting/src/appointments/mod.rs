//! Appointments beside the groups: one person alone, a family, a workshop. By phone: they have no live room.

mod pages;
mod queries;

use ground::{House, Me, Routes, Rule};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/appointments/new", Rule::Staff, pages::form)
        .post("/appointments", Rule::Staff, pages::make)
        .get("/appointments/{appointment}", Rule::Own, pages::one)
        .post("/appointments/{appointment}/cancellation", Rule::Own, pages::cancel)
}

/// Observers are there to learn; they make no appointments with anybody.
pub(crate) fn may_make(me: &Me) -> bool {
    me.role.is_crew()
}
