//! What a text is about: the campaign, what goes with it, or another matter that uses the same words.
//!
//! 专题会议, 一封信, 走访 and 排查 stand in the reports of every campaign. A sentence counts where its own words, the
//! heading above it, the sentences before it or the document's title show that it belongs to this one.

use crate::detect::engine::Engine;
use crate::detect::lexicon::{WordHit, within};
use std::ops::Range;

/// What the words of a stretch of text show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'t> {
    /// The campaign, by a word that no other matter uses.
    Own,
    /// Perhaps the campaign, by a word that goes with it.
    Related,
    /// Another matter, by this word.
    Other(&'t str),
    /// Nothing.
    Open,
}

/// What the words in a part of a text show. Of several the strongest counts: a word of another matter yields to one of
/// the campaign's own, and outweighs one that merely goes with it.
pub fn of<'t>(text: &'t str, words: &[WordHit<'_>], part: &Range<usize>, engine: &Engine) -> Subject<'t> {
    let mut subject = Subject::Open;
    for word in within(words, part) {
        if word.is_in(engine.own) {
            return Subject::Own;
        } else if word.is_in(engine.other) {
            subject = Subject::Other(text.get(word.range.clone()).unwrap_or(""));
        } else if word.is_in(engine.related) && subject == Subject::Open {
            subject = Subject::Related;
        }
    }
    subject
}

/// What a whole text shows.
pub fn of_text<'t>(text: &'t str, engine: &Engine) -> Subject<'t> {
    of(text, &engine.words_in(text), &(0..text.len()), engine)
}

/// The other matter that a document is about, if it is: its title and file name decide, then its opening, then whether
/// any word of the campaign stands in it at all.
pub fn other_matter<'t>(
    head: [&'t str; 2],
    opening: impl Iterator<Item = &'t str>,
    mut rest: impl Iterator<Item = &'t str>,
    engine: &Engine,
) -> Option<String> {
    let stretches = [head.map(|t| of_text(t, engine)).to_vec(), opening.map(|t| of_text(t, engine)).collect()];
    for stretch in stretches {
        if stretch.contains(&Subject::Own) {
            return None;
        }
        let other = stretch.iter().find_map(|s| match s {
            Subject::Other(word) => Some((*word).to_string()),
            _ => None,
        });
        if other.is_some() {
            return other;
        }
        if stretch.contains(&Subject::Related) {
            return None;
        }
    }
    let speaks = rest.any(|t| matches!(of_text(t, engine), Subject::Own | Subject::Related));
    (!speaks && engine.has_subject).then(|| head[0].lines().next().unwrap_or("").to_string())
}
