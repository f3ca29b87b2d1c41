use askama::Template;
use axum::{extract::State, response::Response};
use care::agenda::Agenda;
use ground::{Fault, House, Me, Moment, Owner, Role, Spot, Ui, facts, library::Named, peer::Check, render, when};

use super::queries::{self, Coming, Left};
use crate::{
    absence::{Said, Taps},
    live::StoredAnswer,
    peer,
    readings::Shelf,
};

#[derive(Template)]
#[template(path = "today/today.html")]
pub struct TodayPage {
    pub ui: Ui,
    pub me: Me,
    pub now: Moment,
    pub coming: Vec<Coming>,
    /// Sessions of this week that were called off.
    pub called_off: Vec<Coming>,
    pub past: Vec<Coming>,
    /// Check-ins of members among themselves.
    pub peer: Vec<Check>,
    /// What was chosen to be read before the sessions to come.
    pub readings: Vec<Named>,
    pub moods: Vec<u8>,
    /// Who sat in a circle and sits in none now is shown the way back.
    pub left: Option<Left>,
    /// And, if the practice has one, the place for afterwards.
    pub afterwards: bool,
}

pub async fn today(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let now = house.clock.now();
    let coming: Vec<Coming> = match me.role {
        Role::Coordinator | Role::Administrator => queries::everywhere(&house.db, now).await?,
        _ => queries::coming(&house.db, &me, now).await?,
    };
    let (called_off, coming): (Vec<Coming>, Vec<Coming>) = coming.into_iter().partition(|one| one.cancelled_at.is_some());
    let past = queries::past(&house.db, &me).await?;
    let moods = if me.role == Role::Member { moods(&house, me.id).await? } else { Vec::new() };
    let left = if me.role == Role::Member { queries::left(&house.db, me.id).await? } else { None };
    let afterwards = me.role == Role::Member && facts::alumni_is_open_to(&house.db, me.id, now).await?;
    let peer = peer::coming(&house, me.id).await?;
    let readings = readings(&house, &me, &coming).await?;
    render(&TodayPage { ui, me, now, coming, called_off, past, peer, readings, moods, left, afterwards })
}

/// For those who come as members, of every session that Today shows, each once; whoever leads finds them in the agenda.
async fn readings(house: &House, me: &Me, coming: &[Coming]) -> Result<Vec<Named>, Fault> {
    let mut words: Vec<String> = Vec::new();
    for session in coming.iter().filter(|session| session.part == "member") {
        let agenda: Agenda = serde_json::from_str(&session.agenda)?;
        words.extend(agenda.readings.into_iter().filter(|word| !words.contains(word)).collect::<Vec<_>>());
    }
    if words.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Shelf::of(&house.db, me).await?.named(&words))
}

/// One's own moods at the start of the last sessions. A key that was destroyed leaves a gap, not an error.
async fn moods(house: &House, person: i64) -> Result<Vec<u8>, Fault> {
    let mut moods = Vec::new();
    for row in queries::answers(&house.db, person).await? {
        let place = format!("{}.{person}", row.session_id);
        let spot = Spot { table: "session_answer", column: "answer", row: &place };
        let Ok(text) = house.keys.open(Owner::Person(person), spot, &row.answer_sealed).await else { continue };
        let answer: StoredAnswer = serde_json::from_str(&text)?;
        moods.extend(answer.closing.and_then(|closing| closing.mood).or(answer.check_in.map(|check_in| check_in.mood)));
    }
    Ok(moods)
}

/// How long before the start the door page opens: 30 minutes.
const DOOR_OPENS: i64 = 30 * 60 * 1_000_000;

impl TodayPage {
    fn greeting(&self) -> String {
        let hour = self.now.in_zone(&self.me.zone).hour();
        let key = match hour {
            5..12 => "today-morning",
            12..18 => "today-afternoon",
            _ => "today-evening",
        };
        self.ui.t1(key, "name", self.me.first_name())
    }

    fn date(&self) -> String {
        when::day(self.ui.language, self.now, &self.me.zone)
    }

    fn day(&self, session: &Coming) -> String {
        when::day(self.ui.language, session.starts_at, &self.me.zone)
    }

    fn span(&self, session: &Coming) -> String {
        when::span(self.ui.language, session.starts_at, session.minutes, &self.me.zone)
    }

    fn theme(&self, session: &Coming) -> String {
        serde_json::from_str::<Agenda>(&session.agenda).map(|agenda| agenda.theme().to_owned()).unwrap_or_default()
    }

    fn door_is_open(&self, session: &Coming) -> bool {
        session.state == "live" || self.now.0 >= session.starts_at.0 - DOOR_OPENS
    }

    /// What the button says: join, or in how long.
    fn join(&self, session: &Coming) -> String {
        let minutes = (session.starts_at.0 - self.now.0) / 60_000_000;
        if minutes > 0 { self.ui.t1("today-join-in", "minutes", minutes) } else { self.ui.t("today-join-now") }
    }

    fn peer_when(&self, check: &Check) -> String {
        peer::when(&self.ui, check, &self.me.zone)
    }

    fn peer_is_open(&self, check: &Check) -> bool {
        peer::is_open(check, self.now)
    }

    fn leads(&self, session: &Coming) -> bool {
        session.part == "facilitator"
    }

    /// One tap to say that one cannot come, or comes later.
    fn taps(&self, session: &Coming) -> Option<String> {
        let said = Said::parse(&session.absence, session.absence_minutes);
        let taps = Taps { ui: self.ui.clone(), session: session.id, said, back: "/today".into(), folded: false };
        (session.part == "member").then(|| taps.render().unwrap_or_default())
    }

    fn called_off_words(&self, session: &Coming) -> String {
        self.ui.t2("today-called-off", &("group", &session.group_name), &("day", &self.day(session)))
    }

    fn left_words(&self, left: &Left) -> String {
        let day = when::day(self.ui.language, left.left_at, &self.me.zone);
        self.ui.t2("today-left-text", &("group", &left.group_name), &("day", &day))
    }

    fn is_office(&self) -> bool {
        self.me.role.is_office()
    }

    fn is_member(&self) -> bool {
        self.me.role == Role::Member
    }

    fn is_family(&self) -> bool {
        self.me.role == Role::Family
    }

    /// The mood line in a box of 280 by 90, with 0 at the bottom.
    fn mood_points(&self) -> Vec<(i32, i32)> {
        let step = 260 / (self.moods.len().max(2) as i32 - 1);
        self.moods.iter().enumerate().map(|(i, mood)| (10 + i as i32 * step, 80 - i32::from(*mood) * 7)).collect()
    }

    fn mood_path(&self) -> String {
        self.mood_points().iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")
    }

    fn mood_words(&self) -> String {
        self.moods.iter().map(u8::to_string).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use ground::Language;

    use super::*;

    #[test]
    fn who_has_left_finds_a_way_back() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            let me = ui.me.clone().unwrap();
            for listed in [0, 1] {
                let left = Left { group_id: 7, group_name: "Steady <Ground>".into(), left_at: Moment(1_789_000_000_000_000), listed };
                let (ui, me) = (ui.clone(), me.clone());
                let page = TodayPage {
                    ui,
                    me,
                    now: Moment(0),
                    coming: vec![],
                    called_off: vec![],
                    past: vec![],
                    peer: vec![],
                    readings: vec![],
                    moods: vec![],
                    left: Some(left),
                    afterwards: listed == 1,
                };
                let html = page.render().unwrap();
                assert!(html.contains(&page.ui.t("today-left-title")) && !html.contains(&page.ui.t("today-nothing-title")));
                assert!(html.contains("Steady &#60;Ground&#62;") && html.contains("href=\"/find\"") && html.contains("href=\"/messages\""));
                assert_eq!(html.contains("href=\"/find/7\""), listed == 1, "only where a place can be asked for");
            }
        }
    }

    #[test]
    fn today_renders_for_every_role_with_nothing_and_with_much() {
        for language in Language::ALL {
            for role in Role::ALL {
                let ui = Ui::sample(language, Some(role));
                let me = ui.me.clone().unwrap();
                let session = Coming {
                    id: 5,
                    group_name: "Steady Ground".into(),
                    number: 6,
                    starts_at: Moment(1_789_000_000_000_000),
                    minutes: 90,
                    state: "planned".into(),
                    agenda: "{\"phases\":[]}".into(),
                    part: "member".into(),
                    cancelled_at: None,
                    absence: "late".into(),
                    absence_minutes: 10,
                };
                for many in [0, 8] {
                    let sessions = vec![session.clone(); many];
                    let page = TodayPage {
                        ui: ui.clone(),
                        me: me.clone(),
                        now: Moment(1_789_000_000_000_000),
                        coming: sessions.clone(),
                        called_off: sessions.clone(),
                        past: sessions,
                        peer: vec![],
                        readings: if many > 0 { Shelf::sample().named(&["one-rung".to_owned()]) } else { vec![] },
                        moods: vec![3; many],
                        left: None,
                        afterwards: false,
                    };
                    let html = page.render().unwrap();
                    assert!(html.contains("Maya"));
                    assert_eq!(html.contains("One &#60;rung&#62;"), many > 0);
                }
            }
        }
    }
}
