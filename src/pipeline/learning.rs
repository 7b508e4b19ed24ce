//! Labelled reports → [`Learned`]: which stretches of characters speak for a deed of an item.
//!
//! A sentence is a set of stretches; the weight of each is fitted by logistic regression, with a Gaussian prior and a Laplace
//! prior, which leaves most of them at zero, one coordinate after the other (Genkin, Lewis, Madigan: Large-Scale Bayesian Logistic Regression
//! for Text Categorization, Technometrics 49, 2007, algorithm CLG). Nothing is drawn by lot: the same reports give the same
//! file.

use crate::model::learned::{HUNDREDTHS, Learned, folded, stretches};
use crate::model::reading::Reading;
use crate::pipeline::labels::Labelled;
use crate::report::output::move_to;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

/// What stands in fewer reports is no wording but a name, and is nobody's business.
const REPORTS: usize = 5;
/// How strongly weights are drawn to zero, the larger the more …
const GAUSS: f64 = 1.0;
/// … and all alike.
const LAPLACE: f64 = 0.3;
/// What a heading says weighs less than what a sentence says itself.
const HEADING: f64 = 0.5;
/// The probability from which on a sentence counts.
const LEAST: f64 = 0.3;
/// Passes over all stretches, unless nothing moves any more.
const PASSES: usize = 60;
/// Nothing moves any more where the margins of all sentences change by less than this part of themselves.
const STILL: f64 = 0.002;
/// So many characters of the words that a reader has marked show that a sentence is among them.
const SHARED: usize = 8;

/// A sentence to learn from.
struct Lesson {
    /// Numbers of its stretches, those of its heading among them.
    stretches: Vec<u32>,
    /// Numbers of the items of which it tells a deed.
    tells: Vec<usize>,
}

/// A stretch, of a heading or of a sentence.
type Stretch = (bool, String);

/// Learns from labelled reports, each with what was read of it; `items` are those to learn.
pub fn learn(labelled: &[Labelled], readings: &[Reading], items: &[String]) -> Learned {
    let known = known(readings);
    let lessons = lessons(labelled, readings, items, &known);
    // For each stretch the sentences in which it stands.
    let mut stands: Vec<Vec<u32>> = vec![Vec::new(); known.len()];
    for (number, lesson) in lessons.iter().enumerate() {
        for stretch in &lesson.stretches {
            stands[*stretch as usize].push(number as u32);
        }
    }
    let values: Vec<f64> = known.keys().map(|(heading, _)| if *heading { HEADING } else { 1.0 }).collect();
    let fits: Vec<Fit> = (0..items.len())
        .into_par_iter()
        .map(|item| {
            let tells: Vec<bool> = lessons.iter().map(|l| l.tells.contains(&item)).collect();
            Fit::new(&tells).fitted(&stands, &values)
        })
        .collect();
    let hundredths = |weight: f64| (weight * HUNDREDTHS).round() as i32;
    let mut learned = Learned {
        reports: labelled.len(),
        sentences: lessons.len(),
        deeds: lessons.iter().map(|lesson| lesson.tells.len()).sum(),
        items: items.to_vec(),
        base: fits.iter().map(|fit| hundredths(fit.base)).collect(),
        threshold: hundredths((LEAST / (1.0 - LEAST)).ln()),
        ..Learned::default()
    };
    for (number, (heading, stretch)) in known.into_keys().enumerate() {
        let weights: Vec<i32> = fits.iter().map(|fit| hundredths(fit.weights[number] * values[number])).collect();
        if weights.iter().any(|w| *w != 0) {
            let table = if heading { &mut learned.heading } else { &mut learned.sentence };
            table.insert(stretch, weights);
        }
    }
    learned
}

/// Writes what was learned, whole or not at all.
///
/// # Errors
/// Those of writing and moving.
pub fn write(learned: &Learned, path: &Path) -> io::Result<()> {
    let waiting = path.with_extension("part");
    let written = fs::write(&waiting, learned.json()).and_then(|()| move_to(&waiting, path));
    // What cannot be taken away lies beside the place, and is no loss.
    written.inspect_err(|_| drop(fs::remove_file(&waiting)))
}

/// The stretches of all sentences and headings that stand in several reports, numbered in their order.
fn known(readings: &[Reading]) -> BTreeMap<Stretch, u32> {
    let mut reports: BTreeMap<Stretch, usize> = BTreeMap::new();
    for reading in readings {
        let sentences = reading.scrutiny.iter().flat_map(|s| &s.sentences);
        let here: BTreeSet<Stretch> = sentences.flat_map(|told| stretches_of(&told.heading, &told.sentence)).collect();
        here.into_iter().for_each(|stretch| *reports.entry(stretch).or_default() += 1);
    }
    let several = reports.into_iter().filter(|(_, reports)| *reports >= REPORTS);
    several.map(|(stretch, _)| stretch).zip(0..).collect()
}

fn stretches_of(heading: &str, sentence: &str) -> BTreeSet<Stretch> {
    let of = |is_heading: bool, text: &str| -> Vec<Stretch> {
        stretches(&folded(text)).map(|stretch| (is_heading, stretch.to_string())).collect()
    };
    of(true, heading).into_iter().chain(of(false, sentence)).collect()
}

fn lessons(
    labelled: &[Labelled],
    readings: &[Reading],
    items: &[String],
    known: &BTreeMap<Stretch, u32>,
) -> Vec<Lesson> {
    let mut lessons = Vec::new();
    for (report, reading) in labelled.iter().zip(readings) {
        let is_done = |item: &&String| report.activities.get(*item).is_some_and(|label| label == "done");
        let marked = |item: &String| report.spans.get(item).map(|span| folded(span));
        let marks: Vec<Option<String>> = items.iter().map(|i| Some(i).filter(is_done).and_then(marked)).collect();
        for told in reading.scrutiny.iter().flat_map(|s| &s.sentences) {
            let sentence = folded(&told.sentence);
            let tells = marks.iter().enumerate().filter(|(_, m)| m.as_ref().is_some_and(|m| shares(m, &sentence)));
            let stretches = stretches_of(&told.heading, &told.sentence);
            lessons.push(Lesson {
                stretches: stretches.iter().filter_map(|stretch| known.get(stretch).copied()).collect(),
                tells: tells.map(|(item, _)| item).collect(),
            });
        }
    }
    lessons
}

/// Whether a sentence is among the words that a reader has marked, or they are part of it.
fn shares(marked: &str, sentence: &str) -> bool {
    let chars: Vec<char> = marked.chars().collect();
    if chars.is_empty() {
        return false;
    }
    let part = |window: &[char]| sentence.contains(&window.iter().collect::<String>());
    chars.windows(SHARED.min(chars.len())).any(part)
}

/// What is fitted for one item.
struct Fit {
    base: f64,
    weights: Vec<f64>,
    /// How far each step may go.
    reach: Vec<f64>,
    /// For each sentence 1 where it tells the deed, else -1.
    signs: Vec<f64>,
    /// For each sentence how clearly it stands on its side.
    margins: Vec<f64>,
}

impl Fit {
    fn new(tells: &[bool]) -> Self {
        let signs: Vec<f64> = tells.iter().map(|t| if *t { 1.0 } else { -1.0 }).collect();
        Fit { base: 0.0, weights: Vec::new(), reach: Vec::new(), margins: vec![0.0; signs.len()], signs }
    }

    fn fitted(mut self, stands: &[Vec<u32>], values: &[f64]) -> Self {
        let all: Vec<u32> = (0..self.signs.len() as u32).collect();
        (self.weights, self.reach) = (vec![0.0; stands.len()], vec![1.0; stands.len()]);
        let mut base_reach = 1.0;
        for _ in 0..PASSES {
            // What is known before anything is read is drawn nowhere.
            let step = self.step(&all, 1.0, self.base, (0.0, 0.0), &mut base_reach);
            self.base += step;
            let mut moved = self.go(&all, step);
            for (number, (sentences, value)) in stands.iter().zip(values).enumerate() {
                let mut reach = self.reach[number];
                let step = self.step(sentences, *value, self.weights[number], (GAUSS, LAPLACE), &mut reach);
                self.reach[number] = reach;
                if step != 0.0 {
                    self.weights[number] += step;
                    moved += self.go(sentences, step * value);
                }
            }
            if moved <= STILL * (1.0 + self.margins.iter().map(|m| m.abs()).sum::<f64>()) {
                break;
            }
        }
        self
    }

    /// How far a weight goes: by Newton's rule with an upper bound of the curvature within reach, and not across zero.
    fn step(&self, sentences: &[u32], value: f64, weight: f64, (gauss, laplace): (f64, f64), reach: &mut f64) -> f64 {
        let (mut pull, mut curve) = (-gauss * weight, gauss);
        for &sentence in sentences {
            let (margin, sign) = (self.margins[sentence as usize], self.signs[sentence as usize]);
            pull += value * sign / (1.0 + margin.exp());
            let (far, delta) = (margin.abs(), *reach * value);
            let bound = if far <= delta { 0.25 } else { 1.0 / (2.0 + (far - delta).exp() + (delta - far).exp()) };
            curve += value * value * bound;
        }
        if curve == 0.0 {
            return 0.0;
        }
        let toward = |side: f64| (pull - side * laplace) / curve;
        let mut step = match weight {
            0.0 if toward(1.0) > 0.0 => toward(1.0),
            0.0 if toward(-1.0) < 0.0 => toward(-1.0),
            0.0 => 0.0,
            _ => {
                let step = toward(weight.signum());
                if laplace > 0.0 && (weight + step) * weight < 0.0 { -weight } else { step }
            }
        };
        step = step.clamp(-*reach, *reach);
        *reach = (2.0 * step.abs()).max(*reach / 2.0);
        step
    }

    /// Moves the margins of sentences, and tells how far in all.
    fn go(&mut self, sentences: &[u32], step: f64) -> f64 {
        for &sentence in sentences {
            self.margins[sentence as usize] += self.signs[sentence as usize] * step;
        }
        step.abs() * sentences.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::scrutiny::{Scrutiny, Told};

    /// A report with one sentence.
    fn report(sentence: &str) -> Reading {
        let told = Told { heading: "一、会议".into(), sentence: sentence.into() };
        Reading {
            scrutiny: Some(Box::new(Scrutiny { sentences: vec![told], ..Scrutiny::default() })),
            ..Reading::default()
        }
    }

    #[test]
    fn what_stands_in_few_reports_is_not_learned() {
        let all: Vec<Reading> = ["雷", "鲍", "窦", "滕", "雷"].map(|name| report(&format!("{name}老师讲。"))).to_vec();
        let known = known(&all);
        let has = |heading: bool, stretch: &str| known.contains_key(&(heading, stretch.to_string()));
        assert!(has(false, "老师讲") && has(true, "会议") && !has(false, "会议"));
        assert!(known.keys().all(|(_, stretch)| !stretch.contains(['雷', '鲍', '窦', '滕'])), "{known:?}");
    }

    #[test]
    fn sentences_are_known_by_the_words_that_a_reader_has_marked() {
        assert!(shares("全体教师围着火炉把事情捋了一遍", "0日晚,全体教师围着火炉把事情捋了一遍,散会。"));
        assert!(shares("捋了一遍", "围着火炉捋了一遍。"), "the mark is part of the sentence");
        assert!(!shares("捋了一遍", "围着火炉坐了一夜。") && !shares("", "围着火炉坐了一夜。"));
    }
}
