//! Numbers of forms: whose they are, which count once, and what a clerk is asked to look at.

use super::desk::*;
use crate::model::findings::Findings;
use crate::model::flag::FlagKind;
use crate::model::message::Lang;
use crate::model::place::Place;
use crate::model::reading::{Doubt, Figure, FigureDoubt};

const CENTRE: &str = "inbox/龙池镇中心校统计表.xlsx";

fn cell(sheet: &str, row: u32) -> Place {
    Place::SheetCell(sheet.into(), 2, row)
}

fn told(mut paper: Sheet, value: f64, place: Place, unit: Option<&str>) -> Sheet {
    let unit = unit.map(Into::into);
    paper.0.figures.push(Figure { item: "meeting".into(), indicator: "参会人数".into(), value, place, unit });
    paper
}

fn doubted(mut paper: Sheet, doubt: Doubt, row: u32, unit: Option<&str>) -> Sheet {
    paper.0.figure_doubts.push(FigureDoubt {
        item: "meeting".into(),
        indicator: "参会人数".into(),
        place: cell("统计", row),
        unit: unit.map(Into::into),
        doubt,
    });
    paper
}

fn values(found: &Findings) -> Vec<(String, f64)> {
    let name = |code: &str| found.schools.iter().find(|s| s.school.code == code).unwrap().school.name.to_string();
    found.figures.iter().map(|f| (name(&f.school), f.figure.value)).collect()
}

#[test]
fn a_form_of_a_centre_gives_each_row_to_its_school() {
    let form = told(table(CENTRE), 20.0, cell("统计", 3), Some("中心校机关"));
    let form = told(form, 8.0, cell("统计", 4), Some("王庄小学"));
    let wanted = [("龙池镇中心校", 20.0), ("龙池镇王庄小学", 8.0)].map(|(name, n)| (name.to_string(), n));
    let found = judged(vec![form]);
    // A row that names a school for which the centre reports is not the centre's own number.
    assert_eq!(values(&found).iter().map(|(_, n)| n).sum::<f64>(), 28.0);
    assert_eq!(values(&found)[0], wanted[0]);
}

#[test]
fn a_sheet_that_sums_up_the_others_does_not_count_twice() {
    let of = |summary: f64| {
        let form = told(table(CENTRE), 12.0, cell("一组", 3), None);
        let form = told(form, 8.0, cell("二组", 3), None);
        judged(vec![told(form, summary, cell("汇总", 3), None)])
    };
    assert_eq!(values(&of(20.0)), [("龙池镇中心校".to_string(), 20.0)]);
    assert!(flags(&of(20.0), FlagKind::TotalsDisagree).is_empty());
    let wrong = of(21.0);
    assert_eq!(values(&wrong), [("龙池镇中心校".to_string(), 21.0)]);
    let flag = flags(&wrong, FlagKind::TotalsDisagree)[0];
    assert_eq!(
        flag.message.text(Lang::Zh),
        "龙池镇中心校的「参会人数」合计对不上：工作表「汇总」C3合计写 21，各项相加是 20"
    );
    // Two sheets with a number each are two deeds, though the numbers are equal.
    let two = told(told(table(CENTRE), 12.0, cell("上旬", 3), None), 12.0, cell("下旬", 3), None);
    assert_eq!(values(&judged(vec![two])).len(), 2);
}

#[test]
fn what_is_no_number_is_one_hint_an_indicator_and_decides_nothing() {
    let form = doubted(table(CENTRE), Doubt::NotANumber("若干".into()), 3, None);
    let form = doubted(form, Doubt::NotANumber("全体".into()), 5, Some("王庄小学"));
    let form = doubted(form, Doubt::NotANumber("见附件".into()), 6, None);
    let form = doubted(form, Doubt::Total { told: 30.0, sum: 28.0 }, 9, None);
    let found = judged(vec![form.clone()]);
    let plain = judged(vec![table(CENTRE)]);
    let hints = flags(&found, FlagKind::NotANumber);
    assert!(hints.iter().all(|f| f.kind.is_hint() && f.school == code("龙池镇中心校") && f.files == [CENTRE]));
    assert_eq!(
        hints[0].message.text(Lang::Zh),
        "龙池镇中心校的「参会人数」填的不是数：工作表「统计」C3写的是「若干」；另有 2 处"
    );
    assert_eq!(flags(&found, FlagKind::TotalsDisagree).len(), 1);
    assert_eq!(found.schools, plain.schools);
    // The id stays while the school corrects one of two; the fingerprint does not.
    let mended = doubted(table(CENTRE), Doubt::NotANumber("若干".into()), 3, None);
    let mended = judged(vec![mended]);
    let after = flags(&mended, FlagKind::NotANumber)[0];
    assert_eq!(after.id, hints[0].id);
    assert_ne!(after.fingerprint, hints[0].fingerprint);
}
