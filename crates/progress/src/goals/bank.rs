//! The practice's own question bank (G4).

use askama::Template;
use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::goals::{
    WORDS_CHARS,
    workshop::{Question, Step, THEME},
};
use ground::{Deed, Fault, House, Me, Ui, random_id, web::render_status};

use super::{
    queries::{self, Banked},
    reading::Fields,
};

/// More questions than this nobody answers in a quarter of an hour.
const MOST: usize = 20;

#[derive(Template)]
#[template(path = "goals/bank.html")]
pub struct BankPage {
    pub ui: Ui,
    pub rows: Vec<BankedRow>,
    pub trouble: Option<&'static str>,
}

/// One question as it stands in the form; an empty slug is a new one.
#[derive(Debug, Clone)]
pub struct BankedRow {
    pub slug: String,
    pub en: String,
    pub es: String,
    pub hidden: bool,
    pub theme: bool,
}

fn row(banked: &Banked) -> BankedRow {
    let question = &banked.question;
    let (en, es) = (question.en.clone(), question.es.clone());
    BankedRow { slug: question.slug.clone(), en, es, hidden: banked.hidden, theme: question.slug == THEME }
}

fn empty() -> BankedRow {
    BankedRow { slug: String::new(), en: String::new(), es: String::new(), hidden: false, theme: false }
}

async fn rows(house: &House) -> Result<Vec<BankedRow>, Fault> {
    let mut rows: Vec<BankedRow> = queries::bank(&house.db).await?.iter().map(row).collect();
    if rows.len() < MOST {
        rows.push(empty());
    }
    Ok(rows)
}

pub async fn page(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    let rows = rows(&house).await?;
    render_status(&BankPage { ui, rows, trouble: None }, StatusCode::OK)
}

fn typed_rows(typed: &Fields) -> Vec<BankedRow> {
    let rows = (0..=MOST).map_while(|index| {
        let get = |name: &str| typed.get(&format!("{name}-{index}")).to_owned();
        let known = typed.0.iter().any(|(name, _)| *name == format!("slug-{index}"));
        let slug = get("slug");
        let theme = slug == THEME;
        known.then(|| BankedRow { slug, en: get("en"), es: get("es"), hidden: typed.has(&format!("hidden-{index}")) && !theme, theme })
    });
    rows.collect()
}

/// Both languages are wanted: half of the members would meet a question they cannot read.
fn read(rows: &[BankedRow], known: &[Banked]) -> Result<Vec<Banked>, &'static str> {
    let mut all = Vec::new();
    for (row, place) in rows.iter().zip(1i64..) {
        let blank = row.en.is_empty() && row.es.is_empty();
        if row.slug.is_empty() && blank {
            continue;
        }
        if row.en.is_empty() || row.es.is_empty() {
            return Err("bank-both-languages");
        }
        if row.en.chars().count() > WORDS_CHARS || row.es.chars().count() > WORDS_CHARS {
            return Err("goal-too-long");
        }
        let step = if row.theme { Step::Theme } else { Step::Story };
        let slug = match known.iter().find(|banked| banked.question.slug == row.slug) {
            Some(banked) => banked.question.slug.clone(),
            None => format!("own-{}", random_id()),
        };
        let question = Question { slug, step, en: row.en.clone(), es: row.es.clone() };
        all.push(Banked { question, place: place * 10, hidden: row.hidden });
    }
    Ok(all)
}

pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let rows = typed_rows(&Fields(typed));
    let all = match read(&rows, &queries::bank(&house.db).await?) {
        Ok(all) => all,
        Err(key) => {
            let page = BankPage { ui, rows, trouble: Some(key) };
            return render_status(&page, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let (tx, now) = (house.db.write().await?, house.clock.now());
    for banked in &all {
        queries::keep_question(&tx, banked, now).await?;
    }
    tx.commit(Deed::new(me.id, "workshop.questions", "practice")).await?;
    Ok(Redirect::to("/practice/questions").into_response())
}

#[cfg(test)]
mod tests {
    use care::goals::workshop::shipped;
    use ground::{Language, Role};

    use super::*;

    fn known() -> Vec<Banked> {
        shipped().unwrap().into_iter().zip(1i64..).map(|(question, place)| Banked { question, place, hidden: false }).collect()
    }

    #[test]
    fn the_bank_renders_and_reads_what_it_shows() {
        for language in Language::ALL {
            let mut rows: Vec<BankedRow> = known().iter().map(row).collect();
            rows.push(empty());
            let page = BankPage { ui: Ui::sample(language, Some(Role::Coordinator)), rows: rows.clone(), trouble: None };
            assert_eq!(page.render().unwrap().matches("name=\"slug-").count(), 8);
            let read = read(&rows, &known()).unwrap();
            assert_eq!(read.iter().map(|banked| banked.question.slug.as_str()).collect::<Vec<_>>().last(), Some(&"theme"));
        }
    }

    #[test]
    fn a_question_wants_both_languages_and_a_new_one_gets_a_slug_of_its_own() {
        let new = BankedRow { en: "What else?".into(), ..empty() };
        assert_eq!(read(std::slice::from_ref(&new), &known()).err(), Some("bank-both-languages"));
        let invented = BankedRow { slug: "invented".into(), es: "¿Qué más?".into(), ..new };
        let read = read(&[invented], &known()).unwrap();
        assert!(read[0].question.slug.starts_with("own-"), "nobody writes over what they did not see");
        assert_eq!(read[0].question.step, Step::Story);
    }
}
