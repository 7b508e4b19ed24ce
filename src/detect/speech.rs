//! What stands between quotation marks: what is called for there is said of what is said there, and of nothing else.

use std::ops::Range;

/// A quotation of fewer bytes is a word in its marks, part of the sentence around it: "未开展".
const WORD: usize = "未能如期开展".len();

/// Whether `cue` stands in a quotation of a sentence that `act` stands outside of. Where marks are missing none is known.
pub fn is_said_apart(normal: &str, sentence: &Range<usize>, cue: &Range<usize>, act: &Range<usize>) -> bool {
    let marks: Vec<usize> =
        normal.get(sentence.clone()).unwrap_or("").match_indices('"').map(|(at, _)| sentence.start + at).collect();
    let (pairs, rest) = marks.as_chunks::<2>();
    let inside = |range: &Range<usize>, [open, close]: &[usize; 2]| *open < range.end && range.end <= *close;
    let quotation = pairs.iter().find(|pair| inside(cue, pair) && pair[1] - pair[0] > WORD);
    rest.is_empty() && quotation.is_some_and(|pair| act.end <= pair[0] || pair[1] <= act.start)
}

/// Whether a sentence begins with who reports it: 政教处汇报:…, 太和小学反映,….
pub fn is_reported(sentence: &str) -> bool {
    /// The most characters before the mark.
    const WHO: usize = 14;
    let head = sentence.find([':', ',']).map_or("", |at| &sentence[..at]);
    head.chars().count() <= WHO && ["汇报", "反映", "通报情况", "介绍", "报告"].iter().any(|w| head.ends_with(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_apart(text: &str, cue: &str, act: &str) -> bool {
        let range = |word: &str| text.find(word).map(|at| at..at + word.len()).unwrap();
        is_said_apart(text, &(0..text.len()), &range(cue), &range(act))
    }

    #[test]
    fn a_quotation_speaks_for_itself() {
        let text = "校长说:\"下周要走访贫困户\",教师召开了会议。";
        assert!(is_apart(text, "下周", "召开"));
        assert!(!is_apart(text, "下周", "走访"));
        assert!(!is_apart(text, "校长", "走访"));
        assert!(!is_apart("专题会议\"未开展\"", "未", "会议"));
        assert!(!is_apart("他说:\"下周要走访贫困户,教师召开了会议。", "下周", "召开"));
    }
}
