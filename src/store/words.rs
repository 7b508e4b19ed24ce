//! What is said of each school and item in one night, in a word each: seven a school, of half a million schools.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// Words by school and item; the empty item is the submission. The few items and words there are stand once.
#[derive(Debug, Default)]
pub struct Words<'f> {
    /// Of each school its items and what is said of them, both as places in `known`.
    of: BTreeMap<Cow<'f, str>, Vec<(u16, u16)>>,
    known: Vec<String>,
}

impl<'f> Words<'f> {
    /// Enters what is said of an item of a school.
    pub fn insert(&mut self, school: Cow<'f, str>, item: &str, word: &str) {
        let (item, word) = (self.number(item), self.number(word));
        let said = self.of.entry(school).or_default();
        match said.iter_mut().find(|(i, _)| *i == item) {
            Some(last) => last.1 = word,
            None => said.push((item, word)),
        }
    }

    /// What is said of an item of a school.
    pub fn get(&self, school: &str, item: &str) -> Option<&str> {
        let said = self.of.get(school)?.iter();
        said.map(|pair| self.named(*pair)).find(|(i, _)| *i == item).map(|(_, word)| word)
    }

    /// Takes an item of a school out where just this is said of it.
    pub fn take(&mut self, school: &str, item: &str, word: &str) -> bool {
        let place = |known: &str| self.known.iter().position(|k| k == known);
        let pair = place(item).zip(place(word)).map(|(item, word)| (item as u16, word as u16));
        let Some(said) = self.of.get_mut(school) else { return false };
        let at = said.iter().position(|p| Some(*p) == pair);
        at.map(|at| said.swap_remove(at)).is_some()
    }

    /// School, item and word of each, by school and item.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.of.iter().flat_map(|(school, said)| {
            let mut said: Vec<(&str, &str)> = said.iter().map(|pair| self.named(*pair)).collect();
            said.sort_unstable();
            said.into_iter().map(|(item, word)| (school.as_ref(), item, word))
        })
    }

    fn named(&self, (item, word): (u16, u16)) -> (&str, &str) {
        let of = |at: u16| self.known.get(usize::from(at)).map_or("", String::as_str);
        (of(item), of(word))
    }

    fn number(&mut self, word: &str) -> u16 {
        let at = self.known.iter().position(|known| known == word).unwrap_or_else(|| {
            self.known.push(word.to_string());
            self.known.len() - 1
        });
        at as u16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_school_and_item() {
        let mut words = Words::default();
        words.insert("A2".into(), "visit", "missing");
        words.insert("A1".into(), "visit", "done");
        words.insert("A1".into(), "", "on_time");
        words.insert("A1".into(), "visit", "missing");
        assert_eq!(words.get("A1", "visit"), Some("missing"));
        assert_eq!(words.get("A1", "meeting"), None);
        let all: Vec<_> = words.iter().collect();
        assert_eq!(all, [("A1", "", "on_time"), ("A1", "visit", "missing"), ("A2", "visit", "missing")]);
        assert!(!words.take("A1", "visit", "done") && words.take("A1", "visit", "missing"));
        assert_eq!(words.iter().count(), 2);
    }
}
