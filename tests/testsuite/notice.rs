//! The notice's own words in a school's text: no evidence, however damaged; the school's words beside them are.

use shouqi::campaign::{self, CampaignFiles};
use shouqi::detect::{self, engine::Engine};
use shouqi::model::document::{Block, Body, Content, Document};
use shouqi::model::place::Place;
use shouqi::model::reading::{Assertion, Reading};
use shouqi::model::source::SourceFile;
use std::path::Path;

fn engine() -> Engine {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/chengshui-2020");
    let campaign = campaign::load(&folder, &CampaignFiles::default(), &shouqi::extract::read)
        .unwrap_or_else(|errors| panic!("{errors:#?}"));
    Engine::new(&campaign).expect("the demonstration's rules compile")
}

fn reading(text: &str, engine: &Engine) -> Reading {
    let blocks = text
        .lines()
        .zip(1..)
        .map(|(line, n)| Block { place: Place::Paragraph(n), content: Content::Paragraph(line.to_string()) });
    let body = Body { blocks: blocks.collect(), ..Body::default() };
    detect::detect(SourceFile::default(), Document { body, ..Document::default() }, engine, true)
}

/// Asserts the label of each text for an item.
fn labels(cases: &[(&str, &str, &str)]) {
    let engine = engine();
    let wrong: Vec<String> = cases
        .iter()
        .map(|(item, wanted, text)| (item, wanted, text, detect::label_of(text, item, &engine)))
        .filter(|(_, wanted, _, got)| *wanted != got)
        .map(|(item, wanted, text, got)| format!("{item} {wanted}, but got {got}: {text}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_notices_own_sentences_are_no_evidence() {
    labels(&[
        (
            "household_visit",
            "absent",
            "组织干部教师走进包联村贫困户家中,宣讲扶贫政策,核对帮扶措施是否落实,帮助群众解决生产生活中的实际困难。",
        ),
        // A character lost, one altered, pinyin, traditional characters, blanks.
        (
            "household_visit",
            "absent",
            "组织干部教师走进包联村贫户家中,宣(xuān)讲扶贫政策,核对帮扶错施是否落实,帮助群众解决生产生活中的实际困难。",
        ),
        (
            "household_visit",
            "absent",
            "組織幹部教師走進包聯村貧困戶家中，宣講扶貧政策，核對幫扶措施是否落實，幫助群眾解決生產生活中的實際困難。",
        ),
        ("household_visit", "absent", "4、组织干部 教师走进包联村 贫困户家中，宣讲扶贫政策，核对帮扶措施是否落实。"),
        (
            "home_teaching",
            "absent",
            "组织教师到重度残疾学生家中开展一次送教活动,补习文化知识,做好心理疏导,同时查看送教档案,完善一人一案。",
        ),
        (
            "rectification",
            "absent",
            "对辖区内建档立卡贫困家庭适龄儿童少年逐一核查,确保不让一个孩子失学辍学,并会同镇村两级做好控辍保学法律法规的宣传。",
        ),
        // Quoted inside a sentence of the school's.
        (
            "home_teaching",
            "absent",
            "我校对“组织教师到重度残疾学生家中开展一次送教活动,补习文化知识,做好心理疏导”这一条作了学习。",
        ),
    ]);
}

#[test]
fn a_masked_sentence_is_kept_with_its_reason() {
    let text = "龙池镇初级中学扶贫日活动总结\n组织干部教师走进包联村贫困户家中,宣讲扶贫政策,核对帮扶措施是否落实,帮助群众解决困难。";
    let reading = reading(text, &engine());
    let visit = reading.evidence.iter().find(|e| e.item == "household_visit").unwrap();
    assert_eq!((visit.assertion, visit.cue.as_deref()), (Assertion::Quoted, Some("通知原文")));
}

#[test]
fn who_borrows_the_words_and_tells_a_deed_has_done_it() {
    labels(&[
        ("meeting", "done", "一、召开一次专题会议。10月12日,龙池镇中心校在会议室召开教育扶贫工作会,26人参加。"),
        (
            "meeting",
            "done",
            "我校召开了教育扶贫工作会议,总结近年来取得的成绩,交流好经验好做法,推出一批叫得响的典型,把还存在的短板和弱项找准找实。",
        ),
        (
            "meeting",
            "done",
            "10月12日召开教育扶贫工作会议,总结近年来取得的成绩,交流好经验好做法,把还存在的短板和弱项找准找实。",
        ),
        (
            "household_visit",
            "done",
            "17名干部教师走进包联村贫困户家中,宣讲扶贫政策,核对帮扶措施是否落实,帮助群众解决生产生活中的实际困难。",
        ),
        ("household_visit", "done", "对照“开展一次包联入户”的要求,10月17日,36名教师走访包联村贫困户52户。"),
        (
            "home_teaching",
            "done",
            "按照通知“组织教师到重度残疾学生家中开展一次送教活动”的要求,10月15日我校2名教师到学生家中送教两节课。",
        ),
    ]);
}

#[test]
fn sharing_terms_is_no_quoting() {
    labels(&[
        ("household_visit", "done", "干部教师利用周末走进贫困户家中,帮助打扫院落、收玉米,讲解资助政策。"),
        ("rectification", "done", "各村小对适龄儿童少年入学情况逐一核查,与学籍系统比对一致。"),
    ]);
}

#[test]
fn the_notice_in_a_table_is_no_result() {
    let engine = engine();
    let cell =
        |column, text: &str| shouqi::model::document::Cell { column, columns: 1, rows: 1, text: text.to_string() };
    let row = |number, cells: [&str; 3]| shouqi::model::document::Row {
        number,
        cells: (0..).zip(cells).filter(|(_, t)| !t.is_empty()).map(|(c, t)| cell(c, t)).collect(),
    };
    let rows = vec![
        row(1, ["扶贫日活动", "要求", "完成情况"]),
        row(2, ["专题会议", "总结近年来取得的成绩,交流好经验好做法", "10月12日召开"]),
        row(3, ["上门送教", "补习文化知识,做好心理疏导,查看送教档案", ""]),
    ];
    let table = shouqi::model::document::Table { hidden: false, rows };
    let body =
        Body { blocks: vec![Block { place: Place::Table(1), content: Content::Table(table) }], ..Body::default() };
    let reading = detect::detect(SourceFile::default(), Document { body, ..Document::default() }, &engine, true);
    let labels = detect::labels(&reading.evidence);
    assert_eq!(labels.get("meeting"), Some(&Assertion::Done));
    assert_eq!(labels.get("home_teaching"), None, "{:#?}", reading.evidence);
}
