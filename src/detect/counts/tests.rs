//! The ways of writing a count, and what counts nothing.

use super::*;
use proptest::prelude::*;

fn found(text: &str) -> Vec<String> {
    counts(text).iter().map(|c| format!("{}{}", c.n, c.unit)).collect()
}

fn check(cases: &[(&str, &[&str])]) {
    for (text, wanted) in cases {
        assert_eq!(found(text), *wanted, "{text}");
    }
}

#[test]
fn counts_in_figures_and_in_chinese() {
    check(&[
        ("共31人参会,走访五十余户,发放12万余份", &["31人", "50户", "120000份"]),
        ("七户、二位家长,到会家长1,126人次", &["7户", "2位", "1126人次"]),
        ("承担1名学生的任务,有一名学生", &["1名", "1名"]),
        ("发放资料3000多份", &["3000份"]),
        ("两千余份", &["2000份"]),
        ("百余人", &["100人"]),
        ("近百人到会", &["100人"]),
        ("上千名学生", &["1000名"]),
        ("1.2万份", &["12000份"]),
        ("3千多份", &["3000份"]),
        ("一百二十名", &["120名"]),
        ("十几户", &["10户"]),
        ("三百来人", &["300人"]),
        ("约120人", &["120人"]),
        ("3至5名教师", &["5名"]),
        ("6个人一组", &["6人"]),
        ("廿三户", &["23户"]),
        ("3名一线教师", &["3名"]),
        ("有一户五保户", &["1户"]),
        ("参会人数:19", &["19人"]),
        ("走访户数为41,", &["41户"]),
        ("接龙人数211人", &["211人"]),
        ("送教18课时,推送3期", &["18课时", "3期"]),
        ("其中1名未返校", &["1名"]),
        ("共1户", &["1户"]),
        ("初三两名未到校学生", &["2名"]),
        ("其中一户的土墙裂了", &["1户"]),
        ("83人均在校", &["83人"]),
        ("教导主任22人参加", &["22人"]),
        ("有一名一线教师", &["1名"]),
        ("各校要确定一名信息员", &["1名"]),
    ]);
}

#[test]
fn words_that_count_nothing() {
    for text in [
        "致家长的一封信",
        "一人一案",
        "一户一策",
        "1户1策",
        "一户一卡",
        "第三次",
        "第3名",
        "一次专题会议",
        "每一名学生",
        "让每名学生",
        "不漏一户",
        "不落一人",
        "没有一名学生辍学",
        "无一名学生失学",
        "不让一名孩子掉队",
        "一名都不能少",
        "一人不漏",
        "献出一份爱心",
        "百名教师进千户",
        "三位一体",
        "3名额",
        "数十人",
        "几十名",
        "三四名",
        "五六百人",
        "1/3人",
        "每5户",
        "任何一位",
        "2020级人员",
        "6200元人民币",
        "户籍人口",
        "千家万户",
        "一名党员一面旗",
        "任一户",
        "一对一",
        "每组两人",
        "每班3名",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_is_counted_stands_after_the_unit_or_before_the_number() {
    for (text, wanted) in [
        ("为3名重度残疾学生送教", "重度残疾学生"),
        ("抽调4名骨干教师到村", "骨干教师"),
        ("走访贫困户48户,核对", "贫困户"),
        ("到会家长1126人", "家长"),
        ("印制《致家长的一封信》1340份", "致家长的一封信"),
        ("发放宣传彩页共计约1100份", "宣传彩页"),
        ("两位受助学生家长谈感受", "受助学生家长"),
        ("建档立卡学生302人", "学生"),
    ] {
        assert_eq!(counts(text).first().and_then(|c| c.of.as_deref()), Some(wanted), "{text}");
    }
    assert_eq!(counts("抽调3名到村里送学生").first().and_then(|c| c.of.clone()), None);
    assert_eq!(counts("共31人参会").first().and_then(|c| c.of.clone()), None);
}

#[test]
fn a_bare_number_takes_the_unit_of_its_columns_head() {
    let cell = |text: &str, head: &str| -> Vec<String> {
        counts_in_cell(text, head).iter().map(|c| format!("{}{}", c.n, c.unit)).collect()
    };
    assert_eq!(cell("26", "参加人数"), ["26人"]);
    assert_eq!(cell("家长870", "参加人数"), ["870人"]);
    assert_eq!(cell("教师3、学生2", "参加人数"), ["3人", "2人"]);
    assert_eq!(cell("62", "走访户数(户)"), ["62户"]);
    assert_eq!(cell("62户", "走访户数"), ["62户"]);
    assert_eq!(cell("130", "参与人次"), ["130人次"]);
    assert_eq!(cell("26", "备注"), Vec::<String>::new());
    assert_eq!(cell("10.12", "参加人数"), Vec::<String>::new());
    let parents = counts_in_cell("家长870", "参加人数");
    assert_eq!(parents.first().and_then(|c| c.of.as_deref()), Some("家长"));
}

#[test]
fn a_long_text_costs_no_more_than_its_length() {
    assert_eq!(counts(&"走访48户,".repeat(50_000)).len(), 50_000);
    assert_eq!(counts(&"一".repeat(400_000)).len(), 0);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[0-9一二十百千万余多名户份人次每不:,.、学生《》 ]{0,40}", head in "[人户份次数]{0,4}") {
        counts(&text);
        counts_in_cell(&text, &head);
    }

    #[test]
    fn every_number_is_read_back(n in 2u64..1_000_000) {
        prop_assert_eq!(found(&format!("发放{n}余份")), vec![format!("{n}份")]);
    }
}
