//! Prints the TypeScript of every wire type. `cargo xtask wire` writes it into the room bundle.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;

use care::library::Words;
use room::wire::{FromDoor, FromRoom, ToDoor, ToRoom};
use ts_rs::{Config, TS, TypeVisitor};

struct Collect<'a> {
    config: &'a Config,
    found: &'a mut BTreeMap<String, String>,
}

impl TypeVisitor for Collect<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_none() || self.found.contains_key(&T::name(self.config)) {
            return;
        }
        self.found.insert(T::name(self.config), T::decl(self.config));
        T::visit_dependencies(self);
    }
}

fn main() {
    let config = Config::new().with_large_int("number");
    let mut found = BTreeMap::new();
    let mut collect = Collect { config: &config, found: &mut found };
    collect.visit::<ToRoom>();
    collect.visit::<FromRoom>();
    collect.visit::<ToDoor>();
    collect.visit::<FromDoor>();
    // Fetched and not sent: the words of what is read in the room.
    collect.visit::<Words>();
    println!("// Generated from crates/room by `cargo xtask wire`. Do not edit.\n");
    for declaration in found.values() {
        println!("export {declaration}\n");
    }
}
