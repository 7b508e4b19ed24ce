//! Lines of a form: `专项整改:否。`, `是否到包联村入户:是(10月17日)`. The answer decides, whatever else the line says.

use crate::detect::assertion::Scan;
use crate::detect::cells::answer;
use crate::detect::engine::Engine;
use crate::detect::matcher::{Finds, Hit};
use crate::detect::moment;
use crate::detect::page::Page;
use crate::detect::passage::{PassageKind, Sentence};
use crate::model::reading::{Assertion, Strength};

/// Finds answered lines.
pub fn find(_page: &Page<'_>, scans: &[Scan<'_>], engine: &Engine) -> Finds {
    // A numbered line without a full stop looks like a heading.
    let may_answer = |s: &&Scan<'_>| match s.passage.kind {
        PassageKind::Prose => s.passage.lead > 0,
        kind => kind == PassageKind::Heading,
    };
    let lines = scans.iter().filter(may_answer);
    Finds { hits: lines.filter_map(|scan| answered(scan, engine)).collect(), ..Finds::default() }
}

fn answered(scan: &Scan<'_>, engine: &Engine) -> Option<Hit> {
    let passage = scan.passage;
    let text = &passage.text.normal;
    let (label, rest) = text.split_once(':')?;
    let word = &rest[..rest.find(['(', ',', '。', ';']).unwrap_or(rest.len())];
    let assertion = answer(word).filter(|a| a.counts())?;
    let items = engine.items_of_heading(label);
    let [item] = items.as_slice() else { return None };
    let cue = (assertion != Assertion::Done).then(|| word.to_string());
    let whole =
        Sentence { range: 0..text.len(), clauses: passage.sentences.iter().flat_map(|s| s.clauses.clone()).collect() };
    Some(Hit {
        item: *item,
        rule: format!("{}.answer", engine.items[*item].id),
        assertion,
        cue,
        strength: if rest.len() > word.len() + '。'.len_utf8() { Strength::Strong } else { Strength::Weak },
        place: passage.place.clone(),
        sentence: 0,
        bare: false,
        whole: true,
        spot: None,
        quote: passage.text.quote(0..text.len()).to_string(),
        dates: moment::dates_of(passage, &whole, &(0..0)),
        counts: scan.counts().iter().map(|(_, count)| count.clone()).collect(),
        unit: None,
    })
}
