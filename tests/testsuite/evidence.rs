//! What breaks naive patterns, each phenomenon in several wordings: the label that a careful reader would give.
//!
//! The rules are those of the demonstration campaign; the sentences are written for the purpose and stand in no fixture.

use shouqi::campaign::{self, CampaignFiles};
use shouqi::detect::{self, engine::Engine};
use shouqi::model::document::{Block, Body, Content, Document};
use shouqi::model::place::Place;
use shouqi::model::reading::Assertion;
use shouqi::model::source::SourceFile;
use std::path::Path;
use std::sync::OnceLock;

pub fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/chengshui-2020");
        let campaign = campaign::load(&folder, &CampaignFiles::default(), &shouqi::extract::read)
            .unwrap_or_else(|errors| panic!("{errors:#?}"));
        Engine::new(&campaign).expect("the demonstration's rules compile")
    })
}

/// Asserts the label of each text for an item, and says all that are wrong at once.
fn labels(item: &str, texts: &[(&str, &str)]) {
    let wrong: Vec<String> = texts
        .iter()
        .map(|(wanted, text)| (wanted, text, detect::label_of(text, item, engine())))
        .filter(|(wanted, _, got)| *wanted != got)
        .map(|(wanted, text, got)| format!("{wanted}, but got {got}: {text}"))
        .collect();
    assert!(wrong.is_empty(), "{item}\n{}", wrong.join("\n"));
}

#[test]
fn the_same_cues_under_another_campaign_are_no_evidence() {
    labels(
        "meeting",
        &[
            ("absent", "9月3日,学校召开防溺水专题会议,全体教师参加,会议安排了隐患排查。"),
            ("absent", "学校召开消防安全推进会,部署冬季防火工作。"),
        ],
    );
    labels("policy_talk", &[("absent", "各班发放防溺水《致家长的一封信》,班主任逐户家访提醒。")]);
    labels("rectification", &[("absent", "对校园周边交通安全隐患进行了全面排查,建立了台账。")]);
}

/// What a whole report under a title says of an item.
fn label_under(title: &str, text: &str, item: &str) -> String {
    let report = shouqi::extract::read(format!("{title}\n{text}\n").as_bytes());
    let reading = detect::detect(SourceFile::default(), report, engine(), false);
    detect::labels(&reading.evidence).get(item).map_or("absent", |a| a.word()).to_string()
}

#[test]
fn poor_families_alone_do_not_make_another_campaigns_report_this_ones() {
    let text = "教师包片走访贫困家庭学生,与监护人签订责任书。";
    assert_eq!(label_under("青石桥学校防溺水工作总结", text, "household_visit"), "absent");
    assert_eq!(
        label_under("青石桥学校征兵宣传总结", "走访贫困户,宣讲征兵政策,群众120人参加。", "policy_talk"),
        "absent"
    );
    // Under a title that says nothing else they do, and so does the campaign's own name anywhere.
    assert_eq!(label_under("青石桥学校10月工作总结", text, "household_visit"), "done");
    let named = "扶贫日当天,教师走访贫困家庭,送去慰问品。";
    assert_eq!(label_under("青石桥学校防溺水工作总结", named, "household_visit"), "done");
}

#[test]
fn what_was_put_off_is_planned_and_what_was_moved_is_done() {
    labels(
        "meeting",
        &[
            ("planned", "教育扶贫部署会因校长外出学习,改到下周三。"),
            ("planned", "扶贫专题会议原定14日召开,推迟到月底。"),
            ("done", "扶贫专题会议原定15日,改为16日召开,全体教师参加了会议。"),
        ],
    );
}

#[test]
fn instructions_given_at_a_meeting_are_plans_and_the_meeting_is_a_deed() {
    let text = "10月11日,我校召开教育扶贫工作会。校长要求各班要再次排查学生就学情况,务必在本周内组织送教上门。";
    labels("meeting", &[("done", text)]);
    labels("rectification", &[("planned", text)]);
    labels("home_teaching", &[("planned", text)]);
}

#[test]
fn imperative_headings_over_true_reports() {
    labels("publicity", &[("done", "三、开展一次成效宣传\n校园广播连播四期帮扶教师的故事,展板展出8块。")]);
    labels("meeting", &[("done", "一是召开一次专题会议。10月13日下午,校长在会议室主持,31人到会。")]);
    labels("home_teaching", &[("absent", "四、开展一次上门送教\n五、开展一次专项整改")]);
}

#[test]
fn plan_words_around_finished_deeds() {
    labels(
        "meeting",
        &[
            ("done", "按照活动计划,10月12日我校如期召开了教育扶贫专题会。"),
            ("done", "根据县局安排要求,我校召开脱贫攻坚动员会,全体教师到会。"),
        ],
    );
    labels("household_visit", &[("done", "原定15日的走访因雨改到16日进行,20名教师走访包联户33户。")]);
}

#[test]
fn habitual_deeds_are_deeds_and_required_deeds_told_as_finished_too() {
    labels(
        "home_teaching",
        &[
            ("done", "对卧床学生小军,数学老师每周都会上门辅导一次。"),
            ("done", "坚持每周送教两次,本学期已为2名重度残疾学生送教12次。"),
        ],
    );
    labels("policy_talk", &[("done", "学校要求各班召开了家长会,把资助政策讲解到每一位家长。")]);
}

#[test]
fn purposes_and_outcomes_are_no_deeds() {
    labels("policy_talk", &[("absent", "为了进一步宣传资助政策,让群众知晓,学校成立了领导小组。")]);
    labels("publicity", &[("absent", "为营造氛围、展示教育扶贫成果,我校高度重视本次活动。")]);
    labels(
        "rectification",
        &[("absent", "我校义务教育巩固率保持100%,无一人辍学。"), ("absent", "控辍保学工作常抓不懈,成绩显著。")],
    );
}

#[test]
fn checks_of_something_else() {
    labels(
        "rectification",
        &[
            ("absent", "对资助对象信息进行了逐一核对,补助资金全部发放到位。"),
            ("absent", "教师入户核实贫困户收入和住房情况,完善了贫困数据。"),
            ("done", "班主任逐人核对学籍与在校人数,补助信息一并更新。"),
        ],
    );
}

#[test]
fn look_alikes() {
    labels(
        "home_teaching",
        &[
            ("absent", "县教研室专家来我校送教下乡,上了两节示范课。"),
            ("absent", "10月20日,烹饪专业教师送课下乡,40名妇女参加。"),
        ],
    );
    labels(
        "household_visit",
        &[("absent", "班主任对请假学生进行了家访。"), ("absent", "因下雨,改为电话走访贫困户12户。")],
    );
}

#[test]
fn somebody_elses_deed() {
    labels(
        "meeting",
        &[
            ("absent", "10月10日,我校校长参加了县教育局召开的教育扶贫工作会议。"),
            ("absent", "镇政府召开脱贫攻坚推进会,我校派员参加。"),
        ],
    );
    labels("home_teaching", &[("absent", "会上播放了县第三小学送教上门的视频,大家深受启发。")]);
}

#[test]
fn a_board_that_carries_policy_is_policy() {
    let text = "学校制作资助政策问答展板6块,在校门口供家长阅读。";
    labels("policy_talk", &[("done", text)]);
    labels("publicity", &[("absent", text)]);
}

#[test]
fn negative_words_in_positive_sentences() {
    labels(
        "household_visit",
        &[("done", "全体教师走访包联户,做到无一户未走访。"), ("done", "走访贫困户46户,没有落下一户。")],
    );
    labels("rectification", &[("done", "对适龄儿童逐户排查,未发现辍学学生。")]);
}

#[test]
fn one_negation_over_one_of_several_items() {
    let text = "除上门送教外,政策宣讲、成效宣传、包联入户均已完成。";
    labels("home_teaching", &[("not_done", text)]);
    labels("publicity", &[("done", text)]);
    labels("household_visit", &[("done", text)]);
}

#[test]
fn plain_denials_and_missing_duties() {
    labels("meeting", &[("not_done", "由于校长外出学习,扶贫日专题会议尚未召开。")]);
    labels("publicity", &[("not_done", "成效宣传还没有做,主要是没有人会写稿。")]);
    labels(
        "household_visit",
        &[("not_done", "包联入户定在17日,当天大雨,没有去成。"), ("not_applicable", "我园没有包联村,不涉及入户任务。")],
    );
    labels("home_teaching", &[("not_applicable", "经核实,我校无送教对象。")]);
    labels("rectification", &[("not_applicable", "我校为普通高中,不属义务教育阶段,不承担控辍保学排查任务。")]);
}

#[test]
fn intentions_conditions_and_work_under_way() {
    labels(
        "publicity",
        &[
            ("planned", "学校正在制作专题片,反映近年来教育扶贫取得的成果。"),
            ("planned", "先进事迹稿件待校领导审定后在公众号发布。"),
        ],
    );
    labels("household_visit", &[("planned", "如近日天气转晴,将组织教师到包联村入户走访。")]);
    labels("rectification", &[("planned", "控辍保学专项排查拟于10月下旬全面铺开。")]);
    labels("policy_talk", &[("planned", "下一步,我校将利用家长会继续宣讲资助政策。")]);
}

#[test]
fn damaged_text_is_read_through() {
    labels(
        "meeting",
        &[
            ("done", "１０月１３日，召开教育扶貧推進會，中層幹部２６人參加。"),
            ("done", "10 月 12 日,学 校召 开教育扶 贫专题会(huì)议。"),
        ],
    );
}

#[test]
fn a_heading_sets_the_mood_of_what_stands_below() {
    labels("publicity", &[("planned", "五、下一步打算\n在公众号推送教育扶贫先进事迹,展出成果展板。")]);
    labels("policy_talk", &[("planned", "三、工作要求\n各班召开家长会,宣讲资助政策。")]);
    labels("home_teaching", &[("absent", "四、存在的问题\n送教上门的专业化水平不高。")]);
}

/// What is said of an act stands near it: where each act is compared with the whole paragraph, this test does not end.
#[test]
fn a_paragraph_without_end_is_read() {
    for (item, told) in [
        ("household_visit", "10月16日,我校教师到村里走访贫困户48户,送去米面56份"),
        ("meeting", "学校召开扶贫日专题会议,有31人参加"),
    ] {
        for mark in [',', '。'] {
            let text = format!("{told}{mark}").repeat(200_000 / told.len());
            let content = Content::Paragraph(text);
            let body = Body { blocks: vec![Block { place: Place::Paragraph(1), content }], ..Body::default() };
            let document = Document { body, ..Document::default() };
            let reading = detect::detect(SourceFile::default(), document, engine(), true);
            let found = reading.evidence.iter().any(|e| e.item == item && e.assertion == Assertion::Done);
            assert!(found, "{item}, parted by {mark}: {:?}", reading.evidence);
        }
    }
}

#[test]
fn an_answer_in_a_form_decides_for_its_line() {
    let form =
        "扶贫日任务自查表\n1. 是否召开扶贫专题会:是(参会41人)\n5. 是否到包联村入户:否(村上整修道路)\n专项整改:取消。";
    labels("meeting", &[("done", form)]);
    labels("household_visit", &[("not_done", form)]);
    labels("rectification", &[("not_done", form)]);
}

#[test]
fn minutes_prove_the_meeting_and_nothing_that_it_asks_for() {
    let minutes = "青石镇中心校校长例会纪要\n时间:10月12日\n一、关于教育扶贫\n各校把资助政策讲给每位家长。";
    labels("meeting", &[("done", minutes), ("absent", "青石镇中心校教研例会纪要\n时间:10月12日\n一、关于作业设计")]);
    labels("policy_talk", &[("planned", minutes)]);
}

#[test]
fn names_in_a_row_share_the_predicate_after_the_last() {
    let text = "目前,政策宣讲、专项整改、包联入户均已落实,上门送教没有开展。";
    labels("policy_talk", &[("done", text)]);
    labels("home_teaching", &[("not_done", text)]);
}

#[test]
fn what_only_its_heading_makes_an_items_yields_to_its_own_denial() {
    let under = |told: &str| {
        format!("四、包联入户\n{told}\n本学期共有教学班9个,学生616人,资助困难学生30人,10月12日发放补助2.3万元。")
    };
    let visit = |told: &str, label: &str| {
        assert_eq!(label_under("青石桥学校扶贫日活动总结", &under(told), "household_visit"), label, "{told}");
    };
    visit("因连阴雨,包联入户没有进行。", "not_done");
    visit("包联入户定于本月下旬开展。", "planned");
    visit("全体帮扶教师分头到贫困户家中走访。", "done");
}

#[test]
fn only_an_exception_yields_to_what_is_said_elsewhere() {
    let plan = "我校拟于10月28日组织教师送教上门。";
    let excepted = format!("除上门送教外,其余活动均已完成。\n{plan}");
    let denied = format!("上门送教:否。\n{plan}");
    labels("home_teaching", &[("planned", &excepted), ("not_done", &denied)]);
}

#[test]
fn a_table_drawn_in_plain_text_is_a_table() {
    let head = "沙坪小学扶贫日活动台账";
    let strokes =
        "| 活动 | 已完成 | 未完成 | 备注 |\n|---|---|---|---|\n| 专题会议 | √ |  | 10.12 |\n| 成效宣传 |  | √ | 无 |\n";
    let bars = "活动名称｜时间｜结果\n专题会议｜10月12日｜传达文件,查找问题\n成效宣传｜未开展｜\n";
    let blanks = "活动        时间        内容\n专题会议    10月12日    学文件、查问题\n成效宣传    无          未开展\n上门送教    无          我校无此类学生\n";
    for text in [strokes, bars, blanks] {
        assert_eq!(label_under(head, text, "meeting"), "done", "{text}");
        assert_eq!(label_under(head, text, "publicity"), "not_done", "{text}");
    }
    assert_eq!(label_under(head, blanks, "home_teaching"), "not_applicable");
}

#[test]
fn what_answers_the_line_above_is_read_with_it() {
    let head = "沙坪小学扶贫日活动情况";
    let asked = "问:成效宣传做了没有?\n答:这一项还没来得及做。\n问:有没有上门送教?\n答:没有,送教老师住院了。\n";
    assert_eq!(label_under(head, asked, "publicity"), "not_done");
    assert_eq!(label_under(head, asked, "home_teaching"), "not_done");
    let pairs = "工作内容:上门送教\n完成情况:完成,2人4课时\n工作内容:专项整改\n完成情况:未完成\n工作内容:成效宣传\n完成情况:进行中\n";
    assert_eq!(label_under(head, pairs, "home_teaching"), "done");
    assert_eq!(label_under(head, pairs, "rectification"), "not_done");
    assert_eq!(label_under(head, pairs, "publicity"), "planned");
}

#[test]
fn minutes_show_the_line_that_they_are_about() {
    let minutes =
        "白沙中学行政办公会记录\n时间:10月12日第七节\n议题一:期中考试时间。定11月5日。\n议题二:扶贫日活动。\n";
    let reading = detect::detect(SourceFile::default(), shouqi::extract::read(minutes.as_bytes()), engine(), false);
    let shown: Vec<&str> = reading.evidence.iter().filter(|e| e.item == "meeting").map(|e| e.quote.as_str()).collect();
    assert!(shown.contains(&"白沙中学行政办公会记录") && shown.iter().any(|q| q.contains("扶贫日活动")), "{shown:?}");
    let foreign = "白沙中学行政办公会记录\n议题一:期中考试时间。\n议题二:食堂燃气改造。\n";
    assert_eq!(label_under("10月例会", foreign, "meeting"), "absent");
}
