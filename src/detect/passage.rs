//! A passage: a stretch of text that rules look at, with its place, its sentences, and what the headings above it say.

use crate::detect::dates::DateHit;
use crate::detect::glyph::is_han;
use crate::detect::text::Text;
use crate::model::place::Place;
use std::ops::Range;

/// A paragraph, a caption or a heading, ready for matching.
#[derive(Debug, Clone)]
pub struct Passage {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: PassageKind,
    /// Its text.
    pub text: Text,
    /// Its sentences and their clauses, as ranges of the normalised text.
    pub sentences: Vec<Sentence>,
    /// The days of deeds in it, in order; the page completes and sets them.
    pub days: Vec<DateHit>,
    /// The heading above it, normalised; its own lead (`政策宣讲。…`) where it has one.
    pub heading: String,
    /// Bytes of the lead at the start: words that name what follows and assert nothing.
    pub lead: usize,
    /// It answers what the heading above asks.
    pub answers: bool,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassageKind {
    /// Running text.
    Prose,
    /// A heading, by style or by looks.
    Heading,
    /// The words under a picture.
    Caption,
    /// A row of a table, its cells joined.
    Row,
}

/// A sentence and its clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The whole sentence.
    pub range: Range<usize>,
    /// Its clauses.
    pub clauses: Vec<Range<usize>>,
}

/// Nobody writes a sentence of so many bytes: what is longer is a list without full stops, and is cut between clauses.
/// Everything that compares an act with the rest of its sentence stays linear by this.
const SENTENCE: usize = "教".len() * 1000;

impl Sentence {
    fn of_bearable_length(self) -> Vec<Self> {
        let mut pieces: Vec<Sentence> = Vec::new();
        if self.range.len() <= SENTENCE {
            return vec![self];
        }
        for clause in self.clauses {
            match pieces.last_mut().filter(|p| clause.end - p.range.start <= SENTENCE) {
                Some(piece) => {
                    piece.range.end = clause.end;
                    piece.clauses.push(clause);
                }
                None => pieces.push(Sentence { range: clause.clone(), clauses: vec![clause] }),
            }
        }
        pieces
    }

    /// The clause that holds a place.
    pub fn clause_at(&self, at: usize) -> Option<&Range<usize>> {
        self.clauses.get(self.clauses.partition_point(|c| c.end <= at)).filter(|c| c.contains(&at))
    }
}

impl Passage {
    /// Cuts a text into a passage under `heading`; a lead of its own (`政策宣讲。…`) goes before that.
    pub fn new(place: Place, kind: PassageKind, text: Text, heading: &str) -> Self {
        // A row speaks as one: what became of a thing stands cells away from it.
        let clauses = |range: &Range<usize>| match kind {
            PassageKind::Row => vec![range.clone()],
            _ => text.clauses(range.clone()),
        };
        let dateline = dateline(&text.normal);
        let told = |range: Range<usize>| range.start.max(dateline)..range.end;
        let whole = text.sentences().into_iter().filter(|range| range.end > dateline).map(told);
        let whole = whole.map(|range| Sentence { clauses: clauses(&range), range });
        let sentences = whole.flat_map(Sentence::of_bearable_length).collect();
        let own = if kind == PassageKind::Prose { lead(&text.normal) } else { None };
        let heading = own.unwrap_or(heading).to_string();
        let lead = own.map_or(0, str::len);
        Passage { place, kind, sentences, days: Vec::new(), heading, lead, answers: false, text }
    }

    /// A passage that answers what `heading` asks, with so many bytes of a label (`答`, `完成情况`) before the answer.
    pub fn answer(place: Place, text: Text, heading: &str, label: usize) -> Self {
        let passage = Passage::new(place, PassageKind::Prose, text, heading);
        Passage { heading: heading.to_string(), lead: label, answers: true, ..passage }
    }
}

/// A heading by style, or a short numbered line that ends without a sentence mark.
pub fn looks_like_heading(text: &str, styled: bool) -> bool {
    let length = text.chars().count();
    let ends = text.ends_with(['。', ';', '!', '?', ',']);
    if styled {
        return length <= 60 && !text.contains('。');
    }
    // 通知第一条“召开一次专题会议…”。quotes what the text below answers.
    let body = text[number_length(text).unwrap_or(0)..].trim_start_matches(['—', '-']);
    if length <= 80 && body.starts_with("通知第") && text.trim_end_matches('。').ends_with('"') {
        return true;
    }
    // 三、开展一次成效宣传。 is what the notice asks, and no deed of its own.
    let asked = body.strip_suffix('。').filter(|b| b.chars().count() <= ASKED && !b.contains(['。', ',', ';', ':']));
    let verbs = ["召开", "开展", "组织", "举行", "举办", "进行"];
    if body.len() < text.len() && asked.is_some_and(|b| verbs.iter().any(|v| b.starts_with(v) && b.contains("一次")))
    {
        return true;
    }
    if length > 36 || ends || text.contains('。') {
        return false;
    }
    if activity_named(text).is_some() {
        return true;
    }
    // A point of a list may be a sentence without its mark; a heading is short.
    if text.starts_with(BULLETS) && number_length(text).is_none() {
        let body = text.trim_start_matches(BULLETS).chars();
        return (2..=MARKED).contains(&body.clone().count()) && body.clone().all(is_han);
    }
    let bracketed = text.starts_with('【') && text.ends_with('】') && !is_byline(text);
    bracketed
        || begins_part(text)
        || number_length(text).is_some_and(|n| n < text.len() && !text[n..].contains(|c: char| c.is_ascii_digit()))
}

/// What a field says that an activity is called: 活动六名称:包联入户, 活动六:包联入户.
pub fn activity_named(text: &str) -> Option<&str> {
    let (label, name) = text.split_once(':').filter(|(_, name)| !name.is_empty() && !name.contains(':'))?;
    let number = ["活动", "项目", "任务", "工作"].iter().find_map(|w| label.strip_prefix(w));
    let is_number = |of: &str| !of.is_empty() && of.chars().all(is_numeral);
    let is_name = label == "名称" || number.is_some_and(|of| of.ends_with("名称") || is_number(of));
    is_name.then_some(name)
}

/// Whether a line says who wrote a piece of news, and when.
fn is_byline(text: &str) -> bool {
    ["通讯员", "记者", "发稿", "供稿", "撰稿", "作者", "本网讯", "本报讯"].iter().any(|word| text.contains(word))
}

/// Whether a line says what a picture shows: 图3 李老师在…, 照片二:…, 图为….
pub fn is_caption(text: &str) -> bool {
    let body = text.trim_start_matches(['(', '[', '【', '〔']);
    if body.starts_with("图为") {
        return true;
    }
    // 附件2 政策宣讲图片(26张)
    let enclosed = body.strip_prefix("附件").is_some_and(|t| t.starts_with(is_numeral));
    if enclosed && ["图片", "照片", "截图"].iter().any(|w| body.contains(w)) {
        return true;
    }
    let of = ["照片", "图片", "插图", "附图", "图"].iter().find_map(|w| body.strip_prefix(w));
    let Some(number) = of else { return false };
    let rest = number.trim_start_matches(is_numeral);
    let length = number.chars().count() - rest.chars().count();
    (1..=2).contains(&length) && !rest.starts_with(['张', '片', '份', '幅', '月', '日', '号'])
}

/// Marks that points of a list begin with.
const BULLETS: [char; 19] =
    ['★', '☆', '◆', '◇', '●', '○', '■', '□', '▲', '△', '►', '▶', '※', '·', '➢', '♦', '▪', '❖', '➤'];
/// The most characters of a heading that ends in a full stop.
const ASKED: usize = 14;
/// The most characters of a heading that only such a mark tells.
const MARKED: usize = 12;

/// Bytes of a list number at the start: `一、`, `(二)`, `3.`, `第四,`, `一是`, `甲、`, `Ⅱ.`, `1-2`, with the mark of a
/// list before it or not.
pub fn number_length(text: &str) -> Option<usize> {
    let marked = text.trim_start_matches(BULLETS);
    let bullet = text.len() - marked.len();
    if let Some(length) = counted(marked) {
        return Some(bullet + length);
    }
    let body = marked.trim_start_matches(['(', '第', '【']);
    let open = text.len() - body.len();
    if let Some(length) = other_number(body) {
        return Some(open + length);
    }
    plain_number(body, open - bullet).or_else(|| ordinal(marked)).map(|length| open + length)
}

/// A digit or a Chinese numeral, as points are numbered.
pub fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
}

/// Bytes after 第 of `第一题:`, `第二件,` and `第六项工作,`.
fn ordinal(marked: &str) -> Option<usize> {
    let unit = after_ordinal(marked)?.strip_prefix(['题', '件', '项', '类'])?;
    let unit = ["工作", "活动", "任务", "事"].iter().find_map(|w| unit.strip_prefix(w)).unwrap_or(unit);
    let point = unit.strip_prefix([':', ',', '、', '.'])?;
    Some(marked.len() - '第'.len_utf8() - point.len())
}

/// Bytes of `活动一` and `任务3、` at the start, where a name follows and no measure: 活动一次, 工作一直.
fn counted(marked: &str) -> Option<usize> {
    const MEASURES: &str = "次场个项直开起年月日号天下般定些样并律线旦周户人名期共切同时方期间";
    let number = ["活动", "项目", "任务", "事项"].iter().find_map(|w| marked.strip_prefix(w))?;
    let rest = number.strip_prefix(is_numeral)?;
    let name = rest.trim_start_matches(['、', '.']);
    let names =
        name.starts_with(is_han) && !name.starts_with(is_numeral) && !name.starts_with(|c| MEASURES.contains(c));
    names.then(|| marked.len() - name.len())
}

/// What follows 第 and its number at the start.
fn after_ordinal(text: &str) -> Option<&str> {
    let number = text.strip_prefix('第')?;
    Some(number.trim_start_matches(is_numeral)).filter(|rest| rest.len() < number.len())
}

/// Bytes of `甲、`, `Ⅱ.` and `1-2` at the start.
fn other_number(body: &str) -> Option<usize> {
    let first = body.chars().next()?;
    if "甲乙丙丁戊己庚辛壬癸".contains(first) || ('Ⅰ'..='Ⅻ').contains(&first) {
        let rest = &body[first.len_utf8()..];
        let marks: usize =
            rest.chars().take_while(|c| matches!(c, '、' | '.' | ')' | ':' | '】')).map(char::len_utf8).sum();
        return (marks > 0).then_some(first.len_utf8() + marks);
    }
    let figures = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let number = |n: usize| (1..=2).contains(&n);
    let (part, rest) = body.split_once('-')?;
    let second = figures(rest);
    let follows = rest[second..].trim_start_matches(['、', '.', ')']);
    // 1-6年级 and 10-16日 are no numbers of points.
    let names = follows.starts_with(is_han)
        && !follows.starts_with(|c| "年月日号班级周人名节个次点户岁时天课楼组队元".contains(c));
    (number(part.len()) && figures(part) == part.len() && number(second) && names).then(|| body.len() - follows.len())
}

/// Bytes of the other numbers at the start of what follows so many bytes of opening marks.
fn plain_number(body: &str, open: usize) -> Option<usize> {
    let digits: usize = body.chars().take_while(|c| is_numeral(*c)).map(char::len_utf8).sum();
    let year = body.starts_with(|c: char| c.is_ascii_digit()) && digits > 2;
    if digits == 0 || digits > 9 || year {
        return None;
    }
    let rest = &body[digits..];
    // 10.17日 is a date and no list number.
    let dated = rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit()) && {
        let tail = rest[1..].trim_start_matches(|c: char| c.is_ascii_digit());
        !tail.starts_with(['月', '.'])
    };
    let mark = rest.chars().next().filter(|c| matches!(c, '、' | '.' | ')' | '是' | ',' | ':' | '】'))?;
    let marks: usize =
        rest.chars().take_while(|c| matches!(c, '、' | '.' | ')' | '是' | ',' | ':' | '】')).map(char::len_utf8).sum();
    (!dated && (mark != '是' || open == 0)).then_some(digits + marks)
}

/// Whether a line begins a part of a document, which stands above all numbers: 第二部分, 第三章, 附:完成情况.
fn begins_part(text: &str) -> bool {
    let added = text.strip_prefix("附").is_some_and(|rest| rest.starts_with([':', '件']));
    if added && ["情况", "总结", "小结", "结果"].iter().any(|what| text.contains(what)) {
        return true;
    }
    after_ordinal(text).is_some_and(|rest| ["部分", "章", "篇"].iter().any(|name| rest.starts_with(name)))
}

/// How deep a heading stands by its number: 第一部分 above 一、 above (一) above 1. above (1) above 一是; none without a number.
pub fn depth(text: &str) -> Option<u8> {
    if begins_part(text) {
        return Some(0);
    }
    number_length(text)?;
    let bracketed = text.starts_with('(');
    let text = text.trim_start_matches(BULLETS);
    let first = text.trim_start_matches(['(', '第', '【']).chars().next()?;
    let counted = text.starts_with('第') || text.chars().nth(1) == Some('是');
    Some(match (bracketed, first.is_ascii_digit()) {
        _ if counted => 5,
        (false, false) => 1,
        (true, false) => 2,
        (false, true) => 3,
        (true, true) => 4,
    })
}

/// The most characters of an inline heading that has neither number nor colon.
const BARE_LEAD: usize = 8;

/// The most characters of one that a comma ends.
const ABOUT: usize = 10;

/// The inline heading of a paragraph: `3.成效宣传。由政教处负责…`, `政策宣讲:10月18日…`, `【政策送到家】…`.
fn lead(text: &str) -> Option<&str> {
    let dashes = || text.len() - text.trim_start_matches(['—', '-']).len();
    let start = number_length(text).unwrap_or_else(dashes);
    let body = text.get(start..)?;
    let marks = body.find(['。', ':', ';', '!', ',', '】']);
    let end = marks.into_iter().chain(body.find("--")).min()?;
    let mark = body[end..].chars().next()?;
    // 本网讯 通讯员某某报道:… says who wrote it.
    if is_byline(&body[..end]) {
        return None;
    }
    let length = body[..end].chars().count();
    let more = body.len() > end + mark.len_utf8();
    // Without a number a full stop ends a heading only after a few words; after more it ends a sentence.
    let denies = body[..end].contains(['没', '未', '无', '不']);
    if start == 0 && mark == '。' && (length > BARE_LEAD || body.starts_with('第') || denies) {
        return None;
    }
    // 我给老人算了一笔账:… tells a deed and names nothing.
    if start == 0 && body[..end].match_indices('了').any(|(at, _)| !body[at..].starts_with("了解")) {
        return None;
    }
    // 2.关于宣讲,是以…的形式进行的
    let about = mark == ',' && (body.starts_with("关于") || body.starts_with("至于") || body[..end].ends_with("方面"));
    (more
        && (matches!(mark, '。' | ':' | '】' | '-') || about && length <= ABOUT)
        && (2..=22).contains(&length)
        && !body[..end].contains(|c: char| c.is_ascii_digit()))
    .then(|| &text[..start + end])
}

/// Bytes of the words at the start that say where a piece of news comes from: `澄水新闻网5月22日讯(通讯员 …)`.
fn dateline(text: &str) -> usize {
    /// So many characters may stand before the word that ends it.
    const BEFORE: usize = 24;
    /// What stands before that word: 本网, 日报, 5月22日.
    const SOURCES: [char; 8] = ['网', '报', '线', '日', '刊', '社', '台', '号'];
    let head = text.char_indices().nth(BEFORE).map_or(text.len(), |(at, _)| at);
    let Some(at) = text[..head].find('讯').filter(|at| *at > 0) else { return 0 };
    let end = at + '讯'.len_utf8();
    // 通讯 and 喜讯 are words of their own; a dateline has no mark before its end.
    if text[..at].contains([',', '。', ';', ':', '(', '《', '"']) || !text[..at].ends_with(SOURCES) {
        return 0;
    }
    let rest = &text[end..];
    let by = rest.strip_prefix('(').and_then(|r| r.find(')')).filter(|n| *n <= 96);
    match by {
        Some(length) => end + '('.len_utf8() + length + ')'.len_utf8(),
        None if rest.starts_with(|c: char| c == ':' || c == ' ' || c.is_ascii_digit()) => end,
        None => 0,
    }
}

/// The label of a line, `完成情况:…`: its words, and how many bytes it takes with its colon.
pub fn label(text: &str) -> Option<(String, usize)> {
    /// The most characters of a label.
    const LABEL: usize = 8;
    let start = number_length(text).unwrap_or(0);
    let (label, _) = text.get(start..)?.split_once(':')?;
    let words: String = label.chars().filter(|c| is_han(*c)).collect();
    let others = label.chars().filter(|c| !is_han(*c) && !c.is_ascii_digit());
    ((1..=LABEL).contains(&words.chars().count()) && others.count() <= 2)
        .then_some((words, start + label.len() + ':'.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_may_carry_its_own_heading() {
        assert_eq!(lead("3.成效宣传。由政教处负责"), Some("3.成效宣传"));
        assert_eq!(lead("政策宣讲:10月18日在家长群转发"), Some("政策宣讲"));
        assert_eq!(lead("(六)包联入户--10月17日,枣林村,27户。"), Some("(六)包联入户"));
        assert_eq!(lead("10月12日,中心校召开会议。"), None);
        assert_eq!(lead("我校没有送教学生。至于控辍,天天点名。"), None);
        assert_eq!(lead("第一件,政策宣讲。把动画放给家长看"), Some("第一件,政策宣讲"));
        assert_eq!(lead("我给老人算了一笔账:住校一学期补六百多"), None);
        assert_eq!(lead("了解情况:两户外出"), Some("了解情况"));
    }

    #[test]
    fn a_heading_stands_below_another_by_its_number() {
        let depths = ["一、总体", "(二)宣讲", "3.会议", "(4)入户", "一是召开", "下一步打算"].map(depth);
        assert_eq!(depths, [Some(1), Some(2), Some(3), Some(4), Some(5), None]);
    }

    #[test]
    fn list_numbers_are_told_from_dates() {
        assert_eq!(number_length("一、专题会议"), Some("一、".len()));
        assert_eq!(number_length("(二)印制"), Some("(二)".len()));
        assert_eq!(number_length("1.10月19日下午"), Some(2));
        assert_eq!(number_length("10.17扶贫日"), None);
        assert_eq!(number_length("三是撰写"), Some("三是".len()));
        assert_eq!(number_length("十月十六日"), None);
        assert_eq!(number_length("活动一专题会议"), Some("活动一".len()));
        assert_eq!(number_length("活动一次开到底"), None);
    }
}
