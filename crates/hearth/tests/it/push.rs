//! Notices on devices: whose they are, where a knock may go, and that not a word goes with it.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use ground::{Ask, Clock, Language, Moment, reminders, values};
use hearth::{demo, work};
use hyper::StatusCode;
use post::{Post, PushSettings};
use testkit::{Browser, LogGuard, PushHost, TestDatabase, data_dir};

use crate::{
    harness::{Running, start_set},
    inbox::{meddle, nothing_waits},
    messages::{channel, write},
    sink::Sink,
    state::{kept, sentence},
};

/// A Tuesday, ten o'clock in New York, on which nothing waits for anybody and no session is near; and a push service of its own.
pub struct Calm {
    pub running: Running,
    pub clock: Clock,
    pub host: PushHost,
    pub sink: Sink,
}

pub fn moment(text: &str) -> Moment {
    Moment(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
}

pub async fn calm(name: &str) -> Calm {
    LogGuard::listen();
    let (dir, host) = (data_dir(name), PushHost::start().await);
    let url = TestDatabase::fresh(&dir).await.url;
    let clock = Clock::set_to(moment("2026-11-24T15:00:00Z"));
    let running = start_set(dir, url, clock.clone(), PushSettings { more_hosts: vec![host.name()] }).await;
    nothing_waits(&running).await;
    meddle(&running, "UPDATE session SET state = 'ended' WHERE id <> $1", 0).await;
    Calm { running, clock, host, sink: Sink::start(std::time::Duration::ZERO).await }
}

impl Calm {
    pub fn wait(&self, minutes: u64) {
        self.clock.advance(std::time::Duration::from_secs(60 * minutes));
    }

    /// What the program does twice a minute, with servers that answer.
    pub async fn pass(&self) {
        reminders::plan(&self.running.house).await.unwrap();
        self.work(&self.sink.post()).await;
    }

    pub async fn work(&self, post: &Post) {
        while work::one(&self.running.house, post, &self.running.meeting).await.unwrap() {}
    }

    /// Half an hour after half an hour.
    pub async fn pass_for(&self, minutes: u64) {
        for _ in 0..minutes / 30 {
            self.wait(30);
            self.pass().await;
        }
    }

    /// This browser is told from now on.
    pub async fn begin(&self, browser: &mut Browser, device: &str) {
        let begun = browser.post("/account/push-devices", &[("endpoint", &self.host.endpoint(device))]).await;
        assert_eq!((begun.status, begun.location.as_str()), (StatusCode::SEE_OTHER, "/account/reminders#devices"), "{}", begun.text);
    }

    pub async fn devices(&self) -> i64 {
        self.running.house.db.number("SELECT COUNT(*) AS n FROM push_device", values![]).await.unwrap()
    }

    /// Theo, and the path of the messages of his and Maya's group.
    pub async fn theo(&self) -> (Browser, String) {
        let mut theo = self.running.signed_in("Theo").await;
        let path = channel(&self.running, &mut theo, "Steady Ground").await;
        (theo, path)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_knock_is_signed_goes_once_over_two_programs_and_carries_not_a_word() {
    let calm = calm("push-once").await;
    let house = &calm.running.house;
    let (mut theo, path) = calm.theo().await;
    let mut maya = calm.running.signed_in("Maya").await;
    calm.begin(&mut maya, "device-one").await;
    write(&mut theo, &path, "The canary sings at noon, Maya.").await;
    calm.wait(11);
    // A second program on the same database, with what it unwrapped itself.
    let second = demo::open(&calm.running.config, calm.clock.clone()).await.unwrap();
    assert_eq!(second.push.public(), house.push.public(), "one key, whoever made it");
    let (one, two) = tokio::join!(reminders::plan(house), reminders::plan(&second));
    one.unwrap();
    two.unwrap();
    let post = calm.sink.post();
    let other = async { while work::one(&second, &post, &calm.running.meeting).await.unwrap() {} };
    tokio::join!(calm.work(&post), other);
    calm.pass_for(60).await;
    assert_eq!((calm.host.asked().len(), calm.host.knocks("device-one")), (1, 1), "once, and at the one device");
    let request = calm.host.asked().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, "");
    let number = calm.running.person("Maya").await.id.to_string();
    // A signature is letters by chance.
    let plain: String = head.to_lowercase().lines().filter(|line| !line.starts_with("authorization")).collect();
    for word in ["canary", "theo", "maya", "lindqvist", "steady", "ground", "group", "message", "therap", "unread", "inbox", &number] {
        assert!(!plain.contains(word), "{word} in {plain}");
    }
    // Ten hours and 49 minutes to nine in the evening.
    for line in ["urgency: normal", "topic: waiting", "ttl: 38940"] {
        assert!(head.lines().any(|one| one == line), "{line} in {head}");
    }
    let token = head.lines().find_map(|line| line.strip_prefix("authorization: vapid t=")).unwrap();
    let (token, key) = token.split_once(", k=").unwrap();
    assert_eq!(key, house.push.public(), "the key that browsers subscribe with");
    let (said, signature) = token.rsplit_once('.').unwrap();
    let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, BASE64.decode(key).unwrap());
    public.verify(said.as_bytes(), &BASE64.decode(signature).unwrap()).unwrap();
    let claims: serde_json::Value = serde_json::from_slice(&BASE64.decode(said.split_once('.').unwrap().1).unwrap()).unwrap();
    assert_eq!((claims["aud"].as_str().unwrap(), claims.as_object().unwrap().len()), (&*format!("http://{}", calm.host.name()), 3));
    assert_eq!(claims["sub"], calm.running.house.config.public_url);
    let until = claims["exp"].as_i64().unwrap() - moment("2026-11-24T15:11:00Z").timestamp().as_second();
    assert!((1..=86_400).contains(&until), "{until}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_no_push_service_is_refused_in_a_sentence() {
    let calm = calm("push-elsewhere").await;
    let mut maya = calm.running.signed_in("Maya").await;
    maya.get("/account/reminders").await;
    let before = kept(&calm.running).await;
    let odd = [
        "",
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:9/x",
        "https://127.0.0.1/x",
        "https://fcm.googleapis.com@example.org/x",
        "https://fcm.googleapis.com.example.org/x",
        "http://fcm.googleapis.com/x",
        "file:///etc/passwd",
    ];
    for language in Language::ALL {
        maya.post("/language", &[("language", language.code()), ("back", "/today")]).await;
        for url in odd {
            let refused = maya.post("/account/push-devices", &[("endpoint", url)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{url}");
            assert!(refused.text.contains(&sentence(language, "push-unknown-service")) && refused.text.contains("name=\"quiet_from\""));
        }
    }
    maya.post("/language", &[("language", "en"), ("back", "/today")]).await;
    assert_eq!(maya.post("/account/push-devices", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(kept(&calm.running).await, before, "nothing was changed");
    assert_eq!(calm.host.asked().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_ends_by_a_button_with_its_sign_in_and_with_a_new_password() {
    let calm = calm("push-ends").await;
    let (mut phone, mut desk, mut third) =
        (calm.running.signed_in("Maya").await, calm.running.signed_in("Maya").await, calm.running.signed_in("Maya").await);
    calm.begin(&mut phone, "phone").await;
    calm.begin(&mut desk, "desk").await;
    calm.begin(&mut third, "third").await;
    calm.begin(&mut third, "third-again").await;
    assert_eq!(calm.devices().await, 3, "a new address of the same browser takes the place of the old one");
    let page = phone.get("/account/reminders").await.text;
    let ends = |page: &str| -> Vec<String> {
        let all = page.split("action=\"/account/push-devices/").skip(1).filter_map(|rest| rest.split_once("/end\"").map(|(id, _)| id));
        let mut all: Vec<String> = all.filter(|id| id.parse::<i64>().is_ok()).map(str::to_owned).collect();
        all.sort();
        all.dedup();
        all
    };
    assert_eq!(ends(&page).len(), 3);
    assert!(page.contains("data-here=\"yes\"") && page.contains(&calm.running.house.push.public()) && !page.contains("/send/"));
    let mut theo = calm.running.signed_in("Theo").await;
    let theirs = format!("/account/push-devices/{}/end", ends(&page)[0]);
    assert_eq!(theo.post(&theirs, &[]).await.status, StatusCode::NOT_FOUND, "nobody ends somebody else's");
    assert_eq!(calm.devices().await, 3);
    phone.post("/sign-out", &[]).await;
    assert_eq!(calm.devices().await, 2, "signing out ends it there");
    let left = ends(&desk.get("/account/reminders").await.text);
    for id in &left {
        assert_eq!(desk.post(&format!("/account/push-devices/{id}/end"), &[]).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(calm.devices().await, 0);
    // Whoever has the password changed signs every other device out.
    calm.begin(&mut desk, "desk").await;
    calm.begin(&mut third, "third").await;
    let new = [("current", demo::PASSWORD), ("password", "a river behind the house"), ("again", "a river behind the house")];
    assert_eq!(desk.post("/account/password", &new).await.status, StatusCode::OK);
    assert_eq!(calm.devices().await, 1);
    let device = "SELECT COUNT(*) AS n FROM sign_in s JOIN push_device d ON d.sign_in_id = s.id WHERE s.revoked_at IS NULL";
    assert_eq!(calm.running.house.db.number(device, values![]).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_goes_on_telling_whoever_chose_it_and_nobody_else() {
    let calm = calm("push-here").await;
    let mut maya = calm.running.signed_in("Maya").await;
    let here = async |browser: &mut Browser, device: &str| {
        let answer = browser.post("/account/push-devices/here", &[("endpoint", &calm.host.endpoint(device))]).await;
        assert_eq!(answer.status, StatusCode::OK);
        serde_json::from_str::<serde_json::Value>(&answer.text).unwrap()["mine"].as_bool().unwrap()
    };
    assert!(!here(&mut maya, "tablet").await, "nobody chose it");
    calm.begin(&mut maya, "tablet").await;
    assert!(here(&mut maya, "tablet").await);
    // The same browser on another day: it is told as before, and listed as this device.
    let mut again = calm.running.signed_in("Maya").await;
    assert!(again.get("/account/reminders").await.text.contains("data-here=\"no\""));
    assert!(here(&mut again, "tablet").await);
    assert!(again.get("/account/reminders").await.text.contains("data-here=\"yes\"") && calm.devices().await == 1);
    maya.post("/sign-out", &[]).await;
    assert_eq!(calm.devices().await, 1, "the old sign-in has nothing to do with it any more");
    // Somebody else signs in there: it tells Maya of nothing any more, and them only when they choose it.
    let mut theo = calm.running.signed_in("Theo").await;
    assert!(!here(&mut theo, "tablet").await);
    assert_eq!(calm.devices().await, 0);
    calm.begin(&mut again, "tablet").await;
    calm.begin(&mut theo, "tablet").await;
    assert_eq!(calm.devices().await, 1, "one browser tells one person");
    assert!(!here(&mut again, "tablet").await, "and for her it is off");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_may_choose_a_device_and_hears_a_neutral_sentence() {
    let calm = calm("push-roles").await;
    let mut visitor = calm.running.visitor();
    for path in ["/account/push-devices/waiting", "/account/push-devices/open"] {
        let shown = visitor.get(path).await;
        assert!(shown.status == StatusCode::SEE_OTHER && shown.location.starts_with("/sign-in"), "{path}");
    }
    for path in ["/account/push-devices", "/account/push-devices/here", "/account/push-devices/7/end"] {
        let endpoint = calm.host.endpoint("stranger");
        assert_eq!(visitor.post(path, &[("endpoint", &endpoint)]).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    let people = ["Maya", "Rosa", "Nadia", "Dr. Amara", "Rui", "Carol", "Anders"];
    for (at, name) in people.into_iter().enumerate() {
        let mut browser = calm.running.signed_in(name).await;
        calm.begin(&mut browser, &format!("of-{at}")).await;
        let told = browser.get("/account/push-devices/waiting").await;
        let told: serde_json::Value = serde_json::from_str(&told.text).unwrap();
        assert_eq!((told["text"].as_str().unwrap(), told["language"].as_str().unwrap()), ("Something is waiting for you.", "en"), "{name}");
        assert!(told["count"].is_number() && told.as_object().unwrap().len() == 3, "{name}: {told}");
        assert_eq!(browser.get("/account/push-devices/open").await.location, "/inbox");
        assert_eq!(browser.post("/account/push-devices/7/end", &[]).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(usize::try_from(calm.devices().await).unwrap(), people.len());
    // What is kept of a device is sealed, and its person reads it in their data.
    let plain = "SELECT COUNT(*) AS n FROM push_device WHERE CAST(endpoint_sealed AS TEXT) LIKE '%send%'";
    if calm.running.house.db.is_sqlite() {
        assert_eq!(calm.running.house.db.number(plain, values![]).await.unwrap(), 0);
    }
    assert!(calm.running.signed_in("Maya").await.get("/account/data").await.text.contains("Shows notices since"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_has_the_practice_s_name_and_both_languages_and_pages_have_the_number() {
    let calm = calm("push-worker").await;
    let worker = calm.running.visitor().get("/sw.js").await;
    assert_eq!(worker.headers["cache-control"], "no-cache");
    let words = worker.text.lines().find_map(|line| line.strip_prefix("const WORDS = ")).unwrap().trim_end_matches(';');
    let words: serde_json::Value = serde_json::from_str(words).unwrap();
    assert_eq!(words["title"], calm.running.house.practice().name);
    assert_eq!((&words["text"]["en"], &words["text"]["es"]), (&"Something is waiting for you.".into(), &"Algo te espera.".into()));
    let policy = worker.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("connect-src 'self';") && policy.contains("default-src 'none'"), "a worker asks our own origin alone");
    let (mut theo, path) = calm.theo().await;
    write(&mut theo, &path, "Hello.").await;
    let page = calm.running.signed_in("Maya").await.get("/today").await.text;
    assert!(page.contains("<body data-waiting=\"1\">"));
    assert!(calm.running.visitor().get("/find").await.text.contains("<body>"), "a visitor's page clears it");
}

#[tokio::test(flavor = "multi_thread")]
async fn how_each_channel_tells_me_is_one_form() {
    let calm = calm("push-channels").await;
    let (mut theo, path) = calm.theo().await;
    let id = path.rsplit('/').next().unwrap().to_owned();
    let field = format!("channel-{id}");
    let chosen = async || calm.running.house.db.number("SELECT COUNT(*) AS n FROM channel_notice", values![]).await.unwrap();
    let before = kept(&calm.running).await;
    let odd = theo.post("/messages/notices", &[(&*field, "perhaps")]).await;
    assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.text.contains(&sentence(Language::English, "notices-odd")));
    theo.post("/messages/notices", &[("channel-5", "no"), ("channel-x", "no"), ("told", "no")]).await;
    assert_eq!(kept(&calm.running).await, before, "what is not his is passed over");
    let saved = theo.post("/messages/notices", &[(&*field, "no")]).await;
    assert_eq!((saved.location.as_str(), chosen().await), ("/messages/notices?saved=yes", 1));
    let silent = format!("<select name=\"{field}\"><option value=\"\">");
    let page = theo.get("/messages/notices?saved=yes").await.text;
    assert!(page.contains(&silent) && page.contains("<option value=\"no\" selected>") && page.contains("/account/reminders"));
    assert!(theo.get(&path).await.text.contains(&sentence(Language::English, "channel-notices-off")), "the channel itself says the same");
    theo.headers.push(("hx-request", "true".into()));
    let part = theo.get("/messages/notices").await.text;
    assert!(part.contains(&silent) && !part.contains("<html"), "a part of the page about notices");
    theo.headers.clear();
    assert!(theo.get("/account/reminders").await.text.contains("hx-get=\"/messages/notices\""));
    theo.post("/messages/notices", &[(&*field, "")]).await;
    assert_eq!(chosen().await, 0, "as usual needs no row");
    let mut aisha = calm.running.signed_in("Aisha").await;
    aisha.post("/messages/notices", &[(&*field, "yes")]).await;
    assert_eq!(chosen().await, 0, "nobody chooses for a channel that they do not read");
    let mut rosa = calm.running.signed_in("Rosa").await;
    assert!(rosa.get("/messages/notices").await.text.contains(&sentence(Language::English, "messages-none-at-all")));
    assert!(!rosa.get("/account/reminders").await.text.contains("/messages/notices"));
}
