//! The demo that somebody looks at: its pages between sessions are lived in, once, and alarm nobody.

use ground::{Ask, Language, values};
use hyper::StatusCode;

use crate::{harness::start, state::sentence};

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_lived_in_between_sessions() {
    let running = start("demo-between").await;
    for _ in 0..2 {
        hearth::demo::enliven(&running.house).await.unwrap();
    }
    let group = running.group("Steady Ground").await;
    let mut maya = running.signed_in("Maya").await;
    let channel = maya.get(&format!("/groups/{group}/messages")).await.location;
    let page = maya.get(&channel).await;
    for words in ["The call is made.", "Anoche dejé el teléfono", "Between our evenings this place is yours."] {
        assert!(page.text.contains(words), "{words}");
    }
    let person = running.house.db.number("SELECT id AS n FROM person WHERE name = 'Maya Lindqvist'", []).await.unwrap();
    let mine = running.house.db.number("SELECT id AS n FROM channel WHERE person_id = $1", values![person]).await.unwrap();
    assert!(maya.get(&format!("/channels/{mine}")).await.text.contains("keep your turn for you"), "staff have answered");
    let helped = maya.get(&format!("/groups/{group}/what-helped")).await.text;
    assert!(
        helped.contains("anywhere I cannot leave at once") && helped.contains("Domingo por la tarde") && !helped.contains("Jonas"),
        "one has no name"
    );
    let question = maya.get(&format!("/groups/{group}/question")).await.text;
    assert!(question.contains("a little easier now") && !question.contains("Saying that I need a minute"), "she has not answered it yet");
    assert!(question.contains("I hummed in the lift"), "and reads what she answered before");
    assert!(maya.get(&format!("/groups/{group}/moments")).await.text.contains("over the bridge"));
    let letters = maya.get("/letters").await.text;
    assert!(letters.contains("href=\"/letters/") && letters.matches("/removal").count() >= 2, "one is open, one is not");
    assert!(maya.get("/supporters").await.text.contains("Mum"));
    let mut rosa = running.signed_in("Rosa").await;
    assert!(rosa.get("/supporters").await.text.contains("Maya"));
    assert!(rosa.get("/library/your-first-evening-with-us").await.text.contains("Your first evening with us"));
    let visitor = running.visitor().get("/notes").await.text;
    assert!(visitor.contains("A plan that fits") && !visitor.contains("rather not come"), "what is for members is not for visitors");
    assert!(maya.get("/notes").await.text.contains("rather not come"));
    let class = running.group("Skills for Hard Days").await;
    let mut ivy = running.signed_in("Ivy").await;
    assert!(ivy.get(&format!("/groups/{class}/circles")).await.text.contains("A walk on Saturdays"));
    let checks = ivy.get(&format!("/groups/{class}/peer-check-ins")).await.text;
    assert!(checks.contains(&sentence(Language::English, "peer-plan")) && !checks.contains(&sentence(Language::English, "peer-none")));
    let mut amara = running.signed_in("Dr. Amara").await;
    assert!(amara.get(&format!("/groups/{group}/check-ins")).await.text.contains("steady"), "the small question was answered");
    assert_eq!(maya.get(&format!("/groups/{class}/circles")).await.status, StatusCode::NOT_FOUND);
}

/// Nobody is called, and nobody waits for an answer, before somebody plays it.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_demo_is_furnished_with_asks_nothing_of_staff() {
    let running = start("demo-quiet").await;
    hearth::demo::enliven(&running.house).await.unwrap();
    running.work().await;
    for table in ["risk_task", "message_report"] {
        assert_eq!(running.house.db.number(&format!("SELECT COUNT(*) AS n FROM {table}"), []).await.unwrap(), 0, "{table}");
    }
    let waiting = "SELECT COUNT(*) AS n FROM channel WHERE waiting_since IS NOT NULL";
    assert_eq!(running.house.db.number(waiting, []).await.unwrap(), 0);
    let late = "SELECT COUNT(*) AS n FROM message WHERE sent_at > $1";
    assert_eq!(running.house.db.number(late, values![running.house.clock.now()]).await.unwrap(), 0, "nothing was written tomorrow");
}
