//! How long 10,000 schools are judged: Readings + Campaign → Findings.
//!
//! ```text
//! cargo bench --bench judge
//! ```
//!
//! Every school hands in what some file of the demonstration says, under its own name.
#![allow(clippy::panic, clippy::expect_used, reason = "a benchmark without its fixtures has nothing to say")]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use shouqi::campaign::{self, CampaignFiles};
use shouqi::detect::{self, engine::Engine};
use shouqi::model::campaign::Campaign;
use shouqi::model::reading::Reading;
use shouqi::model::school::School;
use shouqi::model::source::SourceFile;
use shouqi::{extract, judge};
use std::path::Path;
use std::sync::Arc;

const SCHOOLS: usize = 10_000;

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn schools(bencher: Bencher<'_, '_>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/chengshui-2020");
    let mut campaign = campaign::load(&folder, &CampaignFiles::default(), &extract::read)
        .unwrap_or_else(|errors| panic!("{errors:#?}"));
    let as_of = campaign.as_of.expect("the demonstration has its moment");
    let told = told(&folder.join("inbox"), &campaign);
    let pattern = campaign.schools.first().cloned().expect("the demonstration has schools");
    campaign.schools = (0..SCHOOLS).map(|n| Arc::new(school(&pattern, n))).collect();
    let readings: Vec<Reading> = campaign.schools.iter().zip(told.iter().cycle()).map(handed_in).collect();
    bencher.counter(ItemsCount::new(SCHOOLS)).with_inputs(|| readings.clone()).bench_local_values(|readings| {
        black_box(judge::judge(readings, &campaign, &[], as_of));
    });
}

/// What the files of the demonstration say.
fn told(inbox: &Path, campaign: &Campaign) -> Vec<Reading> {
    let engine = Engine::new(campaign).expect("the demonstration's rules compile");
    let files = walkdir::WalkDir::new(inbox).sort_by_file_name().into_iter().flatten();
    let read = files.filter_map(|file| std::fs::read(file.path()).ok()).map(|bytes| extract::read(&bytes));
    read.map(|document| detect::detect(SourceFile::default(), document, &engine, true))
        .filter(|reading| !reading.evidence.is_empty())
        .collect()
}

fn school(pattern: &School, n: usize) -> School {
    let name = format!("澄水县第{}实验小学", numeral(n));
    School {
        code: format!("{}", 100_000 + n).into(),
        name: name.into(),
        aliases: Vec::new(),
        reports_via: None,
        ..pattern.clone()
    }
}

/// 三〇七 and the like, digit by digit.
fn numeral(n: usize) -> String {
    n.to_string().bytes().filter_map(|d| "〇一二三四五六七八九".chars().nth(usize::from(d - b'0'))).collect()
}

fn handed_in((school, told): (&Arc<School>, &Reading)) -> Reading {
    let mut reading = told.clone();
    reading.source.path = format!("inbox/{0}/{0}扶贫日活动总结.docx", school.name).into();
    reading.source.digest = school.code.to_string();
    reading.masthead = Default::default();
    reading.evidence.open_mut().iter_mut().for_each(|e| e.unit = None);
    reading
}
