//! What helped, what did not, and why: members' own knowledge for their group (B6), a question that a group answers side by side (B7), and
//! milestones and setbacks that somebody chose to share (B8). What belongs to somebody who has left is shown to nobody.

pub mod lived;
mod moments;
mod moments_queries;
mod pages;
mod queries;
mod question;
mod question_queries;
mod writing;

use ground::{House, Routes, Rule, Stand, random_token};

pub fn routes(house: &House) -> Routes {
    let (member, leader) = (Rule::Group(&[Stand::Member]), Rule::Group(&[Stand::Leader]));
    let both = Rule::Group(&[Stand::Leader, Stand::Member]);
    Routes::new(house)
        .get("/groups/{group}/what-helped", both, pages::all)
        .post("/groups/{group}/what-helped", member, writing::add)
        .get("/groups/{group}/what-helped/new", member, writing::new)
        .post("/groups/{group}/what-helped/setting", leader, pages::setting)
        .get("/groups/{group}/what-helped/{entry}", both, pages::one)
        .post("/groups/{group}/what-helped/{entry}", member, writing::change)
        .get("/groups/{group}/what-helped/{entry}/edit", member, writing::edit)
        .post("/groups/{group}/what-helped/{entry}/removal", member, writing::remove)
        .post("/groups/{group}/what-helped/{entry}/beyond", member, writing::beyond)
        .post("/groups/{group}/what-helped/{entry}/result", member, pages::tried)
        .post("/groups/{group}/what-helped/{entry}/report", both, pages::report)
        .post("/groups/{group}/what-helped/{entry}/look", leader, pages::look)
        .get("/groups/{group}/question", both, question::page)
        .post("/groups/{group}/question", leader, question::ask)
        .post("/groups/{group}/question/{asked}/answer", member, question::answer)
        .get("/groups/{group}/moments", both, moments::all)
        .post("/groups/{group}/moments", member, moments::share)
        .post("/groups/{group}/moments/new", member, moments::begin)
        .post("/groups/{group}/moments/{moment}/reaction", both, moments::react)
        .post("/groups/{group}/moments/{moment}/removal", member, moments::remove)
}

/// What makes a form one: from its page if it is readable, else new.
fn once(typed: &str) -> String {
    let fits = (8..=64).contains(&typed.len()) && typed.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if fits { typed.to_owned() } else { random_token() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_of_the_page_is_kept_and_anything_else_is_made_anew() {
        let token = random_token();
        assert_eq!(once(&token), token);
        for odd in ["", "short", "has space in it", "<b>12345678</b>", &"a".repeat(65)] {
            assert_ne!(once(odd), odd);
        }
    }
}
