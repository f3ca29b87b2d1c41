//! Everybody whom a change concerns hears of it at once, in words that say nothing of what it is about.

use ground::{Fault, House, Moment, Tx, mail};

/// Puts a mail of this kind on the list for each of `people`, in the transaction of the change.
/// `change` counts the changes of the object, so that each is told exactly once.
pub async fn tell(house: &House, tx: &Tx, kind: &str, object: &str, change: i64, people: &[i64], when: Moment) -> Result<(), Fault> {
    for person in people {
        let occasion = format!("{kind}/{object}/{change}/{person}");
        let mail = mail::Mail { to: *person, kind: kind.to_owned(), path: "/calendar".to_owned() };
        mail::later_at(house, tx, &occasion, mail, when, house.clock.now()).await?;
    }
    Ok(())
}
