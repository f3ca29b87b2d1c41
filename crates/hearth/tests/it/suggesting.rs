//! A suggested group asks what its leader offered: nobody is proposed for an evening on which they said that they cannot.

use ground::Language;

use crate::{harness::start, state::sentence};

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_is_proposed_only_inside_what_they_entered() {
    let running = start("suggest-windows").await;
    let group = running.lanterns("2").await;
    for number in 0..8 {
        running.screened(group, &format!("waits-{number}@example.org")).await;
    }
    let mut carol = running.signed_in("Carol").await;
    let before = carol.get("/applicants/suggestions").await.text;
    let value = |page: &str, name: &str| {
        let at = page.find(&format!("name=\"{name}\" value=\"")).unwrap() + name.len() + 15;
        page[at..].split('"').next().unwrap().to_owned()
    };
    let weekday = value(&before, "weekday");
    assert!(["10:00", "14:30", "18:30"].contains(&value(&before, "time").as_str()), "nobody entered anything: the usual hour");
    let clinicians = ["Dr. Amara", "Lena", "Dr. Hana", "Marcus"];
    for name in clinicians {
        let window = [("weekday", weekday.as_str()), ("from", "05:00"), ("to", "06:00")];
        assert_eq!(running.signed_in(name).await.post("/account/availability", &window).await.location, "/account/availability");
    }
    let none = carol.get("/applicants/suggestions").await.text;
    assert!(!none.contains("name=\"person-"), "an hour before dawn is no session");
    let window = [("weekday", weekday.as_str()), ("from", "19:10"), ("to", "21:15")];
    running.signed_in("Dr. Hana").await.post("/account/availability", &window).await;
    let page = carol.get("/applicants/suggestions").await.text;
    let hana = running.person("Dr. Hana").await.id.to_string();
    assert_eq!((value(&page, "leader"), value(&page, "time"), value(&page, "weekday")), (hana, "19:30".to_owned(), weekday));
    assert!(page.contains(&sentence(Language::English, "suggest-best")));
}
