use post::{Address, Failed, Letter, Outbox, Post};

fn letter(number: usize) -> Letter {
    Letter { subject: format!("letter {number}"), text: "t".into(), ..Letter::default() }
}

#[tokio::test]
async fn the_newest_five_hundred_are_kept_in_order() {
    let outbox = Outbox::default();
    let post = Post::Outbox(outbox.clone());
    for number in 0..503 {
        post.send(&Address::email("maya@example.org"), &letter(number)).await.unwrap();
    }
    let posted = outbox.posted();
    assert_eq!((posted.len(), &posted[0].letter, &posted[499].letter), (500, &letter(3), &letter(502)));
}

/// Every way out keeps the same promise, so that a test against the outbox says something about the real one.
#[tokio::test]
async fn it_refuses_what_a_mail_server_would_be_harmed_by() {
    let outbox = Outbox::default();
    let odd = Letter { subject: "a\r\nBcc: evil@example.org".into(), ..Letter::default() };
    assert_eq!(Post::Outbox(outbox.clone()).send(&Address::email("maya@example.org"), &odd).await, Err(Failed::Never));
    assert!(outbox.posted().is_empty());
}
