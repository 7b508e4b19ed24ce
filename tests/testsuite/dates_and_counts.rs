//! Which day and which number belong to which deed, and what a whole report tells of days and numbers.
//!
//! The reports are written for the purpose and stand in no fixture; the rules are those of the demonstration campaign.

use crate::evidence::engine;
use shouqi::detect;
use shouqi::model::document::{Block, Body, Cell, Content, Document, Row, Table};
use shouqi::model::place::Place;
use shouqi::model::reading::{Count, Evidence, Reading};
use shouqi::model::source::SourceFile;

fn paragraph(n: usize, text: &str) -> Block {
    Block { place: Place::Paragraph(n as u32 + 1), content: Content::Paragraph(text.to_string()) }
}

fn read(blocks: Vec<Block>) -> Reading {
    let document = Document { body: Body { blocks, ..Body::default() }, ..Document::default() };
    let source = SourceFile { path: "龙池镇中心校扶贫日活动总结.docx".into(), ..SourceFile::default() };
    detect::detect(source, document, engine(), true)
}

/// A report of the lines of a text, under a title of the campaign.
fn report(text: &str) -> Reading {
    let lines = std::iter::once("龙池镇中心校扶贫日活动总结").chain(text.lines());
    read(lines.enumerate().map(|(n, line)| paragraph(n, line)).collect())
}

fn days(reading: &Reading) -> Vec<String> {
    reading.dates.iter().map(|d| d.format("%m-%d").to_string()).collect()
}

fn numbers(counts: &[Count]) -> Vec<String> {
    counts.iter().map(|c| format!("{}{}", c.n, c.unit)).collect()
}

/// The strongest evidence of an item.
fn of<'r>(reading: &'r Reading, item: &str) -> &'r Evidence {
    let found = reading.evidence.iter().filter(|e| e.item == item).min_by_key(|e| e.assertion);
    found.unwrap_or_else(|| panic!("no evidence of {item}: {:#?}", reading.evidence))
}

#[test]
fn a_reports_days_are_those_of_its_deeds() {
    for (text, wanted) in [
        ("10月17日是第七个全国扶贫日。10月12日,我校召开教育扶贫专题会议。", vec!["10-12"]),
        ("在10月17日全国扶贫日来临之际,10月12日我校召开教育扶贫专题会议。", vec!["10-12"]),
        ("根据县局10月9日通知,我校于10月12日召开教育扶贫专题会议。", vec!["10-12"]),
        ("县局10月9日通知共有六条。10月12日,我校召开教育扶贫专题会议。", vec!["10-12"]),
        ("会议要求各校务必于10月18日前上报总结。10月12日,我校召开教育扶贫专题会议。", vec!["10-12"]),
        ("请于10月18日中午前将总结发中心校邮箱。拟于10月20日入户。", vec!["10-20"]),
        ("10月10日,校长参加了县教育局召开的扶贫工作会议。10月12日,我校召开教育扶贫专题会议。", vec!["10-12"]),
        ("截至10月16日,各项工作进展顺利。10月12日,我校召开教育扶贫专题会议。", vec!["10-12"]),
        ("各班于10月14日前完成排查。", vec!["10-14"]),
        ("10月12日,我校召开教育扶贫专题会议,次日入户。", vec!["10-12", "10-13"]),
        ("包联入户原定17日,当天下雨,没有去成,现计划10月25日补上。", vec!["10-17", "10-25"]),
        (
            "2019年10月15日,我校被评为先进。10月12日,我校召开教育扶贫专题会议。\n龙池镇中心校\n2020年10月19日",
            vec!["10-12"],
        ),
        ("与9月5日的底表一对,少了一人。10月12日,我校召开教育扶贫专题会议。", vec!["10-12"]),
        ("镇党委政府高度重视,10月11日召开了联席会。10月12日,我校召开教育扶贫专题会议。", vec!["10-12"]),
        ("18日中午12点前报中心校邮箱。拟于10月20日入户。", vec!["10-20"]),
        ("原定10月19日上报的材料未能发出。10月12日,我校召开教育扶贫专题会议。", vec!["10-12"]),
        ("14号例会说了扶贫日的事。", vec!["10-14"]),
    ] {
        assert_eq!(days(&report(text)), wanted, "{text}");
    }
}

#[test]
fn a_signature_is_no_deeds_day_unless_a_deed_has_the_same() {
    let meeting = "10月12日,我校召开教育扶贫专题会议,31人参加。";
    let signed = report(&format!("{meeting}\n龙池镇中心校\n2020年10月18日"));
    assert_eq!(
        (days(&signed), signed.signed.map(|d| d.to_string())),
        (vec!["10-12".into()], Some("2020-10-18".into()))
    );
    let same = report(&format!("{meeting}\n龙池镇中心校\n2020年10月12日"));
    assert_eq!(days(&same), ["10-12"]);
    let form = report(&format!("填报单位:龙池镇中心校 填报日期:2020.10.19\n{meeting}\n我校对填报内容的真实性负责。"));
    assert_eq!((days(&form), form.signed.map(|d| d.to_string())), (vec!["10-12".into()], Some("2020-10-19".into())));
    let minutes = report("会议时间:2020年10月12日15:00\n会议学习了县局通知,研究教育扶贫工作。\n记录人:孙某");
    assert_eq!(
        (days(&minutes), minutes.signed.map(|d| d.to_string())),
        (vec!["10-12".into()], Some("2020-10-12".into()))
    );
}

#[test]
fn january_tells_of_december_of_the_year_before() {
    let reading = report("12月28日,我校召开教育扶贫专题会议。\n龙池镇中心校\n2021年1月5日");
    assert_eq!(reading.dates.iter().map(|d| d.to_string()).collect::<Vec<_>>(), ["2020-12-28"]);
}

#[test]
fn every_deed_has_the_counts_and_days_that_stand_with_it() {
    let reading = report(
        "10月14日,各校召开家长会宣讲资助政策,家长1126人听讲。发放明白卡870份。10月17日,32名帮扶干部走访包联村贫困户48户。",
    );
    let (talk, visit) = (of(&reading, "policy_talk"), of(&reading, "household_visit"));
    assert_eq!(numbers(&talk.counts), ["1126人", "870份"]);
    assert_eq!(numbers(&visit.counts), ["32名", "48户"]);
    assert_eq!(visit.counts[1].of.as_deref(), Some("贫困户"));
    assert_eq!(talk.date.map(|d| d.to_string()).as_deref(), Some("2020-10-14"));
    assert_eq!(visit.date.map(|d| d.to_string()).as_deref(), Some("2020-10-17"));
}

#[test]
fn a_day_before_its_deeds_is_theirs() {
    let reading = report("10月16日,天气晴好。中心校干部走进包联的北坡村,走访贫困户41户。");
    assert_eq!(of(&reading, "household_visit").date.map(|d| d.to_string()).as_deref(), Some("2020-10-16"));
    let opened =
        report("10月16日,我校开展了形式多样的活动。\n班主任给家长讲解资助政策。\n帮扶教师走访包联村贫困户41户。");
    for item in ["policy_talk", "household_visit"] {
        assert_eq!(of(&opened, item).date.map(|d| d.to_string()).as_deref(), Some("2020-10-16"), "{item}");
    }
}

#[test]
fn sessions_and_issues_are_amounts_beside_the_counts() {
    let reading = report("10月15日,4名教师到3名重度残疾学生家中送教,累计18课时。");
    let teaching = of(&reading, "home_teaching");
    assert_eq!(
        (numbers(&teaching.counts), numbers(&teaching.amounts)),
        (vec!["4名".into(), "3名".into()], vec!["18课时".into()])
    );
    assert_eq!(numbers(&reading.counts), ["4名", "3名"]);
}

#[test]
fn a_number_that_stands_twice_is_counted_once() {
    let reading = report("10月12日,我校召开教育扶贫专题会议,31人参加。\n31人撰写了心得。学校有一名学生需要送教。");
    assert_eq!(numbers(&reading.counts), ["31人", "1名"]);
}

#[test]
fn tables_give_their_heads_to_days_and_numbers() {
    let rows = [
        ["活动项目", "时间", "参加人数", "开展情况"],
        ["专题会议", "10.9", "26", "传达通知,安排工作"],
        ["政策宣讲", "10.13-10.16", "家长870", "发明白纸860份"],
        ["包联入户", "10/17", "35", "两村共62户"],
    ];
    let cell = |column: usize, text: &str| Cell { column: column as u32, text: text.to_string(), ..Cell::default() };
    let row = |(n, texts): (usize, &[&str; 4])| Row {
        number: n as u32 + 1,
        cells: texts.iter().enumerate().map(|(column, text)| cell(column, text)).collect(),
    };
    let table = Table { rows: rows.iter().enumerate().map(row).collect(), ..Table::default() };
    let blocks = vec![
        paragraph(0, "龙池镇中心校2020年扶贫日活动统计表"),
        Block { place: Place::Table(1), content: Content::Table(table) },
        paragraph(1, "填表人:郭某 2020.10.18"),
    ];
    let reading = read(blocks);
    assert_eq!(days(&reading), ["10-09", "10-13", "10-16", "10-17"]);
    assert_eq!(numbers(&reading.counts), ["26人", "870人", "860份", "35人", "62户"]);
    assert_eq!(numbers(&of(&reading, "household_visit").counts), ["35人", "62户"]);
    assert_eq!(of(&reading, "meeting").date.map(|d| d.to_string()).as_deref(), Some("2020-10-09"));
}
