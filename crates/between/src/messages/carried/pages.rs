use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use ground::{Fault, House, Me, Ui, files::held, not_found, render};

use super::{Carried, bytes};
use crate::messages::{queries, shown::Eye, standing};

#[derive(Template)]
#[template(path = "messages/carried/picture.html")]
pub struct PicturePage {
    pub ui: Ui,
    pub channel: i64,
    pub message: i64,
    pub number: i64,
    pub name: String,
    pub at: String,
    pub file: Carried,
}

impl PicturePage {
    fn alt(&self) -> String {
        self.file.alt(&self.ui, &self.name)
    }
}

struct Seen {
    author: i64,
    number: i64,
    name: String,
    at: String,
    file: Carried,
}

/// What a message carries, if this person reads the message now: the line of the page decides, so nothing is hidden there and open here.
async fn seen(house: &House, ui: &Ui, me: &Me, channel: i64, message: i64) -> Result<Option<Seen>, Fault> {
    let Some(of) = standing(house, me, channel).await? else { return Ok(None) };
    let Some(row) = queries::one(&house.db, &of, message).await? else { return Ok(None) };
    let (author, rules) = (row.author_id, queries::rules(&house.db).await?.rules());
    let Some(shown) = Eye { house, ui, me, of: &of, rules }.see(vec![row]).await?.pop() else { return Ok(None) };
    Ok(shown.file.map(|file| Seen { author, number: shown.number, name: shown.name, at: shown.at, file }))
}

pub async fn file(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((channel, message)): Path<(i64, i64)>,
    asked: HeaderMap,
) -> Result<Response, Fault> {
    let Some(seen) = seen(&house, &ui, &me, channel, message).await? else { return Ok(not_found()) };
    Ok(match bytes(&house, seen.author, message).await? {
        Some(bytes) => held(&seen.file.kept(message), bytes, &asked),
        None => not_found(),
    })
}

pub async fn picture(State(house): State<House>, ui: Ui, me: Me, Path((channel, message)): Path<(i64, i64)>) -> Result<Response, Fault> {
    match seen(&house, &ui, &me, channel, message).await?.filter(|seen| seen.file.is_picture()) {
        Some(Seen { number, name, at, file, .. }) => render(&PicturePage { ui, channel, message, number, name, at, file }),
        None => Ok(not_found()),
    }
}

#[cfg(test)]
mod tests {
    use care::messages::file::Kind;
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn a_picture_has_a_page_with_what_it_shows() {
        for language in Language::ALL {
            let page = |description: &str| {
                let ui = Ui::sample(language, Some(Role::Member));
                let file = Carried { kind: Kind::Picture, width: 1_600, height: 900, bytes: 120_000, description: description.into() };
                let (channel, message, number) = (5, 31, 4);
                PicturePage { ui, channel, message, number, name: "The<o".into(), at: "Tuesday".into(), file }.render().unwrap()
            };
            let html = page("A \"river\" <at night>");
            assert!(html.contains("alt=\"A &#34;river&#34; &#60;at night&#62;\"") && html.contains("/channels/5/31/file"));
            assert!(html.contains("/channels/5#m-4") && html.contains("The&#60;o") && html.contains("width=\"1600\""));
            assert!(page("").contains(&language.say("messages-picture-of", &[("name", "The<o".into())]).replace('<', "&#60;")));
        }
    }

    #[test]
    fn sizes_are_said_as_people_say_them_and_a_pdf_is_saved() {
        let ui = Ui::sample(Language::English, Some(Role::Member));
        let file = |kind, bytes| Carried { kind, width: 0, height: 0, bytes, description: String::new() };
        assert!(file(Kind::Pdf, 300).size(&ui).contains("1 kB") && file(Kind::Pdf, 3 << 20).size(&ui).contains("3 MB"));
        assert!(file(Kind::Pdf, 300).kept(1).never_inline && !file(Kind::Picture, 300).kept(1).never_inline);
        assert_eq!(file(Kind::Picture, 300).kept(1).media_type, "image/jpeg");
    }
}
