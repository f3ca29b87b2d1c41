//! The days between sessions, as somebody finds them who opens the demo: a group that writes to each other, what helped, notes, letters, a
//! circle in a class. Only for the demo that somebody looks at; tests begin with empty pages.

mod queries;
mod words;

use std::collections::HashMap;

use between::lived::{self, Begun, By, Said};
use care::{
    family::Scope,
    library::{Article, Audience, Written},
    messages::check_in::{Answer, Plan},
    series,
    strategies::{Entry, MomentKind},
};
use ground::{Deed, Fault, House, Moment, library, random_id, random_token, series::Note};
use jiff::{ToSpan, civil::Date};
use people::Agreed;

use super::people::GROUPS;
use words::{AMARA, BEN, GRACE, IVY, LUCIA, Line, MAYA, OWEN, When, Words};

const STEADY: usize = 0;
const CLASS: usize = 2;

/// Everybody by name, and the clock of the practice.
struct Lived<'a> {
    house: &'a House,
    people: HashMap<String, i64>,
    now: Moment,
    zone: String,
}

/// Once, in a demo in which nobody has written yet.
pub async fn furnish(house: &House) -> Result<(), Fault> {
    if queries::has_written(&house.db).await? {
        return Ok(());
    }
    let (people, zone) = (queries::people(&house.db).await?, house.practice().zone);
    let lived = Lived { house, people, now: house.clock.now(), zone };
    let steady = queries::group(&house.db, GROUPS[STEADY].name).await?;
    let class = queries::group(&house.db, GROUPS[CLASS].name).await?;
    // Members read what was written since they came, and these have come for weeks.
    let tx = house.db.write().await?;
    queries::came(&tx, lived.at((40, 12, 0))).await?;
    tx.commit(Deed::new(0, "demo.furnish", "membership")).await?;
    lived.messages(steady, class).await?;
    lived.small_question(steady).await?;
    meeting::peer_planned(house, class, lived.id(GRACE), lived.at((2, 20, 0)), lived.ahead(2, 19)).await?;
    lived.what_helped(steady).await?;
    lived.questions(steady).await?;
    lived.moments(steady).await?;
    lived.to_read().await?;
    lived.family_and_letters().await
}

impl Lived<'_> {
    fn id(&self, name: &str) -> i64 {
        self.people.get(name).copied().unwrap_or(0)
    }

    fn day(&self, ago: i64) -> Date {
        self.now.in_zone(&self.zone).date().checked_sub(ago.days()).unwrap_or_default()
    }

    /// That hour of that day on the practice's clock; never later than now.
    fn at(&self, (days, hour, minute): When) -> Moment {
        self.on(days, hour, minute).min(self.now)
    }

    fn ahead(&self, days: i64, hour: i8) -> Moment {
        self.on(-days, hour, 0)
    }

    fn on(&self, ago: i64, hour: i8, minute: i8) -> Moment {
        let at = self.day(ago).at(hour, minute, 0, 0).in_tz(&self.zone);
        at.map_or(self.now, |at| Moment::from(at.timestamp()))
    }

    fn by(&self, group: i64, name: &str, at: When) -> By {
        By { group, person: self.id(name), at: self.at(at) }
    }

    async fn messages(&self, steady: i64, class: i64) -> Result<(), Fault> {
        let channel = lived::channel_of_group(self.house, steady).await?;
        let last = self.say(channel, words::GROUP).await?;
        let (late, rest): (Vec<i64>, Vec<i64>) =
            queries::readers(&self.house.db, steady).await?.into_iter().partition(|one| [self.id(MAYA), self.id(LUCIA)].contains(one));
        lived::read(self.house, channel, &rest, last).await?;
        lived::read(self.house, channel, &late, last - words::UNREAD).await?;
        for lines in words::TO_STAFF {
            let channel = lived::channel_of_member(self.house, self.id(lines[0].by)).await?;
            let last = self.say(channel, lines).await?;
            lived::read(self.house, channel, &[self.id(lines[0].by), self.id(AMARA), self.id(BEN)], last).await?;
        }
        let channel = lived::channel_of_group(self.house, class).await?;
        let last = self.say(channel, words::CLASS).await?;
        lived::read(self.house, channel, &queries::readers(&self.house.db, class).await?, last).await?;
        let (inside, asked) = ([self.id(OWEN)], [self.id(IVY)]);
        let begun = Begun {
            group: class,
            host: self.id(GRACE),
            purpose: words::CIRCLE_FOR,
            at: self.at((4, 19, 0)),
            days: 30,
            inside: &inside,
            asked: &asked,
        };
        let circle = lived::circle(self.house, begun).await?;
        let last = self.say(circle, words::CIRCLE).await?;
        lived::read(self.house, circle, &[self.id(GRACE), self.id(OWEN)], last).await
    }

    /// The number of the last line.
    async fn say(&self, channel: i64, lines: &[Line]) -> Result<i64, Fault> {
        let mut numbers: Vec<i64> = Vec::new();
        for line in lines {
            let reply_to = line.reply.and_then(|index| numbers.get(index).copied());
            let said = Said { by: self.id(line.by), text: line.text, at: self.at(line.at), reply_to, as_leaders: line.as_leaders };
            let placed = lived::say(self.house, channel, said).await?;
            for (name, kind) in line.quiet {
                lived::react(self.house, channel, placed.id, self.id(name), *kind).await?;
            }
            numbers.push(placed.number);
        }
        Ok(numbers.last().copied().unwrap_or(0))
    }

    /// Asked on three days of the week; the last of them first.
    async fn small_question(&self, group: i64) -> Result<(), Fault> {
        let plan = Plan { days: [true, false, true, false, true, false, false], minute: 9 * 60 };
        lived::small_question(self.house, group, &plan, self.id(AMARA), self.at((30, 9, 0))).await?;
        let asked: Vec<i64> = (1..=8).filter(|days| plan.asks(self.day(*days).weekday().to_monday_one_offset(), plan.minute)).collect();
        for (name, answers) in words::SMALL {
            for ((mood, word, line), days) in answers.iter().zip(&asked) {
                let answer = Answer { mood: *mood, word: (*word).to_owned(), line: (*line).to_owned() };
                let (who, day) = ((group, self.id(name)), self.day(*days).to_string());
                lived::small_answer(self.house, who, &day, &answer, self.at((*days, 12, 30))).await?;
            }
        }
        Ok(())
    }

    async fn what_helped(&self, group: i64) -> Result<(), Fault> {
        for one in words::WHAT_HELPED {
            let [situation, tried, why, not_for] = one.told.map(str::to_owned);
            let (went, topic, skill) = (one.went.word().to_owned(), "anxiety".to_owned(), one.skill.to_owned());
            let entry = Entry { situation, tried, went, why, not_for, topic, skill };
            let by = self.by(group, one.by, one.at);
            let id = lived::helped(self.house, by, &entry, one.named).await?;
            for (name, went, line) in one.too {
                lived::tried(self.house, id, By { person: self.id(name), ..by }, *went, line).await?;
            }
        }
        Ok(())
    }

    async fn questions(&self, group: i64) -> Result<(), Fault> {
        for one in words::QUESTIONS {
            let asked = lived::question(self.house, self.by(group, AMARA, one.at), one.text).await?;
            for (name, at, text) in one.answers {
                lived::answer(self.house, asked, self.by(group, name, *at), text).await?;
            }
        }
        Ok(())
    }

    async fn moments(&self, group: i64) -> Result<(), Fault> {
        for one in words::MOMENTS {
            let kind = if one.milestone { MomentKind::Milestone } else { MomentKind::Setback };
            let quiet: Vec<(i64, &str)> = one.quiet.iter().map(|(name, word)| (self.id(name), *word)).collect();
            lived::moment(self.house, self.by(group, one.by, one.at), kind, one.words, &quiet).await?;
        }
        Ok(())
    }

    /// Two weekly notes, and an article of the practice's own.
    async fn to_read(&self) -> Result<(), Fault> {
        let (public, members) = (series::Audience::Public, series::Audience::Members);
        for (audience, by, at, words) in
            [(members, BEN, (9, 10, 0), words::NOTE_FOR_MEMBERS), (public, AMARA, (2, 10, 0), words::NOTE_FOR_ALL)]
        {
            let [en, es] = written(words);
            let audience = audience.word().to_owned();
            let note = Note { id: random_id(), audience, en, es, publish_at: Some(self.at(at)), version: 1 };
            lived::note(self.house, self.id(by), note, self.at(at)).await?;
        }
        let [en, es] = written(words::ARTICLE);
        let slug = words::ARTICLE_SLUG.to_owned();
        let article = Article { slug, topics: vec![], skills: vec![], audience: Audience::Everybody, sources: vec![], en, es };
        let tx = self.house.db.write().await?;
        library::add(&tx, &article, self.id(BEN), &random_token(), self.at((20, 11, 0))).await?;
        tx.commit(Deed::new(self.id(BEN), "library.add", format!("library/{}", words::ARTICLE_SLUG))).await
    }

    async fn family_and_letters(&self) -> Result<(), Fault> {
        let scope = Scope { sessions: true, reminders: true, crisis: false };
        let (asked_at, agreed_at) = (self.at((20, 19, 0)), self.at((19, 8, 30)));
        let (member, supporter) = (self.id(MAYA), self.id("Rosa Lindqvist"));
        people::agreed(self.house, Agreed { member, supporter, called: "Mum", scope, asked_at, agreed_at }).await?;
        for (at, opens_in, text) in words::LETTERS {
            lived::letter(self.house, member, text, (self.at(*at), self.ahead(*opens_in, 9))).await?;
        }
        Ok(())
    }
}

fn written(words: Words) -> [Written; 2] {
    words.map(|[title, lead, body]| Written { title: title.into(), lead: lead.into(), body: body.into() })
}

#[cfg(test)]
mod tests {
    use care::{messages, strategies};

    use super::*;

    fn lines() -> impl Iterator<Item = &'static Line> {
        [words::GROUP, words::CLASS, words::CIRCLE].into_iter().chain(words::TO_STAFF.iter().copied()).flatten()
    }

    #[test]
    fn what_people_wrote_could_have_been_sent_by_the_forms() {
        for line in lines() {
            assert_eq!(messages::read(line.text).as_deref(), Ok(line.text));
        }
        for channel in [words::GROUP, words::CLASS, words::CIRCLE].into_iter().chain(words::TO_STAFF.iter().copied()) {
            let hours: Vec<_> = channel.iter().map(|line| (-line.at.0, line.at.1, line.at.2)).collect();
            assert!(hours.is_sorted(), "an answer comes after what it answers");
            assert!(channel.iter().enumerate().all(|(index, line)| line.reply.is_none_or(|to| to < index)));
        }
        for one in words::WHAT_HELPED {
            let [situation, tried, why, not_for] = one.told.map(str::to_owned);
            let entry =
                Entry { situation, tried, went: one.went.word().into(), why, not_for, topic: String::new(), skill: one.skill.into() };
            assert_eq!(entry.check(|_| true), Ok(()));
            assert!(one.too.iter().all(|(name, _, line)| *name != one.by && strategies::line(line).is_ok()));
        }
        for (mood, word, line) in words::SMALL.iter().flat_map(|(_, answers)| *answers) {
            assert!(messages::check_in::answer(&mood.to_string(), word, line).is_ok());
        }
        for one in words::QUESTIONS {
            assert!(strategies::question(one.text).is_ok() && one.answers.iter().all(|(_, _, text)| strategies::answer(text).is_ok()));
        }
        for one in words::MOMENTS {
            let kind = if one.milestone { MomentKind::Milestone } else { MomentKind::Setback };
            assert!(strategies::moment(one.words).is_ok() && one.quiet.iter().all(|(_, word)| kind.reactions().contains(word)));
        }
        for text in [words::NOTE_FOR_ALL, words::NOTE_FOR_MEMBERS, words::ARTICLE].into_iter().flat_map(written) {
            assert_eq!(text.check(), Ok(()));
        }
    }

    #[test]
    fn nothing_in_it_calls_for_help() {
        let shipped = messages::Shipped::read().unwrap();
        let danger = messages::Danger::new(shipped.words.iter().map(|word| word.word.as_str()));
        let told = words::WHAT_HELPED.iter().flat_map(|one| one.told);
        let shared = words::MOMENTS.iter().map(|one| one.words).chain(words::LETTERS.iter().map(|one| one.2));
        for text in lines().map(|line| line.text).chain(told).chain(shared) {
            assert!(!danger.is_in(text), "{text}");
        }
    }
}
