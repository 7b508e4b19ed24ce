use super::*;
use crate::model::school::applies;
use chrono::NaiveDate;

const ITEMS: [&str; 6] = ["meeting", "policy_talk", "publicity", "home_teaching", "rectification", "household_visit"];

fn demonstration(roster: &str, more: &[(&str, &str)]) -> Campaign {
    let rules: Vec<(String, String)> = ITEMS.iter().map(|i| (format!("rules/{i}.toml"), rules_of(i))).collect();
    let mut files = vec![("campaign.toml", DEMONSTRATION), ("roster.csv", roster), ("notice.txt", "通知,全文\n")];
    files.extend(rules.iter().map(|(n, t)| (n.as_str(), t.as_str())));
    files.extend(more);
    loaded(&files).unwrap_or_else(|e| panic!("{}", zh(&e)))
}

#[test]
fn the_demonstration_asks_each_school_for_what_the_notice_asks() {
    let campaign = demonstration(ROSTER, &[]);
    assert_eq!(campaign.activities.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ITEMS);
    assert_eq!(campaign.activities.iter().map(|a| a.number.as_str()).collect::<String>(), "一二三四五六");
    let day = |m, d| NaiveDate::from_ymd_opt(2020, m, d).unwrap();
    assert_eq!(campaign.deadline.end(), day(10, 20).and_hms_opt(0, 0, 0).unwrap());
    assert_eq!((campaign.activities[0].window, campaign.activities[0].due), ((day(10, 9), day(10, 31)), day(10, 19)));
    assert_eq!((campaign.activities[2].window, campaign.activities[2].due), ((day(10, 1), day(10, 31)), day(10, 31)));
    assert_eq!(campaign.as_of.unwrap().to_rfc3339(), "2020-10-27T08:00:00+08:00");
    let must = |name: &str| {
        let school = campaign.schools.iter().find(|s| s.name == name).unwrap();
        let activities = campaign.activities.iter().filter(|a| applies(&a.must_do, school)).map(|a| a.id.as_str());
        activities
            .chain(campaign.materials.iter().filter(|m| applies(&m.must_report, school)).map(|m| m.id.as_str()))
            .collect::<Vec<_>>()
    };
    assert_eq!(must("龙池镇中心校"), [ITEMS.as_slice(), &["written_report", "pictures"]].concat());
    assert_eq!(
        must("县第一小学"),
        ["meeting", "policy_talk", "publicity", "rectification", "written_report", "pictures"]
    );
    assert_eq!(must("北姚村小学"), ["policy_talk", "publicity", "rectification"]);
}

#[test]
fn a_roster_keeps_every_column_and_resolves_who_reports_for_whom() {
    let campaign = demonstration(ROSTER, &[]);
    let [center, first, village] = campaign.schools.as_slice() else { panic!("three schools") };
    assert_eq!(center.aliases, ["龙池中心校", "龙池中心小学"]);
    assert_eq!(first.aliases, ["一小", "县一小"]);
    assert_eq!(village.reports_via.as_deref(), Some("C01"));
    assert_eq!((center.columns["备用"].as_str(), center.columns["paired_village"].as_str()), ("甲", "北姚村"));
    assert!(
        center.says_yes("home_teaching_duty")
            && !first.says_yes("home_teaching_duty")
            && !first.says_yes("paired_village")
    );
}

#[test]
fn titles_above_the_headings_blank_rows_totals_and_full_width_spaces_are_no_schools() {
    let roster = "澄水县2020年学校名册,,\n\n*学校\u{3000}代码,学校名称(全称),乡镇,特教(是/否)\n\
        C01,\u{3000}龙池镇\u{3000}中心校,龙池镇,\n,,,\n学校代码,学校名称,乡镇,特教\nC02,特殊教育学校,城关镇,是\n合计,,2所,\n,备注:以上共2所,,\n";
    let campaign = demonstration(roster, &[]);
    assert_eq!(
        campaign.schools.iter().map(|s| (s.code.as_str(), s.name.as_str())).collect::<Vec<_>>(),
        [("C01", "龙池镇中心校"), ("C02", "特殊教育学校")]
    );
    assert!(campaign.schools[1].says_yes("special_ed"));
}

#[test]
fn a_township_merged_over_rows_holds_for_each_of_them() {
    let files = [
        ("campaign.toml", SMALL),
        ("rules/meeting.toml", &rules_of("meeting")),
        ("roster.csv", "乡镇,学校代码,学校名称\n龙池镇,C01,甲校\n,C02,乙校\n,C03,丙校\n"),
    ];
    let read = |bytes: &[u8]| {
        let mut document = sheet_of_csv(bytes);
        merge(&mut document, 1, 0, 2);
        document
    };
    let campaign = load(folder(&files).path(), &CampaignFiles::default(), &read).unwrap();
    assert_eq!(campaign.schools.iter().map(|s| s.township.as_str()).collect::<Vec<_>>(), ["龙池镇", "龙池镇", ""]);
}

#[test]
fn receipts_name_schools_by_name_alias_or_code_and_times_in_any_hand() {
    let receipts = "收件登记\n序号,学校,材料,收到时间,方式\n1,龙池镇中心校,总结.docx,2020-10-18 09:12,微信\n2,一小,纸质汇报,10月19日下午3点半,纸质\n3,C03,图片,2020/10/20,邮箱\n4,,,,微信\n";
    let campaign = demonstration(ROSTER, &[("receipts.csv", receipts)]);
    let seen: Vec<_> = campaign
        .receipts
        .iter()
        .map(|r| (r.school.as_str(), r.received.to_rfc3339(), r.channel.as_str(), r.row))
        .collect();
    assert_eq!(
        seen,
        [
            ("C01", "2020-10-18T09:12:00+08:00".to_string(), "微信", 3),
            ("C02", "2020-10-19T15:30:00+08:00".to_string(), "纸质", 4),
            ("C03", "2020-10-20T00:00:00+08:00".to_string(), "邮箱", 5),
        ]
    );
}

#[test]
fn rules_of_all_files_come_together_and_examples_know_their_lines() {
    let shared = "[words]\nstaff = ['教师']\n[[cue]]\ncategory = 'planned'\nwords = ['拟']\nuntil = [',']\n[[mood]]\ncategory = 'planned'\nheadings = ['下一步打算']\n[context]\nown = ['扶贫']\n";
    let campaign = loaded(&[
        ("campaign.toml", SMALL),
        ("roster.csv", ROSTER),
        ("rules/meeting.toml", &rules_of("meeting")),
        ("rules/shared.toml", shared),
    ]);
    let rules = campaign.unwrap_or_else(|e| panic!("{}", zh(&e))).rules;
    // The house's own language goes before the campaign's words and cues.
    assert_eq!(rules.words["staff"], ["教师"]);
    assert!(rules.cues.len() > 1 && rules.cues.last().is_some_and(|c| c.words == ["拟"] && c.until == [","]));
    assert!(rules.moods.last().is_some_and(|m| m.headings == ["下一步打算"]) && rules.context.own == ["扶贫"]);
    let [item] = rules.items.as_slice() else { panic!("one item") };
    assert_eq!(item.words.keys().collect::<Vec<_>>(), ["meeting_act"]);
    assert_eq!(
        (item.item.as_str(), item.file.as_str(), item.rules[0].id.as_str()),
        ("meeting", "rules/meeting.toml", "meeting.held")
    );
    assert_eq!(item.examples.iter().map(|e| e.line).collect::<Vec<_>>(), [10, 13]);
}

#[test]
fn digests_change_with_their_file_and_with_no_other() {
    let files = |title: &str, roster: &str| {
        loaded(&[
            ("campaign.toml", &SMALL.replace("演示", title)),
            ("roster.csv", roster),
            ("rules/meeting.toml", &rules_of("meeting")),
        ])
        .unwrap()
        .digests
    };
    let (one, other) = (files("甲", ROSTER), files("乙", ROSTER));
    assert_ne!(one.campaign, other.campaign);
    assert_eq!((&one.roster, &one.rules, &one.receipts), (&other.roster, &other.rules, &None));
    assert_eq!(one.roster.len(), 64);
    assert_ne!(one.roster, files("甲", &ROSTER.replace('甲', "丙")).roster);
}

#[test]
fn files_named_by_a_person_are_used_instead_of_the_folders() {
    let dir = folder(&[("campaign.toml", SMALL), ("rules/meeting.toml", &rules_of("meeting")), ("other.csv", ROSTER)]);
    let files = CampaignFiles { roster: Some(dir.path().join("other.csv")), ..CampaignFiles::default() };
    assert_eq!(load(dir.path(), &files, &sheet_of_csv).unwrap().schools.len(), 3);
}

#[test]
fn a_byte_order_mark_before_the_settings_is_no_error() {
    let marked = format!("\u{feff}{SMALL}");
    assert!(
        loaded(&[("campaign.toml", &marked), ("roster.csv", ROSTER), ("rules/meeting.toml", &rules_of("meeting"))])
            .is_ok()
    );
}

#[test]
fn the_notice_is_read_and_readings_made_under_another_are_known() {
    let with = |notice: &str| {
        let settings = SMALL.replacen("period", "notice = 'notice.csv'\nperiod", 1);
        let rules = rules_of("meeting");
        let files = [("campaign.toml", settings.as_str()), ("roster.csv", ROSTER), ("rules/meeting.toml", &rules)];
        loaded(&[&files[..], &[("notice.csv", notice)]].concat()).unwrap_or_else(|e| panic!("{}", zh(&e)))
    };
    let campaign = with("一、召开会议\n\n二、进村入户\n");
    assert_eq!(campaign.rules.context.notice, ["一、召开会议", "二、进村入户"]);
    assert_ne!(campaign.digests.rules, with("一、召开会议\n").digests.rules);
}

#[test]
fn indicators_decide_what_a_reading_holds() {
    let rules = rules_of("meeting");
    let with = |indicator: &str| {
        let settings = SMALL.replacen("[[activity]]", &format!("{indicator}\n[[activity]]"), 1);
        loaded(&[("campaign.toml", &settings), ("roster.csv", ROSTER), ("rules/meeting.toml", &rules)]).unwrap()
    };
    let plain = with("");
    let asked = with(
        "indicator = [{ id = 'n', name = '参会', unit = '人', activity = 'meeting', words = ['人数'] }, \
         { id = 'h', name = '走访', unit = '户', words = ['人数'], not_words = ['户主'] }]",
    );
    assert!(plain.indicators.is_empty());
    assert_eq!(asked.indicators[0].activity.as_deref(), Some("meeting"));
    assert_eq!((asked.indicators[1].unit.as_str(), &asked.indicators[1].activity), ("户", &None));
    // What workers found under other indicators is not used again.
    assert_ne!(plain.digests.rules, asked.digests.rules);
}
