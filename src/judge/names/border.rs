//! The borders of a name in running text: 东街小学 is not 街小学, and 龙池中学附属幼儿园 is not 龙池中学.

use crate::judge::names::places::Places;
use crate::judge::names::text::{Text, is_han};

/// Whether a match may be the whole name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Border {
    /// It is.
    Clear,
    /// It may be.
    Doubtful,
    /// It is a part of a longer name.
    Part,
}

/// Words that end where a name may begin.
pub const WORDS_BEFORE: [&str; 66] = [
    "总结",
    "汇报",
    "材料",
    "附件",
    "关于",
    "的",
    "报送",
    "上报",
    "活动",
    "扶贫日",
    "照片",
    "资料",
    "报告",
    "统计表",
    "情况",
    "报表",
    "表",
    "图片",
    "简报",
    "方案",
    "信息",
    "单位",
    "学校",
    "名称",
    "签章",
    "盖章",
    "公章",
    "新闻",
    "通讯员",
    "记者",
    "作者",
    "供稿",
    "编辑",
    "本网讯",
    "讯",
    "来自",
    "其中",
    "以及",
    "包括",
    "走进",
    "落款",
    "县局",
    "教育局",
    "教体局",
    "年",
    "月",
    "日",
    "号",
    "在",
    "由",
    "与",
    "及",
    "到",
    "向",
    "对",
    "将",
    "纪实",
    "侧记",
    "工作",
    "脱贫攻坚",
    "记录",
    "台账",
    "补报",
    "重报",
    "更正",
    "修改",
];

/// Words that a name cannot well run on into; a short alias wants one of them behind it.
pub const WORDS_AFTER: [&str; 46] = [
    "扶贫", "总结", "汇报", "关于", "活动", "的", "附件", "统计", "照片", "图片", "资料", "材料", "报告", "简报",
    "方案", "开展", "召开", "组织", "举行", "举办", "全国", "国家", "教育", "脱贫", "落实", "信息", "新闻", "情况",
    "工作", "上报", "报送", "在", "于", "为", "年", "校长", "教师", "全体", "副本", "修改", "定稿", "补报", "重报",
    "新", "主题", "宣传",
];

/// What makes another unit of a name that it follows.
const PARTS: [&str; 18] = [
    "附属",
    "附小",
    "附中",
    "附幼",
    "附设",
    "分校",
    "分园",
    "校区",
    "幼儿园",
    "教学点",
    "小学",
    "中学",
    "初中",
    "高中",
    "初级中学",
    "高级中学",
    "九年制",
    "学前班",
];

/// What may follow one of those without making another unit: 小学部, 初中生.
const WITHIN: [&str; 8] = ["部", "生", "组", "段", "教师", "班", "年级", "阶段"];

/// What the name of a school ends with.
pub const SCHOOL_WORDS: [&str; 22] = [
    "九年一贯制学校",
    "九年制学校",
    "特殊教育学校",
    "职业教育中心",
    "初级中学",
    "高级中学",
    "中心小学",
    "中心学校",
    "幼儿园",
    "教学点",
    "中心校",
    "职教中心",
    "教育中心",
    "九年制",
    "小学",
    "中学",
    "初中",
    "高中",
    "学校",
    "附小",
    "附中",
    "特校",
];

/// How a match stands to what precedes it. `owners` are the townships of the schools that it may mean.
pub fn before(
    text: &Text,
    start: usize,
    anchored: bool,
    bare_number: bool,
    owners: &[Option<usize>],
    places: &Places,
) -> Border {
    let unknown = if anchored { Border::Doubtful } else { Border::Part };
    let mut at = start;
    let mut stripped = false;
    // County, city and township may stand before a name, and before each other.
    for _ in 0..4 {
        let head = text.before(at);
        let Some(last) = head.chars().next_back() else {
            return Border::Clear;
        };
        if !is_han(last) || text.parted_at(at) || WORDS_BEFORE.iter().any(|w| head.ends_with(w)) {
            return Border::Clear;
        }
        if let Some((township, begins)) = places.township_before(head) {
            if !anchored && owners.iter().any(|o| o.is_some_and(|o| o != township)) {
                return Border::Part;
            }
            if bare_number && !stripped {
                return Border::Doubtful;
            }
            (at, stripped) = (begins, true);
        } else if let Some(prefix) = places.prefixes.iter().find(|p| head.ends_with(p.as_str())) {
            (at, stripped) = (at - prefix.len(), true);
        } else if let Some(bare) = places
            .prefixes
            .iter()
            .filter_map(|p| p.strip_suffix(['县', '市', '区']))
            .find(|p| p.chars().count() > 1 && head.ends_with(p))
        {
            (at, stripped) = (at - bare.len(), true);
        } else if head.ends_with(['省', '市']) && stripped {
            return Border::Clear;
        } else {
            return unknown;
        }
    }
    unknown
}

/// How a match stands to what follows it.
pub fn after(text: &Text, start: usize, end: usize) -> Border {
    let tail = text.after(end);
    let name = text.before(end).get(start..).unwrap_or("");
    // 实小 alone would be found in 落实小组.
    let says_school = name.chars().count() > 2
        && (SCHOOL_WORDS.iter().any(|w| name.ends_with(w)) || name.ends_with(['小', '中', '幼', '校', '园']));
    let free = tail.chars().next().is_none_or(|c| !is_han(c)) || WORDS_AFTER.iter().any(|w| tail.starts_with(w));
    if free {
        return Border::Clear;
    }
    if let Some(part) = PARTS.iter().filter(|p| tail.starts_with(**p)).max_by_key(|p| p.len()) {
        let rest = tail.get(part.len()..).unwrap_or("");
        return if WITHIN.iter().any(|w| rest.starts_with(w)) {
            Border::Clear
        } else if says_school {
            Border::Part
        } else {
            // 博雅双语 + 小学: most likely the alias with its kind spelt out.
            Border::Doubtful
        };
    }
    if ["学校", "学区", "中心"].iter().any(|w| tail.starts_with(w)) {
        return Border::Doubtful;
    }
    if says_school || text.parted_at(end) { Border::Clear } else { Border::Doubtful }
}
