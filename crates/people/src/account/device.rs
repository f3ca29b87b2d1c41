//! What a browser calls itself, in words that its person knows.

/// Looked for in this order: browsers name the ones that they resemble, too.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrom", "Chrome"),
    ("CriOS/", "Chrome"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
];

/// "Firefox, Windows"; empty when it says nothing that we know.
pub fn name(user_agent: &str) -> String {
    let find = |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name);
    // Safari is the one that only everybody else pretends to be.
    let browser = find(&BROWSERS).or_else(|| user_agent.contains("Safari/").then_some("Safari"));
    [browser, find(&SYSTEMS)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn people_know_their_own_devices() {
        let apple = "AppleWebKit/537.36 (KHTML, like Gecko)";
        for (says, is) in [
            (format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {apple} Chrome/131.0 Safari/537.36 Edg/131.0"), "Edge, Windows"),
            (format!("Mozilla/5.0 (X11; Linux x86_64) {apple} HeadlessChrome/156.0.0.0 Safari/537.36"), "Chrome, Linux"),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned(), "Firefox, Linux"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1".to_owned(), "Safari, iPhone"),
            (format!("Mozilla/5.0 (Linux; Android 14; Pixel 8) {apple} Chrome/131.0 Mobile Safari/537.36"), "Chrome, Android"),
            ("curl/8.5".to_owned(), ""),
            (String::new(), ""),
        ] {
            assert_eq!(name(&says), is, "{says}");
        }
    }
}
