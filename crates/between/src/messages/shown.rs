//! Messages as one person sees them.

use askama::Template;
use care::messages::{Own, Piece, Reaction, Rules, file::Kind, own, pieces, short};
use ground::{Fault, House, Me, Moment, Owner, Ui, seal::SealError, when};

use super::{
    carried::{self, Carried},
    queries::{self, Row, Standing},
    reports::queries::{Blocked, blocked},
};
use crate::materials;

/// What is left of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    Text(String),
    TakenBack,
    /// Hidden by a leader; leaders go on reading it, with who hid it.
    Hidden(Option<(String, String)>),
    /// Its author's record was destroyed.
    Gone,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    pub number: i64,
    pub name: String,
    pub text: Option<String>,
}

/// A part of a text as this person sees it.
#[derive(Debug, Clone, PartialEq)]
pub enum Part<'a> {
    Words(&'a str),
    /// An address of somebody else's, shown whole.
    Away(&'a str),
    /// Something of this house, by its name and its path.
    Here(&'a str, &'a str),
    /// Something of this house that is not for whoever looks, or is not there any more.
    Closed,
}

/// A quiet answer with those who gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    pub kind: Reaction,
    pub names: Vec<String>,
    pub mine: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub id: i64,
    pub number: i64,
    pub change: i64,
    pub mine: bool,
    pub name: String,
    pub at: String,
    pub edited: bool,
    pub body: Body,
    pub file: Option<Carried>,
    /// Addresses of this house in it, each with its name and where it leads, if whoever looks may go there.
    pub own: Vec<(String, Option<(String, String)>)>,
    pub quote: Option<Quote>,
    pub given: Vec<Given>,
    pub may_change: bool,
    pub may_hide: bool,
    pub is_new: bool,
    /// From somebody whom this person does not read.
    pub folded: bool,
}

impl Shown {
    pub fn is_text(&self) -> bool {
        matches!(self.body, Body::Text(_))
    }

    pub fn is_hidden(&self) -> bool {
        matches!(self.body, Body::Hidden(_))
    }

    pub fn text(&self) -> &str {
        match &self.body {
            Body::Text(text) | Body::Hidden(Some((text, _))) => text,
            _ => "",
        }
    }

    pub fn parts(&self) -> Vec<Part<'_>> {
        let part = |piece| match piece {
            Piece::Words(words) => Part::Words(words),
            Piece::Link(address) => match self.own.iter().find(|(own, _)| own == address) {
                None => Part::Away(address),
                Some((_, Some((name, path)))) => Part::Here(name, path),
                Some((_, None)) => Part::Closed,
            },
        };
        pieces(self.text()).into_iter().map(part).collect()
    }

    /// What stands where no text is.
    pub fn instead(&self) -> Option<&'static str> {
        match self.body {
            Body::Text(_) => None,
            Body::TakenBack => Some("messages-taken-back"),
            Body::Hidden(_) => Some("messages-hidden"),
            Body::Gone => Some("messages-gone"),
        }
    }

    pub fn hidden_by(&self) -> &str {
        match &self.body {
            Body::Hidden(Some((_, by))) => by,
            _ => "",
        }
    }
}

/// Whoever looks, at what, and when.
pub struct Eye<'a> {
    pub house: &'a House,
    pub ui: &'a Ui,
    pub me: &'a Me,
    pub of: &'a Standing,
    pub rules: Rules,
}

impl Eye<'_> {
    /// In the order of the rows.
    pub async fn see(&self, rows: Vec<Row>) -> Result<Vec<Shown>, Fault> {
        let numbers = rows.iter().map(|row| row.number);
        let (from, to) = (numbers.clone().min().unwrap_or(0), numbers.max().unwrap_or(0));
        let given = queries::reactions(&self.house.db, self.of.id, from, to).await?;
        let folded: Vec<i64> = blocked(&self.house.db, self.me.id).await?.into_iter().map(|Blocked { other_id, .. }| other_id).collect();
        let mut all = Vec::with_capacity(rows.len());
        for row in rows.into_iter().filter(|row| !self.of.is_circle() || !folded.contains(&row.author_id)) {
            let mine: Vec<_> = given.iter().filter(|one| one.message_id == row.id).collect();
            let given = Reaction::ALL.into_iter().filter_map(|kind| {
                let of_kind = mine.iter().filter(|one| one.kind == kind.word());
                let names: Vec<String> = of_kind.clone().map(|one| self.name(&one.name, false)).collect();
                (!names.is_empty()).then(|| Given { kind, names, mine: of_kind.clone().any(|one| one.person_id == self.me.id) })
            });
            let given = given.collect();
            let is_folded = folded.contains(&row.author_id);
            all.push(Shown { folded: is_folded, ..self.one(row, given).await? });
        }
        self.name_own(&mut all).await?;
        Ok(all)
    }

    /// Says by their names what of this house is linked to. The library is asked once, and only where there is something to name.
    async fn name_own(&self, all: &mut [Shown]) -> Result<(), Fault> {
        let base = &self.house.config.public_url;
        let mut library = None;
        for shown in all.iter_mut().filter(|shown| shown.text().contains(base.as_str())) {
            let mut named = Vec::new();
            for piece in pieces(shown.text()) {
                let Piece::Link(address) = piece else { continue };
                let Some(found) = own(address, base) else { continue };
                let name = match found {
                    Own::Material(id) => materials::named(self.house, self.me, id).await?,
                    Own::Item(slug) => {
                        if library.is_none() {
                            library = Some(ground::library::named(&self.house.db, self.me.role, self.me.language).await?);
                        }
                        let one = library.iter().flatten().find(|one| one.slug == slug);
                        one.map(|one| (one.title.clone(), format!("/library/{slug}")))
                    }
                };
                named.push((address.to_owned(), name));
            }
            shown.own = named;
        }
        Ok(())
    }

    async fn file(&self, row: &Row) -> Result<Option<Carried>, Fault> {
        let Some(kind) = row.file_kind.as_deref().and_then(Kind::parse) else { return Ok(None) };
        let (owner, place) = (Owner::Person(row.author_id), row.id.to_string());
        let sealed = row.file_described.as_deref().unwrap_or_default();
        let description = self.house.keys.open(owner, carried::queries::spot("description", &place), sealed).await?;
        let number = |value: Option<i64>| value.unwrap_or(0);
        let (width, height, bytes) = (number(row.file_width), number(row.file_height), number(row.file_bytes));
        Ok(Some(Carried { kind, width, height, bytes, description }))
    }

    async fn one(&self, row: Row, given: Vec<Given>) -> Result<Shown, Fault> {
        let leads = self.of.leads(self.me);
        let body = self.body(&row, leads).await?;
        let (mine, is_text) = (row.author_id == self.me.id, matches!(body, Body::Text(_)));
        let age = self.house.clock.now().since(row.sent_at);
        Ok(Shown {
            id: row.id,
            number: row.number,
            change: row.change,
            mine,
            name: self.who(&row),
            at: when::moment(self.ui.language, row.sent_at, &self.me.zone),
            edited: row.edited_at.is_some() && is_text,
            file: if matches!(body, Body::Text(_) | Body::Hidden(Some(_))) { self.file(&row).await? } else { None },
            own: Vec::new(),
            quote: if is_text { self.quote(&row).await? } else { None },
            given: if is_text { given } else { Vec::new() },
            may_change: mine && is_text && self.rules.may_change(age),
            may_hide: leads && self.of.is_group() && matches!(body, Body::Text(_) | Body::Hidden(_)),
            is_new: row.number > self.of.read && !mine,
            folded: false,
            body,
        })
    }

    async fn body(&self, row: &Row, leads: bool) -> Result<Body, Fault> {
        if row.taken_back_at.is_some() {
            return Ok(Body::TakenBack);
        }
        let text = self.text(row.author_id, row.id, row.text_sealed.as_deref()).await?;
        Ok(match (row.hidden_at, text) {
            (Some(at), Some(text)) if leads => Body::Hidden(Some((text, self.by(row.hidden_by.as_deref().unwrap_or(""), at)))),
            (Some(_), _) => Body::Hidden(None),
            (None, Some(text)) => Body::Text(text),
            (None, None) => Body::Gone,
        })
    }

    fn by(&self, name: &str, at: Moment) -> String {
        let at = when::moment(self.ui.language, at, &self.me.zone);
        self.ui.t2("messages-hidden-by", &("name", name), &("when", &at))
    }

    /// What was sealed; nothing once the key of its author is gone.
    pub async fn text(&self, author: i64, id: i64, sealed: Option<&[u8]>) -> Result<Option<String>, Fault> {
        let Some(sealed) = sealed else { return Ok(None) };
        match self.house.keys.open(Owner::Person(author), queries::spot(&id.to_string()), sealed).await {
            Err(Fault::Seal(SealError::NoKey)) => Ok(None),
            opened => opened.map(Some),
        }
    }

    /// A seat keeps its name when its person leaves, and has none any more once their record is destroyed.
    fn name(&self, name: &str, left: bool) -> String {
        match name {
            "–" => self.ui.t("messages-somebody"),
            name if left => self.ui.t1("messages-left", "name", name),
            name => name.to_owned(),
        }
    }

    fn who(&self, row: &Row) -> String {
        if row.as_leaders == 1 { self.ui.t("messages-as-leaders") } else { self.name(&row.name, row.left_at.is_some()) }
    }

    /// The beginning of what it answers. What was written before this person came is not told by way of an answer to it.
    async fn quote(&self, row: &Row) -> Result<Option<Quote>, Fault> {
        let (Some(id), Some(number), Some(author)) = (row.quote_id, row.quote_number, row.quote_author) else { return Ok(None) };
        let is_before = row.quote_sent_at.is_some_and(|at| at < self.of.since());
        let sealed = row.quote_sealed.as_deref().filter(|_| row.quote_hidden_at.is_none() && !is_before);
        let text = self.text(author, id, sealed).await?.map(|text| short(&text));
        let name = if row.quote_as_leaders == Some(1) {
            self.ui.t("messages-as-leaders")
        } else {
            self.name(row.quote_name.as_deref().unwrap_or("–"), false)
        };
        Ok(Some(Quote { number, name, text }))
    }
}

/// What a page that is open gets: the same lines that it would show after loading it again.
#[derive(Template)]
#[template(path = "messages/lines.html")]
pub struct Lines<'a> {
    pub ui: &'a Ui,
    pub of: &'a Standing,
    pub shown: &'a [Shown],
}

#[cfg(test)]
pub mod tests {
    use ground::{Language, Role};

    use super::*;

    pub fn standing(part: &str) -> Standing {
        Standing {
            id: 5,
            kind: "group".into(),
            group_id: Some(1),
            person_id: None,
            last_number: 9,
            last_change: 12,
            paused_at: None,
            waiting_since: None,
            title: "Steady <Ground>".into(),
            part: Some(part.into()),
            joined_at: Some(Moment(7)),
            read: 3,
            told: None,
            host_id: None,
            ends_at: None,
            purpose_sealed: None,
        }
    }

    pub fn shown(body: Body) -> Shown {
        Shown {
            id: 31,
            number: 4,
            change: 8,
            mine: false,
            name: "The<o".into(),
            at: "Tuesday".into(),
            edited: true,
            body,
            file: None,
            own: vec![],
            quote: Some(Quote { number: 2, name: "Pri<ya".into(), text: Some("How <are> you".into()) }),
            given: vec![Given { kind: Reaction::Heard, names: vec!["Sam<".into(), "Ann".into()], mine: true }],
            may_change: true,
            may_hide: true,
            is_new: true,
            folded: false,
        }
    }

    fn html(language: Language, shown: &[Shown]) -> String {
        Lines { ui: &Ui::sample(language, Some(Role::Member)), of: &standing("member"), shown }.render().unwrap()
    }

    #[test]
    fn a_line_is_text_and_nothing_that_was_typed_becomes_an_element() {
        for language in Language::ALL {
            let typed = "Look <img src=x> at https://example.org/a?b=1&c=<d and javascript:alert(1)";
            let html = html(language, &[shown(Body::Text(typed.into()))]);
            assert!(html.contains("Look &#60;img src=x&#62; at ") && !html.contains("<img"));
            let link = "<a href=\"https://example.org/a?b=1&#38;c=\" rel=\"noopener noreferrer nofollow\" target=\"_blank\"><bdi>";
            assert!(html.contains(link), "{html}");
            assert!(!html.contains("href=\"javascript"));
            for name in ["The&#60;o", "Pri&#60;ya", "How &#60;are&#62; you", "Sam&#60;"] {
                assert!(html.contains(name), "{name}");
            }
            assert!(html.contains("id=\"m-4\"") && html.contains("data-change=\"8\""));
        }
    }

    #[test]
    fn where_no_text_is_a_sentence_stands_and_no_button_that_makes_no_sense() {
        let ui = Ui::sample(Language::English, Some(Role::Member));
        for body in [Body::TakenBack, Body::Hidden(None), Body::Gone] {
            let one = Shown { may_change: false, may_hide: false, quote: None, given: vec![], ..shown(body) };
            let html = html(Language::English, std::slice::from_ref(&one));
            assert!(html.contains(&ui.t(one.instead().unwrap())));
            assert!(!html.contains("/reaction") && !html.contains("/removal") && !html.contains("/hiding"));
        }
        let seen = Shown { quote: None, given: vec![], ..shown(Body::Hidden(Some(("what was <said>".into(), "Amara, Tuesday".into())))) };
        let html = html(Language::English, &[seen]);
        assert!(html.contains("what was &#60;said&#62;") && html.contains("Amara, Tuesday") && html.contains("/hiding"));
    }

    #[test]
    fn what_is_of_this_house_is_said_by_its_name_or_not_at_all() {
        let (mine, closed) = ("https://hearth.example.org/library/a", "https://hearth.example.org/library/b");
        let own = vec![(mine.to_owned(), Some(("A <title>".to_owned(), "/library/a".to_owned()))), (closed.to_owned(), None)];
        let one = Shown { own, ..shown(Body::Text(format!("{mine} and {closed} and https://example.org"))) };
        for language in Language::ALL {
            let html = html(language, std::slice::from_ref(&one));
            assert!(html.contains("href=\"/library/a\"><bdi>A &#60;title&#62;</bdi></a> and "), "{html}");
            assert!(html.contains(&language.t("messages-link-closed")) && !html.contains("/library/b"));
            assert!(html.contains("href=\"https://example.org\""));
        }
    }

    #[test]
    fn a_picture_is_shown_with_its_words_and_a_pdf_is_a_button() {
        let file = |kind, description: &str| {
            let file = Some(Carried { kind, width: 40, height: 30, bytes: 2_048, description: description.into() });
            html(Language::English, &[Shown { file, ..shown(Body::Text(String::new())) }])
        };
        let picture = file(Kind::Picture, "A \"river\" <x>");
        assert!(
            picture.contains("src=\"/channels/5/31/file\" alt=\"A &#34;river&#34; &#60;x&#62;\" width=\"40\" height=\"30\""),
            "{picture}"
        );
        assert!(picture.contains("href=\"/channels/5/31/picture\"") && !picture.contains("class=\"prose\""));
        let nameless = file(Kind::Picture, "");
        assert!(nameless.contains("alt=\"A picture from The&#60;o, without a description\""), "{nameless}");
        let pdf = file(Kind::Pdf, "My <plan>");
        assert!(!pdf.contains("<img") && pdf.contains("My &#60;plan&#62;") && pdf.contains("/channels/5/31/file\" download"));
    }

    #[test]
    fn who_leads_and_since_when_somebody_reads() {
        let me = |id| Me { id, name: "Maya".into(), role: Role::Member, language: Language::English, zone: "UTC".into(), sign_in: 1 };
        assert!(!standing("member").leads(&me(7)) && standing("facilitator").leads(&me(7)));
        assert_eq!((standing("member").since(), standing("facilitator").since()), (Moment(7), Moment(0)));
        let own = Standing { kind: "staff".into(), group_id: None, person_id: Some(7), part: None, ..standing("member") };
        assert!(!own.leads(&me(7)) && own.leads(&me(8)), "whoever is not the member is one of the staff");
        let ui = Ui::sample(Language::English, Some(Role::Member));
        assert_eq!((own.title(&ui, &me(7)), own.title(&ui, &me(8))), (ui.t("messages-with-staff"), "Steady <Ground>".into()));
    }
}
