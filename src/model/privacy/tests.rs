use super::{cover, mask};
use crate::model::document::{Block, Body, Cell, Content, Row, Table};
use crate::model::place::Place;

/// Asserts what each text is masked to, and says all that are wrong at once.
fn masked(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, wanted)| mask(text) != *wanted)
        .map(|(text, wanted)| format!("{text}\n  wanted {wanted}\n  got    {}", mask(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let again: Vec<_> = cases.iter().filter(|(_, wanted)| mask(wanted) != *wanted).collect();
    assert!(again.is_empty(), "masked twice is masked once: {again:?}");
}

/// Asserts that texts stay as they are.
fn stays(texts: &[&str]) {
    masked(&texts.iter().map(|t| (*t, *t)).collect::<Vec<_>>());
}

#[test]
fn identity_numbers_of_both_lengths_are_masked_however_they_are_written() {
    masked(&[
        ("身份证610524201001011234,", "身份证6105**********1234,"),
        ("证号11010519491231002X", "证号1101*********1002X"),
        ("身份证６１０５２４２０１００１０１１２３４。", "身份证６１０５**********１２３４。"),
        ("610524 2010 0101 1234", "6105** **** **** 1234"),
        ("610524-20100101-1234", "6105**-********-1234"),
        ("学籍号G610524201001011234", "学籍号G6105**********1234"),
        ("旧证610524800101123", "旧证6105*******1123"),
        ("61052420100101123413900001234", "6105*********************1234"),
    ]);
}

#[test]
fn phones_and_accounts_are_masked_and_what_stands_beside_them_tells() {
    masked(&[
        ("电话13900001234", "电话139****1234"),
        ("139 0000 1234 13700005678", "139 **** 1234 137****5678"),
        ("+86-139-0000-1234", "+86-139-****-1234"),
        ("座机0913-8212345,", "座机0913-*****45,"),
        ("联系电话:8212345", "联系电话:82***45"),
        ("打入账户6217000000001234567", "打入账户6217***********4567"),
        ("卡号6217 0000 0000 1234 567", "卡号6217 **** **** ***4 567"),
        ("86-13900001234", "86-139****1234"),
        ("4111111111111111", "4111********1111"),
        ("信用社账号270501010123456", "信用社账号2705*******3456"),
    ]);
}

#[test]
fn what_is_plainly_something_else_stays() {
    stays(&[
        "发放宣传单2000份,2020年10月17日",
        "资金合计123456789012345678元",
        "编号202010170000123456",
        "文号2020101700001234",
        "圆周率3.14159265358979323846",
        "2020-10-17 至 2020-10-19",
        "联系时间20201017",
        "2016-2017 2017-2019学年",
        "〔2018〕44号,阅读量1234567次",
        "6105**********1234",
    ]);
}

#[test]
fn names_of_poor_households_members_are_masked() {
    masked(&[
        ("走访户主张三家中", "走访户主张*家中"),
        ("贫困户李建国家里缺劳力", "贫困户李*家里缺劳力"),
        ("看望贫困学生王小明、李红和赵海,送去文具", "看望贫困学生王*、李*和赵*,送去文具"),
        ("建档立卡户：赵六，五口人", "建档立卡户：赵*，五口人"),
        ("为重度残疾学生孙小梅送教上门，孙小梅很高兴", "为重度残疾学生孙*送教上门，孙*很高兴"),
        ("帮扶对象欧阳春花", "帮扶对象欧阳*"),
        ("王小明（建档立卡户）领到补助", "王*（建档立卡户）领到补助"),
        ("到学生周大海家中辅导", "到学生周*家中辅导"),
        ("监护人:孟铁柱 电话13900001234", "监护人:孟* 电话139****1234"),
    ]);
}

#[test]
fn staff_pseudonyms_and_words_that_begin_like_a_name_stay() {
    stays(&[
        "校长王建国主持,教师李红参加",
        "贫困户李某某家中,残疾学生小雨(化名)",
        "贫困学生王小雨（化名）",
        "贫困户张大爷说,贫困户方面问题,残疾学生康复训练",
        "贫困户家庭收入,贫困学生资助金额,建档立卡户易地搬迁",
        "组织学生张贴标语,学生高兴地说",
        "贫困户王庄村12户,包联户46户全部走访",
        "贫困学生和家长,贫困户于10月16日搬家",
    ]);
}

fn table(rows: &[&[&str]]) -> Body {
    let row = |(n, cells): (usize, &&[&str])| Row {
        number: n as u32 + 1,
        cells: (0..)
            .zip(cells.iter())
            .map(|(column, text)| Cell { column, columns: 1, rows: 1, text: (*text).to_string() })
            .collect(),
    };
    let table = Table { hidden: false, rows: rows.iter().enumerate().map(row).collect() };
    Body { blocks: vec![Block { place: Place::Table(1), content: Content::Table(table) }], ..Body::default() }
}

#[test]
fn the_head_of_a_column_tells_whose_names_and_numbers_stand_below() {
    let mut body = table(&[
        &["户主姓名", "人口", "银行账号", "电话", "包联教师"],
        &["孟小军", "5", "270501010123456", "8212345", "李红"],
        &["缑 某", "3", "", "", "王芳"],
        &["合计", "8", "", "", ""],
    ]);
    cover(&mut body);
    let wanted =
        "户主姓名\t人口\t银行账号\t电话\t包联教师\n孟*\t5\t2705*******3456\t82***45\t李红\n缑 某\t3\t\t\t王芳\n合计\t8";
    assert_eq!(body.plain_text().trim_end(), wanted);
    let mut form = table(&[&["监护人", "赵铁柱", "性别", "男"], &["教师姓名", "赵铁柱"]]);
    cover(&mut form);
    assert_eq!(form.plain_text(), "监护人\t赵*\t性别\t男\n教师姓名\t赵铁柱\n");
}

#[test]
fn hostile_text_takes_no_more_time_than_its_length() {
    for piece in ["1", "1 ", "139-", "贫困户王明、", "户主", "（贫困户", "610524201001011234 "] {
        let text = piece.repeat(200_000 / piece.len());
        assert!(!mask(&text).is_empty());
    }
}
