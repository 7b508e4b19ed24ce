//! Readings + Campaign → Findings: whose each file is, whether it came in time, which version counts, what each school
//! has done, and what a person must look at. Pure: no clock, no I/O, and the order of the readings does not matter.

mod arrival;
mod assumptions;
mod attribution;
mod extensions;
mod figures;
mod flags;
mod ledger;
mod materials;
mod names;
mod paper;
mod paths;
mod roster;
mod rulings;
mod similarity;
mod stem;
mod submission;
mod testimony;
mod verdicts;
mod versions;

use crate::model::campaign::Campaign;
use crate::model::changes::Changes;
use crate::model::findings::{Findings, SchoolFindings, Submission};
use crate::model::flag::Flag;
use crate::model::reading::Reading;
use crate::model::ruling::Ruling;
use attribution::persons::Persons;
use chrono::{DateTime, FixedOffset};
use extensions::Extensions;
use names::Names;
use paper::Paper;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use roster::Roster;
use std::sync::Arc;
use submission::Account;
use verdicts::Bench;

/// Judges all readings of a night as of a moment, with what people have decided so far: of each flag the last decision, in
/// the order in which they were taken.
pub fn judge(
    readings: Vec<Reading>,
    campaign: &Campaign,
    rulings: &[Ruling],
    as_of: DateTime<FixedOffset>,
) -> Findings {
    let mut names = Names::new(campaign);
    let mut papers = lay_out(readings);
    let persons = Persons::new(&papers, rulings, &names, &Roster::new(campaign, &names));
    if !persons.learned.is_empty() {
        names = Names::new(&persons.taught(campaign, rulings));
    }
    let roster = Roster::new(campaign, &names);
    let extensions = Extensions::new(rulings);
    attribution::claim(&mut papers, &names, &roster, &|paper| persons.claim(paper, rulings, &roster));
    let of_arrival = arrival::date(&mut papers, campaign, &roster, &extensions, as_of);
    versions::settle(&mut papers);
    let of_files = flags::files::of_files(&papers, &campaign.id, &names, &roster);
    let of_copies = [
        flags::copies::texts(&papers, &campaign.id, &roster),
        flags::copies::past_years(&papers, campaign, &roster),
        flags::copies::pictures(&papers, &campaign.id, &roster),
        flags::photos::taken_outside(&papers, campaign, &roster),
    ];
    // What has been heard need not stand in memory while all schools are judged.
    papers.iter_mut().for_each(Paper::forget_heard);

    let missing_inbox = papers.iter().find(|p| p.is_missing_inbox()).map(|p| p.path().to_string());
    let bench = Bench::new(campaign, as_of, missing_inbox.as_deref());
    let accounts = submission::accounts(&papers, campaign, &roster, &extensions, as_of);
    let papers_of = testimony::papers_of(&papers, campaign.schools.len());
    let judge_one = |(at, mut account): (usize, Account)| -> Option<(SchoolFindings, Vec<Flag>)> {
        let school = campaign.schools.get(at)?;
        let opened: Vec<_> = papers_of.get(at)?.iter().map(|p| (*p, testimony::evidence(p))).collect();
        let said = testimony::of_school(at, &opened, &names, &roster);
        let mut handed_in = Vec::new();
        let mut verdicts = verdicts::activities(&bench, school, &account, &said);
        verdicts.extend(materials::materials(&bench, school, &account, &papers, &said, &mut handed_in));
        extensions.put_off(bench.today, &school.code, &mut verdicts);
        // They stand until the end of the night.
        verdicts.shrink_to_fit();
        handed_in.shrink_to_fit();
        let submission = std::mem::take(&mut account.submission);
        let evidence = testimony::by_file(&said);
        let findings = SchoolFindings {
            school: Arc::clone(school),
            submission: Submission { unreadable: submission.unreadable || missing_inbox.is_some(), ..submission },
            verdicts,
            evidence,
            handed_in,
        };
        let flags = flags::gaps::of_school(&bench, &findings, &account, &papers, &said);
        Some((findings, flags))
    };
    let (mut schools, of_schools): (Vec<_>, Vec<_>) =
        accounts.into_par_iter().enumerate().filter_map(judge_one).unzip();
    drop(papers_of);
    let count = of_schools.iter().map(Vec::len).sum::<usize>();
    // Some hints follow.
    let mut flags: Vec<Flag> = Vec::with_capacity(count + count / 8 + of_files.len());
    flags.extend(of_schools.into_iter().flatten());
    let reported = figures::reported(&mut papers, &names, &roster);
    flags.extend(of_files);
    flags.extend(of_copies.into_iter().flatten());
    flags.extend(figures::hints(&reported, campaign, &papers, &roster));
    let mut figures = reported.figures;
    figures.shrink_to_fit();
    flags::sort(&mut flags, &roster);
    flags.shrink_to_fit();
    schools.shrink_to_fit();
    let moved = persons.of.values().map(|(_, ruling)| *ruling).collect();
    let rulings = rulings::apply(&bench, persons.learnt(rulings), &moved, &flags, &mut schools);

    let unclaimed = ledger::unclaimed(&papers);
    let rule_hits = ledger::rule_hits(&papers, campaign);
    let assumptions = assumptions::assumptions(campaign, &papers, of_arrival);
    drop((roster, persons));
    drop(names);
    let files = ledger::files(papers, campaign);
    Findings {
        campaign: campaign.clone(),
        as_of,
        schools,
        balance: ledger::balance(&files),
        files,
        flags,
        rulings,
        unclaimed,
        figures,
        rule_hits,
        assumptions,
        changes: Changes::default(),
    }
}

/// Lays the files out by path, members of archives beside their archives.
fn lay_out(readings: Vec<Reading>) -> Vec<Paper> {
    let mut waiting = readings;
    let mut papers = Vec::with_capacity(waiting.len());
    while let Some(reading) = waiting.pop() {
        let (paper, members) = Paper::new(reading);
        papers.push(paper);
        waiting.extend(members);
    }
    // No two are alike, and none is copied to be sorted.
    papers.sort_unstable_by(|a, b| a.path().cmp(b.path()).then_with(|| a.reading.source.cmp(&b.reading.source)));
    papers
}

#[cfg(test)]
mod tests;
