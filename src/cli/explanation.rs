//! An explanation for a person: the text with its evidence marked, then activity by activity what counts, and where
//! nothing does what came nearest and the one condition that it failed.

use crate::cli::marks::{marked, number, one_line, style};
use crate::cli::nearest::{Nearest, nearest};
use crate::model::campaign::Campaign;
use crate::model::marks::{Mark, marks};
use crate::model::message::{Arg, Lang, Message, text};
use crate::model::reading::{Assertion, Evidence, Reading};
use crate::msg;
use crate::pipeline::explain::Explanation;
use console::{Alignment, StyledObject, measure_text_width, pad_str, style as styled};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The explanation as lines. Colour where standard output is a terminal and `NO_COLOR` is not set, never in a file.
pub fn layout(reading: &Reading, explained: &Explanation<'_>, campaign: &Campaign, lang: Lang) -> String {
    let mut page = Page { lines: String::new(), lang, campaign, numbers: BTreeMap::new() };
    page.line(styled(&explained.file).bold());
    page.line(msg!("cli.explain_facts", facts(explained)).text(lang));
    for problem in &reading.problems {
        page.line(styled(msg!("cli.explain_problem", problem.message(), problem.advice()).text(lang)).magenta());
    }
    // An archive says nothing itself; its members follow.
    if reading.members.is_empty() {
        page.text(reading);
        page.activities(reading, explained);
    }
    page.lines.push('\n');
    page.lines
}

fn facts(explained: &Explanation<'_>) -> Message {
    let signed = explained.signed.map_or(Arg::from(msg!("cli.explain_unsigned")), Arg::from);
    let schools = if explained.schools.is_empty() {
        Arg::from(msg!("cli.explain_nobody"))
    } else {
        Arg::from(explained.schools.join("、"))
    };
    msg!("cli.explain_line", explained.format, explained.chars, explained.pictures, signed, schools)
}

/// A label for a person, in its colour.
pub fn label(word: &str, lang: Lang) -> StyledObject<String> {
    match word {
        "absent" => styled(text("cli.explain_absent", lang).to_string()).red(),
        word => {
            let colour = Assertion::COUNTING.into_iter().find(|a| a.word() == word).map(style).unwrap_or_default();
            colour.apply_to(Message::keyed(format!("model.assertion_{word}")).text(lang))
        }
    }
}

/// One piece of evidence in a line: item, assertion, the cue that overruled it, date, counts, rule.
pub fn note(e: &Evidence, item: &str, lang: Lang) -> String {
    let assertion = e.assertion.message();
    let said = e.cue.as_ref().map_or_else(|| assertion.clone(), |cue| msg!("cli.explain_cue", &assertion, cue));
    let date = e.date.map(|d| format!(" {d}")).unwrap_or_default();
    let counts: String = e.counts.iter().map(|c| format!(" {}{}", c.n, c.unit)).collect();
    let mark = if e.assertion == Assertion::Done { "✔" } else { "✘" };
    let said = style(e.assertion).apply_to(format!("{mark} {item} {}", said.text(lang)));
    format!("{said}{date}{counts} {}", styled(format!("[{}]", e.rule)).dim())
}

struct Page<'p> {
    lines: String,
    lang: Lang,
    campaign: &'p Campaign,
    /// The marks that speak of an item, by its id.
    numbers: BTreeMap<&'p str, Vec<usize>>,
}

impl<'p> Page<'p> {
    fn line(&mut self, line: impl std::fmt::Display) {
        // Writing into a String cannot fail.
        let _ = writeln!(self.lines, "{line}");
    }

    /// The document, a line a paragraph, and under it what its marks say.
    fn text(&mut self, reading: &'p Reading) {
        let Some(scrutiny) = &reading.scrutiny else { return };
        let lines = &scrutiny.lines;
        let places: Vec<String> = lines.iter().map(|line| line.place.text(self.lang)).collect();
        let width = places.iter().map(|place| measure_text_width(place)).max().unwrap_or(0);
        self.line("");
        let mut count = 1;
        let mut before = "";
        let evidence: Vec<&Evidence> = reading.evidence.iter().collect();
        for ((line, place), marks) in lines.iter().zip(&places).zip(marks(lines, &evidence)) {
            // The cells of a row share its place.
            let shown = if place == before { "" } else { place };
            before = place;
            let words = marked(&line.text, &marks, count).replace('\n', &format!("\n{:1$}", "", width + 4));
            self.line(format!("  {}  {words}", styled(pad_str(shown, width, Alignment::Left, None)).dim()));
            for mark in &marks {
                self.notes(mark, count, width);
                count += 1;
            }
        }
    }

    fn notes(&mut self, mark: &Mark<'p>, n: usize, indent: usize) {
        for (e, first) in mark.evidence.iter().zip(std::iter::once(true).chain(std::iter::repeat(false))) {
            let item = self.campaign.activities.iter().find(|a| a.id == e.item).map_or(e.item.as_str(), |a| &a.name);
            let number = if first { number(n) } else { String::new() };
            let lead = pad_str(&number, 2, Alignment::Right, None);
            self.line(format!("  {:indent$}  {lead} {}", "", note(e, item, self.lang)));
            let numbers = self.numbers.entry(&e.item).or_default();
            if e.assertion.counts() && !numbers.contains(&n) {
                numbers.push(n);
            }
        }
    }

    fn activities(&mut self, reading: &'p Reading, explained: &Explanation<'_>) {
        let names = self.campaign.activities.iter().map(|a| measure_text_width(&a.name));
        let width = names.max().unwrap_or(0);
        self.line("");
        for activity in &self.campaign.activities {
            let word = explained.activities.get(activity.id.as_str()).copied().unwrap_or("absent");
            let numbers = self.numbers.get(activity.id.as_str());
            let numbers: String = numbers.into_iter().flatten().map(|n| number(*n)).collect();
            let name = styled(pad_str(&activity.name, width, Alignment::Left, None)).bold();
            self.line(format!("{name}  {} {numbers}", label(word, self.lang)).trim_end());
            if word == "absent" {
                let near = nearest(reading, &activity.id, self.campaign, self.lang);
                if near.is_empty() {
                    self.line(styled(format!("    {}", text("cli.near_none", self.lang))).dim());
                }
                near.iter().take(2).for_each(|n| self.near(n));
            }
        }
    }

    fn near(&mut self, near: &Nearest<'_>) {
        let place = near.place.text(self.lang);
        self.line(format!("    {}", msg!("cli.near_sentence", place, one_line(near.quote)).text(self.lang)));
        let failed = msg!("cli.near_failed", &near.failed).text(self.lang);
        self.line(format!("    {} {}", styled(failed).yellow(), styled(format!("[{}]", near.rule)).dim()));
    }
}
