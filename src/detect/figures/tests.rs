//! Forms as schools fill them in, and the numbers that a clerk would take from them.

use super::*;
use crate::model::campaign::Campaign;
use crate::model::document::{Block, Body, Cell, Content, Document, Row, Table};
use crate::model::rules::{Answers, ItemRules, Rules};

fn engine() -> Engine {
    let indicator = |id: &str, name: &str, unit: &str, activity: &str, words: &[&str]| Indicator {
        id: id.into(),
        name: name.into(),
        unit: unit.into(),
        activity: Some(activity.to_string()).filter(|a| !a.is_empty()),
        words: words.iter().map(|w| w.to_string()).collect(),
        not_words: Vec::new(),
    };
    let item = |id: &str, name: &str| ItemRules { item: id.into(), names: vec![name.into()], ..ItemRules::default() };
    let campaign = Campaign {
        year: 2020,
        rules: Rules {
            items: vec![item("meeting", "专题会议"), item("talk", "政策宣讲"), item("visit", "包联入户")],
            answers: Answers { nothing: vec!["无".into()], ..Answers::default() },
            ..Rules::default()
        },
        indicators: vec![
            indicator("met", "参会人数", "人", "meeting", &["参会人数", "参加人数", "人数"]),
            indicator("heard", "听讲人数", "人次", "talk", &["家长", "参加人数", "人数"]),
            indicator("leaflets", "发放资料", "份", "talk", &["资料"]),
            indicator("visitors", "入户教师", "人", "visit", &["走访", "教师", "人数"]),
            indicator("households", "走访户数", "户", "visit", &["走访", "户数"]),
            indicator("money", "资助金额", "元", "", &["资助金额"]),
        ],
        ..Campaign::default()
    };
    Engine::new(&campaign).unwrap()
}

/// `<` is covered from the left, `^` from above.
fn table(text: &str) -> Table {
    let rows: Vec<Vec<&str>> =
        text.lines().map(|l| l.trim().trim_matches('|').split('|').map(str::trim).collect()).collect();
    let at = |r: usize, c: usize| rows.get(r).and_then(|row| row.get(c)).copied().unwrap_or("");
    let cell = |r: usize, c: usize| Cell {
        column: c as u32,
        columns: 1 + (c + 1..).take_while(|&c| at(r, c) == "<").count() as u32,
        rows: 1 + (r + 1..).take_while(|&r| at(r, c) == "^").count() as u32,
        text: at(r, c).to_string(),
    };
    let is_cell = |text: &str| !matches!(text, "" | "<" | "^");
    let row = |r: usize| Row {
        number: r as u32 + 1,
        cells: (0..rows[r].len()).filter(|&c| is_cell(at(r, c))).map(|c| cell(r, c)).collect(),
    };
    Table { hidden: false, rows: (0..rows.len()).map(row).filter(|r| !r.cells.is_empty()).collect() }
}

fn read(tables: &[(&str, &str)]) -> Asked {
    let block = |(sheet, text): &(&str, &str)| Block {
        place: Place::Sheet((*sheet).into()),
        content: Content::Table(table(text)),
    };
    let body = Body { blocks: tables.iter().map(block).collect(), ..Body::default() };
    let document = Document { body, ..Document::default() };
    let engine = engine();
    asked(&Page::new(&document, "统计表.xlsx", &engine), &engine)
}

/// Name, school of the row, number, cell.
fn told(text: &str) -> Vec<String> {
    let figure = |f: Figure| {
        let unit = f.unit.map_or(String::new(), |u| format!(" {u}"));
        let Place::SheetCell(_, column, row) = f.place else { panic!("{:?}", f.place) };
        format!("{}{unit} {} {}{row}", f.indicator, f.value, crate::model::place::column_letters(column))
    };
    read(&[("表", text)]).figures.into_iter().map(figure).collect()
}

fn doubts(text: &str) -> Vec<String> {
    let doubt = |d: FigureDoubt| match d.doubt {
        Doubt::NotANumber(text) => format!("{} {text}", d.indicator),
        Doubt::Total { told, sum } => format!("{} {told}≠{sum}", d.indicator),
    };
    read(&[("表", text)]).doubts.into_iter().map(doubt).collect()
}

const MERGED: &str = "\
| 2020年扶贫日活动统计表 | < | < | < | < | < |
| 填报单位：城关镇中心校 | | | | 日期：10月18日 | |
| 序号 | 单位 | 政策宣讲 | < | 包联入户 | < |
| ^ | ^ | 参加家长（人） | 发放资料（份） | 教师（人） | 走访（户） |
| 1 | 东街小学 | 498 | 620 | 14 | 21 |
| 2 | 城北小学 | 812 | 1,100 | 约22 | 34户 |
| 合计 | < | 1310 | 1720 | 36 | 55 |
| 填表人：梁某 | < | 审核： | | | |";

#[test]
fn heads_of_two_rows_are_joined_and_each_row_is_a_schools() {
    assert_eq!(
        told(MERGED),
        [
            "听讲人数 东街小学 498 C5",
            "发放资料 东街小学 620 D5",
            "入户教师 东街小学 14 E5",
            "走访户数 东街小学 21 F5",
            "听讲人数 城北小学 812 C6",
            "发放资料 城北小学 1100 D6",
            "入户教师 城北小学 22 E6",
            "走访户数 城北小学 34 F6",
        ]
    );
    assert_eq!(doubts(MERGED), [""; 0]);
}

#[test]
fn a_total_is_left_out_and_compared() {
    assert_eq!(doubts(&MERGED.replace("1720", "1702")), ["发放资料 1702≠1720"]);
    let subtotals = "| 学校 | 走访户数 |\n| 甲小学 | 10 |\n| 乙小学 | 5 |\n| 小计 | 15 |\n| 丙小学 | 7 |\n| 小计 | 8 |\n| 总计 | 22 |";
    assert_eq!(told(subtotals).len(), 3);
    assert_eq!(doubts(subtotals), ["走访户数 8≠7"]);
    let on_top = "| 学校 | 走访户数 |\n| 合计 | 15 |\n| 甲小学 | 10 |\n| 乙小学 | 6 |";
    assert_eq!((told(on_top).len(), doubts(on_top)), (2, vec!["走访户数 15≠16".to_string()]));
    // All that was filled in is the total.
    assert_eq!(told("| 学校 | 走访户数 |\n| 甲小学 | |\n| 合计 | 15 |"), ["走访户数 15 B3"]);
    assert_eq!(told("| 序号 | 学校 | 走访户数 |\n| 1 | 甲小学 | 3 |\n| 2 | 合计 | 3 |"), ["走访户数 甲小学 3 C2"]);
}

#[test]
fn kinds_by_turns_with_their_numbers_count_for_the_label_before_them() {
    for (row, wanted) in [
        ("| 参会人数 | 教师 | 20 | 学生 | 30 |", "参会人数 50 C1"),
        ("| 政策宣讲 | 参加人数 | 家长 | 200人 | 学生 | / | 其他 | 5 |", "听讲人数 205 D1"),
        ("| 参会人数 | 教师 | 20 | 学生 | 30 | 合计 | 50 |", "参会人数 50 C1"),
        ("| 走访户数 | 贫困户 | 12 | 一般户 | 9 |", "走访户数 21 C1"),
        // Of what was counted before, and of something else.
        ("| 参会人数 | 50 | 其中教师 | 20 | 学生 | 30 |", "参会人数 50 B1"),
        ("| 参会人数 | 教师 | 20 | 会议场次 | 3 |", "参会人数 20 C1"),
    ] {
        assert_eq!(told(row), [wanted], "{row}");
    }
    assert_eq!(told("| 参会人数 | 教师 | 20 | 走访户数 | 9 |"), ["参会人数 20 C1", "走访户数 9 E1"]);
    assert_eq!(doubts("| 参会人数 | 教师 | 20 | 学生 | 30 | 合计 | 55 |"), ["参会人数 55≠50"]);
    assert_eq!(doubts("| 参会人数 | 教师 | 20 | 学生 | 全体 |"), ["参会人数 全体"]);
}

#[test]
fn a_column_that_sums_up_others_does_not_count_twice() {
    let form = "| 学校 | 参会人数 | < | < |\n| ^ | 教师 | 职工 | 合计 |\n| 甲小学 | 20 | 3 | 23 |\n| 乙小学 | | | 9 |\n| 丙小学 | 5 | 5 | 11 |";
    assert_eq!(told(form), ["参会人数 甲小学 23 B3", "参会人数 乙小学 9 D4", "参会人数 丙小学 10 B5"]);
    assert_eq!(doubts(form), ["参会人数 11≠10"]);
    let women = "| 学校 | 参会人数 | < |\n| ^ | 合计 | 其中：女 |\n| 甲小学 | 20 | 12 |";
    assert_eq!(told(women), ["参会人数 甲小学 20 B3"]);
}

#[test]
fn activities_may_stand_at_the_left() {
    let form = "| 活动 | 开展时间 | 参加人数 | 涉及户数 |\n| 专题会议 | 2020-10-13 | 19 | |\n| 政策宣讲 | 10月14日 | 1124 | 6 |\n| 包联入户 | 10月17日 | 46 | 56 |";
    // 46 people of a visit are those who went, and households of a talk are nobody's.
    assert_eq!(told(form), ["参会人数 19 C2", "听讲人数 1124 C3", "入户教师 46 C4", "走访户数 56 D4"]);
}

#[test]
fn labels_may_stand_left_of_their_numbers() {
    let pairs = "| 学校名称 | 龙池镇中心校 | 填报人 | 贾老师 |\n| 参会人数 | 45 | 发放资料（份） | 2000 |\n| 留守儿童 | 30 | 走访户数 | 56户 |";
    assert_eq!(told(pairs), ["参会人数 45 B2", "发放资料 2000 D2", "走访户数 56 D3"]);
    let listed = "| 序号 | 指标名称 | 单位 | 数量 |\n| 1 | 参会人数 | 人 | 45 |\n| 2 | 走访户数 | 户 | 12 |";
    assert_eq!(told(listed), ["参会人数 45 D2", "走访户数 12 D3"]);
    let parts = "| 参会人数 | 教师 | 20 |\n| ^ | 职工 | 3 |\n| ^ | 合计 | 24 |";
    assert_eq!(
        (told(parts), doubts(parts)),
        (vec!["参会人数 20 C1".into(), "参会人数 3 C2".into()], vec!["参会人数 24≠23".into()])
    );
}

#[test]
fn schools_may_stand_at_the_top() {
    let form = "| 指标 | 王庄小学 | 李庄小学 | 合计 |\n| 参会人数 | 8 | 9 | 17 |\n| 走访户数 | 12 | 若干3户 | 12 |";
    assert_eq!(told(form), ["参会人数 李庄小学 9 C2", "参会人数 王庄小学 8 B2", "走访户数 王庄小学 12 B3"]);
}

#[test]
fn what_is_no_number_is_told_with_its_place() {
    let form =
        "| 学校 | 参会人数 | 走访户数 |\n| 甲小学 | 全体教职工 | 12 |\n| 乙小学 | / | 5人 |\n| 丙小学 | 无 | #REF! |";
    assert_eq!(doubts(form), ["参会人数 全体教职工", "走访户数 5人", "走访户数 #REF!"]);
    assert_eq!(doubts("| 参会人数 | 全体 |\n| 走访户数 | 30多户 |"), ["参会人数 全体"]);
    assert_eq!(read(&[("表", form)]).doubts[0].place, Place::SheetCell("表".into(), 1, 2));
}

#[test]
fn what_activities_come_to_in_all_is_no_indicators_sum() {
    let by_activity =
        "| 活动内容 | 次数 | 参加人数 |\n| 专题会议 | 1 | 45 |\n| 政策宣讲 | 2 | 300 |\n| 合计 | 3 | 345 |";
    assert_eq!(told(by_activity), ["参会人数 45 C2", "听讲人数 300 C3"]);
    assert_eq!(doubts(by_activity), Vec::<String>::new());
    let one_of_them = "| 活动内容 | 次数 | 参与教师 |\n| 专题会议 | 1 | 45 |\n| 包联入户 | 2 | 12 |\n| 合计 | 3 | 57 |";
    assert_eq!(told(one_of_them), ["入户教师 12 C3"]);
    assert_eq!(doubts(one_of_them), Vec::<String>::new());
}

#[test]
fn a_column_of_words_is_no_column_of_numbers() {
    let names = "| 序号 | 姓名 | 帮扶教师 |\n| 1 | 夏静 | 徐怡 |\n| 2 | 曾波 | 常娟 |\n| 3 | 熊亚 | 薛波 |";
    assert_eq!(doubts(names), Vec::<String>::new());
    let numbers = "| 学校 | 参会人数 |\n| 河口小学 | 12 |\n| 山前小学 | 若干 |\n| 城关小学 | 20 |\n| 桥头小学 | 30 |";
    assert_eq!(doubts(numbers), ["参会人数 若干"]);
}

#[test]
fn the_measure_of_a_head_is_the_indicators_or_it_is_another_number() {
    let form = "| 学校 | 发放资料（万份） | 资助金额（万元） | 走访教师（人） |\n| 甲小学 | 1.2 | 3 | 7 |";
    assert_eq!(told(form), ["发放资料 甲小学 12000 B2", "入户教师 甲小学 7 D2", "资助金额 甲小学 30000 C2"]);
}

#[test]
fn where_a_head_may_mean_several_it_means_none_unless_the_sheet_says_which() {
    let form = "| 学校 | 人数 |\n| 甲小学 | 12 |";
    assert_eq!(told(form), [""; 0]);
    assert_eq!(read(&[("专题会议", form)]).figures[0].indicator, "参会人数");
    assert_eq!(told("| 学校 | 计划走访户数 |\n| 甲小学 | 12 |"), [""; 0]);
}

#[test]
fn two_tables_on_a_sheet_have_heads_of_their_own() {
    let form = "| 学校 | 参会人数 |\n| 甲小学 | 12 |\n| 合计 | 12 |\n| 学校 | 走访户数 |\n| 甲小学 | 5 |\n| 乙小学 | 6 |\n| 合计 | 11 |";
    assert_eq!(told(form), ["参会人数 甲小学 12 B2", "走访户数 甲小学 5 B5", "走访户数 乙小学 6 B6"]);
    assert_eq!(doubts(form), [""; 0]);
}

#[test]
fn a_row_of_words_below_the_heads_is_no_head() {
    let form = "| 学校 | 活动 | 参加人数 | 备注 |\n| 三义镇中心校 | 成效宣传 | 电视台 | 学校大会 |\n| 三义镇中心校 | 专题会议 | 21 | |";
    assert_eq!(told(form), ["参会人数 三义镇中心校 21 C3"]);
}

#[test]
fn a_running_total_goes_back_to_earlier_reports_and_contradicts_nothing() {
    let form = "学校|参会人数\n龙池小学|10\n荆山小学|20\n累计|50";
    assert_eq!(told(form).len(), 2, "{:?}", told(form));
    assert_eq!(read(&[("表", form)]).doubts, []);
    assert_eq!(read(&[("表", &form.replace("累计", "合计"))]).doubts.len(), 1, "a total of this table would");
}

#[test]
fn a_second_number_beside_a_label_is_nobodys() {
    assert_eq!(told("参会人数|45|30\n发放资料|200"), ["参会人数 45 B1", "发放资料 200 B2"]);
}
