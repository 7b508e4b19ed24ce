//! Whose is it? Scenes from a clerk's inbox.

use super::desk::{archive, at, county, file, judged, judged_in, mail, owners, photo, reason, report, status, table};
use crate::model::findings::{FileStatus, Status};
use crate::model::reading::{Assertion, Strength};

fn whose(sheet: super::desk::Sheet) -> Vec<String> {
    let path = sheet.0.source.path.clone();
    owners(&judged(vec![sheet]), &path)
}

#[test]
fn a_clear_name_in_one_place_will_do() {
    assert_eq!(whose(report("inbox/龙池初中扶贫日总结.docx")), ["龙池镇初级中学"]);
    assert_eq!(whose(report("inbox/龙池镇初级中学/总结.docx")), ["龙池镇初级中学"]);
    assert_eq!(whose(table("inbox/新建 Microsoft Excel 工作表.xlsx").unit("县一小")), ["澄水县第一小学"]);
    assert_eq!(whose(report("inbox/新建 Microsoft Word 文档(1).docx").signed("城关镇第一小学")), ["城关镇第一小学"]);
    assert_eq!(
        whose(report("inbox/新建 Microsoft Word 文档(1).docx").title("龙池初中扶贫日活动总结")),
        ["龙池镇初级中学"]
    );
    assert_eq!(whose(report("inbox/龙池中学总结.docx").broken()), ["龙池镇初级中学"]);
}

#[test]
fn what_an_e_mail_says_of_its_sender_is_true_of_its_attachments() {
    let members = || vec![report("inbox/0017.eml!/总结.docx").0, photo("inbox/0017.eml!/1.jpg").0];
    let found = judged(vec![mail("inbox/0017.eml", at(18, 9), members()).title("龙池初中扶贫日材料")]);
    for path in ["inbox/0017.eml", "inbox/0017.eml!/总结.docx", "inbox/0017.eml!/1.jpg"] {
        assert_eq!(owners(&found, path), ["龙池镇初级中学"], "{path}");
    }
    // And the other way round; a report that names its school itself stays its own.
    let named = vec![report("inbox/0018.eml!/县一小总结.docx").0];
    let found = judged(vec![mail("inbox/0018.eml", at(18, 9), named)]);
    assert_eq!(owners(&found, "inbox/0018.eml"), ["澄水县第一小学"]);
}

#[test]
fn a_note_in_an_e_mail_does_not_pass_for_the_report() {
    let found = judged(vec![mail("inbox/龙池初中.eml", at(18, 9), vec![photo("inbox/龙池初中.eml!/1.jpg").0])]);
    assert_eq!(status(&found, "龙池镇初级中学", "written_report"), Status::Weak);
    let with = vec![report("inbox/龙池初中.eml!/龙池初中.docx").0];
    let found = judged(vec![mail("inbox/龙池初中.eml", at(18, 9), with)]);
    assert_eq!(status(&found, "龙池镇初级中学", "written_report"), Status::Done);
    assert_eq!(file(&found, "inbox/龙池初中.eml").status, FileStatus::Used);
}

#[test]
fn a_guest_in_the_title_is_not_the_author() {
    assert!(whose(report("inbox/送课.docx").title("县第一小学到我校送课")).is_empty());
    assert!(whose(report("inbox/送课.docx").title("送课下乡走进龙池初中")).is_empty());
    assert_eq!(
        whose(report("inbox/石桥初中送课.docx").title("送课下乡走进龙池初中").signed("石桥镇初级中学")),
        ["石桥镇初级中学"]
    );
}

#[test]
fn where_name_and_document_differ_nobody_is_taken_and_both_are_named() {
    let found = judged(vec![report("inbox/县一小总结.docx").signed("城关镇第一小学")]);
    let path = "inbox/县一小总结.docx";
    assert!(owners(&found, path).is_empty());
    assert_eq!(file(&found, path).status, FileStatus::Quarantined);
    let why = reason(&found, path);
    assert!(
        why.contains("澄水县第一小学")
            && why.contains("城关镇第一小学")
            && why.contains("落款")
            && why.contains("文件名"),
        "{why}"
    );
    assert!(whose(report("inbox/石桥初中/总结.docx").signed("龙池初中")).is_empty());
    assert!(whose(table("inbox/表.xlsx").unit("龙池初中").signed("石桥初中")).is_empty());
}

#[test]
fn a_village_school_in_the_folder_of_its_centre_keeps_its_own() {
    assert_eq!(whose(report("inbox/龙池镇中心校/王庄小学总结.docx").signed("龙池镇王庄小学")), ["龙池镇王庄小学"]);
    assert_eq!(whose(report("inbox/龙池镇中心校/总结.docx").signed("龙池镇王庄小学")), ["龙池镇王庄小学"]);
    assert_eq!(whose(report("inbox/龙池中心校龙池王庄小学总结.docx")), ["龙池镇王庄小学"]);
}

#[test]
fn a_short_name_in_the_township_s_folder_is_enough() {
    assert_eq!(whose(report("inbox/龙池镇/王庄小学总结.docx")), ["龙池镇王庄小学"]);
    assert!(whose(report("inbox/王庄小学总结.docx")).is_empty());
}

#[test]
fn names_that_are_not_on_the_roster_stay_with_nobody() {
    let path = "inbox/东街小学总结.docx";
    let found = judged(vec![report(path)]);
    assert!(owners(&found, path).is_empty() && reason(&found, path).contains("东街小学"));
    let path = "inbox/龙池中学/龙池中学附属幼儿园总结.docx";
    let found = judged(vec![report(path)]);
    assert!(owners(&found, path).is_empty(), "{}", reason(&found, path));
    let why = reason(&judged(vec![report("inbox/龙池镇王村小学.docx")]), "inbox/龙池镇王村小学.docx");
    assert!(why.contains("龙池镇王庄小学"), "{why}");
}

#[test]
fn a_nameless_file_takes_the_school_of_its_neighbours_but_not_in_the_root_or_a_township_s_folder() {
    let found = judged(vec![
        report("inbox/扶贫日资料/总结.docx").signed("龙池镇初级中学"),
        report("inbox/扶贫日资料/新建 Microsoft Word 文档(1).docx"),
        photo("inbox/扶贫日资料/照片/IMG_1.jpg"),
        report("inbox/县一小总结.docx"),
        report("inbox/新建 Microsoft Word 文档(1).docx"),
        report("inbox/石桥镇/石桥初中总结.docx"),
        report("inbox/石桥镇/文档1.docx"),
        report("inbox/10月18日/城关镇第一小学总结.docx"),
        report("inbox/10月18日/文档2.docx"),
    ]);
    assert_eq!(owners(&found, "inbox/扶贫日资料/新建 Microsoft Word 文档(1).docx"), ["龙池镇初级中学"]);
    assert_eq!(owners(&found, "inbox/扶贫日资料/照片/IMG_1.jpg"), ["龙池镇初级中学"]);
    for path in ["inbox/新建 Microsoft Word 文档(1).docx", "inbox/石桥镇/文档1.docx", "inbox/10月18日/文档2.docx"]
    {
        assert!(owners(&found, path).is_empty(), "{path}");
    }
}

#[test]
fn an_archive_and_its_members_help_each_other() {
    let named = archive(
        "inbox/龙池初中.zip",
        vec![report("inbox/龙池初中.zip!/总结.docx").0, photo("inbox/龙池初中.zip!/1.jpg").0],
    );
    let nameless = archive(
        "inbox/资料.zip",
        vec![report("inbox/资料.zip!/县一小总结.docx").0, photo("inbox/资料.zip!/图/1.jpg").0],
    );
    let found = judged(vec![named, nameless]);
    assert_eq!(found.files.len(), 6);
    for path in ["inbox/龙池初中.zip", "inbox/龙池初中.zip!/总结.docx", "inbox/龙池初中.zip!/1.jpg"] {
        assert_eq!(owners(&found, path), ["龙池镇初级中学"], "{path}");
        assert_eq!(file(&found, path).status, FileStatus::Used);
    }
    for path in ["inbox/资料.zip", "inbox/资料.zip!/图/1.jpg"] {
        assert_eq!(owners(&found, path), ["澄水县第一小学"], "{path}");
    }
}

#[test]
fn a_report_of_several_schools_speaks_row_by_row() {
    let path = "inbox/县一小、城关镇第一小学合报.docx";
    let sheet = report(path)
        .says_of("meeting", Assertion::Done, Strength::Strong, None, Some("县一小"))
        .says("publicity", Assertion::Done);
    let found = judged(vec![sheet]);
    assert_eq!(owners(&found, path), ["澄水县第一小学", "城关镇第一小学"]);
    assert_eq!(status(&found, "澄水县第一小学", "meeting"), Status::Done);
    assert_eq!(status(&found, "城关镇第一小学", "meeting"), Status::Missing);
    assert_eq!(status(&found, "澄水县第一小学", "publicity"), Status::Weak);
}

#[test]
fn a_centre_that_lists_its_village_schools_reports_for_itself() {
    let sheet = table("inbox/附件2.xlsx").unit("龙池镇中心校").unit("龙池镇王庄小学").unit("龙池镇李庄小学").says_of(
        "meeting",
        Assertion::Done,
        Strength::Strong,
        None,
        Some("王庄小学"),
    );
    let found = judged(vec![sheet]);
    assert_eq!(owners(&found, "inbox/附件2.xlsx"), ["龙池镇中心校"]);
    assert_eq!(status(&found, "龙池镇中心校", "meeting"), Status::Done);
    assert_eq!(status(&found, "龙池镇王庄小学", "meeting"), Status::NotRequired);
    let signed = table("inbox/附件2.xlsx").unit("龙池镇王庄小学").unit("龙池镇李庄小学").signed("龙池镇中心校");
    assert_eq!(whose(signed), ["龙池镇中心校"]);
    let bare = table("inbox/附件2.xlsx").unit("龙池镇王庄小学").unit("石桥镇初级中学");
    assert_eq!(whose(bare), ["龙池镇王庄小学", "石桥镇初级中学"]);
}

#[test]
fn a_list_may_name_teaching_points_that_no_roster_has() {
    let list = |path: &str| table(path).unit("龙池镇王村教学点").unit("龙池镇李村教学点");
    assert_eq!(whose(list("inbox/龙池镇中心校统计表.xlsx")), ["龙池镇中心校"]);
    assert_eq!(whose(list("inbox/龙池镇中心校统计表.xlsx").unit("龙池镇王庄小学")), ["龙池镇中心校"]);
    assert!(whose(table("inbox/龙池镇中心校统计表.xlsx").unit("龙池镇王村教学点")).is_empty());
}

#[test]
fn a_row_about_a_foreign_school_is_no_evidence_of_one_s_own() {
    let sheet =
        report("inbox/县一小总结.docx").says_of("meeting", Assertion::Done, Strength::Strong, None, Some("石桥初中"));
    let found = judged_in(&county(), vec![sheet]);
    assert_eq!(status(&found, "澄水县第一小学", "meeting"), Status::Missing);
}
