//! Asking a guardian: one mail with one link, and two reminders of it while nobody has answered.

use care::guardian::{ASKED_FOR, REMINDED_AFTER};
use ground::{
    Fault, House, Language, Tx, accounts, jobs,
    mail::{self, Stranger, Words},
    random_id, seal,
};

use super::{
    queries::{self, Guardian},
    reminder::{self, Reminder},
};
use crate::enrolment;

/// The two fields of a form.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub name: String,
    pub email: String,
}

/// A request that is ready to be kept and sent.
pub struct Asked {
    person: i64,
    token: String,
    sealed: Vec<u8>,
    email: String,
    language: Language,
}

/// Who is to be asked; the key of a sentence if that cannot be read. Nobody is their own guardian.
pub async fn read(
    house: &House,
    person: i64,
    own_email: &str,
    typed: &Typed,
    language: Language,
) -> Result<Result<Asked, &'static str>, Fault> {
    let Some(name) = accounts::name(&typed.name) else { return Ok(Err("guardian-name-missing")) };
    let email = match accounts::email(&typed.email) {
        Some(email) if email == own_email => return Ok(Err("guardian-own-address")),
        Some(email) if !email.contains(['<', '>', ',', ';', '"']) => email,
        _ => return Ok(Err("guardian-email-unreadable")),
    };
    let sealed = queries::sealed(house, person, &Guardian { name: name.to_owned(), email: email.clone() }).await?;
    Ok(Ok(Asked { person, token: seal::random_token(), sealed, email, language }))
}

/// Keeps the request and puts the mail and its reminders on the list.
pub async fn ask(house: &House, tx: &Tx, asked: Asked) -> Result<(), Fault> {
    let now = house.clock.now();
    let Asked { person, token, sealed, email, language } = asked;
    queries::says_minor(tx, person, now).await?;
    queries::set_asked(tx, person, &token, sealed, now, now.plus(ASKED_FOR)).await?;
    enrolment::guardian_asked(house, tx, person).await?;
    let occasion = random_id();
    let letter = letter(house, email, language, &token, "guardian-mail");
    mail::later_to_stranger(house, tx, &format!("guardian/{occasion}"), &letter, now).await?;
    for (number, after) in REMINDED_AFTER.into_iter().enumerate() {
        let letter = self::letter(house, letter.email.clone(), language, &token, "guardian-mail-again");
        let reminder = Reminder { hash: seal::hash(&token), letter };
        jobs::later_sealed(house, tx, reminder::KIND, &format!("{occasion}/{number}"), &reminder, now.plus(after)).await?;
    }
    Ok(())
}

/// Neutral words: not who, not which group. Whoever finds it learns that somebody asked for a consent.
fn letter(house: &House, email: String, language: Language, token: &str, kind: &str) -> Stranger {
    let practice = house.practice();
    let link = format!("{}/guardian/{token}", house.config.public_url);
    let parts = [("practice", practice.name), ("phone", practice.phone), ("link", link.clone())];
    let words = Words {
        subject: language.say("guardian-mail-subject", &parts),
        text: language.say(&format!("{kind}-text"), &parts),
        button: language.t("guardian-mail-button"),
        link,
        ..Words::default()
    };
    Stranger { email, language: language.code().to_owned(), words }
}
