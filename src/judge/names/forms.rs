//! The forms that a school's name takes in file names and signatures, and how far each can be trusted.

use crate::judge::names::places::{Places, bare_township, township_of};
use crate::judge::names::text::plain;
use crate::model::campaign::Campaign;
use crate::model::school::School;
use std::sync::Arc;

/// How far a form can be trusted, the most first. Where two schools share a form, the better rank has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The official name.
    Official,
    /// An alias of the roster.
    Alias,
    /// Made from the official name by leaving out county, 镇 or by a customary short word.
    Derived,
    /// Made by leaving out what tells schools apart: it only narrows.
    Vague,
}

/// A form and the schools that it may stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The text.
    pub text: String,
    /// The schools; one where the form is unambiguous.
    pub schools: Vec<usize>,
    /// How far it can be trusted.
    pub rank: Rank,
    /// It begins with a county or a township, so that it cannot well be the tail of a longer name.
    pub anchored: bool,
}

/// Customary short words at the end of a name.
const SHORT_ENDS: [(&str, &str); 8] = [
    ("初级中学", "初中"),
    ("高级中学", "高中"),
    ("九年制学校", "九年制"),
    ("九年一贯制学校", "九年制学校"),
    ("特殊教育学校", "特教学校"),
    ("职业教育中心", "职教中心"),
    ("初中", "初级中学"),
    ("完全中学", "中学"),
];

/// Short words that may mean another school too.
const VAGUE_ENDS: [(&str, &str); 4] =
    [("初级中学", "中学"), ("九年制学校", "学校"), ("中心校", "中心小学"), ("中心小学", "中心校")];

/// 第一小学 → 一小.
const NUMBERED: [(&str, &str); 3] = [("小学", "小"), ("中学", "中"), ("幼儿园", "幼")];

/// What a name begins with when nothing local is left of it: every county has a 第一小学.
const NOT_LOCAL: [&str; 12] =
    ["第", "实验", "中心", "特殊", "职业", "教师", "体育", "幼儿", "初级", "高级", "九年", "完全"];

/// All forms of all schools, by text in ascending order.
pub fn all(campaign: &Campaign, places: &Places) -> Vec<Form> {
    let of_school = |(i, school): (usize, &Arc<School>)| {
        let long = |(text, ..): &(String, Rank, bool)| text.chars().count() > 1;
        of(school, places).into_iter().filter(long).map(move |(text, rank, anchored)| (text, rank, i, anchored))
    };
    // Sorted in one place: a map of half a million small lists takes three times the room.
    let mut holders: Vec<(String, Rank, usize, bool)> =
        campaign.schools.iter().enumerate().flat_map(of_school).collect();
    holders.sort_unstable();
    let mut forms: Vec<Form> = Vec::new();
    for (text, rank, school, anchored) in holders {
        match forms.last_mut().filter(|form| form.text == text) {
            // The best rank came first.
            Some(form) if form.rank == rank && form.schools.last() != Some(&school) => form.schools.push(school),
            Some(_) => {}
            None => forms.push(Form { text, schools: vec![school], rank, anchored }),
        }
    }
    forms
}

fn of(school: &School, places: &Places) -> Vec<(String, Rank, bool)> {
    let name = plain(&school.name);
    let core = places.without_county(&name).to_string();
    let township = township_of(school, &core);
    let county_left_out = core != name;
    let local = is_local(&core);
    let mut forms =
        vec![(name.clone(), Rank::Official, county_left_out || starts_with_township(&name, township.as_deref()))];
    for alias in &school.aliases {
        let alias = plain(alias);
        let anchored = places.without_county(&alias) != alias || starts_with_township(&alias, township.as_deref());
        forms.push((alias, Rank::Alias, anchored));
    }
    let mut stems: Vec<(String, Rank, bool)> = Vec::new();
    if county_left_out {
        if !local {
            // 澄水县第一小学 → 县第一小学, but 第一小学 alone may be any town's.
            stems.extend(places.prefixes.iter().map(|p| (format!("{p}{core}"), Rank::Derived, true)));
        }
        stems.push((core.clone(), if local { Rank::Derived } else { Rank::Vague }, false));
    } else {
        stems.push((core.clone(), Rank::Derived, false));
    }
    if let Some(township) = &township
        && let Some(rest) = core.strip_prefix(township.as_str()).filter(|rest| !rest.is_empty())
    {
        if let Some(own) = stems.last_mut() {
            own.2 = true;
        }
        stems.push((format!("{}{rest}", bare_township(township)), Rank::Derived, true));
        stems.push((rest.to_string(), Rank::Vague, false));
    }
    for (stem, rank, anchored) in stems {
        for (short, vaguer) in short_forms(&stem) {
            forms.push((short, rank.max(vaguer), anchored));
        }
        forms.push((stem, rank, anchored));
    }
    // A name without anything local in it (中心校, 小学) stands for no school at all.
    forms.retain(|(text, rank, _)| *rank < Rank::Vague || has_own_part(text));
    forms
}

fn short_forms(stem: &str) -> Vec<(String, Rank)> {
    let mut forms = Vec::new();
    for (rank, ends) in [(Rank::Derived, &SHORT_ENDS[..]), (Rank::Vague, &VAGUE_ENDS[..])] {
        for (long, short) in ends {
            if let Some(head) = stem.strip_suffix(long).filter(|head| !head.is_empty()) {
                forms.push((format!("{head}{short}"), rank));
            }
        }
    }
    for (long, short) in NUMBERED {
        if let Some((head, number)) = stem.strip_suffix(long).and_then(|s| s.split_once('第'))
            && !number.is_empty()
            && number.chars().all(|c| "一二三四五六七八九十".contains(c))
        {
            forms.push((format!("{head}{number}{short}"), if head.is_empty() { Rank::Vague } else { Rank::Derived }));
        }
    }
    forms
}

fn starts_with_township(name: &str, township: Option<&str>) -> bool {
    township.is_some_and(|t| name.starts_with(bare_township(t)))
}

fn is_local(core: &str) -> bool {
    !NOT_LOCAL.iter().any(|w| core.starts_with(w)) && has_own_part(core)
}

fn has_own_part(text: &str) -> bool {
    !matches!(
        text,
        "小学"
            | "中学"
            | "学校"
            | "初中"
            | "高中"
            | "幼儿园"
            | "中心校"
            | "教学点"
            | "中心小学"
            | "九年制"
            | "九年制学校"
            | "初级中学"
            | "高级中学"
            | "特教学校"
            | "特殊教育学校"
            | "职教中心"
    )
}
