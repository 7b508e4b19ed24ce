//! 先看这里: one page that says in ten seconds how things stand and what needs doing today.

use crate::model::findings::{Status, Submission};
use crate::model::flag::{Flag, FlagKind};
use crate::model::message::Message;
use crate::model::problem::Problem;
use crate::model::sheet::{Cell, Chart, Column, Link, Paper, Series, Sheet, Tone, names};
use crate::msg;
use crate::report::changes;
use crate::report::tally::{Items, Reports};
use crate::report::tones;
use crate::report::view::{Item, View};
use std::collections::BTreeMap;

/// Columns of the page's grid.
const WIDTH: u16 = 8;
/// How many things a day asks for.
const TODAY: usize = 10;
/// Rows that the chart covers.
const CHART_ROWS: u32 = 11;

/// The sheet.
pub fn sheet<'a>(view: &'a View<'a>) -> Sheet<'a> {
    let mut page = Page { view, rows: Vec::new() };
    page.title();
    page.figures();
    page.today();
    let charts = page.completion();
    page.balance();
    page.legend();
    page.assumptions();
    Sheet {
        columns: [8.0, 5.0, 8.0, 8.0, 8.0, 8.0, 8.0, 8.0].map(|width| Column::centred("", width)).into(),
        rows: page.rows,
        paper: Paper::A4Page,
        charts,
        ..Sheet::default()
    }
}

struct Page<'v, 'a> {
    view: &'v View<'a>,
    rows: Vec<Vec<Cell>>,
}

impl<'a> Page<'_, 'a> {
    fn say(&self, message: &Message) -> String {
        self.view.say(message)
    }

    fn line(&mut self, text: &Message, tone: Tone) {
        self.rows.push(vec![Cell::text(self.say(text)).tone(tone).across(WIDTH)]);
    }

    fn section(&mut self, title: &Message) {
        self.rows.push(Vec::new());
        self.line(title, Tone::Section);
    }

    fn title(&mut self) {
        let c = &self.view.findings.campaign;
        let d = &c.deadline;
        self.line(&msg!("report.start_title", &c.title), Tone::Title);
        let dated = c.notice_date.map_or_else(String::new, |d| d.to_string());
        self.line(&msg!("report.start_notice", self.view.as_of(), &c.issuer, dated), Tone::Note);
        let day = if d.includes_day {
            msg!("report.deadline_with_day", d.shifted_to)
        } else {
            msg!("report.deadline_without_day", d.shifted_to)
        };
        let shift = if d.shifted_to == d.date {
            msg!("report.deadline_not_shifted")
        } else {
            msg!("report.deadline_shifted_from", d.date)
        };
        self.line(&msg!("report.start_deadline", day, shift), Tone::Note);
        // A share that is not connected looks like an inbox in which nobody has put anything.
        if self.view.findings.balance.received == 0 {
            self.line(&msg!("report.start_empty_inbox"), Tone::Bad);
        }
        let missing = |p: &Problem| matches!(p, Problem::InboxMissing(_));
        for inbox in self.view.findings.files.iter().filter(|f| f.problems.iter().any(missing)) {
            self.line(&msg!("report.start_missing_inbox", &inbox.path), Tone::Bad);
        }
    }

    /// Four cards: must report, reported, on time, to be decided.
    fn figures(&mut self) {
        let r = Reports::of(self.view.findings.schools.iter());
        let gaps = &self.view.gaps;
        let urgent = gaps.iter().filter(|f| self.tone(f) == Tone::Bad).count();
        let mut schools: Vec<&str> = gaps.iter().map(|f| f.school.as_str()).filter(|s| !s.is_empty()).collect();
        schools.sort_unstable();
        schools.dedup();
        let late = r.came - r.on_time;
        let cards = [
            (
                msg!("report.figure_due"),
                r.due,
                msg!("report.figure_due_note", self.view.findings.schools.len()),
                names::MATRIX,
            ),
            (msg!("report.figure_came"), r.came, msg!("report.figure_came_note", r.due - r.came), names::SUBMISSIONS),
            (msg!("report.figure_on_time"), r.on_time, msg!("report.figure_on_time_note", late), names::SUBMISSIONS),
            (
                msg!("report.figure_open"),
                gaps.len() as u32,
                msg!("report.figure_open_note", schools.len(), urgent),
                names::REVIEW,
            ),
        ];
        self.rows.push(Vec::new());
        let captions = cards.iter().map(|(caption, .., sheet)| {
            let link = Link::Row(sheet.to_string(), 0, 0);
            Cell::text(self.view.say(caption)).tone(Tone::FigureCaption).across(2).to(Some(link))
        });
        let captions = captions.collect();
        let figure = |n: u32, sheet: &str| {
            let tone = if sheet == names::REVIEW && n > 0 { Tone::FigureToDo } else { Tone::Figure };
            Cell::number(n).tone(tone).across(2)
        };
        let figures = cards.iter().map(|(_, n, _, sheet)| figure(*n, sheet)).collect();
        let notes = cards
            .iter()
            .map(|(.., note, _)| Cell::text(self.view.say(note)).tone(Tone::FigureCaption).across(2))
            .collect();
        self.rows.extend([captions, figures, notes]);
    }

    fn tone(&self, flag: &Flag) -> Tone {
        tones::of_flag(flag, self.view.school(&flag.school).map(|s| &s.submission))
    }

    /// What to do first, kind by kind, with the way to all the rest.
    fn today(&mut self) {
        self.section(&msg!("report.today"));
        let things = things(&self.view.gaps);
        if things.is_empty() {
            self.line(&msg!("report.today_none"), Tone::Good);
        }
        let more = things.len().saturating_sub(TODAY);
        for (thing, n) in in_turn(things, TODAY).iter().zip(1..) {
            let line = self.thing(n, thing);
            self.rows.push(line);
        }
        if more > 0 {
            let rest = Cell::text(self.say(&msg!("report.today_more", more))).tone(Tone::Note).across(WIDTH);
            self.rows.push(vec![rest.to(Some(Link::Row(names::REVIEW.to_string(), 0, 0)))]);
        }
    }

    fn thing(&self, n: u32, &Thing { flag, row, others }: &Thing<'a>) -> Vec<Cell> {
        let of_file = matches!(flag.kind, FlagKind::UnreadableFile | FlagKind::UnclaimedFile);
        let ledger = flag.files.first().filter(|_| of_file).and_then(|f| self.view.ledger_link(f));
        let link = ledger.unwrap_or_else(|| Link::Row(names::REVIEW.to_string(), row, 0));
        let who = if flag.school.is_empty() {
            self.say(&msg!("report.unclaimed"))
        } else {
            self.view.school_name(&flag.school).to_string()
        };
        let what = self.say(&flag.message);
        let what = if others > 0 { self.say(&msg!("report.today_and_others", what, others)) } else { what };
        vec![
            Cell::text(format!("{n} {}", self.say(&flag.kind.message()))).tone(self.tone(flag)),
            Cell::text(who).tone(Tone::Strong).across(2).to(Some(link)),
            Cell::text(what).across(5),
        ]
    }

    /// Completion by item: numbers, and the chart over them.
    fn completion(&mut self) -> Vec<Chart> {
        self.section(&msg!("report.completion"));
        let heads = [
            msg!("report.col_asked"),
            msg!("report.col_done"),
            msg!("report.col_doubtful"),
            msg!("report.col_gaps"),
            msg!("report.col_unreadable"),
            msg!("report.col_waiting"),
        ];
        let mut head = vec![Cell::text(self.say(&msg!("report.col_item"))).tone(Tone::Head).across(2)];
        head.extend(heads.iter().map(|m| Cell::text(self.say(m)).tone(Tone::Head)));
        self.rows.push(head);
        let first = self.rows.len() as u32;
        for item in &self.view.items {
            self.rows.push(completion(self.view, item));
        }
        let last = self.rows.len() as u32;
        if last == first {
            return Vec::new();
        }
        self.rows.push(Vec::new());
        self.rows.extend(std::iter::repeat_n(vec![Cell::default()], CHART_ROWS as usize));
        let tones = [Tone::Good, Tone::Doubtful, Tone::Bad, Tone::Unreadable, Tone::Muted];
        let series = heads.iter().skip(1).zip(tones).zip(3..);
        vec![Chart {
            title: self.say(&msg!("report.completion_chart")),
            categories: 0,
            series: series.map(|((m, tone), column)| Series { name: self.say(m), column, tone }).collect(),
            rows: (first, last - 1),
            over: (last + 1, last + CHART_ROWS),
            ..Chart::default()
        }]
    }

    fn balance(&mut self) {
        let b = &self.view.findings.balance;
        self.section(&msg!("report.balance_title"));
        let sum = msg!("report.balance", b.received, b.used, b.superseded, b.duplicate, b.quarantined, b.ignored);
        let (word, tone) = match b.holds() {
            true => (msg!("report.balance_holds", sum), Tone::Plain),
            false => (msg!("report.balance_broken", sum), Tone::Bad),
        };
        self.line(&word, tone);
        for line in changes::lines(self.view) {
            self.line(&line, Tone::Plain);
        }
    }

    /// Symbols with their colours, four a row.
    fn legend(&mut self) {
        self.section(&msg!("report.legend"));
        let plain = Submission::default();
        let mut symbols: Vec<Cell> = Vec::new();
        let shown = Status::ALL.into_iter().filter(|s| !matches!(s, Status::NotDone | Status::NotRequired));
        for status in shown {
            let words = match status {
                Status::Missing => self.say(&msg!("report.legend_missing")),
                Status::NotApplicable => self.say(&msg!("report.legend_not_asked")),
                other => self.say(&other.message()),
            };
            let text = format!("{} {words}", status.symbol());
            symbols.push(Cell::text(text).tone(tones::of_status(status, &plain)).across(2));
        }
        symbols.push(Cell::text(format!("✋ {}", self.say(&msg!("report.legend_human")))).tone(Tone::Human).across(2));
        self.rows.extend(symbols.chunks(4).map(<[Cell]>::to_vec));
        self.line(&msg!("report.legend_colours"), Tone::Note);
    }

    fn assumptions(&mut self) {
        if self.view.findings.assumptions.is_empty() {
            return;
        }
        self.section(&msg!("report.assumptions"));
        for (assumption, n) in self.view.findings.assumptions.iter().zip(1u32..) {
            self.line(&msg!("report.numbered", n, assumption), Tone::Note);
        }
    }
}

/// A thing to do: the most urgent flag of a school, its row on 待核清单, and how many more the school has. Who picks up the
/// phone asks for everything at once.
struct Thing<'a> {
    flag: &'a Flag,
    row: u32,
    others: u32,
}

fn things<'a>(gaps: &[&'a Flag]) -> Vec<Thing<'a>> {
    let mut things: Vec<Thing<'a>> = Vec::new();
    let mut by_school: BTreeMap<&str, usize> = BTreeMap::new();
    for (&flag, row) in gaps.iter().zip(0..) {
        match by_school.get(flag.school.as_str()).and_then(|&at| things.get_mut(at)) {
            Some(thing) => thing.others += 1,
            None => {
                if !flag.school.is_empty() {
                    by_school.insert(&flag.school, things.len());
                }
                things.push(Thing { flag, row, others: 0 });
            }
        }
    }
    things
}

/// So many of them: one of each kind in turn, then put together by kind, so that ten schools of one kind do not hide the
/// one file that nobody can open.
fn in_turn(things: Vec<Thing<'_>>, most: usize) -> Vec<Thing<'_>> {
    let mut kinds: Vec<FlagKind> = Vec::new();
    let mut taken: BTreeMap<FlagKind, usize> = BTreeMap::new();
    let mut ranked: Vec<(usize, usize, Thing<'_>)> = Vec::new();
    for thing in things {
        let kind = thing.flag.kind;
        let place = kinds.iter().position(|k| *k == kind).unwrap_or_else(|| {
            kinds.push(kind);
            kinds.len() - 1
        });
        let round = taken.entry(kind).or_default();
        ranked.push((*round, place, thing));
        *round += 1;
    }
    ranked.sort_by_key(|(round, place, _)| (*round, *place));
    ranked.truncate(most);
    ranked.sort_by_key(|(round, place, _)| (*place, *round));
    ranked.into_iter().map(|(.., thing)| thing).collect()
}

fn completion(view: &View<'_>, item: &Item<'_>) -> Vec<Cell> {
    let i = Items::of_item(view.findings.schools.iter(), item.id);
    let mut cells = vec![Cell::text(item.name).tone(Tone::Strong).across(2)];
    let tones = [Tone::Plain, Tone::Good, Tone::Doubtful, Tone::Bad, Tone::Unreadable, Tone::Muted];
    for (n, tone) in [i.asked(), i.done, i.doubtful, i.gaps, i.unreadable, i.waiting].into_iter().zip(tones) {
        cells.push(Cell::number(n).tone(if n > 0 { tone } else { Tone::Muted }));
    }
    cells
}

#[cfg(test)]
mod tests;
