//! Lines → elements of a letter, by their shape: what a clerk types as 一、 is a heading of the first level, whoever wrote
//! the template (GB/T 9704—2012, 7.3.3: 结构层次序数).

use crate::letters::letter::{Block, Letter};
use crate::letters::template::{Line, Value};
use crate::letters::title;

/// The numerals that headings are counted with.
const NUMERALS: &str = "一二三四五六七八九十百";

/// Lays the lines out. The first is the title; one that ends with a colon right after it says whom the letter is to.
pub fn lay(lines: Vec<Line>) -> Letter {
    let mut letter = Letter::default();
    let blocks = &mut letter.blocks;
    let mut annexes: Vec<String> = Vec::new();
    let mut signature = (String::new(), String::new());
    let mut title_at = None;
    for line in lines {
        match line {
            Line::Element("发文字号", Value::Text(number)) => blocks.push(Block::Number(number)),
            Line::Element("署名", Value::Text(by)) => signature.0 = by,
            Line::Element("成文日期", Value::Text(on)) => signature.1 = on,
            Line::Element("附表", Value::Table(table)) => {
                sign(blocks, &mut signature);
                let name = annexes.first().cloned().unwrap_or_default();
                blocks.push(Block::Annex("附件".to_string(), title::lines(&name), table));
            }
            Line::Element(_, Value::Table(table)) => blocks.push(Block::Table(table)),
            Line::Element(_, Value::Text(text)) => blocks.push(Block::Paragraph(text)),
            Line::Element(_, Value::Lines(texts)) => blocks.extend(texts.into_iter().map(Block::Paragraph)),
            Line::Text(text) => match title_at {
                None => {
                    blocks.push(Block::Title(title::lines(&text)));
                    title_at = Some(blocks.len());
                }
                Some(at) if at == blocks.len() && text.ends_with(['：', ':']) => blocks.push(Block::Addressee(text)),
                Some(_) if !signature.1.is_empty() && text.starts_with(['（', '(']) => {
                    sign(blocks, &mut signature);
                    blocks.push(Block::Note(text));
                }
                Some(_) => match text.strip_prefix("附件：").or_else(|| text.strip_prefix("附件:")) {
                    Some(names) => {
                        annexes = names.split('；').map(|n| n.trim().to_string()).collect();
                        blocks.push(Block::Annexes(annexes.clone()));
                    }
                    None => blocks.push(paragraph(text)),
                },
            },
        }
    }
    sign(blocks, &mut signature);
    letter
}

fn sign(blocks: &mut Vec<Block>, signature: &mut (String, String)) {
    let (by, on) = std::mem::take(signature);
    if !by.is_empty() || !on.is_empty() {
        blocks.push(Block::Signature(by, on));
    }
}

fn paragraph(text: String) -> Block {
    let after_numeral = text.trim_start_matches(|c| NUMERALS.contains(c));
    if after_numeral.len() < text.len() && after_numeral.starts_with('、') {
        return Block::Head(text);
    }
    let in_brackets = text.strip_prefix('（').and_then(|t| t.split_once('）'));
    if in_brackets.is_some_and(|(n, _)| !n.is_empty() && n.chars().all(|c| NUMERALS.contains(c))) {
        // The heading is the first sentence, where more follows it (7.3.3).
        let end = text.find('。').map(|at| at + '。'.len_utf8()).filter(|end| *end < text.len());
        return match end {
            Some(end) => Block::SubHead(text[..end].to_string(), text[end..].to_string()),
            None if text.ends_with('。') => Block::Paragraph(text),
            None => Block::SubHead(text, String::new()),
        };
    }
    Block::Paragraph(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_of_a_line_says_what_it_is() {
        let line = |text: &str| Line::Text(text.to_string());
        let element = |word, text: &str| Line::Element(word, Value::Text(text.to_string()));
        let letter = lay(vec![
            element("发文字号", "澄教函〔2020〕12号"),
            line("关于补报材料的函"),
            line("龙池镇中心校："),
            line("一、总体情况"),
            line("（一）会议未开。涉及三校。"),
            line("（二）请按期补报。"),
            line("附件：一览表；统计表"),
            element("署名", "澄水县教育局"),
            element("成文日期", "2020年10月27日"),
            line("（联系人：王老师）"),
        ]);
        assert_eq!(
            letter.blocks,
            [
                Block::Number("澄教函〔2020〕12号".into()),
                Block::Title(vec!["关于补报材料的函".into()]),
                Block::Addressee("龙池镇中心校：".into()),
                Block::Head("一、总体情况".into()),
                Block::SubHead("（一）会议未开。".into(), "涉及三校。".into()),
                Block::Paragraph("（二）请按期补报。".into()),
                Block::Annexes(vec!["一览表".into(), "统计表".into()]),
                Block::Signature("澄水县教育局".into(), "2020年10月27日".into()),
                Block::Note("（联系人：王老师）".into()),
            ]
        );
    }
}
