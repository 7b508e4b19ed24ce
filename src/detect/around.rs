//! What stands around a quote, so that a person sees it in its place without opening the file.

use crate::model::reading::{Around, Evidence, Line};

/// The most characters kept on either side.
const SIDE: usize = 60;

/// Tells each piece of evidence what stands around it in these lines. Words that cannot be found where they should stand,
/// because they were set right or masked otherwise, are shown alone.
pub fn around(evidence: &mut [Evidence], lines: &[Line]) {
    for e in evidence {
        let mut here = lines.iter().enumerate().filter(|(_, line)| line.place == e.place);
        let found = here.find_map(|(n, line)| Some((n, line, line.text.find(&e.quote)?)));
        let Some((n, line, start)) = found.filter(|_| !e.quote.is_empty()) else { continue };
        let mut before = line.text.get(..start).unwrap_or_default().to_string();
        let mut after = line.text.get(start + e.quote.len()..).unwrap_or_default().to_string();
        for line in lines.iter().take(n).rev() {
            if before.chars().count() >= SIDE {
                break;
            }
            before = format!("{}\n{before}", line.text);
        }
        for line in lines.iter().skip(n + 1) {
            if after.chars().count() >= SIDE {
                break;
            }
            after = format!("{after}\n{}", line.text);
        }
        e.around = Around { before: last(&before), after: first(&after) };
    }
}

/// The last characters of a text.
fn last(text: &str) -> String {
    match text.char_indices().rev().nth(SIDE - 1) {
        Some((start, _)) if start > 0 => format!("…{}", text.get(start..).unwrap_or_default()),
        _ => text.to_string(),
    }
}

/// The first characters of a text.
fn first(text: &str) -> String {
    match text.char_indices().nth(SIDE) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{SIDE, first, last};

    #[test]
    fn only_the_nearest_words_are_kept() {
        let long = "字".repeat(SIDE + 1);
        assert_eq!(last(&format!("前{long}")), format!("…{}", "字".repeat(SIDE)));
        assert_eq!(first(&format!("{long}后")), format!("{}…", "字".repeat(SIDE)));
        assert_eq!((last("前"), first("后")), ("前".to_string(), "后".to_string()));
    }
}
