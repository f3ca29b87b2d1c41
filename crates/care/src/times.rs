//! A time of day as people type it and as a form shows it again. One reading for every form: whoever writes "9 pm" on one page expects it on the next.

/// "21:30", "9:30 pm", "9pm", "21h30": minutes since midnight. A bare number is no time of day.
pub fn read(text: &str) -> Option<i16> {
    let lower = text.trim().to_lowercase().replace(['.', ' ', '\u{a0}'], "").replace('h', ":");
    let (plain, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(plain), _) => (plain, Some(0)),
        (_, Some(plain)) => (plain, Some(12)),
        _ => (lower.as_str(), None),
    };
    let (hour, minute) = match plain.split_once(':') {
        Some(both) => both,
        None => (plain, half.map(|_| "0")?),
    };
    let number = |text: &str| text.chars().all(|c| c.is_ascii_digit()).then(|| text.parse::<i16>().ok()).flatten();
    let (hour, minute) = (number(hour)?, number(minute)?);
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

/// As an input of a browser takes it.
pub fn write(minute: impl Into<i64>) -> String {
    let minute = minute.into();
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
