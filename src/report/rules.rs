//! 规则与口径: what was asked, assumed and looked for, so that every verdict can be defended.

use crate::model::limits;
use crate::model::message::Message;
use crate::model::school::Condition;
use crate::model::sheet::{Cell, Column, Sheet, Tone};
use crate::msg;
use crate::report::view::View;
use crate::report::who::who_must;
use chrono::NaiveDate;

const WIDTH: u16 = 7;

/// The sheet.
pub fn sheet<'a>(view: &'a View<'a>) -> Sheet<'a> {
    let mut page = Page { view, rows: Vec::new() };
    page.assumptions();
    page.items();
    page.indicators();
    page.rules();
    page.roster();
    page.limits();
    page.digests();
    Sheet {
        heading: view.heading(&msg!("report.title_rules"), &msg!("report.rules_note")),
        columns: [17.0, 13.0, 16.0, 9.0, 9.0, 16.0, 12.0].map(|width| Column::new("", width)).into(),
        rows: page.rows,
        ..Sheet::default()
    }
}

struct Page<'v, 'a> {
    view: &'v View<'a>,
    rows: Vec<Vec<Cell>>,
}

impl Page<'_, '_> {
    fn section(&mut self, title: &Message, heads: &[(Message, u16)]) {
        if !self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        self.rows.push(vec![Cell::text(self.view.say(title)).tone(Tone::Section).across(WIDTH)]);
        if !heads.is_empty() {
            let head = |(m, across): &(Message, u16)| Cell::text(self.view.say(m)).tone(Tone::Head).across(*across);
            self.rows.push(heads.iter().map(head).collect());
        }
    }

    fn line(&mut self, name: &Message, value: Cell) {
        self.rows.push(vec![Cell::text(self.view.say(name)).tone(Tone::Strong), value.across(WIDTH - 1)]);
    }

    fn assumptions(&mut self) {
        let campaign = &self.view.findings.campaign;
        self.section(&msg!("report.rules_assumptions"), &[]);
        self.line(&msg!("report.rules_notice"), Cell::text(&campaign.title));
        self.line(&msg!("report.rules_issuer"), Cell::text(&campaign.issuer));
        self.line(
            &msg!("report.rules_notice_date"),
            Cell::text(campaign.notice_date.map_or_else(String::new, |d| d.to_string())),
        );
        let deadline = self.view.say(&deadline(self.view));
        self.line(&msg!("report.rules_deadline"), Cell::text(deadline));
        let period = self.view.say(&span(campaign.period));
        self.line(&msg!("report.rules_period"), Cell::text(period));
        for (assumption, n) in self.view.findings.assumptions.iter().zip(1..) {
            let text = self.view.say(assumption);
            self.line(&msg!("report.rules_assumption", n), Cell::text(text));
        }
    }

    fn items(&mut self) {
        let campaign = &self.view.findings.campaign;
        self.section(
            &msg!("report.rules_items"),
            &[
                (msg!("report.col_item"), 1),
                (msg!("report.col_id"), 1),
                (msg!("report.col_who"), 1),
                (msg!("report.col_window"), 2),
                (msg!("report.col_criterion"), 2),
            ],
        );
        for a in &campaign.activities {
            let window = self.view.say(&msg!("report.window_due", span(a.window), a.due));
            self.item(&a.name, &a.id, &a.must_do, window, &a.criterion);
        }
        for m in &campaign.materials {
            let least = [
                (m.min_chars, msg!("report.least_chars", m.min_chars)),
                (m.min_pictures, msg!("report.least_pictures", m.min_pictures)),
            ];
            let least: Vec<_> = least.iter().filter(|(n, _)| *n > 0).map(|(_, words)| self.view.say(words)).collect();
            let least = least.join(&self.view.say(&msg!("report.list_comma")));
            self.item(&m.name, &m.id, &m.must_report, least, &m.criterion);
        }
    }

    fn item(&mut self, name: &str, id: &str, who: &[Condition], window: String, criterion: &str) {
        let who = who_must(who, self.view.layout.lang);
        self.rows.push(vec![
            Cell::text(name).tone(Tone::Strong),
            Cell::text(id).tone(Tone::Muted),
            Cell::text(who),
            Cell::text(window).across(2),
            Cell::text(criterion).across(2),
        ]);
    }

    fn indicators(&mut self) {
        let campaign = &self.view.findings.campaign;
        if campaign.indicators.is_empty() {
            return;
        }
        self.section(
            &msg!("report.rules_indicators"),
            &[
                (msg!("report.col_indicator"), 1),
                (msg!("report.col_id"), 1),
                (msg!("report.col_item"), 1),
                (msg!("report.col_measure"), 1),
                (msg!("report.col_words"), 3),
            ],
        );
        let comma = self.view.say(&msg!("report.list_comma"));
        for i in &campaign.indicators {
            let words = i.words.join(&comma);
            let words = match i.not_words.as_slice() {
                [] => words,
                not => self.view.say(&msg!("report.words_without", words, not.join(&comma))),
            };
            self.rows.push(vec![
                Cell::text(&i.name).tone(Tone::Strong),
                Cell::text(&i.id).tone(Tone::Muted),
                Cell::text(i.activity.as_deref().map_or("", |id| self.view.item_name(id))),
                Cell::text(&i.unit),
                Cell::text(words).across(3),
            ]);
        }
    }

    fn rules(&mut self) {
        let findings = self.view.findings;
        self.section(
            &msg!("report.rules_hits"),
            &[
                (msg!("report.col_rule"), 1),
                (msg!("report.col_item"), 1),
                (msg!("report.col_rule_file"), 1),
                (msg!("report.col_version"), 1),
                (msg!("report.col_hits"), 1),
                (msg!("report.col_remark"), 2),
            ],
        );
        for item in &findings.campaign.rules.items {
            for rule in &item.rules {
                let hits = findings.rule_hits.get(&rule.id).copied().unwrap_or(0);
                self.rule(&rule.id, &item.item, &item.file, Some(item.version), hits);
            }
        }
        let known = |id: &str| findings.campaign.rules.items.iter().flat_map(|i| &i.rules).any(|r| r.id == id);
        for (id, hits) in findings.rule_hits.iter().filter(|(id, _)| !known(id)) {
            self.rule(id, id.split('.').next().unwrap_or(""), "", None, *hits);
        }
    }

    fn rule(&mut self, id: &str, item: &str, file: &str, version: Option<u32>, hits: u32) {
        let (remark, tone) = match hits {
            0 => (self.view.say(&msg!("report.never_hit")), Tone::Doubtful),
            _ => (String::new(), Tone::Plain),
        };
        self.rows.push(vec![
            Cell::text(id),
            Cell::text(self.view.item(item).map_or(item, |i| i.name)),
            Cell::text(file).tone(Tone::Muted),
            version.map_or_else(Cell::default, Cell::number),
            Cell::number(hits).tone(tone),
            Cell::text(remark).tone(tone).across(2),
        ]);
    }

    fn roster(&mut self) {
        let findings = self.view.findings;
        self.section(
            &msg!("report.rules_roster", findings.schools.len()),
            &[
                (msg!("report.col_school"), 1),
                (msg!("report.col_code"), 1),
                (msg!("report.col_aliases"), 1),
                (msg!("report.col_township"), 1),
                (msg!("report.col_category"), 1),
                (msg!("report.col_reports_via"), 1),
                (msg!("report.col_contact"), 1),
            ],
        );
        for s in findings.schools.iter().map(|s| &s.school) {
            self.rows.push(vec![
                Cell::text(&s.name).tone(Tone::Strong),
                Cell::text(&s.code).tone(Tone::Muted),
                Cell::text(s.aliases.join(&self.view.say(&msg!("report.list_comma")))),
                Cell::text(&s.township),
                Cell::text(&s.category),
                Cell::text(s.reports_via.as_deref().map_or("", |code| self.view.school_name(code))),
                Cell::text(&s.contact),
            ]);
        }
    }

    fn limits(&mut self) {
        self.section(&msg!("report.rules_limits"), &[]);
        let megabytes = |bytes: u64| self.view.say(&msg!("report.megabytes", bytes >> 20));
        let values = [
            (msg!("report.limit_file"), megabytes(limits::FILE_BYTES)),
            (msg!("report.limit_member"), megabytes(limits::MEMBER_BYTES)),
            (msg!("report.limit_archive"), megabytes(limits::ARCHIVE_BYTES)),
            (msg!("report.limit_members"), limits::ARCHIVE_MEMBERS.to_string()),
            (msg!("report.limit_depth"), limits::ARCHIVE_DEPTH.to_string()),
            (msg!("report.limit_ratio"), limits::INFLATE_RATIO.to_string()),
            (msg!("report.limit_unpacking"), megabytes(limits::UNPACKING_BYTES)),
            (msg!("report.limit_passwords"), limits::PASSWORDS.to_string()),
            (msg!("report.limit_wrong_passwords"), limits::WRONG_PASSWORDS.to_string()),
            (msg!("report.limit_chars"), limits::TEXT_CHARS.to_string()),
            (msg!("report.limit_cells"), limits::SHEET_CELLS.to_string()),
            (msg!("report.limit_pages"), limits::PDF_PAGES.to_string()),
            (msg!("report.limit_pictures"), limits::PDF_PICTURES.to_string()),
            (msg!("report.limit_pixels"), limits::PICTURE_PIXELS.to_string()),
            (msg!("report.limit_ocr_pages"), limits::OCR_PAGES.to_string()),
            (msg!("report.limit_ocr_seconds"), limits::OCR_SECONDS.to_string()),
            (msg!("report.limit_seconds"), limits::SECONDS_PER_FILE.to_string()),
            (msg!("report.limit_worker"), megabytes(limits::WORKER_BYTES)),
            (
                msg!("report.limit_thumbnails"),
                self.view.say(&msg!(
                    "report.thumbnails_rule",
                    limits::THUMBNAIL_SIDE,
                    limits::THUMBNAILS_OF_FILE,
                    limits::THUMBNAILS
                )),
            ),
            (
                msg!("report.limit_page"),
                self.view.say(&msg!("report.page_rule_chars", limits::PAGE_DOCUMENT_CHARS, limits::PAGE_CHARS)),
            ),
            (
                msg!("report.limit_history"),
                self.view.say(&msg!("report.history_rule", limits::HISTORY_DAYS, limits::HISTORY_TYPED_DAYS)),
            ),
        ];
        for (name, value) in values {
            self.line(&name, Cell::text(value));
        }
    }

    fn digests(&mut self) {
        let digests = &self.view.findings.campaign.digests;
        self.section(&msg!("report.rules_digests"), &[]);
        self.line(&msg!("report.program"), Cell::text(concat!("shouqi ", env!("CARGO_PKG_VERSION"))));
        self.line(&msg!("report.digest_campaign"), Cell::text(&digests.campaign).tone(Tone::Muted));
        self.line(&msg!("report.digest_rules"), Cell::text(&digests.rules).tone(Tone::Muted));
        self.line(&msg!("report.digest_roster"), Cell::text(&digests.roster).tone(Tone::Muted));
        if let Some(receipts) = &digests.receipts {
            self.line(&msg!("report.digest_receipts"), Cell::text(receipts).tone(Tone::Muted));
        }
    }
}

fn span((first, last): (NaiveDate, NaiveDate)) -> Message {
    msg!("report.span", first, last)
}

fn deadline(view: &View<'_>) -> Message {
    let d = &view.findings.campaign.deadline;
    let until = if d.includes_day {
        msg!("report.deadline_with_day", d.shifted_to)
    } else {
        msg!("report.deadline_without_day", d.shifted_to)
    };
    if d.shifted_to == d.date { until } else { msg!("report.deadline_shifted", until, d.date) }
}
