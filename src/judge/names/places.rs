//! County and townships: what may stand before a school's name and may be left out of it.

use crate::judge::names::text::plain;
use crate::model::campaign::Campaign;
use crate::model::school::School;
use std::collections::{BTreeMap, BTreeSet};

const TOWNSHIP_KINDS: [&str; 6] = ["街道办事处", "街道办", "街道", "镇", "乡", "办"];

/// The places of a roster.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// What a name may begin with and need not, the longest first: 澄水县, 县.
    pub prefixes: Vec<String>,
    /// Township by any of its names: 永丰镇, 永丰.
    townships: BTreeMap<String, usize>,
    /// The township of each school.
    of: Vec<Option<usize>>,
    /// The schools of each township.
    schools: Vec<Vec<usize>>,
}

impl Places {
    /// Reads the places out of a roster.
    pub fn new(campaign: &Campaign) -> Places {
        let names: Vec<String> = campaign.schools.iter().map(|s| plain(&s.name)).collect();
        let mut prefixes: BTreeSet<String> =
            campaign.name_prefixes.iter().map(|p| plain(p)).filter(|p| !p.is_empty()).collect();
        prefixes.extend(common_county(&names));
        let mut prefixes: Vec<String> = prefixes.into_iter().collect();
        prefixes.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));

        let mut places = Places { prefixes, ..Places::default() };
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        for (i, (school, name)) in campaign.schools.iter().zip(&names).enumerate() {
            let township = township_of(school, places.without_county(name));
            let number = township.map(|t| {
                let bare = bare_township(&t).to_string();
                let next = numbers.len();
                let n = *numbers.entry(bare.clone()).or_insert(next);
                for name in [t, bare] {
                    if name.chars().count() > 1 {
                        places.townships.insert(name, n);
                    }
                }
                n
            });
            places.of.push(number);
            if let Some(n) = number {
                if places.schools.len() <= n {
                    places.schools.resize(n + 1, Vec::new());
                }
                if let Some(list) = places.schools.get_mut(n) {
                    list.push(i);
                }
            }
        }
        places
    }

    /// The name without the county before it.
    pub fn without_county<'n>(&self, name: &'n str) -> &'n str {
        self.prefixes.iter().find_map(|p| name.strip_prefix(p.as_str())).filter(|rest| !rest.is_empty()).unwrap_or(name)
    }

    /// The number of a school's township.
    pub fn township(&self, school: usize) -> Option<usize> {
        self.of.get(school).copied().flatten()
    }

    /// The township at the end of `head`, and where it begins.
    pub fn township_before(&self, head: &str) -> Option<(usize, usize)> {
        let starts: Vec<usize> = head.char_indices().rev().take(8).map(|(at, _)| at).collect();
        // The longest first: 城关镇 before 关镇.
        starts.into_iter().rev().find_map(|at| self.townships.get(head.get(at..)?).map(|t| (*t, at)))
    }

    /// The schools of the township that a folder's name begins with.
    pub fn schools_of_folder(&self, folder: &str) -> Option<&[usize]> {
        let folder = self.without_county(folder);
        let ends: Vec<usize> = folder.char_indices().take(8).map(|(at, c)| at + c.len_utf8()).collect();
        let township = ends.into_iter().rev().find_map(|end| self.townships.get(folder.get(..end)?))?;
        self.schools.get(*township).map(Vec::as_slice)
    }
}

/// The township without the word for its kind: 永丰镇 → 永丰.
pub fn bare_township(township: &str) -> &str {
    TOWNSHIP_KINDS
        .iter()
        .find_map(|kind| township.strip_suffix(kind))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(township)
}

/// The township that the roster gives, or that the name begins with.
pub fn township_of(school: &School, name_without_county: &str) -> Option<String> {
    let given = plain(&school.township);
    if !given.is_empty() {
        return Some(given);
    }
    let head: String = name_without_county.chars().take(6).collect();
    ["街道", "镇", "乡"].iter().find_map(|kind| {
        let at = head.find(kind)?;
        (at > 0).then(|| head.get(..at + kind.len()).map(str::to_string)).flatten()
    })
}

/// The county before most names of the roster: it ends in 县, 市, 区 or 旗 within the first five characters.
fn common_county(names: &[String]) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in names {
        let head: String = name.chars().take(5).collect();
        if let Some(at) = head.find(['县', '市', '区', '旗'])
            && let Some(prefix) = head.get(..at + "县".len())
            && prefix.chars().count() > 1
        {
            *counts.entry(prefix.to_string()).or_default() += 1;
        }
    }
    counts.into_iter().find(|(_, n)| *n * 2 > names.len() && *n > 1).map(|(prefix, _)| prefix)
}
