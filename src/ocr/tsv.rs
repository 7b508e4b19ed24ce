//! What Tesseract answers: a table (TSV), a row a word, with its line and how sure the program is of it.

/// The text of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// The lines in reading order.
    pub lines: Vec<String>,
    /// The mean confidence by characters, 0 to 100.
    pub confidence: u8,
}

impl Text {
    /// Characters, white space left out.
    pub fn chars(&self) -> usize {
        self.lines.iter().flat_map(|l| l.chars()).filter(|c| !c.is_whitespace()).count()
    }
}

/// Reads the table. Columns: level, page, block, paragraph, line, word, left, top, width, height, confidence, text; a row
/// of level 5 is a word.
pub fn text(table: &str) -> Text {
    let mut lines: Vec<((&str, &str, &str), String)> = Vec::new();
    let (mut sum, mut chars) = (0.0, 0usize);
    for row in table.lines() {
        let columns: Vec<&str> = row.trim_end_matches('\r').split('\t').collect();
        let ["5", _, block, paragraph, line, _, _, _, _, _, confidence, word] = columns.as_slice() else { continue };
        let (Ok(confidence), word) = (confidence.parse::<f32>(), word.trim()) else { continue };
        if word.is_empty() || !(0.0..=100.0).contains(&confidence) {
            continue;
        }
        let length = word.chars().count();
        sum += confidence * length as f32;
        chars += length;
        let at = (*block, *paragraph, *line);
        match lines.last_mut() {
            Some((last, text)) if *last == at => join(text, word),
            _ => lines.push((at, word.to_string())),
        }
    }
    // Borders and specks come as signs without a letter.
    let lines = lines.into_iter().map(|(_, text)| text).filter(|text| text.contains(char::is_alphanumeric)).collect();
    Text { lines, confidence: if chars == 0 { 0 } else { (sum / chars as f32) as u8 } }
}

/// Chinese is cut into words by the program, not by the author; only a border between two words of Latin letters or
/// figures is a blank.
fn join(text: &mut String, word: &str) {
    let latin = |c: char| c.is_ascii_alphanumeric();
    if text.ends_with(latin) && word.starts_with(latin) {
        text.push(' ');
    }
    text.push_str(word);
}
