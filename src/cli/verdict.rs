//! A school's verdicts for a person: what was found and why, what came nearest, and what of notice and roster bears on it.

use crate::cli::explanation::note;
use crate::cli::marks::one_line;
use crate::cli::nearest::nearest;
use crate::model::campaign::Campaign;
use crate::model::findings::Status;
use crate::model::message::{Lang, Message, text};
use crate::model::reading::Reading;
use crate::model::school::School;
use crate::msg;
use crate::pipeline::results::{EvidenceLine, ItemLine, Results, SchoolLine};
use crate::pipeline::why::{Again, Asked, of_item, of_report};
use console::{Style, style as styled};
use std::fmt::Write;

/// The most pieces of evidence shown of an item among others.
const SHOWN: usize = 2;

/// What is to be explained.
pub struct Case<'c> {
    /// What was asked, and of whom.
    pub campaign: &'c Campaign,
    /// Last night's results.
    pub results: &'c Results,
    /// The school, as the roster has it.
    pub school: &'c School,
    /// The school, as last night has it.
    pub line: &'c SchoolLine,
    /// The items that are asked about.
    pub items: Vec<&'c Asked<'c>>,
    /// Its files, looked at once more.
    pub files: &'c [Again<'c>],
}

/// The verdicts as lines; colour as in an explanation.
pub fn layout(case: &Case<'_>, lang: Lang) -> String {
    let mut page = Page { lines: String::new(), lang, case, whole: case.items.len() > 1 };
    page.head();
    page.files();
    for asked in &case.items {
        if let Some(item) = case.line.items.iter().find(|i| i.id == asked.id) {
            page.item(asked, item);
        }
    }
    page.flags();
    page.basis();
    page.lines
}

/// The colour of a status.
pub fn style(status: &str) -> Style {
    match status {
        "done" => Style::new().green(),
        "missing" | "not_done" => Style::new().red(),
        "weak" | "planned" | "unreadable" | "extended" => Style::new().yellow(),
        _ => Style::new().cyan(),
    }
}

struct Page<'p> {
    lines: String,
    lang: Lang,
    case: &'p Case<'p>,
    /// Several items are told; one alone is told in full.
    whole: bool,
}

impl Page<'_> {
    fn line(&mut self, line: impl std::fmt::Display) {
        // Writing into a String cannot fail.
        let _ = writeln!(self.lines, "{line}");
    }

    fn say(&mut self, message: &Message) {
        self.line(message.text(self.lang));
    }

    fn head(&mut self) {
        let Case { school, results, campaign, .. } = self.case;
        let unit = msg!("cli.why_school", &school.name, &school.code, &school.category, &school.township);
        self.line(styled(unit.text(self.lang)).bold());
        let as_of = results.as_of.format("%Y-%m-%d %H:%M").to_string();
        self.say(&msg!("cli.why_as_of", as_of));
        if results.digests.rules != campaign.digests.rules {
            self.line(styled(text("cli.why_other_rules", self.lang)).yellow());
        }
    }

    fn files(&mut self) {
        let submission = &self.case.line.submission;
        let status = match submission.status.as_str() {
            "late" => msg!("cli.why_late", submission.days_late),
            word => Message::keyed(format!("model.submission_{word}")),
        };
        let by = submission.received_by.as_ref().map(|by| Message::keyed(format!("model.received_{by}")));
        let status = match (submission.received_at, by) {
            (Some(at), Some(by)) => msg!("cli.why_received", &status, at.format("%Y-%m-%d %H:%M").to_string(), &by),
            _ => status,
        };
        self.line("");
        self.line(styled(msg!("cli.why_submission", &status, self.case.files.len()).text(self.lang)).bold());
        for again in self.case.files {
            let status = Message::keyed(format!("model.file_{}", again.file.status)).text(self.lang);
            self.line(format!("  {}  {status}", again.file.path));
            if self.whole {
                self.line(styled(format!("      {}", again.file.why)).dim());
            }
            if let Some(problem) = &again.file.problem {
                self.line(styled(format!("      {problem}")).yellow());
            }
        }
        if self.case.files.is_empty() {
            self.line(styled(format!("  {}", text("cli.why_no_files", self.lang))).dim());
        }
        let gone: Vec<&str> =
            self.case.files.iter().filter(|a| a.reading.is_none()).map(|a| a.file.path.as_str()).collect();
        let changed: Vec<&str> =
            self.case.files.iter().filter(|a| a.is_changed()).map(|a| a.file.path.as_str()).collect();
        let comma = text("cli.list_comma", self.lang);
        for (paths, key) in [(gone, "cli.why_gone"), (changed, "cli.why_changed")] {
            if !paths.is_empty() {
                let said = Message::new(key, &[paths.join(comma).into()]);
                self.line(styled(format!("  {}", said.text(self.lang))).yellow());
            }
        }
    }

    fn item(&mut self, asked: &Asked<'_>, item: &ItemLine) {
        let word = Message::keyed(format!("model.status_{}", item.status)).text(self.lang);
        let symbol = Status::ALL.into_iter().find(|s| s.word() == item.status).map_or("", Status::symbol);
        self.line("");
        let verdict = style(&item.status).apply_to(format!("{symbol} {word}"));
        self.line(format!("{}  {verdict}", styled(asked.name).bold()));
        self.line(format!("  {}", item.why));
        let most = if self.whole { SHOWN } else { usize::MAX };
        item.evidence.iter().take(most).for_each(|e| self.evidence(asked, e));
        let more = item.evidence.len().saturating_sub(most);
        if more > 0 {
            let more = msg!("cli.why_more_evidence", more, &self.case.school.name, asked.name).text(self.lang);
            self.line(styled(format!("  {more}")).dim());
        }
        let is_asked = Status::ALL.into_iter().any(|s| s.word() == item.status && s.is_asked());
        if item.evidence.is_empty() && is_asked && asked.days.is_some() {
            self.nearest(asked);
        }
        if !self.whole {
            let bears = of_item(asked, self.case.school, self.case.results.as_of, self.lang);
            bears.iter().for_each(|m| self.line(format!("  {}", m.text(self.lang))));
        }
    }

    fn evidence(&mut self, asked: &Asked<'_>, e: &EvidenceLine) {
        self.line(format!("  {}  {}", e.file, e.place));
        self.line(format!("      {}", one_line(&e.quote)));
        // Read once more, it shows the words that decided too.
        let now = self.readings().find(|r| r.source.path == e.file).and_then(|r| {
            r.evidence.iter().find(|now| now.item == asked.id && now.quote == e.quote && now.assertion.counts())
        });
        let date = e.date.map(|d| format!("{d} ")).unwrap_or_default();
        let rule = || format!("{date}{}", styled(format!("[{}]", e.rule)).dim());
        let said = now.map_or_else(rule, |now| note(now, asked.name, self.lang));
        self.line(format!("      {said}"));
    }

    fn nearest(&mut self, asked: &Asked<'_>) {
        let used = self.case.files.iter().filter(|a| a.file.status == "used");
        let near = used
            .filter_map(|a| a.reading.as_ref())
            .flat_map(|r| nearest(r, asked.id, self.case.campaign, self.lang).into_iter().map(move |n| (r, n)));
        let near: Vec<_> = near.take(if self.whole { 1 } else { SHOWN * 2 }).collect();
        if near.is_empty() && self.readings().any(|r| r.chars > 0) {
            self.line(styled(format!("  {}", text("cli.near_none", self.lang))).dim());
        }
        for (reading, near) in near {
            let place = near.place.text(self.lang);
            self.line(format!("  {}  {place}", reading.source.path));
            self.line(format!("      {}", msg!("cli.why_nearest", one_line(near.quote)).text(self.lang)));
            let failed = msg!("cli.near_failed", &near.failed).text(self.lang);
            self.line(format!("      {} {}", styled(failed).yellow(), styled(format!("[{}]", near.rule)).dim()));
        }
    }

    fn readings(&self) -> impl Iterator<Item = &Reading> {
        self.case.files.iter().filter_map(|a| a.reading.as_ref())
    }

    /// The flags of the items told, and those of the report as a whole.
    fn flags(&mut self) {
        let told = |item: &Option<String>| item.as_deref().is_none_or(|i| self.case.items.iter().any(|a| a.id == i));
        let flags: Vec<_> = self.case.line.flags.iter().filter(|f| told(&f.item)).collect();
        if flags.is_empty() {
            return;
        }
        self.line("");
        self.line(styled(text("cli.why_flags", self.lang)).bold());
        for flag in flags {
            let colour = match flag.severity.as_str() {
                "high" => Style::new().red(),
                "medium" => Style::new().yellow(),
                _ => Style::new().dim(),
            };
            self.line(format!("  {}  {}", colour.apply_to(&flag.id), flag.message));
        }
    }

    fn basis(&mut self) {
        self.line("");
        self.line(styled(text("cli.why_basis", self.lang)).bold());
        for message in of_report(self.case.school, self.case.campaign) {
            self.line(format!("  {}", message.text(self.lang)));
        }
        if self.whole {
            self.say(&msg!("cli.why_ask_item", &self.case.school.name));
        }
    }
}
