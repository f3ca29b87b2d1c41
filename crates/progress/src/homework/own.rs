//! Homework that somebody gives to themselves, with words of their own to begin from, such as a page of their journal. The words come in a form
//! that their own browser sends: this part knows no journal, and no address has a word of them.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::homework::{Asked, Kind, Misfit};
use ground::{Deed, Fault, House, Me, Owner, Ui, not_found, random_id, web::render_status};
use jiff::{ToSpan, civil::Date};

use super::{
    get, giving, once,
    queries::{self, New, OwnGroup},
};

/// Who reads it: nobody, unless they choose a group.
const ALONE: &str = "alone";

#[derive(Template)]
#[template(path = "homework/own.html")]
pub struct OwnPage {
    pub ui: Ui,
    pub groups: Vec<OwnGroup>,
    pub typed: Vec<(String, String)>,
    pub once: String,
    pub trouble: Option<&'static str>,
}

impl OwnPage {
    fn get(&self, name: &str) -> &str {
        get(&self.typed, name)
    }

    /// Alone, until somebody chooses otherwise.
    fn is_alone(&self) -> bool {
        !self.groups.iter().any(|group| self.is_read_by(group))
    }

    fn is_read_by(&self, group: &OwnGroup) -> bool {
        get(&self.typed, "reads") == group.id.to_string()
    }

    fn leads(&self, group: &OwnGroup) -> String {
        self.ui.t1("homework-own-group", "group", &group.name)
    }
}

async fn page(house: &House, ui: Ui, me: &Me, typed: Vec<(String, String)>, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let groups = queries::groups_of(&house.db, me.id).await?;
    let once = once(get(&typed, "once"));
    render_status(&OwnPage { ui, groups, typed, once, trouble }, status)
}

fn in_a_week(house: &House, me: &Me) -> (String, String) {
    ("due".into(), giving::today(house, me).checked_add(giving::USUAL_DAYS.days()).unwrap_or_default().to_string())
}

pub async fn form(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let typed = vec![in_a_week(&house, &me)];
    page(&house, ui, &me, typed, None).await
}

/// From a page of theirs, an article or a worksheet: it stands in the form, and nothing is kept yet.
pub async fn begin(State(house): State<House>, ui: Ui, me: Me, Form(from): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let prompt = get(&from, "prompt");
    let mut typed = vec![in_a_week(&house, &me), ("page".to_owned(), get(&from, "page").to_owned())];
    match (get(&from, "text"), prompt) {
        ("", "") => {}
        ("", prompt) => typed.push(("text".into(), ui.t1("homework-own-start", "prompt", prompt))),
        (text, _) => typed.push(("text".into(), text.to_owned())),
    }
    typed.push(("prompts".into(), get(&from, "prompts").to_owned()));
    page(&house, ui, &me, typed, None).await
}

#[derive(Debug)]
struct Giving {
    kind: Kind,
    text: String,
    asked: Asked,
    due: Date,
    remind: Option<i64>,
    group: Option<i64>,
}

/// With questions it is a worksheet, without any it is free.
fn read(typed: &[(String, String)], groups: &[OwnGroup], today: Date) -> Result<Giving, &'static str> {
    let prompts: Vec<String> = get(typed, "prompts").lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let kind = if prompts.is_empty() { Kind::Free } else { Kind::Worksheet };
    let text = get(typed, "text").to_owned();
    let asked = Asked { text: get(typed, "page").to_owned(), prompts, ..Asked::default() };
    asked.check(kind, &text).map_err(Misfit::key)?;
    let (due, remind) = giving::when(typed, today)?;
    let group = match get(typed, "reads") {
        ALONE => None,
        chosen => Some(groups.iter().find(|group| group.id.to_string() == chosen).ok_or("homework-own-who")?.id),
    };
    Ok(Giving { kind, text, asked, due, remind, group })
}

pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    // What somebody wrote in a session is theirs, and not whoever's who signed in on that screen since.
    if !["", &*me.id.to_string()].contains(&get(&typed, "reader")) {
        return Ok(StatusCode::FORBIDDEN.into_response());
    }
    let groups = queries::groups_of(&house.db, me.id).await?;
    let giving = match read(&typed, &groups, giving::today(&house, &me)) {
        Ok(giving) => giving,
        Err(key) => return page(&house, ui, &me, typed, Some(key)).await,
    };
    let (id, owner) = (random_id(), Owner::Person(me.id));
    let row = id.to_string();
    let new = New {
        id,
        person: me.id,
        group: giving.group,
        by: me.id,
        kind: giving.kind,
        text: house.keys.seal(owner, queries::spot("text", &row), &giving.text).await?,
        asked: house.keys.seal(owner, queries::spot("asked", &row), &serde_json::to_string(&giving.asked)?).await?,
        now: house.clock.now(),
        due_at: giving::end_of(giving.due, &me.zone).ok_or(Fault::Other("a day has no end"))?,
        remind: giving.remind,
        once: once(get(&typed, "once")),
    };
    let given = new.once.clone();
    let tx = house.db.write().await?;
    if queries::add(&tx, new).await? {
        tx.commit(Deed::new(me.id, "homework.own", format!("homework/{id}"))).await?;
    } else {
        drop(tx);
    }
    // Whoever means to write into it at once goes on to its sheet, also with the same form a second time.
    if get(&typed, "then") == "sheet"
        && let Some(id) = queries::given_once(&house.db, me.id, &given).await?
    {
        return Ok(Redirect::to(&format!("/homework/{id}")).into_response());
    }
    Ok(Redirect::to("/homework").into_response())
}

/// What they gave to themselves they put away themselves. What is written in it stays theirs.
pub async fn withdraw(State(house): State<House>, me: Me, Path(homework): Path<i64>) -> Result<Response, Fault> {
    let Some(homework) = queries::one(&house, me.id, homework).await?.filter(|one| one.own) else { return Ok(not_found()) };
    let tx = house.db.write().await?;
    if queries::withdraw(&tx, homework.id, house.clock.now()).await? {
        tx.commit(Deed::new(me.id, "homework.withdraw", format!("homework/{}", homework.id))).await?;
    }
    Ok(Redirect::to("/homework").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    const TODAY: Date = jiff::civil::date(2026, 11, 23);

    fn typed(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn groups() -> Vec<OwnGroup> {
        vec![OwnGroup { id: 3, name: "Steady <Ground>".into() }, OwnGroup { id: 4, name: "Other".into() }]
    }

    const GOOD: [(&str, &str); 4] = [("text", "Read it again"), ("page", "Dear me,\nslow down."), ("due", "2026-11-30"), ("reads", ALONE)];

    #[test]
    fn with_questions_it_is_a_worksheet_and_alone_it_is_nobody_elses() {
        let free = read(&typed(&GOOD), &groups(), TODAY).unwrap();
        assert_eq!((free.kind, free.group, free.remind), (Kind::Free, None, None));
        assert_eq!(free.asked.text, "Dear me,\nslow down.", "the page goes along");
        let mut fields = GOOD.to_vec();
        fields.extend([("prompts", " What now? \n\nWhat then?"), ("remind", "8:30 pm")]);
        fields[3].1 = "4";
        let sheet = read(&typed(&fields), &groups(), TODAY).unwrap();
        assert_eq!((sheet.kind, sheet.group, sheet.remind), (Kind::Worksheet, Some(4), Some(1_230)));
        assert_eq!(sheet.asked.prompts, ["What now?", "What then?"]);
    }

    #[test]
    fn what_does_not_fit_is_said() {
        let long = "x".repeat(20_001);
        for (field, value, key) in [
            ("text", " ", "homework-give-instructions"),
            ("text", &*long, "homework-too-long"),
            ("page", &*long, "homework-too-long"),
            ("prompts", &*"a\n".repeat(13), "homework-give-lines"),
            ("due", "", "homework-give-due"),
            ("due", "2026-11-22", "homework-give-due"),
            ("remind", "25:00", "homework-time"),
            ("reads", "", "homework-own-who"),
            ("reads", "9", "homework-own-who"),
        ] {
            let mut fields: Vec<(&str, &str)> = GOOD.into_iter().filter(|(name, _)| *name != field).collect();
            fields.push((field, value));
            assert_eq!(read(&typed(&fields), &groups(), TODAY).unwrap_err(), key, "{field}");
        }
    }

    #[test]
    fn the_form_renders_empty_and_keeps_what_was_typed() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            let page = |groups, typed, trouble| OwnPage { ui: ui.clone(), groups, typed, once: "token".into(), trouble }.render().unwrap();
            let empty = page(vec![], vec![], None);
            assert_eq!(empty.matches("name=\"reads\"").count(), 1, "without a group there is nobody who could read it");
            assert!(empty.contains(" checked"), "alone is what is chosen until somebody chooses");
            let mut fields = GOOD.to_vec();
            fields[1].1 = "Dear <me>";
            fields[3].1 = "3";
            let html = page(groups(), typed(&fields), Some("homework-give-due"));
            assert!(
                html.contains("Dear &#60;me&#62;") && html.contains("Steady &#60;Ground&#62;") && html.contains(&ui.t("homework-give-due"))
            );
            assert!(html.contains("value=\"3\" checked") && html.matches(" checked").count() == 1);
            assert!(!html.contains("homework-own-"));
        }
    }
}
