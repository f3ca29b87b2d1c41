use std::{collections::HashMap, sync::Arc};

use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use ground::{Fault, House, Language, not_found};
use tokio::sync::Mutex;

use super::draw::{self, Picture, Rgb};
use crate::{catalogue, groups};

/// More pictures than this are not kept: two thousand groups in two languages, and twenty megabytes are enough for a cache.
const MOST_KEPT: usize = 400;
/// Other programs ask again after an hour; a changed group is a changed tag.
const CACHE: &str = "public, max-age=3600";

/// Pictures as they were last drawn, by what is on them: the same words are the same picture.
#[derive(Debug, Clone, Default)]
pub struct Drawn(Arc<Mutex<HashMap<String, Arc<Vec<u8>>>>>);

impl Drawn {
    async fn of(&self, tag: &str, picture: Picture) -> Result<Option<Arc<Vec<u8>>>, Fault> {
        let mut kept = self.0.lock().await;
        if let Some(bytes) = kept.get(tag) {
            return Ok(Some(bytes.clone()));
        }
        // One at a time, and not on a thread that serves pages: a crowd of link previews may not slow a room down.
        let drawn = tokio::task::spawn_blocking(move || draw::png(&picture)).await.map_err(|_| Fault::Other("a picture ended badly"))?;
        let Some(bytes) = drawn.map(Arc::new) else { return Ok(None) };
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(tag.to_owned(), bytes.clone());
        Ok(Some(bytes))
    }
}

/// Colour and wash of a palette, as in `tokens.css`; a test compares them.
pub fn colours(palette: &str) -> (Rgb, Rgb) {
    match palette {
        "sage" => ((0x46, 0x6f, 0x5c), (0xe2, 0xee, 0xe8)),
        "sky" => ((0x3f, 0x6a, 0x8a), (0xe1, 0xeb, 0xf3)),
        "plum" => ((0x76, 0x56, 0x8f), (0xed, 0xe5, 0xf3)),
        "rose" => ((0xa6, 0x3d, 0x50), (0xf8, 0xe3, 0xe6)),
        "slate" => ((0x54, 0x60, 0x6b), (0xe6, 0xea, 0xee)),
        _ => ((0xc4, 0x51, 0x2d), (0xfb, 0xe9, 0xe2)),
    }
}

/// "home-en.png", "find-es.png", "group-7-en.png".
fn parse(name: &str) -> Option<(&str, Language)> {
    let (what, code) = name.strip_suffix(".png")?.rsplit_once('-')?;
    let language = Language::ALL.into_iter().find(|language| language.code() == code)?;
    Some((what, language))
}

async fn of(house: &House, name: &str) -> Result<Option<Picture>, Fault> {
    let Some((what, language)) = parse(name) else { return Ok(None) };
    let practice = house.practice();
    let (colour, wash) = colours(&practice.palette);
    let base = Picture { practice: practice.name, title: language.t("share-home"), lines: vec![language.t("share-listen")], colour, wash };
    if let Some(group) = what.strip_prefix("group-").and_then(|id| id.parse::<i64>().ok()) {
        let Some(listed) = catalogue::shown_one(&house.db, group).await? else { return Ok(None) };
        // Not what it is about: a picture in a chat is seen by more people than a page that somebody opened.
        let lines = vec![groups::weekly_words_in(language, listed.weekday, listed.minute_of_day, &listed.zone, listed.minutes)];
        return Ok(Some(Picture { title: listed.name, lines, ..base }));
    }
    Ok(match what {
        "home" => Some(base),
        "find" => Some(Picture { title: language.t("find-title"), lines: vec![language.t("share-find")], ..base }),
        _ => None,
    })
}

pub async fn picture(
    State(house): State<House>,
    Extension(drawn): Extension<Drawn>,
    headers: HeaderMap,
    Path(name): Path<String>,
) -> Result<Response, Fault> {
    let Some(picture) = of(&house, &name).await? else { return Ok(not_found()) };
    let hash = ground::seal::hash(&format!("{picture:?}"));
    let tag = format!("\"{}\"", hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>());
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(&tag));
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let Some(bytes) = drawn.of(&tag, picture).await? else { return Ok(not_found()) };
        let mut response = bytes.to_vec().into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("image/png"));
        response
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHE));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_or_is_nothing() {
        assert_eq!(parse("home-en.png"), Some(("home", Language::English)));
        assert_eq!(parse("group-7-es.png"), Some(("group-7", Language::Spanish)));
        for odd in ["", "home.png", "home-en", "home-fr.png", "../x-en.jpg"] {
            assert_eq!(parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn the_colours_are_those_of_the_pages() {
        let css = include_str!("../../../ground/assets/tokens.css");
        let hex = |(r, g, b): Rgb| format!("#{r:02x}{g:02x}{b:02x}");
        for palette in ground::PALETTES {
            let (colour, wash) = colours(palette);
            assert!(
                css.contains(&format!("--ember: {}", hex(colour))) && css.contains(&format!("--ember-wash: {}", hex(wash))),
                "{palette}"
            );
            let rule = format!(".palette-{palette} {{ --ember: {};", hex(colour));
            assert!(palette == "ember" || css.contains(&rule), "{palette}");
        }
    }
}
