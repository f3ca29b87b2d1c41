//! Who may hear and see whom. Nothing is allowed until a plan says so.

use crate::SeatNo;

/// Seats of one room, numbered from 0.
pub const SEATS: usize = 20;

/// A set of seats.
pub(crate) type Mask = u32;

/// The whole truth about one room; a new plan replaces the old one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Each seat that takes part, with the seats that it hears and sees. Who is missing here receives and sends nothing.
    pub hears: Vec<(SeatNo, Vec<SeatNo>)>,
    /// Muted by the state of the room: their audio is neither forwarded nor counted.
    pub silent: Vec<SeatNo>,
    /// Camera off by the state of the room: their video is not forwarded.
    pub unseen: Vec<SeatNo>,
    /// Voices that go to these only, of all who would hear them: an interpreter's. Pictures are not touched.
    pub for_some: Vec<(SeatNo, Vec<SeatNo>)>,
}

/// A plan turned round: for each sender, the receivers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Routes {
    audio: [Mask; SEATS],
    video: [Mask; SEATS],
    present: Mask,
    silent: Mask,
}

impl Routes {
    pub fn new(plan: &Plan) -> Routes {
        let present = plan.hears.iter().map(|(seat, _)| bit(*seat)).fold(0, |all, one| all | one);
        let silent = mask(&plan.silent);
        let unseen = mask(&plan.unseen);
        let mut routes = Routes { present, silent, ..Routes::default() };
        for (listener, speakers) in &plan.hears {
            for &speaker in speakers {
                // Hearing oneself is an echo, and a sender outside the plan is not in the room for anybody.
                if speaker == *listener || bit(speaker) & present == 0 {
                    continue;
                }
                if bit(speaker) & silent == 0 {
                    routes.audio[usize::from(speaker)] |= bit(*listener);
                }
                if bit(speaker) & unseen == 0 {
                    routes.video[usize::from(speaker)] |= bit(*listener);
                }
            }
        }
        for (speaker, listeners) in &plan.for_some {
            if let Some(audio) = routes.audio.get_mut(usize::from(*speaker)) {
                *audio &= mask(listeners);
            }
        }
        routes
    }

    pub fn audio_to(&self, speaker: SeatNo) -> Mask {
        self.audio.get(usize::from(speaker)).copied().unwrap_or(0)
    }

    pub fn video_to(&self, shown: SeatNo) -> Mask {
        self.video.get(usize::from(shown)).copied().unwrap_or(0)
    }

    pub fn hears(&self, listener: SeatNo, speaker: SeatNo) -> bool {
        self.audio_to(speaker) & bit(listener) != 0
    }

    pub fn sees(&self, viewer: SeatNo, shown: SeatNo) -> bool {
        self.video_to(shown) & bit(viewer) != 0
    }

    /// Whether the seat's voice counts as talk time.
    pub fn counts(&self, speaker: SeatNo) -> bool {
        bit(speaker) & self.present & !self.silent != 0
    }
}

pub(crate) fn bit(seat: SeatNo) -> Mask {
    if usize::from(seat) < SEATS { 1 << seat } else { 0 }
}

/// The seats of a set, lowest first.
pub(crate) fn seats(mut set: Mask) -> impl Iterator<Item = SeatNo> {
    std::iter::from_fn(move || {
        if set == 0 {
            return None;
        }
        let seat = set.trailing_zeros() as SeatNo;
        set &= set - 1;
        Some(seat)
    })
}

fn mask(seats: &[SeatNo]) -> Mask {
    seats.iter().fold(0, |all, seat| all | bit(*seat))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_without_a_plan() {
        let routes = Routes::default();
        assert!((0..20).all(|a| routes.audio_to(a) == 0 && routes.video_to(a) == 0 && !routes.counts(a)));
    }

    #[test]
    fn two_tables_do_not_mix_and_a_visitor_only_listens_where_she_is() {
        let plan = Plan { hears: vec![(0, vec![1]), (1, vec![0]), (2, vec![3, 4]), (3, vec![2, 4]), (4, vec![2, 3])], ..Plan::default() };
        let routes = Routes::new(&plan);
        assert_eq!(seats(routes.audio_to(2)).collect::<Vec<_>>(), [3, 4]);
        assert!(!routes.hears(0, 2) && !routes.sees(2, 0));
    }

    #[test]
    fn silent_and_unseen_are_separate() {
        let hears = vec![(0, vec![1]), (1, vec![0])];
        let routes = Routes::new(&Plan { hears, silent: vec![0], unseen: vec![1], ..Plan::default() });
        assert!(!routes.hears(1, 0) && routes.sees(1, 0) && routes.hears(0, 1) && !routes.sees(0, 1));
        assert!(!routes.counts(0) && routes.counts(1));
    }

    #[test]
    fn an_interpreter_is_heard_by_those_who_chose_it_and_seen_by_all() {
        let hears = vec![(0, vec![1, 2]), (1, vec![0, 2]), (2, vec![0, 1])];
        let routes = Routes::new(&Plan { hears, for_some: vec![(2, vec![1])], ..Plan::default() });
        assert!(routes.hears(1, 2) && !routes.hears(0, 2) && routes.sees(0, 2));
        assert!(routes.hears(0, 1) && routes.hears(1, 0) && routes.hears(2, 0), "and everybody goes on hearing everybody else");
    }

    #[test]
    fn who_is_not_in_the_plan_is_heard_by_nobody_and_gets_no_talk_time() {
        let routes = Routes::new(&Plan { hears: vec![(0, vec![1, 2]), (1, vec![0, 2])], ..Plan::default() });
        assert!(!routes.hears(0, 2) && !routes.hears(1, 2) && !routes.counts(2));
        assert!(routes.hears(0, 1) && routes.counts(0));
    }

    #[test]
    fn a_seat_beyond_the_room_is_no_seat() {
        assert_eq!(bit(SEATS as SeatNo), 0);
        assert_eq!(bit(SeatNo::MAX), 0);
        let routes = Routes::new(&Plan { hears: vec![(0, vec![20]), (20, vec![0])], ..Plan::default() });
        assert_eq!((routes.audio_to(0), routes.audio_to(20), routes.video_to(SeatNo::MAX)), (0, 0, 0));
        assert!(!routes.counts(20));
    }

    proptest! {
        #[test]
        fn a_set_gives_each_of_its_seats_once_and_in_order(chosen in proptest::collection::btree_set(0u8..20, 0..20)) {
            let listed: Vec<SeatNo> = chosen.iter().copied().collect();
            prop_assert_eq!(seats(mask(&listed)).collect::<Vec<_>>(), listed);
        }

        #[test]
        fn only_what_the_plan_grants(
            hears in proptest::collection::vec((0u8..40, proptest::collection::vec(0u8..40, 0..20)), 0..25),
            silent in proptest::collection::vec(0u8..40, 0..10),
            unseen in proptest::collection::vec(0u8..40, 0..10),
            for_some in proptest::collection::vec((0u8..40, proptest::collection::vec(0u8..40, 0..20)), 0..4),
        ) {
            let plan = Plan { hears, silent, unseen, for_some };
            let routes = Routes::new(&plan);
            for listener in 0..40u8 {
                for speaker in 0..40u8 {
                    let granted = listener != speaker
                        && listener < 20 && speaker < 20
                        && plan.hears.iter().any(|(seat, _)| *seat == speaker)
                        && plan.hears.iter().any(|(seat, heard)| *seat == listener && heard.contains(&speaker));
                    let chosen = plan.for_some.iter().all(|(of, listeners)| *of != speaker || listeners.contains(&listener));
                    prop_assert_eq!(routes.hears(listener, speaker), granted && chosen && !plan.silent.contains(&speaker));
                    prop_assert_eq!(routes.sees(listener, speaker), granted && !plan.unseen.contains(&speaker));
                }
            }
        }
    }
}
