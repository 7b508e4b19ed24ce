use super::{Made, lines, r};

fn level(at: u8, format: &str, pattern: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{pattern}\"/></w:lvl>"
    )
}

fn item(list: u32, at: u8, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{at}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>{}</w:p>",
        r(text)
    )
}

fn definition(id: u32, levels: &[String]) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{}</w:abstractNum>", levels.concat())
}

fn list(id: u32, definition: u32, change: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{definition}\"/>{change}</w:num>")
}

fn shown(body: &[String], numbering: &str) -> Vec<String> {
    let body = Made::new(&body.concat()).numbering(numbering).read();
    body.plain_text().lines().map(str::to_string).collect()
}

#[test]
fn numbers_are_shown_before_the_text_as_word_shows_them() {
    let levels = [level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2."), level(2, "decimal", "(%3)")];
    let numbering = definition(0, &levels) + &list(1, 0, "");
    let body = [
        item(1, 0, "会议"),
        item(1, 1, "10月12日召开"),
        item(1, 2, "细"),
        item(1, 1, "再"),
        item(1, 0, "宣讲"),
        item(1, 1, "首"),
    ];
    assert_eq!(shown(&body, &numbering), ["一、会议", "1. 10月12日召开", "(1) 细", "2. 再", "二、宣讲", "1. 首"]);
}

#[test]
fn several_levels_in_one_number_and_plain_figures() {
    let legal = "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:isLgl/><w:lvlText w:val=\"%1.%2\"/></w:lvl>";
    let numbering = definition(0, &[level(0, "upperRoman", "%1"), legal.to_string()]) + &list(1, 0, "");
    assert_eq!(
        shown(&[item(1, 0, "甲"), item(1, 1, "乙"), item(1, 1, "丙")], &numbering),
        ["I 甲", "1.1 乙", "1.2 丙"]
    );
}

#[test]
fn bullets_are_no_text() {
    let numbering = definition(0, &[level(0, "bullet", "\u{f0b7}")]) + &list(1, 0, "");
    assert_eq!(shown(&[item(1, 0, "甲")], &numbering), ["甲"]);
}

#[test]
fn lists_of_one_definition_count_on_unless_they_start_anew() {
    let start = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride>";
    let numbering =
        definition(0, &[level(0, "decimal", "%1、")]) + &list(1, 0, "") + &list(2, 0, "") + &list(3, 0, start);
    let body = [item(1, 0, "a"), item(2, 0, "b"), item(3, 0, "c"), item(3, 0, "d")];
    assert_eq!(shown(&body, &numbering), ["1、a", "2、b", "5、c", "6、d"]);
}

#[test]
fn a_style_brings_its_list_and_level_and_a_paragraph_can_leave_it() {
    let pair = "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:pStyle w:val=\"s2\"/><w:lvlText w:val=\"（%2）\"/></w:lvl>";
    let numbering = definition(0, &[level(0, "decimal", "%1、"), pair.to_string()]) + &list(1, 0, "");
    let styles = r#"<w:style w:styleId="s2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let styled =
        |more: &str, text: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"s2\"/>{more}</w:pPr>{}</w:p>", r(text));
    let out = "<w:numPr><w:numId w:val=\"0\"/></w:numPr>";
    let body = Made::new(&[styled("", "甲"), styled(out, "无号"), styled("", "乙")].concat());
    let body = body.numbering(&numbering).styles(styles).read();
    assert_eq!(lines(&body), ["第1段 H2 （1）甲", "第2段 H2 无号", "第3段 H2 （2）乙"]);
}

#[test]
fn an_empty_numbered_paragraph_counts_but_is_not_shown() {
    let numbering = definition(0, &[level(0, "decimal", "%1、")]) + &list(1, 0, "");
    assert_eq!(shown(&[item(1, 0, "甲"), item(1, 0, ""), item(1, 0, "丙")], &numbering), ["1、甲", "3、丙"]);
}

#[test]
fn the_column_of_serial_numbers_is_read() {
    let numbering = definition(0, &[level(0, "decimal", "%1")]) + &list(1, 0, "");
    let row = |text: &str| format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", item(1, 0, ""), super::p(text));
    let body = format!("<w:tbl>{}{}</w:tbl>", row("专题会议"), row("政策宣讲"));
    assert_eq!(shown(&[body], &numbering), ["1\t专题会议", "2\t政策宣讲"]);
}
