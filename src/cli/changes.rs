//! What other rules would change, school by school, for a person.

use crate::cli::explanation::note;
use crate::cli::marks::one_line;
use crate::cli::nearest::condition;
use crate::cli::verdict::style;
use crate::model::findings::{Findings, Verdict};
use crate::model::message::{Lang, Message, text};
use crate::model::scrutiny::NearMiss;
use crate::msg;
use crate::pipeline::preview::{Change, Preview, Sentence};
use crate::pipeline::why::asked;
use console::{StyledObject, style as styled};
use std::collections::BTreeMap;

/// The changes as lines, and how much stays.
pub fn layout(
    preview: &Preview<'_>,
    findings: &Findings,
    near: &BTreeMap<String, Vec<NearMiss>>,
    lang: Lang,
) -> String {
    let as_of = findings.as_of.format("%Y-%m-%d %H:%M").to_string();
    let mut out = format!("{}\n", styled(msg!("cli.preview_title", &findings.campaign.title, as_of).text(lang)).bold());
    let names = asked(&findings.campaign);
    let mut schools = 0;
    let mut last = "";
    for change in &preview.changes {
        let school = &change.school.school;
        if school.code != last {
            last = &school.code;
            schools += 1;
            out += &format!("\n{}\n", styled(msg!("cli.preview_school", &school.name, &school.code).text(lang)).bold());
        }
        let name = names.iter().find(|a| a.id == change.after.item).map_or(change.after.item.as_str(), |a| a.name);
        out += &one(change, name, lang);
        out += &no_longer(change, findings, near, lang).unwrap_or_default();
    }
    if preview.changes.is_empty() {
        out += &format!("\n{}", text("cli.preview_none", lang));
    }
    let sum = msg!("cli.preview_sum", preview.changes.len(), schools, preview.same, preview.other_evidence);
    out += &format!("\n{}\n", sum.text(lang));
    out + text("cli.preview_nothing_written", lang) + "\n"
}

fn one(change: &Change<'_>, name: &str, lang: Lang) -> String {
    let mut out = format!("  {name}  {} → {}\n", status(change.before, lang), status(change.after, lang));
    for (sentence, when) in change.said.iter().zip([msg!("cli.preview_before"), msg!("cli.preview_after")]) {
        if let Some(Sentence { cited, bears }) = sentence {
            let when = if *bears { when } else { msg!("cli.preview_nearest", &when) };
            let place = cited.evidence.place_message().text(lang);
            let said = msg!("cli.preview_sentence", &when, one_line(&cited.evidence.quote), &cited.file, place);
            out += &format!("    {}\n        {}\n", said.text(lang), note(&cited.evidence, name, lang));
        }
    }
    out
}

/// The condition of the new rules that the sentence of before fails, where it is but one.
fn no_longer(
    change: &Change<'_>,
    findings: &Findings,
    near: &BTreeMap<String, Vec<NearMiss>>,
    lang: Lang,
) -> Option<String> {
    let rested = change.said.first()?.as_ref().filter(|s| s.bears && change.after.evidence.is_empty())?;
    let before = &rested.cited;
    let item = &change.after.item;
    let near = near.get(before.file.as_str())?.iter().find(|n| n.item == *item && n.quote == before.evidence.quote)?;
    let failed = condition(&near.failed, item, &near.quote, &findings.campaign, lang);
    let said = msg!("cli.preview_no_longer", &msg!("cli.preview_after")).text(lang);
    let failed = styled(msg!("cli.near_failed", failed).text(lang)).yellow();
    let rule = styled(format!("[{}]", near.rule)).dim();
    Some(format!("    {said}\n        {failed} {rule}\n"))
}

fn status(verdict: &Verdict, lang: Lang) -> StyledObject<String> {
    let said: Message = verdict.status.message();
    style(verdict.status.word()).apply_to(format!("{} {}", verdict.status.symbol(), said.text(lang)))
}
