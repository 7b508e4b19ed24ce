//! When did it come, and which version counts?

use super::desk::{
    archive, at, county, file, flags, judged, judged_in, mail, receipt, report, school, status, table, verdict,
};
use crate::model::findings::{FileStatus, ReceivedBy, Status, SubmissionStatus};
use crate::model::flag::{FlagKind, Severity};
use crate::model::message::Lang;
use crate::model::reading::Assertion;
use chrono::NaiveDate;

#[test]
fn begun_days_after_midnight_of_the_deadline_count() {
    let found = judged(vec![
        report("inbox/龙池初中总结.docx").modified(19, 23),
        report("inbox/县一小总结.docx").modified(20, 0),
    ]);
    let submission = |name| &school(&found, name).submission;
    assert_eq!(submission("龙池镇初级中学").status, SubmissionStatus::OnTime);
    assert_eq!(
        (submission("澄水县第一小学").status, submission("澄水县第一小学").days_late),
        (SubmissionStatus::Late, 1)
    );
    assert_eq!(flags(&found, FlagKind::Late)[0].severity, Severity::Medium);
}

#[test]
fn a_receipt_is_believed_before_any_stamp() {
    let mut campaign = county();
    campaign.receipts = vec![
        receipt("龙池镇初级中学", "书面材料", at(18, 15), "邮箱"),
        receipt("澄水县第一小学", "县一小总结.docx", at(20, 1), "微信"),
    ];
    let found = judged_in(
        &campaign,
        vec![
            report("inbox/龙池初中总结.docx").created(20, 1).modified(18, 9),
            report("inbox/县一小总结.docx").modified(17, 9),
            table("inbox/县一小统计表.xlsx").modified(17, 9),
        ],
    );
    let first = file(&found, "inbox/龙池初中总结.docx");
    assert_eq!((first.received_by, first.received_at), (Some(ReceivedBy::Receipt), Some(at(18, 15))));
    assert_eq!(file(&found, "inbox/县一小总结.docx").received_at, Some(at(20, 1)));
    assert_eq!(file(&found, "inbox/县一小统计表.xlsx").received_by, Some(ReceivedBy::Modified));
    assert_eq!(school(&found, "澄水县第一小学").submission.status, SubmissionStatus::OnTime);
}

#[test]
fn an_e_mail_dates_itself_and_what_is_attached_below_a_receipt_only() {
    let attached = |path: &str| report(path).modified(20, 1).0;
    let path = "inbox/龙池初中.eml";
    let sheets = || vec![mail(path, at(18, 15), vec![attached("inbox/龙池初中.eml!/总结.docx")]).created(20, 1)];
    let found = judged(sheets());
    for path in [path, "inbox/龙池初中.eml!/总结.docx"] {
        let dated = file(&found, path);
        assert_eq!((dated.received_by, dated.received_at), (Some(ReceivedBy::Mail), Some(at(18, 15))), "{path}");
        assert_eq!(dated.status, FileStatus::Used, "{path}");
    }
    assert_eq!(school(&found, "龙池镇初级中学").submission.status, SubmissionStatus::OnTime);
    let mut campaign = county();
    campaign.receipts = vec![receipt("龙池镇初级中学", "邮件", at(19, 8), "邮箱")];
    assert_eq!(file(&judged_in(&campaign, sheets()), path).received_by, Some(ReceivedBy::Receipt));
    // A clock that runs ahead of the night proves nothing.
    let ahead = judged(vec![mail(path, at(25, 0), vec![attached("inbox/龙池初中.eml!/总结.docx")]).created(19, 9)]);
    assert_eq!(file(&ahead, path).received_by, Some(ReceivedBy::Created));
}

#[test]
fn an_e_mail_that_was_forwarded_arrived_when_it_was_first_sent() {
    let inner = mail("inbox/转.eml!/原件.eml", at(18, 15), vec![report("inbox/转.eml!/原件.eml!/县一小总结.docx").0]).0;
    let found = judged(vec![mail("inbox/转.eml", at(20, 1), vec![inner])]);
    assert_eq!(file(&found, "inbox/转.eml!/原件.eml!/县一小总结.docx").received_at, Some(at(18, 15)));
}

#[test]
fn a_version_written_after_the_receipt_did_not_come_with_it() {
    let mut campaign = county();
    campaign.receipts = vec![receipt("龙池镇初级中学", "总结", at(18, 15), "邮箱")];
    let found = judged_in(
        &campaign,
        vec![
            report("inbox/龙池初中总结.docx").modified(18, 9),
            report("inbox/龙池初中总结(修改).docx").modified(20, 1),
        ],
    );
    assert_eq!(file(&found, "inbox/龙池初中总结(修改).docx").received_by, Some(ReceivedBy::Modified));
    assert_eq!(file(&found, "inbox/龙池初中总结.docx").status, FileStatus::Used);
}

#[test]
fn a_folder_copied_in_one_go_says_nothing_by_its_times_of_creation() {
    let found = judged(vec![
        report("inbox/龙池初中总结.docx").created(20, 1).modified(14, 9),
        report("inbox/县一小总结.docx").created(20, 1).modified(18, 9),
    ]);
    assert_eq!(file(&found, "inbox/县一小总结.docx").received_at, Some(at(18, 9)));
    assert!(flags(&found, FlagKind::ArrivalDoubtful).is_empty());
    assert!(found.assumptions.iter().any(|a| a.key() == "judge.assume_copied"));
}

#[test]
fn a_copy_made_after_the_deadline_is_not_held_against_the_school() {
    let found = judged(vec![
        report("inbox/龙池初中总结.docx").created(20, 1).modified(18, 9),
        report("inbox/县一小总结.docx").created(14, 1).modified(14, 1),
    ]);
    assert_eq!(school(&found, "龙池镇初级中学").submission.status, SubmissionStatus::OnTime);
    assert_eq!(flags(&found, FlagKind::ArrivalDoubtful).len(), 1);
}

#[test]
fn a_fresh_clone_goes_by_what_the_document_says_of_itself() {
    let mut sheet = report("inbox/龙池初中总结.docx").created(25, 1).modified(25, 1);
    sheet.0.properties.modified = Some(NaiveDate::from_ymd_opt(2020, 10, 19).unwrap().and_hms_opt(15, 59, 0).unwrap());
    let found = judged(vec![sheet, report("inbox/县一小总结.docx").created(25, 1).modified(25, 1)]);
    assert_eq!(file(&found, "inbox/龙池初中总结.docx").received_at, Some(at(19, 23) + chrono::Duration::minutes(59)));
    assert_eq!(school(&found, "龙池镇初级中学").submission.status, SubmissionStatus::OnTime);
    let doubt = flags(&found, FlagKind::ArrivalDoubtful);
    assert_eq!(doubt[0].severity, Severity::Medium);
    assert!(flags(&found, FlagKind::Late).iter().all(|f| f.severity != Severity::High));
}

#[test]
fn members_came_with_their_archive() {
    let zip =
        archive("inbox/龙池初中.zip", vec![report("inbox/龙池初中.zip!/总结.docx").modified(12, 9).0]).modified(20, 1);
    let found = judged(vec![zip]);
    assert_eq!(file(&found, "inbox/龙池初中.zip!/总结.docx").received_at, Some(at(20, 1)));
}

#[test]
fn the_last_version_in_time_counts_and_a_late_one_is_shown() {
    let found = judged(vec![
        report("inbox/龙池初中总结.docx").modified(17, 9),
        report("inbox/龙池初中总结(修改稿).docx").modified(18, 9),
        report("inbox/龙池初中总结（以此为准）.docx").modified(20, 1).says("meeting", Assertion::Done),
    ]);
    let of = |path| file(&found, path);
    assert_eq!(of("inbox/龙池初中总结(修改稿).docx").status, FileStatus::Used);
    assert_eq!(of("inbox/龙池初中总结.docx").other.as_deref(), Some("inbox/龙池初中总结(修改稿).docx"));
    let late = of("inbox/龙池初中总结（以此为准）.docx");
    assert_eq!(late.status, FileStatus::Superseded);
    assert!(late.why.text(Lang::Zh).contains("截止后"));
    // What only the late version says is never done, and never red either.
    let meeting = verdict(&found, "龙池镇初级中学", "meeting");
    assert_eq!(meeting.status, Status::Weak);
    let said = school(&found, "龙池镇初级中学").citations();
    assert_eq!(said.bearing(meeting).next().unwrap().file, late.path);
}

#[test]
fn where_none_came_in_time_the_last_counts() {
    let found = judged(vec![
        report("inbox/龙池初中总结.docx").modified(20, 0),
        report("inbox/龙池初中总结(2).docx").modified(20, 1),
    ]);
    assert_eq!(file(&found, "inbox/龙池初中总结(2).docx").status, FileStatus::Used);
}

#[test]
fn near_texts_are_versions_and_namesakes_in_other_folders_need_not_be() {
    let found = judged(vec![
        report("inbox/龙池初中/汇报.docx").print(1).modified(17, 9),
        report("inbox/龙池初中/扶贫日活动开展情况.docx").print(1),
        report("inbox/县一小/会议/记录.docx").print(3),
        report("inbox/县一小/送教/记录.docx").print(4),
        report("inbox/石桥初中/10月14日简报.docx").print(5),
        report("inbox/石桥初中/10月16日简报.docx").print(6),
    ]);
    assert_eq!(found.balance.superseded, 1);
    assert_eq!(file(&found, "inbox/龙池初中/汇报.docx").status, FileStatus::Superseded);
}

#[test]
fn copies_are_duplicates_and_a_broken_newer_version_replaces_nothing() {
    let found = judged(vec![
        report("inbox/龙池初中总结.docx").digest("a").modified(17, 9),
        report("inbox/龙池初中/龙池初中总结.docx").digest("a").modified(18, 9),
        report("inbox/龙池初中总结(最终版).docx").broken().modified(18, 12),
    ]);
    assert_eq!(file(&found, "inbox/龙池初中/龙池初中总结.docx").status, FileStatus::Duplicate);
    assert_eq!(file(&found, "inbox/龙池初中总结.docx").status, FileStatus::Used);
    assert_eq!(file(&found, "inbox/龙池初中总结(最终版).docx").status, FileStatus::Quarantined);
    assert_eq!(status(&found, "龙池镇初级中学", "meeting"), Status::Unreadable);
}

#[test]
fn the_same_bytes_of_two_schools_are_no_duplicate() {
    let found =
        judged(vec![report("inbox/龙池初中总结.docx").digest("a"), report("inbox/县一小总结.docx").digest("a")]);
    assert_eq!(found.balance.used, 2);
}

#[test]
fn nothing_is_late_while_the_deadline_has_not_passed() {
    let readings = vec![report("inbox/龙池初中总结.docx").modified(21, 9).0];
    let found = crate::judge::judge(readings, &county(), &[], at(18, 8));
    let submission = &school(&found, "龙池镇初级中学").submission;
    assert_eq!((submission.status, submission.days_late), (SubmissionStatus::OnTime, 0));
    assert!(flags(&found, FlagKind::Late).is_empty());
}
