//! Attendance from the times somebody was in the circle. All in milliseconds since 1970 UTC.

/// What the record keeps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attendance {
    pub first_in: Option<i64>,
    pub last_out: Option<i64>,
    pub seconds: i64,
    /// Against the planned start, never negative.
    pub late_seconds: i64,
    /// Against the end: the planned one, or the real one if that came earlier.
    pub left_early_seconds: i64,
}

/// Presence runs from the beginning of the session to its end; waiting before the start is not counted as attendance.
pub fn measure(stays: &[(i64, i64)], planned_start: i64, begun: i64, planned_end: i64, ended: i64) -> Attendance {
    let mut stays: Vec<(i64, i64)> =
        stays.iter().map(|(from, to)| ((*from).max(begun), (*to).min(ended))).filter(|(from, to)| to > from).collect();
    stays.sort_unstable();
    let (Some(first), Some(last)) = (stays.first(), stays.iter().map(|stay| stay.1).max()) else { return Attendance::default() };
    let mut covered = 0;
    let mut until = i64::MIN;
    for (from, to) in &stays {
        covered += (to - from.max(&until)).max(0);
        until = until.max(*to);
    }
    Attendance {
        first_in: Some(first.0),
        last_out: Some(last),
        seconds: covered / 1_000,
        late_seconds: ((first.0 - planned_start.max(begun)) / 1_000).max(0),
        left_early_seconds: ((planned_end.min(ended) - last) / 1_000).max(0),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MINUTE: i64 = 60_000;

    #[test]
    fn a_late_comer_who_drops_once() {
        let stays = [(10 * MINUTE, 30 * MINUTE), (32 * MINUTE, 80 * MINUTE)];
        let a = measure(&stays, 0, MINUTE, 90 * MINUTE, 90 * MINUTE);
        assert_eq!((a.seconds / 60, a.late_seconds / 60, a.left_early_seconds / 60), (68, 9, 10));
    }

    #[test]
    fn who_never_came_has_nothing() {
        assert_eq!(measure(&[], 0, 0, 90, 90), Attendance::default());
    }

    proptest! {
        #[test]
        fn never_more_than_the_session_and_never_counted_twice(stays in prop::collection::vec((0i64..200 * MINUTE, 0i64..200 * MINUTE), 0..12)) {
            let (begun, ended) = (5 * MINUTE, 95 * MINUTE);
            let a = measure(&stays, 0, begun, 90 * MINUTE, ended);
            let minute_by_minute = (begun / 1_000..ended / 1_000)
                .filter(|second| stays.iter().any(|(from, to)| *from <= second * 1_000 && (second + 1) * 1_000 <= *to))
                .count() as i64;
            prop_assert!(a.seconds <= (ended - begun) / 1_000);
            // Cut seconds at both ends of each stay are the only difference to counting by hand.
            prop_assert!((a.seconds - minute_by_minute).abs() <= 2 * stays.len() as i64);
        }
    }
}
