//! A night's findings, invented: every kind of flag and file, and strings that mean harm.

use crate::model::changes::Changes;
use crate::model::findings::{
    Balance, Cited, FileFindings, FileStatus, Findings, ReceivedBy, ReportedFigure, SchoolFindings, Status,
};
use crate::model::flag::{Flag, FlagKind, Severity, Shared, Spot};
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::model::reading::{Assertion, Figure};
use crate::report::tests::asked::{campaign, moment, say};
use crate::report::tests::reported::{SCHOOLS, evidence, school};
use ecow::EcoString;

fn flag(
    n: &mut u32,
    kind: FlagKind,
    severity: Severity,
    school: &str,
    item: Option<&str>,
    text: &str,
    files: &[&str],
) -> Flag {
    *n += 1;
    Flag {
        id: format!("F-{:08x}", n.wrapping_mul(0x9E37_79B9)).into(),
        kind,
        severity,
        school: if school.is_empty() { EcoString::new() } else { format!("61050000{school}").into() },
        item: item.map(Into::into),
        message: say(text),
        files: files.iter().map(|f| (*f).into()).collect(),
        fingerprint: format!("{:016x}", u64::from(*n).wrapping_mul(0x9E37_79B9_7F4A_7C15)).into(),
        shared: Vec::new(),
    }
}

fn flags(schools: &[SchoolFindings]) -> Vec<Flag> {
    use FlagKind as K;
    use Severity::{High, Low, Medium};
    let mut n = 0;
    let mut flags = vec![
        flag(&mut n, K::NoSubmission, High, "09", None, "应于 2020-10-19 24:00 前报送,至今没有收到任何文件。", &[]),
        flag(
            &mut n,
            K::UnreadableFile,
            High,
            "06",
            None,
            "文件设了密码,读不了;不能据此说该校没有做。",
            &["inbox/县一小总结.doc"],
        ),
        flag(
            &mut n,
            K::UnclaimedFile,
            Medium,
            "",
            None,
            "文中没有校名,文件名也认不出是哪所学校。",
            &["inbox/新建文件夹/总结.docx"],
        ),
    ];
    for s in schools {
        for v in &s.verdicts {
            let (kind, severity, text) = match v.status {
                Status::Missing => (
                    K::Missing,
                    High,
                    "要求做过一次;收到的材料里只引用了通知的话,没有本校已做的表述;缺时间、地点和参加人数。",
                ),
                Status::NotDone => (K::NotDone, High, "学校自己说明尚未开展;缺补做的时间。"),
                Status::Planned => (K::PlannedOnly, Medium, "只见打算(「拟于下周」),没有已做的表述。"),
                Status::Weak => (K::Weak, Medium, "只在表格里打了勾,没有时间、对象和内容。"),
                _ => continue,
            };
            let code = &s.school.code[8..];
            flags.push(flag(&mut n, kind, severity, code, Some(&v.item), text, &[]));
        }
    }
    flags.push(flag(
        &mut n,
        K::Late,
        Medium,
        "04",
        None,
        "2020-10-22 10:05 收到,迟 3 天。",
        &["inbox/新建 Microsoft Word 文档(1).docx"],
    ));
    flags.push(flag(
        &mut n,
        K::SimilarText,
        Low,
        "12",
        None,
        "与「龙池初级中学」的文本相似度 93%。",
        &["inbox/+洛滨中学.docx", "inbox/新建 Microsoft Word 文档(1).docx"],
    ));
    let spot = |file: &str, paragraph, text: &str| Spot {
        file: file.into(),
        place: Place::Paragraph(paragraph),
        text: text.into(),
    };
    if let Some(similar) = flags.last_mut() {
        similar.shared = vec![Shared {
            one: spot(&similar.files[0], 4, "各班召开家长会9场,讲政策。"),
            other: spot(&similar.files[1], 5, "各班召开家长会8场,讲政策。"),
        }];
    }
    flags.push(flag(
        &mut n,
        K::SamePicture,
        Medium,
        "05",
        Some("household_visit"),
        "同一张照片出现在三个文件里。",
        &["inbox/城关一小.zip!/材料/照片.docx", "inbox/特教/总结#1.docx", "inbox/+洛滨中学.docx"],
    ));
    flags
}

fn file(path: &str, status: FileStatus, schools: &[&str], why: &str, problems: Vec<Problem>) -> FileFindings {
    FileFindings {
        path: path.into(),
        format: if path.ends_with(".xlsx") {
            "xlsx".into()
        } else if path.ends_with(".doc") {
            "rtf".into()
        } else {
            "docx".into()
        },
        suffix_fits: !path.ends_with(".doc"),
        bytes: 48_213,
        received_at: Some(moment("18T09:12")),
        received_by: Some(ReceivedBy::Modified),
        digest: String::new(),
        seen: None,
        status,
        schools: schools.iter().map(|s| format!("61050000{s}").into()).collect(),
        why: say(why),
        other: (status == FileStatus::Superseded).then(|| "inbox/龙池中心校/扶贫日活动总结 (终稿).docx".into()),
        problems,
        chars: 1840,
        pictures: 4,
        text: Default::default(),
    }
}

/// The findings.
pub fn findings() -> Findings {
    use FileStatus::*;
    let schools: Vec<_> = SCHOOLS.iter().map(school).collect();
    let files = vec![
        file("inbox/+洛滨中学.docx", Used, &["12"], "文件名含全名", vec![]),
        file("inbox/Thumbs.db", Ignored, &[], "系统生成的缩略图,不是报送材料", vec![]),
        file("inbox/县一小总结.doc", Quarantined, &["06"], "文件名含简称「县一小」", vec![Problem::Encrypted]),
        file("inbox/城关一小.zip!/材料/总结#2 100%.docx", Used, &["05"], "抬头写明校名", vec![]),
        file("inbox/城关一小.zip!/材料/照片.docx", Used, &["05"], "与同包总结同属一校", vec![]),
        file(
            "inbox/新建 Microsoft Word 文档(1).docx",
            Used,
            &["04"],
            "落款写明校名",
            vec![Problem::LostText(say("嵌入对象"), Place::Paragraph(9))],
        ),
        file("inbox/新建文件夹/总结.docx", Quarantined, &[], "文中没有校名,文件名也认不出", vec![]),
        file("inbox/特教/总结#1.docx", Used, &["07"], "文件夹名为简称", vec![]),
        file(
            "inbox/龙池中心校/扶贫日活动总结 (终稿).docx",
            Used,
            &["01", "02", "03"],
            "文件夹名为别名「龙池中心校」",
            vec![],
        ),
        file("inbox/龙池中心校/扶贫日活动总结.docx", Superseded, &["01"], "同校同类材料,另有新版", vec![]),
        file("inbox/龙池中心校/统计表 - 副本.xlsx", Duplicate, &["01"], "内容完全相同", vec![]),
        file("inbox/龙池中心校/统计表.xlsx", Used, &["01"], "文件夹名为别名「龙池中心校」", vec![]),
    ];
    let figure = |school: &str, file: &str, item: &str, indicator: &str, value: f64, row: u32| ReportedFigure {
        school: format!("61050000{school}").into(),
        file: file.into(),
        from_sheet: file.ends_with(".xlsx"),
        figure: Figure {
            item: item.into(),
            indicator: indicator.into(),
            value,
            place: Place::SheetRow("统计".into(), row),
            unit: None,
        },
    };
    Findings {
        changes: Changes::default(),
        as_of: moment("24T08:00"),
        flags: flags(&schools),
        schools,
        files,
        unclaimed: vec![Cited {
            file: "inbox/新建文件夹/总结.docx".into(),
            evidence: evidence("meeting", Assertion::Done, Place::Paragraph(2), "-我校召开专题会议,参加45人。", None),
        }],
        figures: vec![
            figure("01", "inbox/龙池中心校/统计表.xlsx", "meeting", "参加人数", 45.0, 4),
            figure("01", "inbox/龙池中心校/扶贫日活动总结 (终稿).docx", "meeting", "参加人数", 54.0, 2),
            figure("05", "inbox/城关一小.zip!/材料/总结#2 100%.docx", "meeting", "参加人数", 61.0, 2),
            figure("01", "inbox/龙池中心校/统计表.xlsx", "policy_talk", "发放资料(份)", 2000.0, 5),
            figure("07", "inbox/特教/总结#1.docx", "home_teaching", "送教(课时)", 7.5, 3),
        ],
        rulings: Vec::new(),
        rule_hits: [("meeting.held", 7), ("meeting.minutes", 0), ("home_teaching.visited", 3)]
            .map(|(k, n)| (k.to_string(), n))
            .into(),
        assumptions: vec![
            say("「19日前」按含 19 日当天、到 24:00 为止。"),
            say("成效宣传可做到 10 月 31 日,之前未见不算缺。"),
        ],
        balance: Balance { received: 12, used: 7, superseded: 1, duplicate: 1, quarantined: 2, ignored: 1 },
        campaign: campaign(),
    }
}
