use super::{Made, lines, losses, p, r, text};

#[test]
fn runs_join_without_spaces_and_a_broken_line_stays_broken() {
    let body =
        "<w:p><w:r><w:t>10月</w:t></w:r><w:r><w:t>12日</w:t><w:br/><w:t>召开</w:t><w:tab/><w:t>会</w:t></w:r></w:p>";
    assert_eq!(text(body), "10月12日\n召开\t会\n");
}

#[test]
fn paragraphs_are_counted_without_empty_ones_and_tables() {
    let table = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p("表内"));
    let body = Made::new(&format!("{}<w:p/>{}{table}{}", p("一"), p(" 　"), p("二"))).read();
    assert_eq!(lines(&body), ["第1段 一", "表1", "第2段 二"]);
}

#[test]
fn space_at_the_ends_counts_only_where_it_is_kept() {
    assert_eq!(text("<w:p><w:r><w:t>a </w:t></w:r><w:r><w:t xml:space=\"preserve\"> b</w:t></w:r></w:p>"), "a b\n");
    assert_eq!(text("<w:p><w:r><w:t>甲\n乙</w:t></w:r></w:p>"), "甲 乙\n");
}

#[test]
fn headings_come_from_style_or_outline_level() {
    let styles = r#"<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
        <w:style w:styleId="a"><w:name w:val="我的"/><w:basedOn w:val="1"/></w:style>"#;
    let styled = |id: &str, text: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{id}\"/></w:pPr>{}</w:p>", r(text));
    let outlined = format!("<w:p><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr>{}</w:p>", r("三级"));
    let demoted = format!("<w:p><w:pPr><w:pStyle w:val=\"1\"/><w:outlineLvl w:val=\"9\"/></w:pPr>{}</w:p>", r("正文"));
    let body =
        Made::new(&[styled("1", "一级"), styled("a", "也是一级"), outlined, demoted].concat()).styles(styles).read();
    assert_eq!(lines(&body), ["第1段 H1 一级", "第2段 H1 也是一级", "第3段 H3 三级", "第4段 正文"]);
}

#[test]
fn a_long_paragraph_of_sentences_is_no_heading_whatever_its_style() {
    let long = format!("开展一次宣传活动。{}", "我校利用升旗仪式向全体师生宣讲了资助政策。".repeat(4));
    let body = Made::new(&format!("<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>{}</w:p>", r(&long))).read();
    assert_eq!(lines(&body), [format!("第1段 {long}")]);
}

#[test]
fn deletions_are_gone_and_insertions_stay() {
    let body = format!(
        "<w:p>{}<w:del><w:r><w:delText>删</w:delText><w:t>也删</w:t></w:r></w:del><w:ins>{}</w:ins>\
         <w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo></w:p>",
        r("甲"),
        r("增"),
        r("移走"),
        r("移来")
    );
    assert_eq!(text(&body), "甲增移来\n");
}

#[test]
fn a_deleted_paragraph_mark_joins_two_paragraphs() {
    let deleted = format!("<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>{}</w:p>", r("前"));
    let body = Made::new(&(deleted + &p("后") + &p("另"))).read();
    assert_eq!(lines(&body), ["第1段 前后", "第2段 另"]);
}

#[test]
fn field_codes_are_gone_and_results_stay() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let (begin, separate, end) = (mark("begin"), mark("separate"), mark("end"));
    let nested = format!(
        "<w:p>{begin}{}{begin}{}{separate}{}{end}{separate}{}{end}{}</w:p>",
        code("IF "),
        code("DATE"),
        r("里"),
        r("结果"),
        r("后文")
    );
    assert_eq!(text(&nested), "结果后文\n");
    // A field that nobody ended does not swallow the text after it.
    assert_eq!(text(&format!("<w:p>{begin}{}{}</w:p>{}", code("PAGE"), r("甲"), p("乙"))), "甲\n乙\n");
    let simple = format!("<w:p><w:fldSimple w:instr=\"AUTHOR\">{}</w:fldSimple></w:p>", r("校办"));
    assert_eq!(text(&simple), "校办\n");
}

#[test]
fn wrappers_are_seen_through() {
    let inner = r("字");
    for name in ["w:hyperlink", "w:smartTag", "w:customXml", "w:bdo", "w:somethingNew", "w:sdt", "x:unknown"] {
        assert_eq!(text(&format!("<w:p><{name}>{inner}</{name}></w:p>")), "字\n", "{name}");
    }
    assert_eq!(text(&format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", p("块"))), "块\n");
    assert_eq!(text("<w:r><w:t>裸</w:t></w:r>"), "裸\n");
}

#[test]
fn prompts_of_unfilled_controls_are_no_text() {
    let styles = r#"<w:style w:type="character" w:styleId="P"><w:name w:val="Placeholder Text"/></w:style>"#;
    let control = |style: &str, text: &str| {
        format!(
            "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:rPr>{style}</w:rPr><w:t>{text}</w:t></w:r>\
             </w:sdtContent></w:sdt></w:p>"
        )
    };
    let body = control(r#"<w:rStyle w:val="P"/>"#, "单击此处输入文字。") + &control("", "已经填好");
    assert_eq!(Made::new(&body).styles(styles).read().plain_text(), "已经填好\n");
}

#[test]
fn check_boxes_show_their_state_in_both_kinds() {
    let new = |checked: u8| {
        format!(
            "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val=\"{checked}\"/></w14:checkbox></w:sdtPr><w:sdtContent>{}\
             </w:sdtContent></w:sdt>",
            r("\u{f052}")
        )
    };
    let old = "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox></w:ffData>\
               </w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let body = format!("<w:p>{}{}{}{}{old}{}</w:p>", new(1), r("是"), new(0), r("否"), r("有"));
    assert_eq!(text(&body), "☑是☐否☑有\n");
}

#[test]
fn a_drop_down_list_of_an_old_form_shows_what_was_chosen() {
    let list = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"未开展\"/>\
                <w:listEntry w:val=\"已开展\"/></w:ddList></w:ffData></w:fldChar></w:r></w:p>";
    assert_eq!(text(list), "已开展\n");
}

#[test]
fn ticks_of_symbol_fonts_are_read_and_unknown_symbols_are_a_loss() {
    let sym = |font: &str, char: &str| format!("<w:r><w:sym w:font=\"{font}\" w:char=\"{char}\"/></w:r>");
    let letters = "<w:r><w:rPr><w:rFonts w:ascii=\"Wingdings 2\"/></w:rPr><w:t>R已</w:t></w:r>";
    let body =
        [sym("Wingdings", "F0FC"), sym("Wingdings 2", "0052"), sym("Wingdings", "F0A8"), letters.into()].concat();
    assert_eq!(text(&format!("<w:p>{body}</w:p>")), "✔☑☐☑已\n");
    let body = Made::new(&format!("<w:p>{}{}</w:p>", r("前"), sym("Odd Signs", "F0A1"))).read();
    assert_eq!(losses(&body).len(), 1);
    assert!(losses(&body)[0].contains("F0A1") && losses(&body)[0].contains("第1段"), "{:?}", losses(&body));
}

#[test]
fn pinyin_over_characters_is_dropped() {
    let ruby = format!("<w:ruby><w:rubyPr/><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby>", r("fā"), r("发"));
    assert_eq!(text(&format!("<w:p><w:r>{ruby}</w:r>{}</w:p>", r("布"))), "发布\n");
}

#[test]
fn hidden_text_is_dropped_by_itself_or_by_style() {
    let styles = r#"<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>
        <w:style w:type="paragraph" w:styleId="hp"><w:rPr><w:vanish/></w:rPr></w:style>"#;
    let run = |look: &str, text: &str| format!("<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:p>{}{}{}{}</w:p><w:p><w:pPr><w:pStyle w:val=\"hp\"/></w:pPr>{}{}</w:p>",
        run("<w:vanish/>", "藏"),
        run("<w:vanish w:val=\"0\"/>", "显"),
        run("<w:rStyle w:val=\"h\"/>", "藏"),
        run("", "示"),
        r("全藏"),
        run("<w:vanish w:val=\"false\"/>", "除此")
    );
    assert_eq!(Made::new(&body).styles(styles).read().plain_text(), "显示\n除此\n");
}

#[test]
fn formulas_and_hyphens_are_text() {
    let formula =
        "<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f></m:oMath>";
    assert_eq!(
        text(&format!("<w:p>{}{formula}<w:r><w:noBreakHyphen/><w:softHyphen/></w:r></w:p>", r("占"))),
        "占3/4-\n"
    );
}

#[test]
fn strict_names_and_unusual_prefixes_are_the_same_words() {
    let main = r#"<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>严格</x:t></x:r></x:p></x:body></x:document>"#;
    assert_eq!(Made::raw(main).read().plain_text(), "严格\n");
    let main = r#"<document xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><body><p><r><t>缺省</t></r></p></body></document>"#;
    assert_eq!(Made::raw(main).read().plain_text(), "缺省\n");
}

#[test]
fn an_embedded_foreign_document_is_a_loss() {
    let body = Made::new(&(p("前") + "<w:altChunk r:id=\"rId9\"/>")).read();
    assert_eq!(losses(&body).len(), 1);
    assert_eq!(body.plain_text(), "前\n");
}
