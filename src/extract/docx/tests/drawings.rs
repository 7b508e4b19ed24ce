use super::{Made, lines, losses, p, r};
use crate::model::document::{Body, picture_fingerprint};

fn words(text: &str) -> String {
    format!("<w:txbxContent>{}</w:txbxContent>", p(text))
}

/// A drawing for newer programs and one for older ones.
fn alternatives(choice: &str, fallback: &str) -> String {
    format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>{choice}</w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{fallback}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
}

fn newer(text: &str) -> String {
    format!(
        "<wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>",
        words(text)
    )
}

fn older(text: &str) -> String {
    format!("<v:shape><v:textbox>{}</v:textbox></v:shape>", words(text))
}

/// A picture in a paragraph of its own.
fn picture(id: &str, alt: &str) -> String {
    format!("<w:p><w:r>{}</w:r></w:p>", drawing("inline", id, alt))
}

fn drawing(kind: &str, id: &str, alt: &str) -> String {
    format!(
        "<w:drawing><wp:{kind}><wp:docPr id=\"1\" name=\"图片 1\" descr=\"{alt}\"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>\
         <a:blip r:embed=\"{id}\"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:{kind}></w:drawing>"
    )
}

fn read(body: &str) -> Body {
    Made::new(body).picture("rId1", "media/image1.jpeg", b"one").picture("rId2", "media/image2.png", b"two").read()
}

fn captions(body: &Body) -> Vec<&str> {
    body.pictures.iter().map(|p| p.caption.as_deref().unwrap_or("")).collect()
}

#[test]
fn a_text_box_is_read_once_after_its_paragraph() {
    let body = format!("<w:p>{}{}</w:p>{}", r("锚"), alternatives(&newer("框"), &older("框")), p("后"));
    assert_eq!(lines(&Made::new(&body).read()), ["第1段 锚", "文本框1 框", "第2段 后"]);
}

#[test]
fn a_text_box_for_older_programs_alone_is_read() {
    let only = format!("<w:p>{}</w:p>", alternatives("<wp:anchor/>", &older("旧")));
    assert_eq!(lines(&Made::new(&only).read()), ["文本框1 旧"]);
    let plain = format!("<w:p><w:r><w:pict>{}</w:pict></w:r></w:p>", older("更旧"));
    assert_eq!(lines(&Made::new(&plain).read()), ["文本框1 更旧"]);
}

#[test]
fn a_picture_that_only_the_fallback_has_is_counted_once_beside_the_words_of_the_choice() {
    let fallback = format!("{}<v:shape><v:imagedata r:id=\"rId1\"/></v:shape>", older("框"));
    let body = read(&format!("<w:p>{}</w:p>", alternatives(&newer("框"), &fallback)));
    assert_eq!((body.pictures.len(), body.plain_text().as_str()), (1, "框\n"));
}

#[test]
fn word_art_is_text() {
    let art = "<w:p><w:r><w:pict><v:shape><v:textpath string=\"扶贫日活动\"/></v:shape></w:pict></w:r></w:p>";
    assert_eq!(lines(&Made::new(art).read()), ["文本框1 扶贫日活动"]);
}

#[test]
fn pictures_are_known_by_their_bytes_and_listed_each_time_they_are_used() {
    let vml = "<w:p><w:r><w:pict><v:shape><v:imagedata r:id=\"rId1\"/></v:shape></w:pict></w:r></w:p>";
    let body = read(&(picture("rId1", "") + &picture("rId2", "") + vml));
    let names: Vec<&str> = body.pictures.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["word/media/image1.jpeg", "word/media/image2.png", "word/media/image1.jpeg"]);
    let print = picture_fingerprint(libdeflater::crc32(b"one"), 3);
    assert_eq!((&body.pictures[0].fingerprint, body.pictures[0].len), (&print, 3));
    assert_eq!(body.pictures[0].fingerprint, body.pictures[2].fingerprint);
}

#[test]
fn a_description_by_a_person_is_a_caption_and_a_file_name_is_none() {
    let body = read(&(picture("rId1", "全体教师会") + &picture("rId2", "IMG_2033")));
    assert_eq!(captions(&body), ["全体教师会", ""]);
}

#[test]
fn a_short_line_under_pictures_names_them() {
    let centred = format!("<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}</w:p>", r("教师入户走访"));
    let body = read(&(p("正文。") + &picture("rId1", "") + &picture("rId2", "") + &centred + &p("后文。")));
    assert_eq!(captions(&body), ["教师入户走访", "教师入户走访"]);
    assert_eq!(lines(&body)[1], "第2段 C 教师入户走访");
}

#[test]
fn captions_above_stay_with_the_pictures_below_them() {
    let body = read(&[p("图1 会场"), picture("rId1", ""), p("图2 宣讲"), picture("rId2", "")].concat());
    assert_eq!(captions(&body), ["图1 会场", "图2 宣讲"]);
    let body = read(&[picture("rId1", ""), p("图1 会场"), picture("rId2", ""), p("图2 宣讲")].concat());
    assert_eq!(captions(&body), ["图1 会场", "图2 宣讲"]);
}

#[test]
fn sentences_headings_and_text_at_an_anchor_are_no_captions() {
    let floating = format!("<w:p>{}<w:r>{}</w:r></w:p>", r("一、召开专题会议"), drawing("anchor", "rId2", ""));
    let body = read(&[picture("rId1", ""), p("会议于10月12日召开。"), floating].concat());
    assert_eq!(captions(&body), ["", ""]);
    assert_eq!(lines(&body), ["第1段 会议于10月12日召开。", "第2段 一、召开专题会议"]);
}

#[test]
fn words_beside_a_picture_in_its_line_name_it() {
    let body = read(&format!("<w:p><w:r>{}<w:br/><w:t>上门送教</w:t></w:r></w:p>", drawing("inline", "rId1", "")));
    assert_eq!((captions(&body), lines(&body)), (vec!["上门送教"], vec!["第1段 C 上门送教".to_string()]));
}

#[test]
fn a_caption_in_a_text_box_names_the_picture_it_is_anchored_with() {
    let body =
        format!("<w:p><w:r>{}</w:r>{}</w:p>", drawing("anchor", "rId1", ""), alternatives(&newer("图1 会场"), ""));
    assert_eq!(captions(&read(&body)), ["图1 会场"]);
}

#[test]
fn pictures_in_a_table_are_named_by_their_cell_or_the_one_below() {
    let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
    let first = cell(&picture("rId1", "")) + &cell(&(picture("rId2", "") + &p("宣讲")));
    let body =
        read(&format!("<w:tbl><w:tr>{first}</w:tr><w:tr>{}{}</w:tr></w:tbl>", cell(&p("会议")), cell(&p("别的"))));
    assert_eq!(captions(&body), ["会议", "宣讲"]);
}

#[test]
fn pictures_that_are_not_in_the_file_are_losses() {
    let linked = "<w:p><w:r><w:drawing><a:blip r:link=\"rId5\"/></w:drawing></w:r></w:p>";
    let made = Made::new(&(p("甲") + linked + &picture("rId7", "") + &picture("rId8", "") + &picture("rId9", "")));
    let made = made.outside("rId5", "image", "http://x/y.png").outside("rId8", "image", "file:///c:/y.png");
    let body = made.related("rId7", "image", "media/none.png").read();
    assert_eq!((body.pictures.len(), losses(&body).len()), (0, 4));
}

#[test]
fn embedded_objects_are_losses_and_their_previews_no_pictures_but_formulas_are_not() {
    let object = |program: &str| {
        format!(
            "<w:p><w:r><w:object><v:shape><v:imagedata r:id=\"rId1\"/></v:shape><o:OLEObject ProgID=\"{program}\"/></w:object></w:r></w:p>"
        )
    };
    let body = read(&(object("Excel.Sheet.12") + &object("Equation.3")));
    assert_eq!((body.pictures.len(), losses(&body).len()), (0, 1));
    assert!(losses(&body)[0].contains("Excel.Sheet.12"));
}

#[test]
fn diagrams_and_charts_say_their_words() {
    let shown = |what: &str| {
        format!(
            "<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData>{what}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )
    };
    let diagram =
        "<dgm:pt><dgm:t><a:p><a:r><a:t>领导</a:t></a:r><a:r><a:t>小组</a:t></a:r></a:p><a:p/></dgm:t></dgm:pt>";
    let chart = "<c:chart><c:title><a:p><a:r><a:t>参与人数</a:t></a:r></a:p></c:title><c:strCache><c:pt><c:v>会议</c:v></c:pt></c:strCache>\
                 <c:numCache><c:pt><c:v>45</c:v></c:pt></c:numCache></c:chart>";
    let made = Made::new(&(shown("<dgm:relIds r:dm=\"d1\" r:lo=\"d2\"/>") + &shown("<c:chart r:id=\"c1\"/>")));
    let made = made.part("d1", "diagramData", "diagrams/data1.xml", "dgm:dataModel", diagram);
    let body = made.part("c1", "chart", "charts/chart1.xml", "c:chartSpace", chart).read();
    assert_eq!(lines(&body), ["文本框1 领导小组", "文本框2 参与人数", "文本框2 会议"]);
}
