//! What did each school do, and what must the clerk look at?

use super::desk::{
    Sheet, at, county, day, flags, judged, judged_in, photo, receipt, report, school, status, table, verdict,
};
use crate::model::findings::{Status, SubmissionStatus};
use crate::model::flag::{FlagKind, Severity};
use crate::model::message::{Lang, catalogue};
use crate::model::place::Place;
use crate::model::reading::{Assertion, Figure, Strength};

const SCHOOL: &str = "龙池镇初级中学";

fn of(sheet: Sheet, item: &str) -> Status {
    status(&judged(vec![sheet]), SCHOOL, item)
}

fn own() -> Sheet {
    report("inbox/龙池初中总结.docx")
}

#[test]
fn the_best_assertion_decides() {
    assert_eq!(of(own().says("meeting", Assertion::Planned).says("meeting", Assertion::Done), "meeting"), Status::Done);
    assert_eq!(
        of(own().says("meeting", Assertion::Planned).says("meeting", Assertion::NotDone), "meeting"),
        Status::NotDone
    );
    assert_eq!(of(own().says("meeting", Assertion::Planned), "meeting"), Status::Planned);
    let found = judged(vec![own().says("meeting", Assertion::Quoted)]);
    let meeting = verdict(&found, SCHOOL, "meeting");
    let said = school(&found, SCHOOL).citations();
    assert_eq!(
        (meeting.status, said.nearest(meeting).unwrap().evidence.assertion),
        (Status::Missing, Assertion::Quoted)
    );
}

#[test]
fn words_that_no_rule_knows_are_for_a_person_to_decide() {
    let why = |sheet: Sheet| {
        let found = judged(vec![sheet]);
        let meeting = verdict(&found, SCHOOL, "meeting");
        assert_eq!(meeting.status, Status::Weak);
        meeting.why.text(Lang::Zh)
    };
    assert!(why(own().resembles("meeting")).contains("没有规则认得"));
    let told = own().resembles("meeting").says_of("meeting", Assertion::Done, Strength::Weak, None, None);
    assert!(why(told).contains("一句带过"));
}

#[test]
fn weak_words_other_days_and_other_years_are_doubtful() {
    assert_eq!(of(own().says_of("meeting", Assertion::Done, Strength::Weak, None, None), "meeting"), Status::Weak);
    let early = day(9).pred_opt().unwrap();
    let found = judged(vec![own().says_of("meeting", Assertion::Done, Strength::Strong, Some(early), None)]);
    assert_eq!(status(&found, SCHOOL, "meeting"), Status::Weak);
    assert_eq!(flags(&found, FlagKind::OutOfWindow).len(), 1);
    let last_year = day(18).with_year(2019).unwrap();
    let found = judged(vec![own().signed_on(last_year).says("meeting", Assertion::Done)]);
    assert_eq!(status(&found, SCHOOL, "meeting"), Status::Weak);
    assert_eq!(flags(&found, FlagKind::PastYear).len(), 1);
}

#[test]
fn other_days_are_flagged_beside_deeds_without_a_date_and_not_beside_one_in_time() {
    let early = day(9).pred_opt();
    let twice = |other| {
        let sheet = own().says_of("meeting", Assertion::Done, Strength::Strong, early, None);
        judged(vec![sheet.says_of("meeting", Assertion::Done, Strength::Strong, other, None)])
    };
    assert_eq!(flags(&twice(None), FlagKind::OutOfWindow).len(), 1);
    assert_eq!(flags(&twice(Some(day(12))), FlagKind::OutOfWindow).len(), 0);
}

#[test]
fn an_unsigned_report_of_last_year_is_known_by_its_days() {
    let mut sheet = own().says("meeting", Assertion::Done);
    sheet.0.dates = day(17).with_year(2019).into_iter().collect();
    let found = judged(vec![sheet]);
    assert_eq!(status(&found, SCHOOL, "meeting"), Status::Weak);
    assert_eq!(flags(&found, FlagKind::PastYear).len(), 1);
}

use chrono::Datelike;

#[test]
fn what_is_not_due_yet_is_not_missing() {
    let found = judged(vec![own().says("publicity", Assertion::Planned)]);
    let publicity = verdict(&found, SCHOOL, "publicity");
    assert_eq!((publicity.status, publicity.evidence.len()), (Status::NotDue, 1));
    assert!(publicity.why.text(Lang::Zh).contains("2020-10-31"));
    // Before the deadline nothing is missing at all, and nobody is red.
    let early = crate::judge::judge(vec![own().0], &county(), &[], at(19, 20));
    assert_eq!(status(&early, SCHOOL, "meeting"), Status::NotDue);
    assert_eq!(status(&early, "澄水县第一小学", "written_report"), Status::NotDue);
    assert!(early.flags.iter().all(|f| f.severity != Severity::High), "{:?}", early.flags);
}

#[test]
fn a_denied_duty_is_for_the_clerk_to_decide() {
    let found = judged(vec![own().says("home_teaching", Assertion::NotApplicable)]);
    assert_eq!(status(&found, SCHOOL, "home_teaching"), Status::NotApplicable);
    assert_eq!(flags(&found, FlagKind::DutyDenied).len(), 1);
    // A school without the duty may say so freely.
    let found = judged(vec![report("inbox/县一小总结.docx").says("home_teaching", Assertion::NotApplicable)]);
    assert!(flags(&found, FlagKind::DutyDenied).is_empty());
}

#[test]
fn nothing_is_called_missing_where_a_file_could_not_be_read() {
    let found = judged(vec![own(), table("inbox/龙池初中统计表.xlsx").broken()]);
    for item in ["meeting", "home_teaching", "pictures"] {
        assert_eq!(status(&found, SCHOOL, item), Status::Unreadable, "{item}");
    }
    assert_eq!(of(own().says("meeting", Assertion::NotDone).clone(), "meeting"), Status::NotDone);
    assert_eq!(flags(&found, FlagKind::UnreadableFile).len(), 1);
}

#[test]
fn silence_makes_one_flag_and_covered_schools_none() {
    let found = judged(vec![]);
    assert_eq!(school(&found, SCHOOL).submission.status, SubmissionStatus::Missing);
    assert_eq!(status(&found, SCHOOL, "meeting"), Status::Missing);
    assert_eq!(found.flags.len(), 5, "one for each that must report: {:?}", found.flags);
    let village = school(&found, "龙池镇王庄小学");
    assert_eq!(village.submission.covered_by.as_deref(), Some("龙池镇中心校"));
    assert!(village.verdicts.iter().all(|v| matches!(v.status, Status::NotRequired | Status::NotApplicable)));
    assert_eq!(status(&found, "澄水县育才小学", "meeting"), Status::NotRequired);
}

#[test]
fn a_school_that_need_not_report_but_did_is_judged_by_what_it_said() {
    let found = judged(vec![report("inbox/育才小学总结.docx").says("publicity", Assertion::Done)]);
    assert_eq!(status(&found, "澄水县育才小学", "meeting"), Status::Missing);
    assert_eq!(status(&found, "澄水县育才小学", "written_report"), Status::NotRequired);
}

#[test]
fn what_came_on_paper_is_looked_up_not_called_missing() {
    let mut campaign = county();
    campaign.receipts = vec![receipt(SCHOOL, "书面材料一份", at(18, 15), "纸质")];
    let found = judged_in(&campaign, vec![]);
    assert_eq!(school(&found, SCHOOL).submission.status, SubmissionStatus::OnTime);
    assert_eq!(status(&found, SCHOOL, "written_report"), Status::Unreadable);
}

#[test]
fn the_written_report_must_be_one_and_long_enough() {
    assert_eq!(of(own().says("meeting", Assertion::Done), "written_report"), Status::Done);
    assert_eq!(of(own().chars(120), "written_report"), Status::Weak);
    assert_eq!(of(table("inbox/龙池初中统计表.xlsx"), "written_report"), Status::Weak);
    assert_eq!(of(own().says("meeting", Assertion::Planned), "written_report"), Status::Weak);
}

#[test]
fn pictures_alone_may_show_a_report_and_nothing_is_called_missing() {
    assert_eq!(of(photo("inbox/龙池初中1.jpg"), "written_report"), Status::Unreadable);
    assert_eq!(of(photo("inbox/龙池初中总结.docx"), "meeting"), Status::Unreadable);
    let beside = vec![own().says("publicity", Assertion::Done), photo("inbox/龙池初中现场.jpg")];
    assert_eq!(status(&judged(beside), SCHOOL, "meeting"), Status::Missing);
}

#[test]
fn a_village_school_that_also_wrote_itself_has_no_gaps_of_its_own() {
    let found = judged(vec![report("inbox/龙池镇王庄小学总结.docx").says("meeting", Assertion::Done)]);
    assert_eq!(status(&found, "龙池镇王庄小学", "publicity"), Status::NotRequired);
}

#[test]
fn pictures_are_counted_in_and_beside_the_report() {
    assert_eq!(of(own(), "pictures"), Status::Missing);
    assert_eq!(of(own().picture("a", 9000), "pictures"), Status::Weak);
    let found = judged(vec![own().picture("a", 9000), photo("inbox/龙池初中1.jpg")]);
    assert_eq!(status(&found, SCHOOL, "pictures"), Status::Done);
    assert_eq!(verdict(&found, SCHOOL, "pictures").evidence.len(), 2);
}

#[test]
fn copied_texts_and_pictures_are_hints() {
    let found = judged(vec![
        own().print(1).picture("a", 9000).picture("logo", 900),
        report("inbox/县一小总结.docx").print(1).picture("a", 9000).picture("logo", 900),
        report("inbox/石桥初中总结.docx").print(2).signed("石桥镇初级中学").title("走进县第一小学"),
    ]);
    assert_eq!(flags(&found, FlagKind::SimilarText)[0].files.len(), 2);
    assert_eq!(flags(&found, FlagKind::SamePicture).len(), 1);
    assert_eq!(flags(&found, FlagKind::OtherName).len(), 1);
    assert!(found.flags.iter().filter(|f| f.kind.is_hint()).all(|f| f.severity == Severity::Low));
}

#[test]
fn a_picture_beside_the_report_that_holds_it_is_as_it_should_be() {
    let mut beside = photo("inbox/龙池初中1.jpg");
    beside.0.pictures[0].fingerprint = "a".into();
    assert!(flags(&judged(vec![own().picture("a", 90_000), beside.clone()]), FlagKind::SamePicture).is_empty());
    assert_eq!(flags(&judged(vec![own().picture("a", 90_000).picture("a", 90_000)]), FlagKind::SamePicture).len(), 1);
}

#[test]
fn a_report_and_a_spreadsheet_that_disagree_are_flagged() {
    let figure = |value| Figure {
        item: "meeting".into(),
        indicator: "参会人数".into(),
        value,
        place: Place::Table(1),
        unit: None,
    };
    let with = |mut sheet: Sheet, value| {
        sheet.0.figures.push(figure(value));
        sheet
    };
    let found = judged(vec![with(own(), 45.0), with(table("inbox/龙池初中统计表.xlsx"), 54.0)]);
    assert_eq!(flags(&found, FlagKind::FiguresDisagree).len(), 1);
    assert_eq!(found.figures.len(), 2);
    let agreed = judged(vec![with(own(), 45.0), with(table("inbox/龙池初中统计表.xlsx"), 45.0)]);
    assert!(flags(&agreed, FlagKind::FiguresDisagree).is_empty());
}

#[test]
fn ids_stay_and_fingerprints_follow_the_evidence() {
    let first = judged(vec![own().says("meeting", Assertion::Planned)]);
    let second = judged(vec![own().says("meeting", Assertion::Planned).says_of(
        "meeting",
        Assertion::Planned,
        Strength::Weak,
        Some(day(20)),
        None,
    )]);
    let (a, b) = (flags(&first, FlagKind::PlannedOnly)[0], flags(&second, FlagKind::PlannedOnly)[0]);
    assert_eq!(a.id, b.id);
    assert_ne!(a.fingerprint, b.fingerprint);
    assert!(a.id.starts_with("F-") && a.id.len() == 10);
}

#[test]
fn every_kind_of_flag_has_a_word() {
    use FlagKind as K;
    for kind in [
        K::NoSubmission,
        K::Late,
        K::UnreadableFile,
        K::UnclaimedFile,
        K::Missing,
        K::NotDone,
        K::PlannedOnly,
        K::Weak,
        K::DutyDenied,
        K::OutOfWindow,
        K::PastYear,
        K::ArrivalDoubtful,
        K::SimilarText,
        K::SamePicture,
        K::OtherName,
        K::DatesContradict,
        K::FiguresDisagree,
        K::NotANumber,
        K::TotalsDisagree,
        K::LostText,
    ] {
        assert!(catalogue().contains_key(kind.message().key()), "{}", kind.word());
    }
}

#[test]
fn recognised_words_count_where_they_are_sure_and_are_doubtful_where_they_are_not() {
    let sure = own().recognised(93).says("meeting", Assertion::Done);
    assert_eq!(of(sure, "meeting"), Status::Done);
    let doubtful = own().recognised(70).says_of("meeting", Assertion::Done, Strength::Weak, None, None);
    let found = judged(vec![doubtful]);
    let meeting = verdict(&found, SCHOOL, "meeting");
    assert_eq!(meeting.status, Status::Weak);
    assert!(meeting.why.text(Lang::Zh).contains("扫描件"));
}

#[test]
fn nothing_of_a_recognised_text_is_called_missing_and_a_doubtful_denial_is_not_taken() {
    let found = judged(vec![own().recognised(93)]);
    let meeting = verdict(&found, SCHOOL, "meeting");
    assert_eq!(meeting.status, Status::Unreadable);
    assert!(meeting.why.text(Lang::Zh).contains("OCR"));
    assert_eq!(of(own().recognised(93).says("meeting", Assertion::NotDone), "meeting"), Status::NotDone);
    assert_eq!(of(own().recognised(70).says("meeting", Assertion::NotDone), "meeting"), Status::Unreadable);
}

#[test]
fn a_picture_that_a_page_was_recognised_in_is_a_report() {
    let mut scan = own().recognised(93);
    scan.0.format = "jpeg".into();
    let found = judged(vec![scan]);
    assert_eq!(status(&found, SCHOOL, "written_report"), Status::Done);
    assert_eq!(status(&judged(vec![photo("inbox/龙池初中总结.jpg")]), SCHOOL, "written_report"), Status::Unreadable);
}

#[test]
fn photographs_of_other_days_are_one_hint_a_school() {
    let taken = |path: &str, d: u32, year: i32| {
        let mut sheet = photo(path);
        sheet.0.pictures[0].taken = day(d).with_year(year).unwrap().and_hms_opt(9, 30, 0);
        sheet
    };
    let found = judged(vec![
        taken("inbox/龙池初中/1.jpg", 2, 2019),
        taken("inbox/龙池初中/2.jpg", 5, 2019),
        taken("inbox/龙池初中/3.jpg", 12, 2020),
        taken("inbox/县一小/1.jpg", 2, 2019),
        photo("inbox/县一小/2.jpg"),
        own(),
    ]);
    let hints = flags(&found, FlagKind::PhotoDate);
    let said: Vec<String> = hints.iter().map(|f| f.message.text(Lang::Zh)).collect();
    assert_eq!(hints.iter().map(|f| f.files.len()).collect::<Vec<_>>(), [2, 1], "{said:?}");
    assert!(said[0].starts_with("2 张照片拍摄于 2019-10-02 至 2019-10-05"), "{said:?}");
    assert!(said[1].starts_with("「1.jpg」照片拍摄于 2019-10-02"), "{said:?}");
    assert!(hints.iter().all(|f| f.kind.is_hint() && f.severity == Severity::Low));
}
