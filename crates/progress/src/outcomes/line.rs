//! A small line from 0 to 10, evening by evening. The same in words stands beside it.

/// In a box of 280 by 90, with 0 at the bottom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    pub dots: Vec<(i32, i32)>,
    pub path: String,
    pub words: String,
}

const HIGHEST: i32 = 10;

pub fn line(values: &[u8]) -> Line {
    // Two places at least: one value alone stands at the left.
    let places = i32::try_from(values.len()).unwrap_or(2).max(2) - 1;
    let dot = |(place, value): (usize, &u8)| {
        let x = 10 + 260 * i32::try_from(place).unwrap_or(0) / places;
        (x, 80 - i32::from(*value).min(HIGHEST) * 7)
    };
    let dots: Vec<_> = values.iter().enumerate().map(dot).collect();
    let path = dots.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
    Line { path, words: values.iter().map(u8::to_string).collect::<Vec<_>>().join(", "), dots }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_in_its_box() {
        assert_eq!(line(&[]), Line::default());
        assert_eq!(line(&[5]).dots, [(10, 45)]);
        let three = line(&[0, 10, 255]);
        assert_eq!((three.dots.clone(), three.words.as_str()), (vec![(10, 80), (140, 10), (270, 10)], "0, 10, 255"));
        assert_eq!(three.path, "10,80 140,10 270,10");
        for count in 1..200 {
            assert!(line(&vec![7; count]).dots.iter().all(|(x, y)| (10..=270).contains(x) && (10..=80).contains(y)));
        }
    }
}
