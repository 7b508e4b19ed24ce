//! Who did what on the sample's night: twelve schools, every status.

use crate::model::findings::{
    Cited, ItemKind, ReceivedBy, SchoolFindings, Status, Submission, SubmissionStatus, Verdict,
};
use crate::model::place::Place;
use crate::model::reading::{Assertion, Count, Evidence, Strength};
use crate::model::school::School;
use crate::report::tests::asked::{ACTIVITIES, day, moment, say};
use std::sync::Arc;

/// A row of the table below.
pub type Line = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, [Status; 8]);

/// Code, name, township, category, reported by, what became of the report, statuses of the eight items.
#[rustfmt::skip]
pub const SCHOOLS: [Line; 12] = {
    use Status::*;
    [
        ("01", "龙池镇中心校", "龙池镇", "中心校", "", "on_time", [Done, Done, NotDue, Done, Done, Done, Done, Done]),
        ("02", "龙池镇柳树沟小学", "龙池镇", "村小", "01", "covered", [NotApplicable, Done, NotDue, NotApplicable, Weak, NotApplicable, NotRequired, NotRequired]),
        ("03", "龙池镇第二小学", "龙池镇", "村小", "01", "covered", [NotApplicable, Planned, NotDue, NotApplicable, Done, NotApplicable, NotRequired, NotRequired]),
        ("04", "龙池初级中学", "龙池镇", "县直学校", "", "late", [Done, Planned, NotDue, NotDone, Weak, Missing, Done, Missing]),
        ("05", "城关镇第一小学", "城关镇", "县直学校", "", "on_time", [Done, Done, Done, NotApplicable, Done, Done, Done, Done]),
        ("06", "澄水县第一小学", "城关镇", "县直学校", "", "unreadable", [Unreadable, Unreadable, NotDue, NotApplicable, Missing, Unreadable, Unreadable, Unreadable]),
        ("07", "澄水县特殊教育学校", "城关镇", "特殊教育学校", "", "on_time", [Done, Done, NotDue, Done, NotApplicable, Done, Done, Weak]),
        ("08", "春苗实验学校(民办)", "城关镇", "民办学校", "", "not_required", [Missing, Missing, NotDue, NotApplicable, Missing, NotApplicable, NotRequired, NotRequired]),
        ("09", "南原镇中心校", "南原镇", "中心校", "", "missing", [Missing, Missing, NotDue, NotApplicable, Missing, Missing, Missing, Missing]),
        ("10", "南原镇槐院九年制学校", "南原镇", "村小", "09", "covered", [NotApplicable, Missing, NotDue, NotApplicable, Missing, NotApplicable, NotRequired, NotRequired]),
        ("11", "=HYPERLINK(\"http://x\",\"点我\")小学", "南原镇", "村小", "09", "covered", [NotApplicable, Weak, NotDue, NotApplicable, Done, NotApplicable, NotRequired, NotRequired]),
        ("12", "洛滨中学", "", "县直学校", "", "late", [Extended, Done, NotDue, NotApplicable, Done, Planned, Done, Done]),
    ]
};

/// The files of a school that handed something in.
fn files_of(code: &str) -> Vec<String> {
    let files: &[&str] = match code {
        "01" => &["inbox/龙池中心校/扶贫日活动总结 (终稿).docx", "inbox/龙池中心校/统计表.xlsx"],
        "04" => &["inbox/新建 Microsoft Word 文档(1).docx"],
        "05" => &["inbox/城关一小.zip!/材料/总结#2 100%.docx", "inbox/城关一小.zip!/材料/照片.docx"],
        "06" => &["inbox/县一小总结.doc"],
        "07" => &["inbox/特教/总结#1.docx"],
        "12" => &["inbox/+洛滨中学.docx"],
        _ => &[],
    };
    files.iter().map(|f| f.to_string()).collect()
}

/// A piece of evidence; a deed has a date and counts.
pub fn evidence(item: &str, assertion: Assertion, place: Place, quote: &str, cue: Option<&str>) -> Evidence {
    let counts = if assertion == Assertion::Done {
        vec![Count { n: 45, unit: "人".into(), of: None }, Count { n: 2000, unit: "份".into(), of: None }]
    } else {
        Vec::new()
    };
    Evidence {
        cue: cue.map(str::to_string),
        date: (assertion == Assertion::Done).then(|| day(14)),
        counts,
        ..Evidence::new(item, assertion, place, quote, format!("{item}.held"))
    }
}

fn sentence(item: &str, status: Status) -> (Assertion, String, Option<&'static str>) {
    let name = ACTIVITIES.iter().find(|(id, ..)| *id == item).map_or("材料", |(_, name, _)| name);
    match status {
        Status::Planned => (Assertion::Planned, format!("我校拟于下周组织{name},由各年级组具体落实。"), Some("拟")),
        Status::NotDone => (Assertion::NotDone, format!("因道路塌方,本月{name}尚未开展。"), Some("尚未")),
        Status::Missing => {
            (Assertion::Quoted, format!("按照县教育局通知要求,各学校要认真开展{name}。"), Some("通知要求"))
        }
        _ => (
            Assertion::Done,
            format!(
                "10月14日,我校组织{name},校长主持,全体教职工45人参加,总结成效和经验,剖析典型案例,查找薄弱环节,发放资料2000份。"
            ),
            None,
        ),
    }
}

/// What was found about a school.
pub fn school(row: &Line) -> SchoolFindings {
    let (code, name, township, category, via, fate, statuses) = *row;
    let files = files_of(code);
    let (status, days_late) = match fate {
        "on_time" | "unreadable" => (SubmissionStatus::OnTime, 0),
        "late" => (SubmissionStatus::Late, if code == "12" { 1 } else { 3 }),
        "missing" => (SubmissionStatus::Missing, 0),
        _ => (SubmissionStatus::NotRequired, 0),
    };
    let ids = ACTIVITIES.iter().map(|(id, ..)| (*id, ItemKind::Activity));
    let ids = ids.chain(["written_report", "pictures_texts"].map(|id| (id, ItemKind::Material)));
    let mut all = Vec::new();
    let verdicts = ids
        .zip(statuses)
        .zip(3..)
        .map(|(((item, kind), status), n)| {
            let cited = files
                .first()
                .filter(|_| status.is_asked() && status != Status::Unreadable && status != Status::NotDue)
                .map(|file| {
                    let (assertion, quote, cue) = sentence(item, status);
                    let place = if n % 3 == 0 { Place::TableRow(1, n) } else { Place::Paragraph(n) };
                    let mut evidence = evidence(item, assertion, place, &quote, cue);
                    if status == Status::Weak {
                        evidence.strength = Strength::Weak;
                    }
                    Cited { file: file.into(), evidence }
                });
            let at = cited.as_ref().map(|_| all.len() as u32);
            all.extend(cited);
            let bears = matches!(status, Status::Done | Status::Weak | Status::Planned | Status::NotDone);
            Verdict {
                ruled: None,
                item: item.into(),
                kind,
                status,
                why: say(match status {
                    Status::Done => "有一句明确的已做表述。",
                    Status::Missing => "要求做过一次;只见引用通知的话,没有本校已做的表述。",
                    _ => "要求做过一次;看到的表述不足以认定。",
                }),
                evidence: at.filter(|_| bears).into_iter().collect(),
                nearest: at.filter(|_| !bears),
            }
        })
        .collect();
    if let Some(file) = files.first() {
        all.push(Cited {
            file: file.into(),
            evidence: evidence(
                "meeting",
                Assertion::OtherUnit,
                Place::Paragraph(20),
                "县第一小学召开了专题会议,其做法值得学习。",
                Some("县第一小学"),
            ),
        });
        all.push(Cited {
            file: file.into(),
            evidence: evidence(
                "policy_talk",
                Assertion::PastYear,
                Place::SheetCell("统计".into(), 1, 7),
                "+2019年我校开展政策宣讲",
                Some("2019年"),
            ),
        });
    }
    let long = "长".repeat(900);
    if code == "05" {
        all.push(Cited {
            file: (&files[1]).into(),
            evidence: evidence(
                "publicity",
                Assertion::Background,
                Place::TextBox(1),
                &format!("=1+1 <b>\u{1}{long}\n@SUM(A1)"),
                None,
            ),
        });
    }
    SchoolFindings {
        school: Arc::new(School {
            code: format!("61050000{code}").into(),
            name: name.into(),
            aliases: if code == "01" { vec!["龙池中心校".into(), "龙池学区".into()] } else { Vec::new() },
            township: township.into(),
            category: category.into(),
            reports_via: Some(via).filter(|v| !v.is_empty()).map(|v| format!("61050000{v}").into()),
            contact: "甲老师".into(),
            ..School::default()
        }),
        submission: Submission {
            extended_to: None,
            ruled: None,
            status,
            received_at: (!files.is_empty()).then(|| {
                moment(if days_late > 1 {
                    "22T10:05"
                } else if days_late > 0 {
                    "20T07:40"
                } else {
                    "18T09:12"
                })
            }),
            received_by: (!files.is_empty()).then_some(if code == "01" {
                ReceivedBy::Receipt
            } else {
                ReceivedBy::Modified
            }),
            days_late,
            must_report: matches!(category, "中心校" | "县直学校" | "特殊教育学校"),
            covered_by: SCHOOLS.iter().find(|s| s.0 == via).map(|s| s.1.into()),
            unreadable: fate == "unreadable",
            files: files.into_iter().map(Into::into).collect(),
        },
        verdicts,
        evidence: Vec::new(),
        handed_in: all,
    }
}
