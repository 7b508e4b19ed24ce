use super::*;

/// What is said about a folder of these files, beside what the files lack that are not given.
fn said(files: &[(&str, &str)]) -> String {
    let rules = rules_of("meeting");
    let mut all = vec![("campaign.toml", SMALL), ("roster.csv", ROSTER), ("rules/meeting.toml", rules.as_str())];
    all.retain(|(name, _)| !files.iter().any(|(n, _)| n == name));
    all.extend(files);
    all.retain(|(_, content)| !content.is_empty());
    zh(&loaded(&all).expect_err("something must be wrong"))
}

fn settings(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from}");
    said(&[("campaign.toml", &SMALL.replacen(from, to, 1))])
}

#[test]
fn everything_wrong_with_the_settings_is_said_at_once() {
    insta::assert_snapshot!(said(&[(
        "campaign.toml",
        "id = 'Klein 1'\ntitel = 'x'\nnotice_date = '2020-02-30'\nyear = 'MMXX'\n\
        [deadline]\ndate = 2020-10-01\nincludes = true\nshift = 'monday'\n[period]\nfrom = 2020-10-31\nto = 2020-10-09\n"
    )]));
}

#[test]
fn contradictions_between_days_are_errors() {
    insta::assert_snapshot!(
        [
            settings("2020-10-19 }", "2020-10-01, shift = 2020-10-02 }"),
            settings("period", "as_of = 2020-10-08T00:00:00\nperiod"),
            settings("period", "as_of = 2020-10-08\nperiod"),
        ]
        .join("\n\n")
    );
}

#[test]
fn activities_must_be_named_once_and_say_whom_they_concern() {
    insta::assert_snapshot!(
        [
            settings(
                "must_do = \"all\"",
                "must_do = [{ '乡镇' = '龙池镇', '校车' = true }, { category = 3 }, {}]\ndue = 2020-10-01\n\
            [[activity]]\nid = 'meeting'\nname = ''\ncriterion = 'x'\nmust_do = []\nwindow = { from = 2020-10-12 }"
            ),
            said(&[("campaign.toml", SMALL.split("[[activity]]").next().unwrap())]),
            settings("[[activity]]", "[activity]"),
        ]
        .join("\n\n")
    );
}

#[test]
fn indicators_must_be_told_apart_by_their_words() {
    let indicator = |rest: &str| settings("[[activity]]", &format!("{rest}\n[[activity]]"));
    insta::assert_snapshot!(
        [
            indicator("indicator = [{ id = 'A', name = '甲', words = [], activity = 'meetings', einheit = '人' }]"),
            indicator(
                "indicator = [{ id = 'a', name = '甲', words = ['人数'] }, { id = 'a', name = '甲', words = ['人数', '人'] }]"
            ),
        ]
        .join("\n\n")
    );
}

#[test]
fn text_that_is_not_toml_or_not_unicode_has_its_line() {
    insta::assert_snapshot!(settings("title = \"演示\"", "title = 演示"));
    let path = settings("title = \"演示\"", "inboxes = [\"D:\\收件\\2020\"]\ntitle = \"演示\"");
    assert!(path.contains("单引号") && path.lines().count() == 1, "{path}");
    let dir = folder(&[("roster.csv", ROSTER), ("rules/meeting.toml", &rules_of("meeting"))]);
    fs::write(dir.path().join("campaign.toml"), b"id = 'x'\ntitle = '\xd1\xdd\xca\xbe'\n").unwrap();
    let errors = load(dir.path(), &CampaignFiles::default(), &sheet_of_csv).unwrap_err();
    assert_eq!(zh(&errors), "campaign.toml 第2行：不是 UTF-8 编码。改法：用记事本打开，「另存为」时编码选 UTF-8");
}

#[test]
fn rows_of_the_roster_are_named_by_sheet_and_number() {
    insta::assert_snapshot!([
        said(&[("roster.csv", "学校代码,学校名称,代报单位,起始\nC01,甲校,C02,去年\nC02,乙校,甲校,\nC02,丙校,丁校,\nC04,甲校,,\n,戊校,,\nC06,,,\nC07,己校,己校,2020-09-01\n")]),
        said(&[("roster.csv", "学校代码,学校名称,起始,截止\nC01,甲校,2020-09-01,2020-08-31\n")]),
        said(&[("roster.csv", "学校代码,学校名称,简称,代报单位\nC01,甲校,一小,\nC02,乙校,一小,\nC03,丙校,,一小\n")]),
    ].join("\n\n"));
}

#[test]
fn a_file_that_is_no_roster_is_refused_as_a_whole() {
    let rosters = [
        "学校,乡镇\n甲校,龙池镇\n",
        "学校代码,学校名称,电话,联系电话\nC01,甲校,1,2\n",
        "随便写的\n",
        "学校代码,学校名称\n",
        "locked",
        "",
    ];
    insta::assert_snapshot!(rosters.map(|r| said(&[("roster.csv", r)])).join("\n"));
}

#[test]
fn files_that_are_missing_or_there_twice_are_named() {
    let files = [("campaign.toml", ""), ("rules/meeting.toml", ""), ("roster.xlsx", ROSTER)];
    insta::assert_snapshot!(files.map(|f| said(&[f])).join("\n"));
    let errors = load(
        folder(&[]).path(),
        &CampaignFiles { roster: Some("nowhere.xlsx".into()), ..CampaignFiles::default() },
        &sheet_of_csv,
    )
    .unwrap_err();
    assert_eq!(errors.iter().map(|e| e.file.as_str()).collect::<Vec<_>>(), ["campaign.toml", "nowhere.xlsx", "rules"]);
}

#[test]
fn receipts_of_unknown_schools_and_without_a_time_are_listed_all() {
    insta::assert_snapshot!(said(&[(
        "receipts.csv",
        "学校,材料,收到时间,方式\n龙池镇中心校,总结,昨天,微信\n城关镇中心校,总结,2020-10-18,微信\n,总结,2020-10-18,微信\n"
    )]));
}

#[test]
fn rules_are_checked_line_by_line() {
    insta::assert_snapshot!(
        [
            said(&[("rules/meeting.toml", "item = 'meeting'\n\n[[rule]]\nid = 'x'\n")]),
            said(&[(
                "rules/meeting.toml",
                "item = 'meeting'\nversion = 1\n\n[[rule]]\nid = 'meeting.a'\nneeds = ['act|meeting_act@句']\n\
            [[rule]]\nid = 'held'\npattern = '('\n[[rule]]\nid = 'meeting.a'\n[[example]]\ntext = 'x'\nlabel = 'held'\n"
            )]),
            said(&[("rules/party.toml", &rules_of("party")), ("rules/meeting2.toml", &rules_of("meeting"))]),
            said(&[("rules/a.toml", "[words]\n'人' = ['教师']\n"), ("rules/b.toml", "[words]\n\n'人' = ['校长']\n")]),
            said(&[("rules/meeting.toml", &rules_of("meeting").replace("'meeting_act']", "'meeting_act@页']"))]),
            said(&[("rules/meeting.toml", "[words]\nact = ['召开']\n")]),
            said(&[("rules/shared.toml", "[[cue]]\ncategory = 'planned'\npatterns = ['[']\n")]),
            said(&[("rules/shared.toml", "[[cue]]\ncategory = 'planned'\nwords = ['拟']\nlooks_like = 'planned'\n")]),
            said(&[
                ("rules/shared.toml", "[[cue]]\ncategory = 'plan'\n"),
                ("rules/other.toml", "[[cue]\n"),
                ("rules/meeting.toml", "item = 1")
            ]),
        ]
        .join("\n\n")
    );
}

#[test]
fn a_notice_that_is_not_there_or_cannot_be_read_is_named_where_it_is_asked_for() {
    let settings = SMALL.replacen("period", "notice = 'notice.doc'\nperiod", 1);
    let wrong =
        [said(&[("campaign.toml", &settings)]), said(&[("campaign.toml", &settings), ("notice.doc", "locked")])];
    for (said, why) in wrong.iter().zip(["找不到这个文件", "密码"]) {
        assert!(said.contains("campaign.toml") && said.contains("第7行") && said.contains(why), "{said}");
    }
}
