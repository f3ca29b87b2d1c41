//! The crisis lines belong to the practice's country: entered with their source, chosen only where there are any, on every page at once.

use ground::{Language, crisis::countries, values};
use hyper::StatusCode;

use crate::{
    harness::{DOOR, start, with},
    state::{escaped, kept, sentence},
};

const LINE: &[(&str, &str)] = &[
    ("number-0", "116 123"),
    ("name_en-0", "Night <line>"),
    ("name_es-0", "Línea de noche"),
    ("hours-0", "24/7"),
    ("source-0", "nightline.example, read aloud"),
    ("read_on-0", "2026-11-20"),
    ("number-1", "112"),
    ("name_en-1", "Emergency"),
    ("name_es-1", "Emergencias"),
    ("source-1", "the ministry's page"),
    ("read_on-1", "2026-11-20"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_country_is_chosen_only_with_lines_and_then_they_stand_everywhere() {
    let running = start("crisis-country").await;
    let mut anders = running.signed_in("Anders").await;
    assert!(anders.get("/practice").await.text.contains("/practice/crisis"));
    let page = anders.get("/practice/crisis").await;
    assert!(page.text.contains("988") && page.text.contains("samhsa.gov"), "the lines that ship, with their source");
    let before = kept(&running).await;
    let refused = anders.post("/practice/crisis", &[("country", "IE")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains(&sentence(Language::English, "crisis-country-empty")) && refused.text.contains("/practice/crisis/IE"));
    assert!(refused.text.contains("tel:988"), "until then the old ones stay");
    assert_eq!(anders.post("/practice/crisis", &[("country", "Atlantis")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(kept(&running).await, before);

    let kept_lines = anders.post("/practice/crisis/IE", LINE).await;
    assert_eq!(kept_lines.location, "/practice/crisis?country=IE&kept=lines", "{}", kept_lines.text);
    assert!(!running.visitor().get("/").await.text.contains("116 123"), "not before the country is chosen");
    assert_eq!(anders.post("/practice/crisis", &[("country", "IE")]).await.location, "/practice/crisis?country=IE&kept=country");
    let session = running.tonight().await;
    for path in ["/", "/find", "/no/such/page", "/sign-in", "/contact", "/how-it-works"] {
        let page = running.visitor().get(path).await.text;
        assert!(page.contains("tel:116123") && page.contains("Night &#60;line&#62; (24/7)"), "{path}");
        assert!(!page.contains("tel:988"), "{path}: another country's number helps nobody");
    }
    let mut maya = running.signed_in("Maya").await;
    maya.post(&format!("/sessions/{session}/door"), DOOR).await;
    for path in [format!("/sessions/{session}/door"), format!("/sessions/{session}/goodbye"), "/help".into()] {
        let page = maya.get(&path).await;
        assert!(page.text.contains("116 123") && !page.text.contains("988"), "{path} {}", page.status);
    }
    maya.post("/language", &[("language", "es"), ("back", "/")]).await;
    assert!(maya.get("/today").await.text.contains("Línea de noche (24/7)"));

    anders.post("/people", &[("name", "Ida Brandt"), ("email", "ida@example.org"), ("role", "member")]).await;
    running.work().await;
    let letter = running.outbox.posted().pop().unwrap().letter;
    assert!(letter.text.contains("116 123, 112") && !letter.text.contains("988"), "{}", letter.text);
    let again = ground::crisis::Crisis::read(&running.house.db).await.unwrap();
    assert_eq!(again.of("IE", Language::Spanish)[0].name, "Línea de noche (24/7)", "after a restart, too");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_without_a_source_is_refused_and_nothing_is_lost() {
    let running = start("crisis-source").await;
    let mut anders = running.signed_in("Anders").await;
    for language in Language::ALL {
        anders.post("/language", &[("language", language.code()), ("back", "/")]).await;
        let before = kept(&running).await;
        for (field, typed, key) in [
            ("source-1", " ", "crisis-source-missing"),
            ("number-0", "ask <us>", "crisis-number-unfit"),
            ("name_es-0", "", "crisis-name-missing"),
            ("read_on-1", "2999-01-01", "crisis-day-unfit"),
            ("hours-0", "whenever somebody is there, which is seldom on Sundays", "crisis-hours-long"),
        ] {
            let page = anders.post("/practice/crisis/IE", &with(LINE, field, typed)).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            assert!(page.text.contains(&sentence(language, key)) && page.text.contains(&escaped("Night <line>")), "{field} {key}");
        }
        let empty = anders.post("/practice/crisis/US", &[]).await;
        assert!(empty.text.contains(&sentence(language, "crisis-none-typed")));
        assert_eq!(kept(&running).await, before);
    }
    assert_eq!(anders.post("/practice/crisis/XX", LINE).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lines_that_ship_come_back() {
    let running = start("crisis-restore").await;
    let mut anders = running.signed_in("Anders").await;
    assert_eq!(anders.post("/practice/crisis/IE/restoration", &[]).await.status, StatusCode::NOT_FOUND, "nothing ships there");
    anders.post("/practice/crisis/US", LINE).await;
    assert!(running.visitor().get("/").await.text.contains("tel:116123"), "for the country in use at once");
    let back = anders.post("/practice/crisis/US/restoration", &[]).await;
    assert!(anders.get(&back.location).await.text.contains(&sentence(Language::English, "crisis-kept-restored")));
    let page = running.visitor().get("/").await.text;
    assert!(page.contains("tel:988") && page.contains("tel:+18006624357") && !page.contains("116123"));
    let sql = "SELECT COUNT(*) AS n FROM audit WHERE action IN ('crisis.lines', 'crisis.restore') AND object = $1";
    assert_eq!(ground::Ask::number(&running.house.db, sql, values!["country/US"]).await.unwrap(), 2);
}

#[test]
fn every_country_has_a_name_in_both_languages_and_stands_where_one_looks() {
    let (english, spanish) = (countries(Language::English).unwrap(), countries(Language::Spanish).unwrap());
    assert_eq!((english.len(), spanish.len()), (249, 249));
    let place = |all: &[(String, String)], code: &str| all.iter().position(|(known, _)| known == code).unwrap();
    assert!(place(&english, "AX") < place(&english, "BE"), "Åland is looked for under A");
    assert!(place(&spanish, "ES") < place(&spanish, "FR"));
    assert!(english.iter().all(|(code, name)| code.len() == 2 && !name.is_empty()));
}
