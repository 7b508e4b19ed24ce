//! What holds whatever schools send: the order of files changes nothing, the balance comes out, an unreadable file is
//! never 缺, and a whole county takes no time.

use super::desk::{Sheet, at, county, judged_in, photo, report, table};
use crate::judge::judge;
use crate::model::campaign::Campaign;
use crate::model::findings::Status;
use crate::model::reading::Assertion;
use crate::model::school::School;
use ecow::EcoString;
use proptest::prelude::*;
use std::sync::Arc;

const FOLDERS: [&str; 6] = ["", "龙池镇中心校/", "县一小/", "扶贫日资料/", "石桥镇/", "a.zip!/"];
const NAMES: [&str; 9] = [
    "龙池初中总结",
    "县一小总结",
    "龙池镇王庄小学总结",
    "总结",
    "新建 Microsoft Word 文档",
    "龙池中学附属幼儿园",
    "城关镇第一小学、县一小",
    "王庄小学",
    "10.17简报",
];
const MARKS: [&str; 4] = ["", "(1)", "(修改稿)", " - 副本"];
const UNITS: [&str; 5] = ["", "龙池镇初级中学", "澄水县第一小学", "龙池镇中心校", "东街小学"];
const ITEMS: [&str; 3] = ["meeting", "publicity", "home_teaching"];
const ASSERTIONS: [Assertion; 5] =
    [Assertion::Done, Assertion::NotDone, Assertion::Planned, Assertion::NotApplicable, Assertion::Quoted];

prop_compose! {
    fn sheet()(
        folder in 0..FOLDERS.len(), name in 0..NAMES.len(), mark in 0..MARKS.len(), signed in 0..UNITS.len(), unit in 0..UNITS.len() * 3,
        kind in 0..3, broken in 0..6, digest in 0..6u32, print in 0..4u32, d in 12..22u32, created in 12..40u32,
        item in 0..ITEMS.len(), assertion in 0..ASSERTIONS.len(),
    ) -> Sheet {
        let path = |suffix: &str| format!("inbox/{}{}{}.{suffix}", FOLDERS[folder], NAMES[name], MARKS[mark]);
        let mut sheet = match kind { 0 => report(&path("docx")), 1 => table(&path("xlsx")), _ => photo(&path("jpg")) };
        sheet = sheet.modified(d, 9).says(ITEMS[item], ASSERTIONS[assertion]).print(print);
        if created < 31 { sheet = sheet.created(created, 9); }
        if !UNITS[signed].is_empty() { sheet = sheet.signed(UNITS[signed]); }
        if let Some(unit) = UNITS.get(unit).filter(|u| !u.is_empty()) { sheet = sheet.unit(unit); }
        if digest < 2 { sheet = sheet.digest(&digest.to_string()); }
        if broken == 0 { sheet = sheet.broken(); }
        sheet
    }
}

/// One reading a path, as an inbox has it.
fn inbox() -> impl Strategy<Value = Vec<Sheet>> {
    prop::collection::vec(sheet(), 0..24).prop_map(|sheets| {
        let by_path: std::collections::BTreeMap<EcoString, Sheet> =
            sheets.into_iter().map(|s| (s.0.source.path.clone(), s)).collect();
        by_path.into_values().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_files_changes_nothing(sheets in inbox(), turn in 0..24usize) {
        let campaign = county();
        let in_order = judged_in(&campaign, sheets.clone());
        let mut turned = sheets;
        let by = turn % turned.len().max(1);
        turned.rotate_left(by);
        turned.reverse();
        prop_assert_eq!(in_order, judged_in(&campaign, turned));
    }

    #[test]
    fn what_could_not_be_read_is_never_missing(sheets in inbox()) {
        let found = judged_in(&county(), sheets);
        for school in found.schools.iter().filter(|s| s.submission.unreadable) {
            prop_assert!(school.verdicts.iter().all(|v| v.status != Status::Missing), "{:?}", school);
        }
        let ids: std::collections::BTreeSet<&str> = found.flags.iter().map(|f| f.id.as_str()).collect();
        prop_assert_eq!(ids.len(), found.flags.len());
    }
}

/// A county of `n` schools in townships of fifty, three files each.
fn large(n: usize) -> (Campaign, Vec<Sheet>) {
    let digits: Vec<char> = "东西南北上下前后大小".chars().collect();
    let numeral = |i: usize| format!("{i:04}").chars().map(|c| digits[c as usize - '0' as usize]).collect::<String>();
    let mut campaign = county();
    campaign.schools = (0..n)
        .map(|i| School {
            code: format!("S{i}").into(),
            name: format!("澄水县{}镇{}村小学", numeral(i / 50), numeral(i)).into(),
            township: format!("{}镇", numeral(i / 50)).into(),
            columns: [("category".into(), "县直学校".into())].into(),
            ..School::default()
        })
        .map(Arc::new)
        .collect();
    let sheets = campaign
        .schools
        .iter()
        .enumerate()
        .flat_map(|(i, s)| {
            let name = &s.name;
            let own = u32::try_from(i).unwrap();
            [
                report(&format!("inbox/{name}总结.docx"))
                    .title(&format!("{name}扶贫日活动总结"))
                    .signed(name)
                    .print(own)
                    .says("meeting", Assertion::Done),
                table(&format!("inbox/{name}统计表.xlsx")).unit(name).says("publicity", Assertion::Done),
                photo(&format!("inbox/{name}/1.jpg")),
            ]
        })
        .collect();
    (campaign, sheets)
}

#[test]
fn a_large_county_is_attributed_whole() {
    let (campaign, sheets) = large(300);
    let found = judged_in(&campaign, sheets);
    assert_eq!((found.balance.used, found.balance.received), (900, 900));
}

/// `cargo test --release --lib judge -- --ignored --nocapture`
#[test]
#[ignore = "a measurement, in release only"]
#[allow(clippy::disallowed_methods, reason = "it measures")]
fn the_time_grows_with_the_county_and_no_faster() {
    for n in [1000, 5000] {
        let (campaign, sheets) = large(n);
        let readings: Vec<_> = sheets.into_iter().map(|s| s.0).collect();
        let start = std::time::Instant::now();
        let found = judge(readings, &campaign, &[], at(20, 2));
        println!("{n} schools, {} files: {:?}", found.files.len(), start.elapsed());
        assert_eq!(found.balance.used as usize, 3 * n);
    }
}
