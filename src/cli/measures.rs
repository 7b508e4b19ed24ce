//! What rules are worth, as tables for a person: scores, the confusion of labels, wrong cells, idle and needless rules.

use crate::cli::explanation::{label, note};
use crate::cli::marks::one_line;
use crate::cli::nearest::nearest;
use crate::model::campaign::Campaign;
use crate::model::message::{Lang, Message, text};
use crate::model::reading::Reading;
use crate::msg;
use crate::pipeline::coverage::{Coverage, Overlap};
use crate::pipeline::labels::{ABSENT, CellScore, LABELS, Score, confusion, evidence};
use console::{Alignment, measure_text_width, pad_str, style as styled};

/// Precision, recall and F1 of each item, the confusion of the five labels, and every wrong cell with its sentence.
pub fn scores(cells: &[CellScore<'_>], campaign: &Campaign, lang: Lang) -> String {
    let mut reports: Vec<&str> = cells.iter().map(|c| c.report.id.as_str()).collect();
    reports.dedup();
    let mut out = format!("\n{}\n", styled(msg!("cli.rules_scores", reports.len(), cells.len()).text(lang)).bold());
    out += &items(cells, campaign, lang);
    out += &format!("\n{}\n", styled(text("cli.rules_confusion", lang)).bold());
    out += &confused(cells, lang);
    let wrong: Vec<&CellScore<'_>> = cells.iter().filter(|c| c.gold != c.got).collect();
    out += &format!("\n{}\n", styled(msg!("cli.rules_wrong", wrong.len(), cells.len()).text(lang)).bold());
    wrong.iter().for_each(|cell| out += &wrong_cell(cell, campaign, lang));
    out
}

fn items(cells: &[CellScore<'_>], campaign: &Campaign, lang: Lang) -> String {
    let head = ["cli.rules_gold", "cli.rules_got", "cli.rules_precision", "cli.rules_recall", "cli.rules_f1"];
    let mut rows = vec![std::iter::once("").chain(head.map(|key| text(key, lang))).map(str::to_string).collect()];
    let row = |name: &str, numbers: [String; 5]| std::iter::once(name.to_string()).chain(numbers).collect::<Vec<_>>();
    let mut of_items = Vec::new();
    for activity in &campaign.activities {
        let of_item = Score::of("done", cells.iter().filter(|c| c.item == activity.id));
        of_items.push(of_item);
        let shares = [of_item.precision(), of_item.recall(), of_item.f1()].map(|share| format!("{share:.3}"));
        let [p, r, f] = shares;
        rows.push(row(&activity.name, [of_item.gold.to_string(), of_item.got.to_string(), p, r, f]));
    }
    let mean =
        |of: fn(&Score) -> f64| format!("{:.3}", of_items.iter().map(of).sum::<f64>() / of_items.len().max(1) as f64);
    let means = [mean(Score::precision), mean(Score::recall), mean(Score::f1)];
    let [p, r, f] = means;
    rows.push(row(text("cli.rules_mean", lang), [String::new(), String::new(), p, r, f]));
    let five = LABELS.map(|label| Score::of(label, cells.iter()).f1()).iter().sum::<f64>() / LABELS.len() as f64;
    table(&rows) + &format!("  {}\n", msg!("cli.rules_five", format!("{five:.3}")).text(lang))
}

fn confused(cells: &[CellScore<'_>], lang: Lang) -> String {
    let name = |word: &str| label_text(word, lang);
    let mut rows =
        vec![std::iter::once(text("cli.rules_gold_got", lang).to_string()).chain(LABELS.map(name)).collect()];
    for (word, counts) in LABELS.into_iter().zip(confusion(cells)) {
        let dot = |n: u32| if n == 0 { "·".to_string() } else { n.to_string() };
        rows.push(std::iter::once(name(word)).chain(counts.map(dot)).collect::<Vec<_>>());
    }
    table(&rows)
}

/// Columns to the width of their widest cell, the first to the left and numbers to the right.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |n: usize| rows.iter().filter_map(|r| r.get(n)).map(|c| measure_text_width(c)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::from(" ");
        for (n, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let side = if n == 0 { Alignment::Left } else { Alignment::Right };
            line += &format!(" {}{}", pad_str(cell, *width, side, None), if n == 0 { " " } else { "  " });
        }
        out += line.trim_end();
        out.push('\n');
    }
    out
}

fn label_text(word: &str, lang: Lang) -> String {
    match word {
        ABSENT => text("cli.explain_absent", lang).to_string(),
        word => Message::keyed(format!("model.assertion_{word}")).text(lang),
    }
}

/// What should have been said and what was, with the sentence that decided or came nearest.
fn wrong_cell(cell: &CellScore<'_>, campaign: &Campaign, lang: Lang) -> String {
    let name = campaign.activities.iter().find(|a| a.id == cell.item).map_or(cell.item, |a| &a.name);
    let (gold, got) = (label(cell.gold, lang).to_string(), label(cell.got, lang).to_string());
    let mut out = format!("  {}\n", msg!("cli.rules_wrong_cell", &cell.report.id, name, gold, got).text(lang));
    let decided = evidence(cell.reading).find(|e| e.item == cell.item && e.assertion.word() == cell.got);
    if let Some(e) = decided {
        out += &format!("      {}  {}\n", e.place_message().text(lang), one_line(&e.quote));
        out += &format!("      {}\n", note(e, name, lang));
        return out;
    }
    let near = readings(cell.reading).into_iter().flat_map(|r| nearest(r, cell.item, campaign, lang)).next();
    match near {
        Some(near) => {
            let sentence = msg!("cli.near_sentence", near.place.text(lang), one_line(near.quote));
            let failed = msg!("cli.near_failed", &near.failed).text(lang);
            let rule = styled(format!("[{}]", near.rule)).dim();
            out += &format!("      {}\n      {} {rule}\n", sentence.text(lang), styled(failed).yellow());
        }
        None => out += &format!("      {}\n", styled(text("cli.near_none", lang)).dim()),
    }
    out
}

/// A file and the members of an archive.
fn readings(reading: &Reading) -> Vec<&Reading> {
    std::iter::once(reading).chain(reading.members.iter().flat_map(readings)).collect()
}

/// Rules that found nothing, and rules that another always hits with.
pub fn coverage(coverage: &Coverage<'_>, labelled: bool, lang: Lang) -> String {
    let over = if labelled { msg!("cli.rules_over_reports") } else { msg!("cli.rules_over_inbox") };
    let idle = msg!("cli.rules_idle", coverage.idle.len(), coverage.rules, &over, coverage.files).text(lang);
    let mut out = format!("\n{}\n", styled(idle).bold());
    for (item, rule) in &coverage.idle {
        out += &format!("  {}  {}\n", rule.id, styled(msg!("cli.rules_at", &item.file, rule.line).text(lang)).dim());
    }
    let overlaps = msg!("cli.rules_overlaps", coverage.overlaps.len()).text(lang);
    out += &format!("\n{}\n", styled(overlaps).bold());
    for Overlap { rule, hits, within, of } in &coverage.overlaps {
        let said = if hits == of {
            msg!("cli.rules_together", &rule.id, &within.id, *hits)
        } else {
            msg!("cli.rules_within", &rule.id, *hits, &within.id, *of)
        };
        out += &format!("  {}\n", said.text(lang));
    }
    out
}
