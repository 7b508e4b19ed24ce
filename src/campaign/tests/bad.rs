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
fn show() {
    println!("{}", said(&[("campaign.toml", "id = 'Klein 1'\ntitel = 'x'\nnotice_date = '2020-02-30'\nyear = 'MMXX'\n[deadline]\ndate = 2020-10-01\nincludes = true\nshift = 'monday'\n[period]\nfrom = 2020-10-31\nto = 2020-10-09\n")]));
    println!("--");
    println!("{}", settings("id = \"small\"", "id = small"));
    println!("--");
    println!("{}", settings("2020-10-19 }", "2020-10-01, shift = 2020-10-02 }"));
    println!("--");
    println!("{}", settings("must_do = \"all\"", "must_do = [{ 乡镇 = '龙池镇', 校车 = true }, { category = 3 }, {}]\ndue = 2020-10-01\n[[activity]]\nid='meeting'\nname=''\ncriterion='x'\nmust_do=[]\nwindow={from=2020-10-12}"));
    println!("--");
    println!("{}", settings("period", "as_of = 2020-10-08T00:00:00\nperiod"));
    println!("{}", settings("period", "as_of = 2020-10-08\nperiod"));
    println!("{}", settings("[[activity]]\nid = \"meeting\"\nname = \"专题会议\"\ncriterion = \"开过一次会\"\nmust_do = \"all\"", "activity = []"));
    println!("--");
    println!("{}", said(&[("roster.csv", "学校代码,学校名称,代报单位,起始\nC01,甲校,C02,去年\nC02,乙校,甲校,\nC02,丙校,丁校,\nC04,甲校,,\n,戊校,,\nC06,,,\nC07,己校,己校,2020-09-01\n")]));
    println!("{}", said(&[("roster.csv", "学校代码,学校名称,起始,截止\nC01,甲校,2020-09-01,2020-08-31\n")]));
    println!("{}", said(&[("roster.csv", "学校,乡镇\n甲校,龙池镇\n")]));
    println!("{}", said(&[("roster.csv", "学校代码,学校名称,电话,联系电话\nC01,甲校,1,2\n")]));
    println!("{}", said(&[("roster.csv", "随便写的\n")]));
    println!("{}", said(&[("roster.csv", "学校代码,学校名称\n")]));
    println!("{}", said(&[("roster.csv", "locked")]));
    println!("{}", said(&[("roster.csv", "")]));
    println!("{}", said(&[("roster.xlsx", ROSTER)]));
    println!("{}", said(&[("campaign.toml", "")]));
    println!("--");
    println!("{}", said(&[("receipts.csv", "学校,材料,收到时间,方式\n龙池镇中心校,总结,昨天,微信\n城关镇中心校,总结,2020-10-18,微信\n,总结,2020-10-18,微信\n")]));
    println!("--");
    println!("{}", said(&[("rules/meeting.toml", "")]));
    println!("{}", said(&[("rules/meeting.toml", "item = 'meeting'\n\n[[rule]]\nid = 'x'\n")]));
    println!("{}", said(&[("rules/meeting.toml", "item = 'meeting'\nversion = 1\n\n[[rule]]\nid = 'meeting.a'\nneeds = [{ lists = ['act'] }]\n[[rule]]\nid = 'held'\npattern = '('\n[[rule]]\nid = 'meeting.a'\nasserts = 'perhaps'\n[[example]]\ntext = 'x'\nlabel = 'held'\n")]));
    println!("{}", said(&[("rules/party.toml", &rules_of("party")), ("rules/meeting2.toml", &rules_of("meeting"))]));
    println!("{}", said(&[("rules/shared.toml", "[[cue]]\ncategory='planned'\nwords=['[']\nregex=true\n[[cue]]\ncategory='plan'\n")]));
    println!("{}", said(&[("rules/shared.toml", "[[cue]]\ncategory='planned'\nwords=['[']\nregex=true\n")]));
    println!("{}", said(&[("rules/shared.toml", "[[cue]\nx=\n"), ("rules/meeting.toml", "item = 1")]));
}
