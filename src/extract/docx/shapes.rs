//! Text of DrawingML: shapes, diagrams (SmartArt) and charts.

use crate::extract::xml::{Ns, Xml};

/// The paragraphs and chart labels in the rest of the open element, each once, empty ones left out. A chart repeats
/// the names of its categories for every series.
pub fn words(xml: &mut Xml<'_>) -> Vec<String> {
    let mut all = Vec::new();
    gather(xml, &mut all);
    let mut once: Vec<String> = Vec::new();
    for words in all {
        let words = words.trim();
        if !words.is_empty() && !once.iter().any(|w| w == words) {
            once.push(words.to_string());
        }
        // Whoever labels more points than this draws no chart for a report.
        if once.len() >= 1_000 {
            break;
        }
    }
    once
}

fn gather(xml: &mut Xml<'_>, all: &mut Vec<String>) {
    while let Some(e) = xml.child() {
        match (e.ns, e.name()) {
            (Ns::A, "p") => {
                let mut paragraph = String::new();
                letters(xml, &mut paragraph);
                all.push(paragraph);
            }
            (Ns::Chart, "numCache" | "numLit") => xml.skip(),
            (Ns::Chart, "v") => all.push(xml.text()),
            _ => gather(xml, all),
        }
    }
}

fn letters(xml: &mut Xml<'_>, paragraph: &mut String) {
    while let Some(e) = xml.child() {
        match (e.ns, e.name()) {
            (Ns::A, "t") => paragraph.push_str(&xml.text()),
            (Ns::A, "br") => {
                paragraph.push('\n');
                xml.skip();
            }
            _ => letters(xml, paragraph),
        }
    }
}
