//! A school of the roster, and conditions over the roster's columns.

use chrono::NaiveDate;
use ecow::EcoString;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A row of the roster.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct School {
    /// The school's code; unique.
    pub code: EcoString,
    /// The official name; unique.
    pub name: EcoString,
    /// Other names it goes by.
    pub aliases: Vec<EcoString>,
    /// Township.
    pub township: EcoString,
    /// Kind of unit: 中心校, 县直学校, 民办学校 …
    pub category: EcoString,
    /// Code of the school that reports for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reports_via: Option<EcoString>,
    /// First day it exists, where the roster says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day it exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// Who answers the phone.
    pub contact: EcoString,
    /// The phone.
    pub phone: EcoString,
    /// Every column as it stands in the roster, by canonical name (`code`, `home_teaching_duty`, `paired_village` …) or
    /// by its own heading where shouqi does not know it; one that says nothing is left out. Conditions look here.
    pub columns: BTreeMap<EcoString, EcoString>,
}

impl School {
    /// Whether a column says yes: not empty and not 否, no, 0, 无, false, -.
    pub fn says_yes(&self, column: &str) -> bool {
        self.columns.get(column).is_some_and(|v| {
            let v = v.trim().to_lowercase();
            !matches!(v.as_str(), "" | "否" | "no" | "n" | "0" | "无" | "没有" | "false" | "-" | "—" | "/" | "不")
        })
    }
}

/// What a column must say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Wanted {
    /// `home_teaching_duty = true`: the column says yes, or says no.
    Yes(bool),
    /// `category = "中心校"`
    One(String),
    /// `category = ["中心校", "县直学校"]`
    AnyOf(Vec<String>),
}

/// Conditions that must all hold, a column each: `{ category = ["中心校"], home_teaching_duty = true }`.
pub type Condition = BTreeMap<String, Wanted>;

/// Whether one of the conditions holds for the school. No condition at all holds for every school.
pub fn applies(any_of: &[Condition], school: &School) -> bool {
    any_of.is_empty() || any_of.iter().any(|all| all.iter().all(|(column, wanted)| holds(school, column, wanted)))
}

fn holds(school: &School, column: &str, wanted: &Wanted) -> bool {
    let value = school.columns.get(column).map_or("", |v| v.trim());
    match wanted {
        Wanted::Yes(yes) => school.says_yes(column) == *yes,
        Wanted::One(one) => value == one,
        Wanted::AnyOf(any) => any.iter().any(|one| value == one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_of_the_school_and_a_list_of_kinds_both_decide() {
        let school = School {
            columns: [("category", "县直学校"), ("home_teaching_duty", "是"), ("paired_village", "否")]
                .map(|(k, v)| (k.into(), v.into()))
                .into(),
            ..School::default()
        };
        let on = |text: &str| -> bool {
            #[derive(Deserialize)]
            struct T {
                c: Vec<Condition>,
            }
            applies(&toml::from_str::<T>(text).unwrap().c, &school)
        };
        assert!(on("c = []"));
        assert!(on("c = [{ category = ['中心校', '县直学校'] }]"));
        assert!(on("c = [{ category = '特殊教育学校' }, { home_teaching_duty = true }]"));
        assert!(!on("c = [{ category = '县直学校', paired_village = true }]"));
    }
}
