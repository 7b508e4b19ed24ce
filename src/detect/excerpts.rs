//! What is kept of a text to find and to show near-copies: its sketch, and a few sentences.
//!
//! The sentences with the least hashes are kept: of two texts that share most sentences, these are mostly the same ones.

use crate::detect::engine::Engine;
use crate::detect::page::Page;
use crate::detect::passage::PassageKind;
use crate::detect::sketch::Sketch;
use crate::model::reading::Excerpt;

/// So many sentences are kept.
const KEPT: usize = 6;
/// Shorter sentences, in bytes, tell nothing.
const LEAST: usize = "教".len() * 16;

/// The sketch of a page, and sentences to show.
pub fn excerpts(page: &Page<'_>, engine: &Engine) -> (Vec<u32>, Vec<Excerpt>) {
    let mut sketch = Sketch::new(&engine.notice.shingles);
    let mut kept: Vec<(u32, usize, usize)> = Vec::new();
    for (p, passage) in page.passages.iter().enumerate() {
        for (s, sentence) in passage.sentences.iter().enumerate() {
            let print = sketch.add(passage.text.normal.get(sentence.range.clone()).unwrap_or_default());
            let shown = passage.kind == PassageKind::Prose && sentence.range.len() >= LEAST;
            let Some(print) = print.filter(|_| shown) else { continue };
            let at = kept.partition_point(|(k, ..)| *k < print);
            if at < KEPT && kept.get(at).is_none_or(|(k, ..)| *k != print) {
                kept.insert(at, (print, p, s));
                kept.truncate(KEPT);
            }
        }
    }
    let print = sketch.finish();
    // Without a sketch there is no near-copy to show.
    if print.is_empty() {
        kept.clear();
    }
    kept.sort_unstable_by_key(|(_, p, s)| (*p, *s));
    let excerpt = |(print, p, s): (u32, usize, usize)| {
        let passage = page.passages.get(p)?;
        let range = passage.sentences.get(s)?.range.clone();
        Some(Excerpt { print, place: passage.place.clone(), text: passage.text.quote(range).to_string() })
    };
    (print, kept.into_iter().filter_map(excerpt).collect())
}
