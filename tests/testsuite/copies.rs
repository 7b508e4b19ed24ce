//! Copies as schools make them: other names and numbers, a sentence more or less; and what is no copy.

use crate::folder::Folder;
use serde_json::Value;

const SENTENCES: [&str; 12] = [
    "秋风送爽，瓜果飘香，{镇}教育系统上下联动，以“同心同行、共助成长”为主题扎实开展了系列活动。",
    "10月{日}日，{校}召开扶贫专题会议，{数}名校园长和中层干部参加，会上重点剖析了档案资料有账无据的问题。",
    "会议逐校提出限期改正的要求，明确由副校长负责盯办，每周通报一次进度。",
    "各班采用线上线下相结合的办法，线上推送政策短信{数}条，线下召开家长会，做到了校校有行动、班班有声音。",
    "挖掘整理帮扶故事，其中麦田里的家访本在公众号推出后，阅读量超过三千次，家长纷纷留言点赞。",
    "两名教师为辖区一名重度残疾学生送教上门，教他认识四季，陪他做康复操，临走时留下画笔和图书。",
    "联合村委会对适龄儿童就学情况进行排查，共排查儿童{数}人，建立了一村一册，做到底数清、去向明。",
    "帮扶教师深入{镇}卧龙沟，走访帮扶户{数}户，帮助收玉米、打扫院落、联系医院，解决困难{日}件。",
    "校园广播站开辟专栏，每天中午播出一篇身边人身边事，孩子们围在喇叭下面听得津津有味。",
    "少先队员把自己种的向日葵籽装进小布袋，送给结对的小伙伴，附上一张写着心愿的卡片。",
    "后勤组把营养餐食谱贴到村口，请乡亲们提意见，根据建议增加了一道粗粮。",
    "我们深深体会到，教育帮扶贵在坚持、重在用心，点滴的陪伴胜过一时的热闹。",
];

fn report(school: &str, town: &str, day: u32, number: u32) -> String {
    let body = SENTENCES.join("\n").replace("{校}", school).replace("{镇}", town);
    let body = body.replace("{日}", &day.to_string()).replace("{数}", &number.to_string());
    format!("{school}扶贫日活动总结\n{body}\n{school}\n2020年10月18日\n")
}

fn flags(folder: &Folder, kind: &str) -> Vec<Value> {
    folder.shouqi(&["run"]).ends(0);
    let lines = String::from_utf8(folder.read("output/verdicts.jsonl")).unwrap();
    let schools = lines.lines().map(|l| serde_json::from_str::<Value>(l).unwrap());
    schools.flat_map(|s| s["flags"].as_array().unwrap().clone()).filter(|f| f["kind"] == kind).collect()
}

#[test]
fn a_copy_with_other_names_and_numbers_is_shown_beside_its_model() {
    let folder = Folder::new();
    folder.write("inbox/龙池镇中心校/总结.txt", report("龙池镇中心校", "龙池镇", 12, 21).as_bytes());
    let copy = report("荆山镇中心校", "荆山镇", 14, 1807).replace(SENTENCES[10], "食堂还办了一场厨艺比赛。");
    folder.write("inbox/荆山镇中心校/总结.txt", copy.as_bytes());
    let found = flags(&folder, "similar_text");
    assert_eq!(found.len(), 1, "{found:?}");
    let shared = found[0]["shared"].as_array().unwrap();
    assert!(!shared.is_empty(), "{found:?}");
    for pair in shared {
        assert!(pair[0]["place"].as_str().unwrap().starts_with("第"));
        assert_ne!(pair[0]["file"], pair[1]["file"]);
    }
}

#[test]
fn two_schools_that_both_quote_the_notice_have_not_copied() {
    let folder = Folder::new();
    let notice = SENTENCES.join("\n");
    folder.replace("campaign.toml", "[deadline]", "notice = \"通知.txt\"\n[deadline]");
    folder.write("通知.txt", notice.as_bytes());
    for school in ["龙池镇中心校", "荆山镇中心校"] {
        folder.write(
            &format!("inbox/{school}/总结.txt"),
            format!("{school}扶贫日活动总结\n{notice}\n10月12日，我校召开扶贫专题会议。\n{school}\n").as_bytes(),
        );
    }
    assert!(flags(&folder, "similar_text").is_empty());
}

#[test]
fn last_years_report_under_a_new_date_is_a_hint() {
    let folder = Folder::new();
    let text = "龙池镇中心校2019年扶贫日活动总结\n2019年10月12日，我校召开扶贫专题会议，45人参加。\n\
                2019年10月17日，36名教师走访贫困户。\n龙池镇中心校\n2020年10月18日\n";
    folder.write("inbox/龙池镇中心校/总结.txt", text.as_bytes());
    assert_eq!(flags(&folder, "past_year").len(), 1);
    // A past year as background makes no old report.
    let text = "龙池镇中心校扶贫日活动总结\n2019年10月12日我校脱贫，2019年12月30日受到表彰。2020年10月17日，我校召开扶贫专题会议。\n\
                龙池镇中心校\n2020年10月18日\n";
    folder.write("inbox/龙池镇中心校/总结.txt", text.as_bytes());
    assert!(flags(&folder, "past_year").is_empty());
}
