//! PDF files that have more pages than anybody reads, or pages that lead back to themselves.

use super::Night;

/// A PDF of these objects, the first of them its catalogue.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut out = "%PDF-1.4\n".to_string();
    let mut places = Vec::new();
    for (object, n) in objects.iter().zip(1..) {
        places.push(out.len());
        out += &format!("{n} 0 obj\n{object}\nendobj\n");
    }
    let start = out.len();
    out += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        out += &format!("{place:010} 00000 n \n");
    }
    out += &format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.into_bytes()
}

fn stream(content: &str) -> String {
    format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len())
}

const FONT: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
const LINE: &str = "BT /F 12 Tf 72 760 Td (Report of the school of Jingshan) Tj ET";

#[test]
fn more_pages_than_are_read_are_told() {
    let kids: Vec<String> = (0..2_001).map(|n| format!("{} 0 R", n + 5)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        format!("<< /Type /Pages /Kids [{}] /Count 2001 >>", kids.join(" ")),
        FONT.to_string(),
        stream(LINE),
    ];
    let page =
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents 4 0 R >>";
    objects.extend(kids.iter().map(|_| page.to_string()));
    let night = Night::ending(0, &[("总结.pdf", pdf(&objects))]);
    night.says("总结.pdf", "第2001页");
}

#[test]
fn pages_that_are_their_own_parents_end() {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 2 0 R 3 0 R] /Count 3 >>",
        "<< /Type /Page /Parent 3 0 R /Contents [5 0 R 3 0 R] /Resources << /XObject << /X 4 0 R >> >> >>",
        "<< /Type /XObject /Subtype /Form /Resources << /XObject << /X 4 0 R >> >> /Length 4 >>\nstream\n/X Do\nendstream",
        "<< /Length 5 0 R >>\nstream\n/X Do\nendstream",
    ];
    let night = Night::over(&[("总结.pdf", pdf(&objects.map(str::to_string)))]);
    assert!(night.file("总结.pdf")["problem"].is_string());
}
