use super::{Made, NAMES, losses, p, r};
use crate::extract::docx::READER;
use crate::extract::reader::{Failure, Format};
use proptest::prelude::*;

/// A document with something of everything.
fn everything() -> String {
    let list =
        format!("<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}</w:p>", r("项"));
    let field = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>X</w:instrText><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    let merged = "<w:tcPr><w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/></w:tcPr>";
    let table = format!(
        "<w:tbl><w:tr><w:tc>{merged}{}</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>",
        p("格")
    );
    let drawn = "<w:p><w:r><mc:AlternateContent><mc:Choice><wp:inline><a:blip r:embed=\"i1\"/></wp:inline></mc:Choice><mc:Fallback><v:textbox>\
                 <w:txbxContent><w:p/></w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent><w:sym w:font=\"Symbol\" w:char=\"F061\"/></w:r></w:p>";
    let control = "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val=\"1\"/></w14:checkbox></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>";
    let section = "<w:sectPr><w:headerReference r:id=\"h1\"/></w:sectPr>";
    [p("甲"), list, field.into(), table, drawn.into(), control.into(), section.into()].concat()
}

fn made(main: &str) -> Made {
    let numbering = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1.%2\"/></w:lvl>\
                     </w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    Made::raw(main).numbering(numbering).part("h1", "header", "header1.xml", "w:hdr", &p("页眉")).picture(
        "i1",
        "media/a.png",
        b"png",
    )
}

fn whole() -> String {
    format!("<w:document{NAMES}><w:body>{}</w:body></w:document>", everything())
}

#[test]
fn text_before_a_break_is_kept_and_the_break_is_a_loss_with_its_place() {
    let text = format!("<w:document{NAMES}><w:body>{}{}<w:p><w:r><w:t>半", p("一"), p("二"));
    let body = Made::raw(&text).read();
    assert_eq!(body.plain_text(), "一\n二\n半\n");
    assert!(losses(&body).iter().any(|l| l.contains("第3段")), "{:?}", losses(&body));
    let text = format!("<w:document{NAMES}><w:body>{}<w:p></w:r></w:p>{}</w:body></w:document>", p("一"), p("二"));
    assert_eq!(Made::raw(&text).read().losses.len(), 1);
}

#[test]
fn a_break_before_the_first_word_is_damage() {
    let failure = Made::raw(&format!("<w:document{NAMES}><w:body><w:p><w:")).try_read();
    assert!(matches!(failure, Err(Failure::Damaged(_))));
}

#[test]
fn what_nests_beyond_measure_is_left_out_with_a_loss() {
    let deep = "<w:tbl><w:tr><w:tc>".repeat(3_000) + &p("深") + &"</w:tc></w:tr></w:tbl>".repeat(3_000);
    let body = Made::new(&(p("前") + &deep + &p("后"))).read();
    assert_eq!(body.plain_text(), "前\n后\n");
    assert_eq!(losses(&body).len(), 1);
    let wrapped = "<w:sdt><w:sdtContent>".repeat(3_000) + &p("深") + &"</w:sdtContent></w:sdt>".repeat(3_000);
    assert_eq!(Made::new(&(wrapped + &p("后"))).read().plain_text(), "后\n");
}

#[test]
fn a_text_beyond_the_limit_is_cut_with_a_loss() {
    let long = "字".repeat(100_000);
    let body = Made::new(&p(&long).repeat(41)).read();
    assert_eq!((body.blocks.len(), losses(&body).len()), (39, 1));
}

#[test]
fn numbers_out_of_all_proportion_do_no_harm() {
    let wide = "<w:tcPr><w:gridSpan w:val=\"4294967295\"/></w:tcPr>".to_string();
    let row = format!(
        "<w:tr><w:trPr><w:gridBefore w:val=\"4294967295\"/></w:trPr><w:tc>{wide}{}</w:tc><w:tc>{}</w:tc></w:tr>",
        p("甲"),
        p("乙")
    );
    assert!(super::text(&format!("<w:tbl>{row}</w:tbl>")).contains("乙"));
}

#[test]
fn a_whole_document_of_everything_reads_without_loss() {
    let body = made(&whole()).read();
    assert_eq!(body.losses, []);
    assert_eq!(body.pictures.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn broken_packages_never_panic(cut in 0.0..=1.0f64, at in proptest::collection::vec((0.0..1.0f64, any::<u8>()), 0..12)) {
        let mut bytes = made(&whole()).bytes();
        for (where_to, value) in at {
            let at = (bytes.len() as f64 * where_to) as usize;
            bytes[at] = value;
        }
        bytes.truncate((bytes.len() as f64 * cut) as usize);
        let _ = (READER.read)(&bytes, Format::Docx);
    }

    #[test]
    fn broken_main_parts_never_panic(edits in proptest::collection::vec((0.0..1.0f64, 0usize..40, "[<>/\"=&;a-z:\u{0}一 ]{0,6}"), 1..8)) {
        let mut text: Vec<char> = whole().chars().collect();
        for (at, len, new) in edits {
            let at = (text.len() as f64 * at) as usize;
            let end = (at + len).min(text.len());
            text.splice(at..end, new.chars());
        }
        let _ = made(&text.iter().collect::<String>()).try_read();
    }

    #[test]
    fn shuffled_elements_never_panic(picks in proptest::collection::vec(0usize..64, 0..60)) {
        let text = everything();
        let tags: Vec<&str> = text.split_inclusive('>').collect();
        let body: String = picks.iter().map(|i| tags[i % tags.len()]).collect();
        let _ = made(&format!("<w:document{NAMES}><w:body>{body}")).try_read();
    }
}
