//! Members of a group as whoever leads it reads of them: each by the name under which the group knows them, with what is theirs.

use std::collections::BTreeMap;

use ground::{
    Fault, House,
    facts::{self, Part},
};

/// One member with what they show, or were given.
pub struct OfMember<T> {
    pub person: i64,
    pub name: String,
    pub all: Vec<T>,
}

/// Everybody who is a member now, in the order of their seats, each with theirs. What belongs to somebody who has left is shown to nobody.
pub async fn by_member<T>(house: &House, group: i64, all: Vec<T>, whose: fn(&T) -> i64) -> Result<Vec<OfMember<T>>, Fault> {
    let people = facts::people_of(&house.db, group).await?.into_iter().filter(|one| one.is(Part::Member));
    Ok(sorted(people.map(|one| (one.person_id, one.display_name)), all, whose))
}

fn sorted<T>(people: impl Iterator<Item = (i64, String)>, all: Vec<T>, whose: fn(&T) -> i64) -> Vec<OfMember<T>> {
    let mut theirs: BTreeMap<i64, Vec<T>> = BTreeMap::new();
    for one in all {
        theirs.entry(whose(&one)).or_default().push(one);
    }
    people.map(|(person, name)| OfMember { person, name, all: theirs.remove(&person).unwrap_or_default() }).collect()
}

/// How the group knows somebody; `None` once they have left it.
pub async fn name_in(house: &House, group: i64, person: i64) -> Result<Option<String>, Fault> {
    let people = facts::people_of(&house.db, group).await?;
    Ok(people.into_iter().find(|one| one.person_id == person).map(|one| one.display_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_their_own_and_who_left_has_none() {
        let people = [(7, "Theo".to_owned()), (8, "Ruth".into()), (5, "Maya".into())];
        let all = vec![(5, 'a'), (9, 'b'), (7, 'c'), (5, 'd')];
        let found = sorted(people.into_iter(), all, |one| one.0);
        let told: Vec<_> =
            found.iter().map(|one| (one.person, one.name.as_str(), one.all.iter().map(|all| all.1).collect::<String>())).collect();
        assert_eq!(told, [(7, "Theo", "c".to_owned()), (8, "Ruth", String::new()), (5, "Maya", "ad".to_owned())]);
    }
}
