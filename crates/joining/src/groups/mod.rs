//! Groups: the list of those one may see, and the page of one.

mod pages;
mod queries;

use ground::{House, Routes, Rule, Stand};

pub(crate) use pages::{kind_words, weekly_words, weekly_words_in};
pub(crate) use queries::other_names;

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/groups", Rule::SignedIn, pages::all)
        .get("/groups/{group}", Rule::Group(&[Stand::Leader, Stand::Member, Stand::Guest, Stand::Office]), pages::one)
        .post("/groups/{group}/display-name", Rule::Group(&[Stand::Leader, Stand::Member, Stand::Guest]), pages::display_name)
}
