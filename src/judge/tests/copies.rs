//! Hints of copying and of last year's reports.

use super::desk::{Sheet, county, day, flags, judged, judged_in, report};
use crate::model::flag::{FlagKind, Severity};
use crate::model::message::Lang;
use crate::model::place::Place;
use crate::model::reading::Excerpt;
use crate::model::school::School;
use chrono::Datelike;
use std::sync::Arc;

fn saying(mut sheet: Sheet, sentences: &[(u32, u32, &str)]) -> Sheet {
    sheet.0.excerpts = sentences
        .iter()
        .map(|(print, n, text)| Excerpt { print: *print, place: Place::Paragraph(*n), text: (*text).to_string() })
        .collect::<Vec<_>>()
        .into();
    sheet
}

#[test]
fn the_passages_that_two_schools_share_stand_side_by_side() {
    let one = [(9, 2, "秋风送爽,我镇扎实开展了各项活动。"), (5, 4, "召开家长会9场,把政策讲到家门口。")];
    let other = [
        (7, 1, "另有一句。"),
        (9, 3, "秋风送爽,我校扎实开展了各项活动。"),
        (5, 6, "召开家长会12场,把政策讲到家门口。"),
    ];
    let found = judged(vec![
        saying(report("inbox/龙池初中总结.docx").print(1), &one),
        saying(report("inbox/县一小总结.docx").print(1), &other),
    ]);
    let [flag] = flags(&found, FlagKind::SimilarText)[..] else { panic!("{:?}", found.flags) };
    assert_eq!(flag.severity, Severity::Low);
    let shown: Vec<_> = flag.shared.iter().map(|s| (s.one.place.clone(), s.other.place.clone())).collect();
    let (first, second) = ((Place::Paragraph(3), Place::Paragraph(2)), (Place::Paragraph(6), Place::Paragraph(4)));
    assert_eq!(shown, [first, second]);
    assert!(flag.shared.iter().all(|s| s.one.file == flag.files[0] && s.other.file == flag.files[1]));
}

#[test]
fn sentences_that_only_share_a_hash_are_not_shown() {
    let found = judged(vec![
        saying(report("inbox/龙池初中总结.docx").print(1), &[(5, 4, "召开家长会9场,把政策讲到家门口。")]),
        saying(report("inbox/县一小总结.docx").print(1), &[(5, 4, "教师为残疾学生上门辅导两节课。")]),
    ]);
    let [flag] = flags(&found, FlagKind::SimilarText)[..] else { panic!("{:?}", found.flags) };
    assert!(flag.shared.is_empty());
}

#[test]
fn a_model_that_was_handed_out_makes_one_flag() {
    let mut campaign = county();
    campaign.schools = (0..40u32)
        .map(|i| {
            let name = format!("澄水县{}小学", char::from_u32(0x5b50 + i).unwrap());
            Arc::new(School { code: format!("S{i}").into(), name: name.into(), ..School::default() })
        })
        .collect();
    let sheets = campaign.schools.iter().map(|s| report(&format!("inbox/{}总结.docx", s.name)).print(1)).collect();
    let found = judged_in(&campaign, sheets);
    let [flag] = flags(&found, FlagKind::SimilarText)[..] else { panic!("{:?}", found.flags) };
    assert_eq!(flag.files.len(), 40);
    assert!(flag.message.text(Lang::Zh).contains("范文"));
}

#[test]
fn a_centre_that_hands_in_its_village_schools_words_has_not_copied() {
    let found =
        judged(vec![report("inbox/龙池镇中心校总结.docx").print(1), report("inbox/龙池镇王庄小学总结.docx").print(1)]);
    assert!(flags(&found, FlagKind::SimilarText).is_empty());
}

#[test]
fn last_years_report_is_known_by_its_dates_under_any_signature() {
    let told = |year, signed: Option<chrono::NaiveDate>| {
        let mut sheet = report("inbox/龙池初中总结.docx");
        (sheet.0.told_year, sheet.0.signed) = (Some(year), signed);
        let found = judged(vec![sheet]);
        flags(&found, FlagKind::PastYear).iter().map(|f| (f.severity, f.message.text(Lang::Zh))).collect::<Vec<_>>()
    };
    let anew = told(2019, Some(day(18)));
    assert!(matches!(&anew[..], [(Severity::Low, said)] if said.contains("2019") && said.contains("2020-10-18")));
    assert_eq!(told(2019, None).len(), 1);
    assert_eq!(told(2019, day(18).with_year(2019)).len(), 1, "one for the document, not one for each deed");
    assert!(told(2020, Some(day(18))).is_empty());
}
