//! Which dates are days of deeds. Apart stand the day that the campaign is named after, the day until which papers are
//! handed in, the date of a notice, somebody else's meeting, a birthday: the words around a date tell.

use crate::detect::dates::{Calendar, DateHit, dates};
use crate::detect::passage::Sentence;
use regex::Regex;
use std::sync::OnceLock;

/// So many characters before a date are looked at: no words of these stand farther away.
const REACH: usize = 24;
/// What stands before a date that is no deed's: 根据县局10月9日通知, 县局10月9日, 截至, 填报日期.
const BEFORE: &str = concat!(
    r"(?:根据|按照|依据|依照|遵照|收到|接到|印发|下发|转发|落实)[^,。;:】]{0,12}$",
    r"|(?:截至|截止|截至到|截止到|生于|出生|成立于|始建于|创办于|局|政府|县委|党委|上级)$",
    r"|(?:填报|填表|上报|报送|制表|报告)(?:日期|时间):?$",
    r"|^(?:县|乡|镇|街道)[^,。;我]{0,4}(?:党委|政府)[^。;我]{0,16}$",
);
/// What stands after one: 是第七个全国扶贫日, 来临之际, 参加县局召开的会议, 前上报总结, 印发的通知.
const AFTER: &str = concat!(
    r"^[^,。;]{0,4},?(?:是|为|系|乃|正值|恰逢|迎来|即)[^,。;]{0,18}(?:日|节|周年)(?:[^子]|$)",
    r"|^[^,。;]{0,16}(?:来临|到来|之际|前夕)",
    r"|^[^。;]{0,20}(?:参加|赴|出席|列席)[^。;]{0,10}(?:县|市|镇上|乡|上级|局|省|区)[^。;]{0,16}(?:会|培训)",
    r"|^的?(?:底表|底册|记录|台账|数据|名册|名单|统计)|^[^。;]{0,12}整理[^,。;]{0,4}(?:资料|材料)",
    r"|^(?:以来|起至今|至今|出生|生)",
    r"|^[^,。;]{0,8}前[^。;]{0,16}(?:上报|报送|报至|报到|提交|上交|交|呈报|报)[^。;]{0,10}",
    r"(?:材料|总结|小结|图片|图文|资料|报告|汇报|信息|中心校|教育局|县局)",
    r"|^(?:上报|报送|上交)的?[^,。;]{0,4}(?:材料|总结|小结|图片|图文|资料|报告|信息)",
    r"|^[^,。;]{0,8}前[^,。;]{0,6}(?:材料|总结|小结|图片|图文|资料|报告|汇报|信息)[^。;]{0,12}(?:发|报|交|送)",
    r"[^。;]{0,6}(?:中心校|中心学校|学区|局|邮箱|办公室|资助办|脱贫办)",
    r"|^[^,。;]{0,8}(?:印发|下发|发布|出台|发出|实施|施行|颁布|修订)",
    r"|^[^,。;]{0,10}(?:的|号)?(?:通知|文件)(?:要求|精神|下发|规定)",
);

/// The dates of a text that are days of deeds, in order.
pub fn deed_days(text: &str, sentences: &[Sentence], calendar: Calendar) -> Vec<DateHit> {
    let mut days = dates(text, calendar);
    let mut sentences = sentences.iter().peekable();
    days.retain(|day| {
        while sentences.next_if(|s| s.range.end <= day.start).is_some() {}
        sentences.peek().is_some_and(|s| is_of_deed(text, s, day))
    });
    days
}

/// Whether the words around a date leave it a deed's.
fn is_of_deed(text: &str, sentence: &Sentence, day: &DateHit) -> bool {
    static WORDS: OnceLock<Option<(Regex, Regex)>> = OnceLock::new();
    let words = WORDS.get_or_init(|| Regex::new(BEFORE).ok().zip(Regex::new(AFTER).ok()));
    let ahead = text.get(sentence.range.start..day.start).unwrap_or("");
    let near = ahead.char_indices().rev().take(REACH).last().map_or(0, |(at, _)| at);
    let around = ahead.get(near..).zip(text.get(day.end..sentence.range.end));
    match (words, around) {
        (Some((before, after)), Some((ahead, behind))) => !before.is_match(ahead) && !after.is_match(behind),
        _ => true,
    }
}
