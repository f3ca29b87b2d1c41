//! Messages: a channel for each group, one for each member with the staff who care for them. What is written is sealed under its author's key.

mod acts;
mod alumni;
mod carried;
mod check_in;
mod circles;
mod live;
pub mod lived;
mod notices;
mod pages;
mod queries;
mod reports;
mod rules;
mod shown;

use ground::{Deed, Fault, House, Me, Moment, Role, Routes, Rule, Stand, Ui};

pub use pages::{Named, named};
use queries::{Listed, Standing};

pub fn routes(house: &House) -> Routes {
    let routes = Routes::new(house)
        .get("/messages", Rule::SignedIn, pages::all)
        .get("/messages/notices", Rule::SignedIn, notices::all)
        .post("/messages/notices", Rule::SignedIn, notices::choose_all)
        .get("/groups/{group}/messages", Rule::Group(&[Stand::Leader, Stand::Member]), pages::of_group)
        .get("/people/{person}/messages", Rule::Own, pages::of_person)
        .get("/channels/{channel}", Rule::Own, pages::one)
        .get("/channels/{channel}/live", Rule::Own, live::stream)
        .get("/channels/{channel}/changes", Rule::Own, live::changes)
        .get("/practice/messages", Rule::Administrator, rules::form)
        .post("/practice/messages", Rule::Administrator, rules::keep);
    // Who may write is asked of the channel itself.
    routes
        .post("/channels/{channel}", Rule::Own, acts::send)
        .post("/channels/{channel}/read", Rule::Own, acts::read)
        .post("/channels/{channel}/notices", Rule::Own, notices::choose)
        .post("/channels/{channel}/pause", Rule::Own, acts::pause)
        .post("/channels/{channel}/{message}/text", Rule::Own, acts::edit)
        .post("/channels/{channel}/{message}/removal", Rule::Own, acts::take_back)
        .post("/channels/{channel}/{message}/hiding", Rule::Own, acts::hide)
        .post("/channels/{channel}/{message}/reaction", Rule::Own, acts::react)
        .merge(carried::routes(house))
        .merge(reports::routes(house))
        .merge(check_in::routes(house))
        .merge(circles::routes(house))
        .merge(alumni::routes(house))
}

/// Leads the group, or is one of the staff who answer a member.
fn leads(kind: &str, part: Option<&str>, person: Option<i64>, me: &Me) -> bool {
    match kind {
        "group" => part == Some("facilitator"),
        "staff" => person != Some(me.id),
        _ => false,
    }
}

impl Listed {
    /// As its reader knows it; what a circle is for is sealed and opened elsewhere.
    fn called(&self, ui: &Ui, me: &Me) -> String {
        match () {
            () if self.is_alumni() => ui.t("alumni-title"),
            () if self.person_id == Some(me.id) => ui.t("messages-with-staff"),
            () => self.title.clone(),
        }
    }

    fn leads(&self, me: &Me) -> bool {
        leads(&self.kind, self.part.as_deref(), self.person_id, me)
    }
}

impl Standing {
    pub fn is_group(&self) -> bool {
        self.kind == "group"
    }

    pub fn leads(&self, me: &Me) -> bool {
        leads(&self.kind, self.part.as_deref(), self.person_id, me)
    }

    pub fn is_staff(&self) -> bool {
        self.kind == "staff"
    }

    pub fn is_circle(&self) -> bool {
        self.kind == "circle"
    }

    /// The place of those who finished: a group's channel that is no group's.
    pub fn is_alumni(&self) -> bool {
        self.is_group() && self.group_id.is_none()
    }

    pub fn is_over(&self, now: Moment) -> bool {
        self.ends_at.is_some_and(|end| end <= now)
    }

    /// A member reads what was written since they came; before that the others wrote for whoever was there.
    pub fn since(&self) -> Moment {
        let member = self.part.as_deref() == Some("member");
        self.joined_at.filter(|_| member).unwrap_or(Moment(0))
    }

    pub fn title(&self, ui: &Ui, me: &Me) -> String {
        match () {
            () if self.is_alumni() => ui.t("alumni-title"),
            () if self.is_staff() && !self.leads(me) => ui.t("messages-with-staff"),
            () => self.title.clone(),
        }
    }
}

/// The channel, if this person may read it, with the name it has.
async fn standing(house: &House, me: &Me, channel: i64) -> Result<Option<Standing>, Fault> {
    let Some(mut of) = queries::standing(&house.db, me, channel).await? else { return Ok(None) };
    if let Some(host) = of.host_id {
        let purpose = circles::queries::purpose(house, of.id, host, of.purpose_sealed.as_deref()).await?;
        of.title = purpose.unwrap_or_else(|| me.language.t("circle-purpose-gone"));
    }
    Ok(Some(of))
}

/// The channel of a group; made the first time that somebody comes.
pub async fn of_group(house: &House, group: i64) -> Result<i64, Fault> {
    let known = queries::of_group(&house.db, group).await?;
    if known != 0 {
        return Ok(known);
    }
    let tx = house.db.write().await?;
    queries::make(&tx, "group", Some(group), None).await?;
    tx.commit(Deed::new(0, "channel.make", format!("group/{group}"))).await?;
    queries::of_group(&house.db, group).await
}

/// The channel of a member with staff, made the same way.
pub async fn of_member(house: &House, person: i64) -> Result<i64, Fault> {
    let known = queries::of_member(&house.db, person).await?;
    if known != 0 || !queries::is_member(&house.db, person).await? {
        return Ok(known);
    }
    let tx = house.db.write().await?;
    queries::make(&tx, "staff", None, Some(person)).await?;
    tx.commit(Deed::new(0, "channel.make", format!("person/{person}"))).await?;
    queries::of_member(&house.db, person).await
}

/// Every channel that this person is to find in their list.
async fn make_missing(house: &House, me: &Me) -> Result<(), Fault> {
    for group in queries::groups_without(&house.db, me.id).await? {
        of_group(house, group).await?;
    }
    if me.role == Role::Member {
        of_member(house, me.id).await?;
    }
    Ok(())
}
