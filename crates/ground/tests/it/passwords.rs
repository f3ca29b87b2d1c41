use ground::passwords::{Cost, Passwords, Weak, check};

const CHEAP: Cost = Cost { memory_kib: 64, passes: 1 };

/// Statement 2: rules about signs and digits make people write passwords down.
#[test]
fn length_and_being_widely_known_are_all_that_counts() {
    let long = |letters: usize| "ñ".repeat(letters);
    for (password, expected) in [
        ("", Err(Weak::TooShort)),
        ("1234567", Err(Weak::TooShort)),
        (&long(7), Err(Weak::TooShort)),
        (&long(8), Ok(())),
        (&long(200), Ok(())),
        (&long(201), Err(Weak::TooLong)),
        ("password", Err(Weak::Common)),
        ("PassWord", Err(Weak::Common)),
        ("12345678", Err(Weak::Common)),
        ("my hearth is warm", Err(Weak::Common)),
        ("HEARTH-2026-x", Err(Weak::Common)),
        ("four calm green lamps", Ok(())),
        ("        ", Ok(())),
        ("pass\u{0}word!", Ok(())),
        ("🕯🕯🕯🕯🕯🕯🕯🕯", Ok(())),
    ] {
        assert_eq!(check(password), expected, "{password:?}");
    }
}

#[tokio::test]
async fn a_password_opens_with_itself_letter_for_letter() {
    let passwords = Passwords::new(CHEAP);
    let stored = passwords.hash("four calm Lamps ñ").await.unwrap();
    assert!(stored.starts_with("$argon2id$") && !stored.contains("calm"));
    for (typed, fits) in [
        ("four calm Lamps ñ", true),
        ("four calm lamps ñ", false),
        ("four calm Lamps ñ ", false),
        ("four calm Lamps n\u{303}", false),
        ("", false),
    ] {
        assert_eq!(passwords.verify(typed, Some(stored.clone())).await.unwrap(), fits, "{typed:?}");
    }
    assert_ne!(passwords.hash("four calm Lamps ñ").await.unwrap(), stored, "salted");
}

/// Statement 6: an unknown address takes as long, and must still never be let in.
#[tokio::test]
async fn nobody_s_password_is_never_right() {
    let passwords = Passwords::new(CHEAP);
    for typed in ["", "nobody has this password", "anything"] {
        assert!(!passwords.verify(typed, None).await.unwrap(), "{typed:?}");
    }
    assert!(passwords.verify("x", Some("not a hash".into())).await.is_err(), "a broken row is a fault and not a wrong password");
}

/// Statement 3.
#[tokio::test]
async fn a_hash_of_a_cheaper_day_is_still_good_and_known_as_old() {
    let (old, new) = (Passwords::new(CHEAP), Passwords::new(Cost { memory_kib: 128, passes: 2 }));
    let stored = old.hash("four calm lamps").await.unwrap();
    assert!(new.verify("four calm lamps", Some(stored.clone())).await.unwrap());
    assert!(new.is_outdated(&stored) && !old.is_outdated(&stored));
    assert!(!new.is_outdated(&new.hash("four calm lamps").await.unwrap()));
}
