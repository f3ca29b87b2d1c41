/// Something that is in memory only. It is no part of what a book tells, so that two rooms that differ in nothing else are the same room; and
/// it says nothing of itself, so that no log and no panic can.
#[derive(Clone, Default)]
pub struct Unwritten<T>(T);

impl<T> Unwritten<T> {
    pub fn get(&self) -> &T {
        &self.0
    }

    pub fn get_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> PartialEq for Unwritten<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> std::fmt::Debug for Unwritten<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("unwritten")
    }
}
