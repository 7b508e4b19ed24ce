//! Documents that are evidence by what they are: the minutes of a meeting show that it was held.

use crate::detect::assertion::Scan;
use crate::detect::engine::Engine;
use crate::detect::matcher::{Finds, Hit};
use crate::detect::page::{OPENING, Page};
use crate::detect::passage::Passage;
use crate::detect::subject;
use crate::model::reading::{Assertion, Strength};

/// Finds items that the document proves by its title, where its opening shows that it is about the campaign.
pub fn find(page: &Page<'_>, scans: &[Scan<'_>], engine: &Engine) -> Finds {
    let head = engine.lists_in([page.title.as_str(), page.file_name.as_str()]);
    let items: Vec<usize> = (0..engine.items.len()).filter(|&i| head.has(engine.items[i].papers)).collect();
    let opening = || scans.iter().take(2 * OPENING).map(|s| &s.passage.text.normal);
    let own = || opening().chain([&page.title, &page.file_name]).any(|t| subject::of_text(t, engine).own);
    let first = scans.first().map(|s| s.passage);
    let (Some(passage), false) = (first, items.is_empty() || page.foreign.is_some() || !own()) else {
        return Finds::default();
    };
    // 议题二:扶贫日工作: the line that shows what it was about proves more than the title.
    let about = scans.iter().take(2 * OPENING).skip(1).map(|s| s.passage);
    let about =
        about.filter(|p| p.text.normal != passage.text.normal).find(|p| subject::of_text(&p.text.normal, engine).own);
    let hit = |item: usize, passage: &Passage| Hit {
        item,
        rule: format!("{}.paper", engine.items[item].id),
        assertion: Assertion::Done,
        cue: None,
        strength: Strength::Weak,
        place: passage.place.clone(),
        sentence: 0,
        bare: false,
        whole: false,
        spot: None,
        quote: passage.text.original.clone(),
        dates: Vec::new(),
        counts: Vec::new(),
        unit: None,
    };
    let hits = |item: usize| [Some(passage), about].into_iter().flatten().map(move |p| (item, p));
    Finds { hits: items.into_iter().flat_map(hits).map(|(item, p)| hit(item, p)).collect(), ..Finds::default() }
}
