use askama::Template;
use axum::{
    Extension, Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use ground::{
    Deed, Fault, House, Me, Ui,
    facts::{self, InGroup, Part},
    web::render_status,
};
use serde::Deserialize;

use super::queries::{self, Pair};
use crate::live::Meeting;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PairForm {
    pub one: String,
    pub other: String,
}

#[derive(Template)]
#[template(path = "apart/apart.html")]
pub struct ApartPage {
    pub ui: Ui,
    pub group: i64,
    pub members: Vec<InGroup>,
    pub pairs: Vec<Pair>,
    pub typed: PairForm,
    pub trouble: Option<&'static str>,
}

impl ApartPage {
    /// In the order of the circle, as everything else names them.
    fn names(&self, pair: &Pair) -> String {
        let mut names =
            self.members.iter().filter(|one| [pair.one_id, pair.other_id].contains(&one.person_id)).map(|one| &*one.display_name);
        let (one, other) = (names.next().unwrap_or(""), names.next().unwrap_or(""));
        self.ui.t2("apart-pair", &("one", one), &("other", other))
    }
}

async fn members(house: &House, group: i64) -> Result<Vec<InGroup>, Fault> {
    let mut people = facts::people_of(&house.db, group).await?;
    people.retain(|person| person.is(Part::Member));
    Ok(people)
}

async fn show(house: &House, ui: Ui, group: i64, typed: PairForm, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let members = members(house, group).await?;
    let pairs = queries::pairs(&house.db, group, &members).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&ApartPage { ui, group, members, pairs, typed, trouble }, status)
}

pub async fn page(State(house): State<House>, ui: Ui, Path(group): Path<i64>) -> Result<Response, Fault> {
    show(&house, ui, group, PairForm::default(), None).await
}

/// Two different members of this group.
fn read(typed: &PairForm, members: &[InGroup]) -> Result<Pair, &'static str> {
    let member = |text: &str| members.iter().find(|one| text.parse() == Ok(one.person_id)).map(|one| one.person_id);
    let (one, other) = member(&typed.one).zip(member(&typed.other)).ok_or("apart-choose")?;
    Pair::of(one, other).ok_or("apart-two")
}

pub async fn add(
    State(house): State<House>,
    Extension(meeting): Extension<Meeting>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(typed): Form<PairForm>,
) -> Result<Response, Fault> {
    let pair = match read(&typed, &members(&house, group).await?) {
        Ok(pair) => pair,
        Err(trouble) => return show(&house, ui, group, typed, Some(trouble)).await,
    };
    let tx = house.db.write().await?;
    if queries::add(&tx, group, pair, me.id, house.clock.now()).await? {
        tx.commit(Deed::new(me.id, "apart.add", format!("group/{group}"))).await?;
        meeting.house_news(group).await;
    }
    Ok(Redirect::to(&format!("/groups/{group}/apart")).into_response())
}

pub async fn remove(
    State(house): State<House>,
    Extension(meeting): Extension<Meeting>,
    me: Me,
    Path(group): Path<i64>,
    Form(typed): Form<PairForm>,
) -> Result<Response, Fault> {
    let pair = typed.one.parse().ok().zip(typed.other.parse().ok()).and_then(|(one, other)| Pair::of(one, other));
    let tx = house.db.write().await?;
    if let Some(pair) = pair
        && queries::remove(&tx, group, pair).await?
    {
        tx.commit(Deed::new(me.id, "apart.remove", format!("group/{group}"))).await?;
        meeting.house_news(group).await;
    }
    Ok(Redirect::to(&format!("/groups/{group}/apart")).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn member(id: i64, name: &str) -> InGroup {
        InGroup { person_id: id, part: "member".into(), display_name: name.into(), seat: id }
    }

    fn typed(one: &str, other: &str) -> PairForm {
        PairForm { one: one.into(), other: other.into() }
    }

    #[test]
    fn two_different_members_make_a_pair_whichever_comes_first() {
        let members = [member(4, "Maya"), member(7, "Theo")];
        let pair = Pair { one_id: 4, other_id: 7 };
        assert_eq!((read(&typed("4", "7"), &members), read(&typed("7", "4"), &members)), (Ok(pair), Ok(pair)));
        assert_eq!(read(&typed("4", "4"), &members), Err("apart-two"));
        for (one, other) in [("", "7"), ("4", ""), ("4", "9"), ("x", "7"), ("9", "9"), ("4", "-7")] {
            assert_eq!(read(&typed(one, other), &members), Err("apart-choose"), "{one} {other}");
        }
    }

    #[test]
    fn the_page_renders_with_nobody_and_with_a_pair() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            let page = |members: Vec<InGroup>, pairs, trouble| ApartPage {
                ui: ui.clone(),
                group: 3,
                members,
                pairs,
                typed: typed("4", ""),
                trouble,
            };
            let empty = page(vec![], vec![], None).render().unwrap();
            assert!(empty.contains(&ui.t("apart-none")) && !empty.contains("<select"), "with fewer than two there is nobody to choose");
            let pair = Pair { one_id: 4, other_id: 7 };
            let html = page(vec![member(4, "Ma<ya"), member(7, "Theo")], vec![pair], Some("apart-two")).render().unwrap();
            assert!(html.contains("Ma&#60;ya") && html.contains(&ui.t("apart-two")));
            assert!(html.contains("<option value=\"4\" selected>"), "what was chosen is kept");
        }
    }
}
