//! Whether somebody is told of what is new in one channel: as its kind says, always, or not until they look.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use care::notices::is_told;
use ground::{Deed, Fault, House, Me, Ui, not_found};
use serde::Deserialize;

use super::{
    queries::{self, Standing},
    standing,
};

/// The small form at the end of a channel.
#[derive(Template)]
#[template(path = "messages/notices.html")]
pub struct Notices<'a> {
    pub ui: &'a Ui,
    pub of: &'a Standing,
    pub leads: bool,
}

impl Notices<'_> {
    fn chosen(&self) -> Option<bool> {
        self.of.told.map(|told| told == 1)
    }

    fn told(&self, chosen: Option<bool>) -> &'static str {
        if is_told(chosen, &self.of.kind, self.leads) { "channel-notices-on" } else { "channel-notices-off" }
    }

    fn now(&self) -> String {
        self.ui.t(self.told(self.chosen()))
    }

    /// Word, sentence, and whether it is the one that was chosen.
    fn choices(&self) -> [(&'static str, String, bool); 3] {
        let usual = if is_told(None, &self.of.kind, self.leads) { "channel-notices-usual-on" } else { "channel-notices-usual-off" };
        [("", usual, None), ("yes", "channel-notices-yes", Some(true)), ("no", "channel-notices-no", Some(false))]
            .map(|(word, key, told)| (word, self.ui.t(key), self.chosen() == told))
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Choice {
    told: String,
}

pub async fn choose(State(house): State<House>, me: Me, Path(channel): Path<i64>, Form(choice): Form<Choice>) -> Result<Response, Fault> {
    let Some(of) = standing(&house, &me, channel).await? else { return Ok(not_found()) };
    let told = match choice.told.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        "" => None,
        // No form of ours sends it, and a guess would change what somebody chose.
        _ => return Ok(Redirect::to(&format!("/channels/{channel}#notices")).into_response()),
    };
    let tx = house.db.write().await?;
    queries::tell(&tx, of.id, me.id, told).await?;
    tx.commit(Deed::new(me.id, "channel.notices", format!("channel/{channel}"))).await?;
    Ok(Redirect::to(&format!("/channels/{channel}#notices")).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::{super::shown::tests, *};

    fn html(language: Language, kind: &str, leads: bool, told: Option<i64>) -> String {
        let ui = Ui::sample(language, Some(Role::Member));
        let of = Standing { kind: kind.into(), told, ..tests::standing(if leads { "facilitator" } else { "member" }) };
        Notices { ui: &ui, of: &of, leads }.render().unwrap()
    }

    #[test]
    fn it_says_how_it_is_now_and_what_is_usual() {
        for language in Language::ALL {
            for (kind, leads, told, now, usual) in [
                ("group", false, None, "on", "on"),
                ("group", true, None, "off", "off"),
                ("group", true, Some(1), "on", "off"),
                ("staff", true, None, "on", "on"),
                ("circle", false, Some(0), "off", "on"),
            ] {
                let html = html(language, kind, leads, told);
                let summary = html.split("</summary>").next().unwrap();
                assert!(summary.contains(&language.t(&format!("channel-notices-{now}"))), "{kind} {leads} {told:?}");
                assert!(html.contains(&language.t(&format!("channel-notices-usual-{usual}"))));
                assert_eq!(html.matches(" checked").count(), 1);
                let value = told.map_or("", |told| if told == 1 { "yes" } else { "no" });
                assert!(html.contains(&format!("value=\"{value}\" checked")) && !html.contains("channel-notices-"));
            }
        }
    }
}
