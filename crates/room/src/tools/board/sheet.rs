//! What lies on one board. Every change has a number of its own, so that whoever saw the board at some number is told what came after it and
//! nothing else, however long they were away.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::element::Element;
use crate::{at::At, limits, people::Seat, refusal::Refusal};

/// A stroke that rests this long is written down; one that goes on is written down this often.
const RESTS: i64 = 800;
const GOES_ON: i64 = 3_000;
/// Nobody draws so many versions of one thing between two messages; whoever jumps further would keep it from everybody else for good.
const JUMP: u32 = 100_000;

#[derive(Debug, Clone)]
struct Slot {
    version: u32,
    nonce: u32,
    /// `None` once it is gone: its number stays, so that an older version cannot bring it back.
    element: Option<Arc<Element>>,
    /// Whose words they are, or who drew it; `None` for what was printed on the sheet.
    by: Option<Seat>,
    revision: u32,
}

#[derive(Debug, Clone, Copy)]
struct Loose {
    since: At,
    last: At,
}

#[derive(Debug, Clone, Default)]
pub struct Sheet {
    slots: BTreeMap<Arc<str>, Slot>,
    /// Which change was the last of each thing.
    changes: BTreeMap<u32, Arc<str>>,
    revision: u32,
    /// Drawn, seen by everybody, and not yet written into the book.
    loose: BTreeMap<Arc<str>, Loose>,
    weight: usize,
    there: usize,
}

/// All of a thing that the book tells, too.
type Held = (Arc<str>, u32, u32, Option<Seat>, Option<Arc<Element>>);

/// Two boards are the same if what is written of them is: a stroke that is still being drawn is in nobody's book.
impl PartialEq for Sheet {
    fn eq(&self, other: &Sheet) -> bool {
        let settled = |(id, _): &(&Arc<str>, &Slot)| !self.loose.contains_key(*id) && !other.loose.contains_key(*id);
        let held = |sheet: &Sheet| -> Vec<Held> {
            let settled = sheet.slots.iter().filter(settled);
            settled.map(|(id, slot)| (id.clone(), slot.version, slot.nonce, slot.by, slot.element.clone())).collect()
        };
        held(self) == held(other)
    }
}

/// What changed on a board after some number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    pub revision: u32,
    pub elements: Vec<Element>,
    /// With the version at which it went: whoever brings it back has to have a higher one.
    pub gone: Vec<(String, u32)>,
}

impl Sheet {
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// Whether somebody has drawn something that is still there.
    pub fn is_drawn_on(&self) -> bool {
        self.slots.values().any(|slot| slot.by.is_some() && slot.element.is_some())
    }

    /// Everything that lies there, by whose it is.
    pub fn parts(&self) -> BTreeMap<Option<Seat>, Vec<Element>> {
        let mut parts: BTreeMap<Option<Seat>, Vec<Element>> = BTreeMap::new();
        for slot in self.slots.values() {
            if let Some(element) = &slot.element {
                parts.entry(slot.by).or_default().push(element.as_ref().clone());
            }
        }
        parts
    }

    /// What came after this number.
    pub fn since(&self, revision: u32) -> Changes {
        let mut changes = Changes { revision: self.revision, ..Changes::default() };
        for id in self.changes.range(revision.saturating_add(1)..).map(|(_, id)| id) {
            let Some(slot) = self.slots.get(id) else { continue };
            match &slot.element {
                Some(element) => changes.elements.push(element.as_ref().clone()),
                None => changes.gone.push((id.to_string(), slot.version)),
            }
        }
        changes
    }

    /// Which of these are news, if all of them may be drawn by this person; what is older than what lies there is passed over.
    pub fn news(&self, by: Seat, leads: bool, elements: &[Element]) -> Result<Vec<Element>, Refusal> {
        let (mut news, mut ids, mut weight, mut there) = (Vec::new(), BTreeSet::new(), self.weight, self.there);
        for element in elements {
            element.check()?;
            if !ids.insert(element.id.as_str()) {
                return Err(Refusal::OutOfRange);
            }
            let slot = self.slots.get(element.id.as_str());
            if !slot.is_none_or(|slot| element.beats(slot.version, slot.nonce)) {
                continue;
            }
            if element.version > slot.map_or(0, |slot| slot.version).saturating_add(JUMP) {
                return Err(Refusal::OutOfRange);
            }
            if !leads && slot.is_some_and(|slot| !slot.lets(by, element)) {
                return Err(Refusal::OthersDrawing);
            }
            let before = slot.and_then(|slot| slot.element.as_deref());
            weight = (weight + if element.gone { 0 } else { element.weight() }).saturating_sub(before.map_or(0, Element::weight));
            there = (there + usize::from(!element.gone)).saturating_sub(usize::from(before.is_some()));
            news.push(if element.gone { element.clone().buried() } else { element.clone() });
        }
        let numbers = self.slots.len() + news.iter().filter(|element| !self.slots.contains_key(element.id.as_str())).count();
        if there > limits::BOARD_ELEMENTS || weight > limits::BOARD_BYTES || numbers > limits::BOARD_NUMBERS {
            return Err(Refusal::BoardFull);
        }
        Ok(news)
    }

    /// Somebody drew these; each is theirs unless it was somebody's already.
    pub fn draw(&mut self, by: Seat, elements: &[Element]) {
        for element in elements {
            let old = self.slots.get(element.id.as_str());
            let owner = old.map_or(Some(by), |slot| if slot.writes(element) { Some(by) } else { slot.by });
            self.put_one(owner, element);
        }
    }

    /// These are so and so and are this person's, says the book.
    pub fn put(&mut self, owner: Option<Seat>, elements: &[Element]) {
        for element in elements {
            self.put_one(owner, element);
        }
    }

    fn put_one(&mut self, owner: Option<Seat>, element: &Element) {
        let id: Arc<str> = Arc::from(element.id.as_str());
        let old = self.slots.get(&id);
        if !old.is_none_or(|slot| element.beats(slot.version, slot.nonce)) {
            return;
        }
        if let Some(slot) = old {
            self.changes.remove(&slot.revision);
            self.weight = self.weight.saturating_sub(slot.element.as_deref().map_or(0, Element::weight));
            self.there -= usize::from(slot.element.is_some());
        }
        let held = (!element.gone).then(|| Arc::new(element.clone()));
        self.weight += held.as_deref().map_or(0, Element::weight);
        self.there += usize::from(held.is_some());
        self.revision += 1;
        self.changes.insert(self.revision, id.clone());
        let slot = Slot { version: element.version, nonce: element.nonce, element: held, by: owner, revision: self.revision };
        self.slots.insert(id, slot);
    }

    /// These are seen and not written yet.
    pub fn loosen(&mut self, elements: &[Element], at: At) {
        for element in elements {
            let loose = self.loose.entry(Arc::from(element.id.as_str())).or_insert(Loose { since: at, last: at });
            loose.last = at;
        }
    }

    /// These are written.
    pub fn settle(&mut self, elements: &[Element]) {
        for element in elements {
            self.loose.remove(element.id.as_str());
        }
    }

    /// What is to be written now, by whose it is; everything loose where `all` is asked for.
    pub fn due(&self, now: At, all: bool) -> BTreeMap<Option<Seat>, Vec<Element>> {
        let mut due: BTreeMap<Option<Seat>, Vec<Element>> = BTreeMap::new();
        for (id, loose) in &self.loose {
            if !all && now - loose.last < RESTS && now - loose.since < GOES_ON {
                continue;
            }
            if let Some(slot) = self.slots.get(id) {
                due.entry(slot.by).or_default().push(slot.written(id));
            }
        }
        due
    }

    /// Takes everything away that people drew, and says what it was; what was printed on the sheet stays.
    pub fn clear(&mut self) -> Vec<(Option<Seat>, Element)> {
        let drawn = self.slots.values().filter(|slot| slot.by.is_some());
        let taken: Vec<(Option<Seat>, Element)> = drawn.filter_map(|slot| Some((slot.by, slot.element.as_deref()?.clone()))).collect();
        for (by, element) in &taken {
            self.put_one(*by, &next(element.clone().buried()));
        }
        taken
    }

    /// Lays back what was taken away.
    pub fn lay_back(&mut self, taken: &[(Option<Seat>, Element)]) {
        for (by, element) in taken {
            self.put_one(*by, &next(next(element.clone())));
        }
    }
}

fn next(mut element: Element) -> Element {
    element.version = element.version.saturating_add(1);
    element
}

impl Slot {
    /// Other words than those that stand there: they are whoever's writes them.
    fn writes(&self, element: &Element) -> bool {
        let text = |element: &Element| element.words.as_ref().map(|words| words.text.clone());
        !element.gone && self.element.as_deref().is_some_and(|before| text(before) != text(element))
    }

    /// A thing of somebody else may be moved; its words and whether it is there are up to them. What is printed, members leave alone.
    fn lets(&self, by: Seat, element: &Element) -> bool {
        self.by == Some(by) || (self.by.is_some() && self.element.is_some() && !element.gone && !self.writes(element))
    }

    fn written(&self, id: &str) -> Element {
        match &self.element {
            Some(element) => element.as_ref().clone(),
            None => tombstone(id, self.version, self.nonce),
        }
    }
}

fn tombstone(id: &str, version: u32, nonce: u32) -> Element {
    Element { gone: true, version, nonce, ..Element::plain(id, super::element::ElementKind::Rectangle) }
}
