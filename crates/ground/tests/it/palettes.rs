//! The colours that a practice may choose: readable for everybody, by day and by night (WCAG AA, 4.5 to 1).

use std::{collections::HashMap, fs, path::Path};

use ground::PALETTES;

type Colours = HashMap<String, String>;

fn tokens() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/tokens.css")).unwrap()
}

/// What the rules of this selector set, in the order of the file: the first is for light, the second for dark.
fn sets(css: &str, selector: &str) -> Vec<Colours> {
    let opening = format!("{selector} {{");
    let bodies = css.split(&opening).skip(1).map(|rest| rest.split('}').next().unwrap());
    let one = |body: &str| {
        let pairs = body.split(';').filter_map(|line| line.trim().split_once(": "));
        pairs.filter(|(name, _)| name.starts_with("--")).map(|(name, value)| (name[2..].to_owned(), value.to_owned())).collect()
    };
    bodies.map(one).collect()
}

fn luminance(colour: &str) -> f64 {
    let hex = colour.trim_start_matches('#');
    let hex = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
    let part = |from: usize| {
        let value = f64::from(u8::from_str_radix(&hex[from..from + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn the_measure_itself_is_right() {
    assert!((contrast("#000", "#fff") - 21.0).abs() < 0.01);
    assert!((contrast("#777777", "#ffffff") - 4.48).abs() < 0.01, "the grey that just fails");
    assert!((contrast("#abcdef", "#abcdef") - 1.0).abs() < 0.001);
}

#[test]
fn every_palette_can_be_read_in_both_themes() {
    let css = tokens();
    let roots = sets(&css, ":root");
    assert_eq!(roots.len(), 2, "light and dark");
    for name in PALETTES {
        for (theme, root) in roots.iter().enumerate() {
            let mut colours = roots[0].clone();
            colours.extend(root.clone());
            if name != "ember" {
                let own = sets(&css, &format!(".palette-{name}"));
                assert_eq!(own.len(), 2, "{name} in light and in dark");
                colours.extend(own[theme].clone());
            }
            let ratio = |one: &str, other: &str| contrast(&colours[one], &colours[other]);
            for (text, ground) in [
                ("on-ember", "ember"),
                ("ember-text", "paper"),
                ("ember-text", "card"),
                ("ember-text", "sand"),
                ("ember-text", "ember-wash"),
                ("ink", "ember-wash"),
            ] {
                let found = ratio(text, ground);
                assert!(found >= 4.5, "{name}, theme {theme}: {text} on {ground} is {found:.2} to 1");
            }
        }
    }
}
