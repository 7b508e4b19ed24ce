//! An explanation for a person: activity by activity, what counts and what does not, with the words that decided.

use crate::model::campaign::Campaign;
use crate::model::message::{Arg, Lang, Message, text};
use crate::model::reading::{Assertion, Evidence, Reading};
use crate::msg;
use crate::pipeline::explain::Explanation;
use console::{StyledObject, style};
use std::fmt::Write;

/// The explanation as lines. Colour where standard output is a terminal, never in a file.
pub fn layout(reading: &Reading, explained: &Explanation<'_>, campaign: &Campaign, lang: Lang) -> String {
    let mut page = Page { lines: String::new(), lang };
    page.line(style(&explained.file).bold());
    page.line(msg!("cli.explain_facts", facts(explained)).text(lang));
    for problem in &reading.problems {
        page.line(style(msg!("cli.explain_problem", problem.message(), problem.advice()).text(lang)).magenta());
    }
    // An archive says nothing itself; its members follow.
    if reading.members.is_empty() {
        for activity in &campaign.activities {
            let label = explained.activities.get(activity.id.as_str()).copied().unwrap_or("absent");
            page.line(String::new());
            page.line(format!("{}  {}", style(&activity.name).bold(), coloured(label, &label_text(label, lang))));
            for evidence in reading.evidence.iter().filter(|e| e.item == activity.id) {
                page.evidence(evidence);
            }
        }
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

fn label_text(label: &str, lang: Lang) -> String {
    match label {
        "absent" => text("cli.explain_absent", lang).to_string(),
        word => Message::keyed(format!("model.assertion_{word}")).text(lang),
    }
}

fn coloured(label: &str, text: &str) -> StyledObject<String> {
    let styled = style(text.to_string());
    match label {
        "done" => styled.green(),
        "absent" | "not_done" => styled.red(),
        "planned" => styled.yellow(),
        _ => styled.dim(),
    }
}

struct Page {
    lines: String,
    lang: Lang,
}

impl Page {
    fn line(&mut self, line: impl std::fmt::Display) {
        // Writing into a String cannot fail.
        let _ = writeln!(self.lines, "{line}");
    }

    fn evidence(&mut self, e: &Evidence) {
        let assertion = e.assertion.message();
        let said = e.cue.as_ref().map_or_else(|| assertion.clone(), |cue| msg!("cli.explain_cue", &assertion, cue));
        let date = e.date.map(|d| format!(" {d}")).unwrap_or_default();
        let counts: String = e.counts.iter().map(|c| format!(" {}{}", c.n, c.unit)).collect();
        let mark = if e.assertion == Assertion::Done { style("✔").green() } else { style("✘").dim() };
        let head = format!(
            "  {mark} {} {}{date}{counts} {}",
            said.text(self.lang),
            e.place.text(self.lang),
            style(format!("[{}]", e.rule)).dim()
        );
        self.line(head);
        for line in e.quote.lines() {
            self.line(format!("      {line}"));
        }
    }
}
