//! A night's findings, invented: twelve schools, every status, and strings that mean harm.

use crate::model::campaign::{Activity, Campaign, Deadline, Digests, Material};
use crate::model::findings::*;
use crate::model::message::Message;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::model::reading::{Assertion, Count, Evidence, Figure, Strength};
use crate::model::rules::{ItemRules, Rule, Rules};
use crate::model::school::{School, Wanted};
use chrono::{DateTime, FixedOffset, NaiveDate};

/// A text that the catalogue does not have is shown as it is.
fn say(text: &str) -> Message {
    Message::keyed(text.to_string())
}

fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 10, d).unwrap()
}

fn moment(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("2020-10-{text}:00+08:00")).unwrap()
}

const ACTIVITIES: [(&str, &str, &str); 6] = [
    ("meeting", "专题会议", "开过一次专题会议,研究教育扶贫工作"),
    ("policy_talk", "政策宣讲", "用任何一种形式向学生、家长讲过一次政策"),
    ("publicity", "成效宣传", "集中宣传过一次成效、做法或典型"),
    ("home_teaching", "上门送教", "为重度残疾学生上门送教一次"),
    ("rectification", "专项整改", "逐人排查适龄儿童就学情况"),
    ("household_visit", "包联入户", "干部到所包联的村户走访过"),
];

fn campaign() -> Campaign {
    let activity = |&(id, name, criterion): &(&str, &str, &str)| Activity {
        id: id.into(),
        name: name.into(),
        criterion: criterion.into(),
        must_do: match id {
            "home_teaching" => vec![
                [("category".to_string(), Wanted::One("特殊教育学校".into()))].into(),
                [("home_teaching_duty".to_string(), Wanted::Yes(true))].into(),
            ],
            "meeting" => vec![[("category".to_string(), Wanted::AnyOf(vec!["中心校".into(), "县直学校".into()]))].into()],
            _ => Vec::new(),
        },
        window: (day(9), day(if id == "publicity" { 31 } else { 19 })),
        due: day(if id == "publicity" { 31 } else { 19 }),
    };
    let material = |(id, name, chars, pictures): (&str, &str, u32, u32)| Material {
        id: id.into(),
        name: name.into(),
        criterion: "中心校、县直学校报送".into(),
        must_report: vec![[("category".to_string(), Wanted::AnyOf(vec!["中心校".into(), "县直学校".into()]))].into()],
        min_chars: chars,
        min_pictures: pictures,
    };
    let rule = |id: &str| Rule { id: id.into(), ..Rule::default() };
    let item_rules = |item: &str, ids: &[&str]| ItemRules {
        item: item.into(),
        file: format!("rules/{item}.toml"),
        version: 2,
        rules: ids.iter().map(|id| rule(id)).collect(),
        ..ItemRules::default()
    };
    Campaign {
        id: "chengshui-2020".into(),
        title: "2020年全国扶贫日活动".into(),
        issuer: "澄水县教育局".into(),
        year: 2020,
        notice_date: Some(day(9)),
        utc_offset_hours: 8,
        deadline: Deadline { date: day(19), includes_day: true, shifted_to: day(19) },
        period: (day(9), day(19)),
        activities: ACTIVITIES.iter().map(activity).collect(),
        materials: [("written_report", "书面汇报材料", 300, 0), ("pictures_texts", "图文资料", 0, 2)].map(material).into(),
        rules: Rules {
            items: vec![
                item_rules("meeting", &["meeting.held", "meeting.minutes"]),
                item_rules("home_teaching", &["home_teaching.visited", "home_teaching.no_duty"]),
            ],
            ..Rules::default()
        },
        digests: Digests {
            campaign: "9f2c".repeat(16),
            rules: "41aa".repeat(16),
            roster: "c07e".repeat(16),
            receipts: Some("77d0".repeat(16)),
        },
        ..Campaign::default()
    }
}

/// Code, name, township, category, reported by, what became of the report, statuses of the eight items.
const SCHOOLS: [(&str, &str, &str, &str, &str, &str, [Status; 8]); 12] = {
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

fn evidence(item: &str, assertion: Assertion, place: Place, quote: &str, cue: Option<&str>) -> Evidence {
    let counts = if assertion == Assertion::Done { vec![Count { n: 45, unit: "人".into() }, Count { n: 2000, unit: "份".into() }] } else { Vec::new() };
    Evidence {
        item: item.into(),
        assertion,
        strength: Strength::Strong,
        place,
        quote: quote.into(),
        rule: format!("{item}.held"),
        cue: cue.map(str::to_string),
        date: (assertion == Assertion::Done).then(|| day(14)),
        dates: Vec::new(),
        counts,
        unit: None,
    }
}

fn sentence(item: &str, status: Status) -> (Assertion, String, Option<&'static str>) {
    let name = ACTIVITIES.iter().find(|(id, ..)| *id == item).map_or("材料", |(_, name, _)| name);
    match status {
        Status::Planned => (Assertion::Planned, format!("我校拟于下周组织{name},由各年级组具体落实。"), Some("拟")),
        Status::NotDone => (Assertion::NotDone, format!("因道路塌方,本月{name}尚未开展。"), Some("尚未")),
        Status::Missing => (Assertion::Quoted, format!("按照县教育局通知要求,各学校要认真开展{name}。"), Some("通知要求")),
        _ => (Assertion::Done, format!("10月14日,我校组织{name},校长主持,全体教职工45人参加,总结成效和经验,剖析典型案例,查找薄弱环节,发放资料2000份。"), None),
    }
}

fn school(row: &(&str, &str, &str, &str, &str, &str, [Status; 8])) -> SchoolFindings {
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
    let verdicts = ids.zip(statuses).zip(3..).map(|(((item, kind), status), n)| {
        let cited = files.first().filter(|_| status.is_asked() && status != Status::Unreadable && status != Status::NotDue).map(|file| {
            let (assertion, quote, cue) = sentence(item, status);
            let place = if n % 3 == 0 { Place::TableRow(1, n) } else { Place::Paragraph(n) };
            let mut evidence = evidence(item, assertion, place, &quote, cue);
            if status == Status::Weak {
                evidence.strength = Strength::Weak;
            }
            Cited { file: file.clone(), evidence }
        });
        all.extend(cited.clone());
        let bears = matches!(status, Status::Done | Status::Weak | Status::Planned | Status::NotDone);
        Verdict {
            item: item.into(),
            kind,
            status,
            why: say(match status {
                Status::Done => "有一句明确的已做表述。",
                Status::Missing => "要求做过一次;只见引用通知的话,没有本校已做的表述。",
                _ => "要求做过一次;看到的表述不足以认定。",
            }),
            evidence: cited.clone().filter(|_| bears).into_iter().collect(),
            nearest: cited.filter(|_| !bears),
        }
    }).collect();
    if let Some(file) = files.first() {
        all.push(Cited { file: file.clone(), evidence: evidence("meeting", Assertion::OtherUnit, Place::Paragraph(20), "县第一小学召开了专题会议,其做法值得学习。", Some("县第一小学")) });
        all.push(Cited { file: file.clone(), evidence: evidence("policy_talk", Assertion::PastYear, Place::SheetCell("统计".into(), 1, 7), "+2019年我校开展政策宣讲", Some("2019年")) });
    }
    let long = "长".repeat(900);
    if code == "05" {
        all.push(Cited { file: files[1].clone(), evidence: evidence("publicity", Assertion::Background, Place::TextBox(1), &format!("=1+1 <b>\u{1}{long}\n@SUM(A1)"), None) });
    }
    SchoolFindings {
        school: School {
            code: format!("61050000{code}"),
            name: name.into(),
            aliases: if code == "01" { vec!["龙池中心校".into(), "龙池学区".into()] } else { Vec::new() },
            township: township.into(),
            category: category.into(),
            reports_via: Some(via).filter(|v| !v.is_empty()).map(|v| format!("61050000{v}")),
            contact: "甲老师".into(),
            ..School::default()
        },
        submission: Submission {
            status,
            received_at: (!files.is_empty()).then(|| moment(if days_late > 1 { "22T10:05" } else if days_late > 0 { "20T07:40" } else { "18T09:12" })),
            received_by: (!files.is_empty()).then_some(if code == "01" { ReceivedBy::Receipt } else { ReceivedBy::Modified }),
            days_late,
            must_report: matches!(category, "中心校" | "县直学校" | "特殊教育学校"),
            covered_by: SCHOOLS.iter().find(|s| s.0 == via).map(|s| s.1.to_string()),
            unreadable: fate == "unreadable",
            files,
        },
        verdicts,
        evidence: all,
    }
}

fn flag(n: &mut u32, kind: FlagKind, severity: Severity, school: &str, item: Option<&str>, text: &str, files: &[&str]) -> Flag {
    *n += 1;
    Flag {
        id: format!("F-{:08x}", n.wrapping_mul(0x9E37_79B9)),
        kind,
        severity,
        school: if school.is_empty() { String::new() } else { format!("61050000{school}") },
        item: item.map(str::to_string),
        message: say(text),
        files: files.iter().map(|f| f.to_string()).collect(),
        fingerprint: format!("{:016x}", u64::from(*n).wrapping_mul(0x9E37_79B9_7F4A_7C15)),
    }
}

fn flags(schools: &[SchoolFindings]) -> Vec<Flag> {
    use FlagKind as K;
    use Severity::{High, Low, Medium};
    let mut n = 0;
    let mut flags = vec![
        flag(&mut n, K::NoSubmission, High, "09", None, "应于 2020-10-19 24:00 前报送,至今没有收到任何文件。", &[]),
        flag(&mut n, K::UnreadableFile, High, "06", None, "文件设了密码,读不了;不能据此说该校没有做。", &["inbox/县一小总结.doc"]),
        flag(&mut n, K::UnclaimedFile, Medium, "", None, "文中没有校名,文件名也认不出是哪所学校。", &["inbox/新建文件夹/总结.docx"]),
    ];
    for s in schools {
        for v in &s.verdicts {
            let (kind, severity, text) = match v.status {
                Status::Missing => (K::Missing, High, "要求做过一次;收到的材料里只引用了通知的话,没有本校已做的表述;缺时间、地点和参加人数。"),
                Status::NotDone => (K::NotDone, High, "学校自己说明尚未开展;缺补做的时间。"),
                Status::Planned => (K::PlannedOnly, Medium, "只见打算(「拟于下周」),没有已做的表述。"),
                Status::Weak => (K::Weak, Medium, "只在表格里打了勾,没有时间、对象和内容。"),
                _ => continue,
            };
            let code = &s.school.code[8..];
            flags.push(flag(&mut n, kind, severity, code, Some(&v.item), text, &[]));
        }
    }
    flags.push(flag(&mut n, K::Late, Medium, "04", None, "2020-10-22 10:05 收到,迟 3 天。", &["inbox/新建 Microsoft Word 文档(1).docx"]));
    flags.push(flag(&mut n, K::SimilarText, Low, "12", None, "与「龙池初级中学」的文本相似度 93%。", &["inbox/+洛滨中学.docx", "inbox/新建 Microsoft Word 文档(1).docx"]));
    flags.push(flag(&mut n, K::SamePicture, Medium, "05", Some("household_visit"), "同一张照片出现在三个文件里。", &["inbox/城关一小.zip!/材料/照片.docx", "inbox/特教/总结#1.docx", "inbox/+洛滨中学.docx"]));
    flags
}

fn file(path: &str, status: FileStatus, schools: &[&str], why: &str, problems: Vec<Problem>) -> FileFindings {
    FileFindings {
        path: path.into(),
        format: if path.ends_with(".xlsx") { "xlsx".into() } else if path.ends_with(".doc") { "rtf".into() } else { "docx".into() },
        suffix_fits: !path.ends_with(".doc"),
        bytes: 48_213,
        received_at: Some(moment("18T09:12")),
        received_by: Some(ReceivedBy::Modified),
        status,
        schools: schools.iter().map(|s| format!("61050000{s}")).collect(),
        why: say(why),
        other: (status == FileStatus::Superseded).then(|| "inbox/龙池中心校/扶贫日活动总结 (终稿).docx".to_string()),
        problems,
        chars: 1840,
        pictures: 4,
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
        file("inbox/新建 Microsoft Word 文档(1).docx", Used, &["04"], "落款写明校名", vec![Problem::LostText(say("嵌入对象"), Place::Paragraph(9))]),
        file("inbox/新建文件夹/总结.docx", Quarantined, &[], "文中没有校名,文件名也认不出", vec![]),
        file("inbox/特教/总结#1.docx", Used, &["07"], "文件夹名为简称", vec![]),
        file("inbox/龙池中心校/扶贫日活动总结 (终稿).docx", Used, &["01", "02", "03"], "文件夹名为别名「龙池中心校」", vec![]),
        file("inbox/龙池中心校/扶贫日活动总结.docx", Superseded, &["01"], "同校同类材料,另有新版", vec![]),
        file("inbox/龙池中心校/统计表 - 副本.xlsx", Duplicate, &["01"], "内容完全相同", vec![]),
        file("inbox/龙池中心校/统计表.xlsx", Used, &["01"], "文件夹名为别名「龙池中心校」", vec![]),
    ];
    let figure = |school: &str, file: &str, item: &str, indicator: &str, value: f64, row: u32| ReportedFigure {
        school: format!("61050000{school}"),
        file: file.into(),
        from_sheet: file.ends_with(".xlsx"),
        figure: Figure { item: item.into(), indicator: indicator.into(), value, place: Place::SheetRow("统计".into(), row), unit: None },
    };
    Findings {
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
        rule_hits: [("meeting.held", 7), ("meeting.minutes", 0), ("home_teaching.visited", 3)].map(|(k, n)| (k.to_string(), n)).into(),
        assumptions: vec![say("「19日前」按含 19 日当天、到 24:00 为止。"), say("成效宣传可做到 10 月 31 日,之前未见不算缺。")],
        balance: Balance { received: 12, used: 7, superseded: 1, duplicate: 1, quarantined: 2, ignored: 1 },
        campaign: campaign(),
    }
}
