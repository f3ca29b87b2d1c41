//! Packs of instruments under their owners' terms: read, every statement ticked, installed by name and day; taken out again at any time.
//! Neither addresses nor the audit book name one: which questions a practice asks says what it treats.

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::measures::packs::{Pack, Terms};
use ground::{Deed, Fault, House, Me, Ui, web::render_status, when};
use serde::Deserialize;

use super::{
    library,
    queries::{self, Installed},
};

type Fields = Vec<(String, String)>;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A word of `DONE`.
    pub done: String,
}

/// What a page may say was done; each is a sentence `packs-done-…`.
const DONE: [&str; 2] = ["installed", "removed"];

/// One pack as the page shows it.
pub struct Shown {
    pub pack: Pack,
    pub hash: String,
    pub installed: Option<Installed>,
}

#[derive(Template)]
#[template(path = "measures/packs.html")]
pub struct PacksPage {
    pub ui: Ui,
    pub zone: String,
    pub all: Vec<Shown>,
    pub done: Option<String>,
    /// Which pack was not installed, why, and what was ticked.
    pub trouble: Option<(String, &'static str)>,
    pub ticked: Vec<String>,
}

impl Shown {
    fn is_installed(&self) -> bool {
        self.installed.as_ref().is_some_and(|one| one.terms_hash == self.hash)
    }

    /// Somebody accepted other terms than those of today.
    fn has_changed(&self) -> bool {
        self.installed.is_some() && !self.is_installed()
    }

    fn is_quoted(&self) -> bool {
        self.pack.terms_are == Terms::Quotation
    }

    fn names(&self) -> String {
        let name = |one: &care::measures::Instrument| format!("{} ({})", one.short, one.items.len());
        self.pack.instruments.iter().map(name).collect::<Vec<_>>().join(", ")
    }
}

impl PacksPage {
    fn by(&self, one: &Installed) -> String {
        let day = when::day(self.ui.language, one.installed_at, &self.zone);
        self.ui.t2("library-accepted", &("name", &one.by_name), &("day", &day))
    }

    fn trouble(&self, shown: &Shown) -> Option<&'static str> {
        self.trouble.as_ref().filter(|(pack, _)| *pack == shown.pack.id).map(|(_, key)| *key)
    }

    fn is_ticked(&self, shown: &Shown, name: &str) -> bool {
        self.trouble(shown).is_some() && self.ticked.iter().any(|ticked| ticked == name)
    }

    /// Field and words of each statement.
    fn statements(&self, shown: &Shown) -> Vec<(String, String)> {
        let one = |index: usize| (format!("statement-{index}"), shown.pack.statement(index, self.ui.lang()).to_owned());
        (0..shown.pack.statements.len()).map(one).collect()
    }
}

async fn page(house: &House, ui: Ui, me: &Me) -> Result<PacksPage, Fault> {
    let installed = queries::installed(&house.db).await?;
    let shown = |pack: &Pack| Shown {
        hash: library::terms_hash(pack),
        installed: installed.iter().find(|one| one.pack == pack.id).cloned(),
        pack: pack.clone(),
    };
    let all = library::packs()?.iter().map(shown).collect();
    Ok(PacksPage { ui, zone: me.zone.clone(), all, done: None, trouble: None, ticked: Vec::new() })
}

pub async fn form(State(house): State<House>, ui: Ui, me: Me, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let done = DONE.contains(&asked.done.as_str()).then(|| format!("packs-done-{}", asked.done));
    ground::render(&PacksPage { done, ..page(&house, ui, &me).await? })
}

pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let get = |name: &str| fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let Some(pack) = library::packs()?.iter().find(|pack| pack.id == get("pack")) else {
        return Ok(Redirect::to("/instruments/packs").into_response());
    };
    let hash = library::terms_hash(pack);
    let object = format!("pack/{}", &hash[..12]);
    let now = house.clock.now();
    if get("action") == "remove" {
        let slugs: Vec<String> = pack.instruments.iter().map(|one| one.id.clone()).collect();
        let tx = house.db.write().await?;
        if queries::uninstall(&tx, &pack.id, &slugs, me.id, now).await? {
            tx.commit(Deed::new(me.id, "pack.remove", object)).await?;
        }
        return Ok(Redirect::to("/instruments/packs?done=removed").into_response());
    }
    // The page may be older than the program: what was read has to be what is accepted.
    let trouble = match () {
        () if get("terms") != hash => Some("packs-terms-changed"),
        () if !pack.may_install(&fields) => Some("packs-not-ticked"),
        () => None,
    };
    if let Some(key) = trouble {
        let ticked = fields.iter().map(|(name, _)| name.clone()).collect();
        let page = PacksPage { trouble: Some((pack.id.clone(), key)), ticked, ..page(&house, ui, &me).await? };
        return render_status(&page, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let tx = house.db.write().await?;
    if queries::install(&tx, &pack.id, &hash, me.id, now).await? {
        tx.commit(Deed::new(me.id, "pack.install", object)).await?;
    }
    Ok(Redirect::to("/instruments/packs?done=installed").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Moment, Role};

    use super::*;

    fn sample(language: Language, hash: impl Fn(&str) -> Option<String>) -> PacksPage {
        let shown = |pack: &Pack| {
            let today = library::terms_hash(pack);
            let by = |terms_hash| Installed { pack: pack.id.clone(), terms_hash, by_name: "Anders <a>".into(), installed_at: Moment(0) };
            Shown { installed: hash(&today).map(by), hash: today, pack: pack.clone() }
        };
        let all = library::packs().unwrap().iter().map(shown).collect();
        let ui = Ui::sample(language, Some(Role::Administrator));
        PacksPage { ui, zone: "UTC".into(), all, done: None, trouble: None, ticked: Vec::new() }
    }

    #[test]
    fn terms_and_licence_are_read_before_anything_is_installed() {
        for language in Language::ALL {
            let html = sample(language, |_| None).render().unwrap();
            let packs = library::packs().unwrap();
            assert_eq!(html.matches("value=\"install\"").count(), packs.len());
            assert!(!html.contains("value=\"remove\"") && !html.contains("checked"), "nothing is ticked for anybody");
            for pack in packs {
                assert!(html.contains(&pack.owner) && html.contains(&pack.licence_at), "{}", pack.id);
                assert!(html.contains(&library::terms_hash(pack)), "{}: what is read is what is accepted", pack.id);
                assert!(html.contains(&pack.terms[0].replace('"', "&#34;")), "{}", pack.id);
            }
            let trouble = Some(("core-10".to_owned(), "packs-not-ticked"));
            let again = PacksPage { trouble, ticked: vec!["statement-1".into()], ..sample(language, |_| None) }.render().unwrap();
            assert_eq!(again.matches("role=\"alert\"").count(), 1);
            assert_eq!(again.matches("checked").count(), 1, "what was ticked stays, in this pack alone");
            for word in DONE {
                assert!(language.knows(&format!("packs-done-{word}")), "{word}");
            }
        }
    }

    #[test]
    fn an_installed_one_says_who_and_other_terms_ask_again() {
        let count = library::packs().unwrap().len();
        for language in Language::ALL {
            let html = sample(language, |today| Some(today.to_owned())).render().unwrap();
            assert!(html.contains("Anders &#60;a&#62;") && !html.contains("value=\"install\""));
            assert_eq!(html.matches("value=\"remove\"").count(), count);
            let html = sample(language, |_| Some("0".repeat(64))).render().unwrap();
            assert_eq!(html.matches("value=\"install\"").count(), count, "the terms of today were never accepted");
        }
    }
}
