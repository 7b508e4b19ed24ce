//! What the sample's notice asked, and the words that all of the sample uses.

use crate::model::campaign::{Activity, Campaign, Deadline, Digests, Material};
use crate::model::message::Message;
use crate::model::rules::{ItemRules, Rule, Rules};
use crate::model::school::Wanted;
use chrono::{DateTime, FixedOffset, NaiveDate};

/// A text that the catalogue does not have is shown as it is.
pub fn say(text: &str) -> Message {
    Message::keyed(text.to_string())
}

/// A day of October 2020.
pub fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 10, d).unwrap()
}

/// A moment of October 2020, `18T09:12`.
pub fn moment(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("2020-10-{text}:00+08:00")).unwrap()
}

/// Id, name and criterion.
pub const ACTIVITIES: [(&str, &str, &str); 6] = [
    ("meeting", "专题会议", "开过一次专题会议,研究教育扶贫工作"),
    ("policy_talk", "政策宣讲", "用任何一种形式向学生、家长讲过一次政策"),
    ("publicity", "成效宣传", "集中宣传过一次成效、做法或典型"),
    ("home_teaching", "上门送教", "为重度残疾学生上门送教一次"),
    ("rectification", "专项整改", "逐人排查适龄儿童就学情况"),
    ("household_visit", "包联入户", "干部到所包联的村户走访过"),
];

/// The campaign.
pub fn campaign() -> Campaign {
    let activity = |&(id, name, criterion): &(&str, &str, &str)| Activity {
        id: id.into(),
        number: String::new(),
        name: name.into(),
        criterion: criterion.into(),
        must_do: match id {
            "home_teaching" => vec![
                [("category".to_string(), Wanted::One("特殊教育学校".into()))].into(),
                [("home_teaching_duty".to_string(), Wanted::Yes(true))].into(),
            ],
            "meeting" => {
                vec![[("category".to_string(), Wanted::AnyOf(vec!["中心校".into(), "县直学校".into()]))].into()]
            }
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
        materials: [("written_report", "书面汇报材料", 300, 0), ("pictures_texts", "图文资料", 0, 2)]
            .map(material)
            .into(),
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
