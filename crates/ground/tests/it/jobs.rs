use std::time::Duration;

use ground::{
    Ask, House, Moment,
    jobs::{self, Ended, Job, Lane},
    values,
};

use crate::home::{NOW, house, meddle};

const LEASE: Duration = Duration::from_secs(60);

async fn put(house: &House, occasion: &str, due_at: Moment) {
    let tx = house.db.write().await.unwrap();
    jobs::later(&tx, "test", occasion, occasion, due_at).await.unwrap();
    tx.commit_unaudited().await.unwrap();
}

async fn take(house: &House, now: Moment) -> Option<Job> {
    jobs::take(&house.db, now).await.unwrap()
}

async fn due_at(house: &House) -> Moment {
    Moment(house.db.number("SELECT due_at AS n FROM job", []).await.unwrap())
}

#[tokio::test]
async fn the_oldest_due_job_comes_first_and_none_before_its_time() {
    let house = house("jobs-order").await;
    let second = Duration::from_secs(1);
    put(&house, "late", NOW.plus(second * 2)).await;
    put(&house, "early", NOW.plus(second)).await;
    assert!(take(&house, NOW).await.is_none());
    assert!(take(&house, Moment(NOW.plus(second).0 - 1)).await.is_none());
    assert_eq!(take(&house, NOW.plus(second * 2)).await.unwrap().payload, "early");
    assert_eq!(take(&house, NOW.plus(second * 2)).await.unwrap().payload, "late");
    assert!(take(&house, NOW.plus(second * 2)).await.is_none());
}

/// A call for help must not wait for ever because a program was killed while holding it.
#[tokio::test]
async fn a_job_whose_worker_died_is_taken_over_after_its_lease() {
    let house = house("jobs-lease").await;
    put(&house, "one", NOW).await;
    assert_eq!(take(&house, NOW).await.unwrap().tries, 1);
    assert!(take(&house, Moment(NOW.plus(LEASE).0 - 1)).await.is_none());
    assert_eq!(take(&house, NOW.plus(LEASE)).await.unwrap().tries, 2);
}

/// T4: a mail server that is down for an hour is asked seldom; one that is gone is shown to the operator.
#[tokio::test]
async fn each_new_try_waits_twice_as_long_and_the_eighth_is_the_last() {
    let house = house("jobs-back-off").await;
    put(&house, "one", NOW).await;
    let mut now = NOW;
    for (tries, wait) in [(1, 30), (2, 60), (3, 120), (4, 240), (5, 480), (6, 960), (7, 1_920)] {
        let job = take(&house, now).await.unwrap();
        assert_eq!(job.tries, tries);
        jobs::finish(&house.db, &job, Ended::Retry, now).await.unwrap();
        let next = now.plus(Duration::from_secs(wait));
        assert_eq!(due_at(&house).await, next, "after try {tries}");
        assert!(take(&house, Moment(next.0 - 1)).await.is_none());
        now = next;
    }
    assert_eq!(jobs::given_up(&house.db).await.unwrap(), 0);
    let job = take(&house, now).await.unwrap();
    jobs::finish(&house.db, &job, Ended::Retry, now).await.unwrap();
    assert_eq!(jobs::given_up(&house.db).await.unwrap(), 1, "it shows in doctor");
    assert!(take(&house, now.plus(LEASE * 100_000)).await.is_none(), "and is not tried for ever");
}

#[tokio::test]
async fn giving_up_is_for_good_and_done_keeps_no_payload() {
    let house = house("jobs-end").await;
    for (occasion, ended, given_up) in [("hopeless", Ended::GiveUp, 1), ("fine", Ended::Done, 1)] {
        put(&house, occasion, NOW).await;
        let job = take(&house, NOW).await.unwrap();
        jobs::finish(&house.db, &job, ended, NOW).await.unwrap();
        assert!(take(&house, NOW.plus(LEASE * 10)).await.is_none(), "{occasion}");
        assert_eq!(jobs::given_up(&house.db).await.unwrap(), given_up, "{occasion}");
    }
    let kept = house.db.number("SELECT COUNT(*) AS n FROM job WHERE done_at IS NOT NULL AND payload <> ''", []).await.unwrap();
    assert_eq!(kept, 0);
}

/// T3: two schedulers, or one that was killed between sending and noting it.
#[tokio::test]
async fn the_same_occasion_is_one_job_even_after_it_is_done() {
    let house = house("jobs-once").await;
    put(&house, "reminder/7", NOW).await;
    put(&house, "reminder/7", NOW).await;
    let job = take(&house, NOW).await.unwrap();
    assert!(take(&house, NOW).await.is_none());
    jobs::finish(&house.db, &job, Ended::Done, NOW).await.unwrap();
    put(&house, "reminder/7", NOW).await;
    assert!(take(&house, NOW.plus(LEASE)).await.is_none(), "nobody is reminded twice");
    put(&house, "reminder/8", NOW).await;
    assert!(take(&house, NOW).await.is_some());
}

#[tokio::test]
async fn a_change_that_never_happened_leaves_no_job() {
    let house = house("jobs-rollback").await;
    let tx = house.db.write().await.unwrap();
    jobs::later(&tx, "test", "one", "", NOW).await.unwrap();
    drop(tx);
    assert!(take(&house, NOW).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_workers_never_get_the_same_job() {
    let house = house("jobs-workers").await;
    for number in 0..40 {
        put(&house, &number.to_string(), NOW).await;
    }
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let house = house.clone();
            tokio::spawn(async move {
                let mut done = Vec::new();
                while let Some(job) = take(&house, NOW).await {
                    done.push(job.payload);
                }
                done
            })
        })
        .collect();
    let mut all = Vec::new();
    for worker in workers {
        all.extend(worker.await.unwrap());
    }
    all.sort_by_key(|payload| payload.parse::<u32>().unwrap());
    assert_eq!(all, (0..40).map(|number| number.to_string()).collect::<Vec<_>>());
}

/// The list of jobs holds links that let somebody in and words of people who asked for help.
#[tokio::test]
async fn a_sealed_payload_is_readable_to_its_worker_alone() {
    let house = house("jobs-sealed").await;
    let tx = house.db.write().await.unwrap();
    jobs::later_sealed(&house, &tx, "test", "one", &("canary", 7), NOW).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let job = take(&house, NOW).await.unwrap();
    assert!(!job.payload.contains("canary"));
    assert_eq!(jobs::payload::<(String, i64)>(&house, &job).await.unwrap(), ("canary".to_owned(), 7));
    for payload in ["", "not base64!", "AAAA", &job.payload[4..]] {
        let bent = Job { payload: payload.into(), ..job.clone() };
        assert!(jobs::payload::<(String, i64)>(&house, &bent).await.is_err(), "{payload:?}");
    }
    assert!(jobs::payload::<Vec<u8>>(&house, &job).await.is_err(), "of another shape");
}

#[tokio::test]
async fn the_clock_jumping_back_does_not_hand_a_job_out_twice() {
    let house = house("jobs-clock").await;
    put(&house, "one", NOW).await;
    assert!(take(&house, NOW).await.is_some());
    assert!(take(&house, NOW.minus(Duration::from_secs(3_600))).await.is_none());
    assert_eq!(meddle(&house, "UPDATE job SET leased_until = 0").await, 1);
    let tries = house.db.number("SELECT tries AS n FROM job WHERE kind = $1", values!["test"]).await.unwrap();
    assert_eq!(tries, 1);
}

/// What must not happen twice is claimed before it happens; a worker that died left its claim behind.
#[tokio::test]
async fn a_job_is_claimed_once_until_the_claim_is_taken_back() {
    let house = house("jobs-claim").await;
    put(&house, "one", NOW).await;
    let job = take(&house, NOW).await.unwrap();
    assert!(jobs::claim(&house.db, &job, NOW).await.unwrap());
    assert!(!jobs::claim(&house.db, &job, NOW).await.unwrap());
    let again = take(&house, NOW.plus(LEASE)).await.unwrap();
    assert_eq!((again.id, again.occasion.as_str()), (job.id, "one"));
    assert!(!jobs::claim(&house.db, &again, NOW).await.unwrap(), "the next worker sees it too");
    jobs::unclaim(&house.db, &job).await.unwrap();
    assert!(jobs::claim(&house.db, &again, NOW).await.unwrap());
}

/// Five hundred reminders and a mail server that takes a second for each: whoever asks for help does not wait for them.
#[tokio::test]
async fn what_goes_to_many_has_a_lane_of_its_own() {
    let house = house("jobs-lanes").await;
    let tx = house.db.write().await.unwrap();
    for (kind, due_at) in [("reminder", NOW), ("digest", NOW), ("risk.open", NOW.plus(LEASE)), ("mail", NOW.plus(LEASE * 2))] {
        jobs::later(&tx, kind, "one", "", due_at).await.unwrap();
    }
    tx.commit_unaudited().await.unwrap();
    let now = NOW.plus(LEASE * 3);
    let mut taken = Vec::new();
    for lane in [Lane::Swift, Lane::Bulk, Lane::Swift, Lane::Swift, Lane::Bulk, Lane::Bulk] {
        taken.push(jobs::take_of(&house.db, lane, now).await.unwrap().map(|job| job.kind).unwrap_or_default());
    }
    taken[1..5].sort();
    assert_eq!(taken, ["risk.open", "", "digest", "mail", "reminder", ""]);
}
