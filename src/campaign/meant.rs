//! Which school a person means who writes a code, a name or an alias.

use crate::model::message::Message;
use crate::model::school::School;
use crate::msg;
use std::collections::HashMap;

/// The schools of a roster, by all that people call them: each line of a province's registers names one of half a million.
pub struct Meant<'s> {
    codes: HashMap<&'s str, &'s School>,
    names: HashMap<&'s str, &'s School>,
    aliases: HashMap<&'s str, Vec<&'s School>>,
}

impl<'s> Meant<'s> {
    /// Over a roster; of several schools of one code or name the first is meant.
    pub fn new(schools: impl Iterator<Item = &'s School>) -> Self {
        let mut meant = Meant { codes: HashMap::new(), names: HashMap::new(), aliases: HashMap::new() };
        for school in schools {
            meant.codes.entry(&school.code).or_insert(school);
            meant.names.entry(&school.name).or_insert(school);
            for alias in &school.aliases {
                let so_called = meant.aliases.entry(alias).or_default();
                // A cell may say a name twice.
                if so_called.last().is_none_or(|last| !std::ptr::eq(*last, school)) {
                    so_called.push(school);
                }
            }
        }
        meant
    }

    /// The one school that a person means by a code, a name or an alias: codes before names, names before aliases.
    ///
    /// # Errors
    /// What is wrong, where it is none or several.
    pub fn find(&self, meant: &str) -> Result<&'s School, Message> {
        let meant = joined(meant);
        let by_code = self.codes.get(meant.as_str());
        if let Some(school) = by_code.or_else(|| self.names.get(meant.as_str())) {
            return Ok(school);
        }
        match self.aliases.get(meant.as_str()).map(Vec::as_slice).unwrap_or_default() {
            [school] => Ok(school),
            [one, other, ..] => Err(msg!("campaign.school_ambiguous", meant, &one.name, &other.name)),
            [] => Err(msg!("campaign.school_unknown", meant)),
        }
    }
}

/// White space inside a Chinese name is layout (龙池镇　中心校); in a name of Latin letters it parts words.
pub fn joined(text: &str) -> String {
    if text.is_ascii() { text.trim().to_string() } else { text.split_whitespace().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_meant_before_a_name_and_a_name_before_what_a_school_is_called() {
        let school = |code: &str, name: &str, aliases: &[&str]| School {
            code: code.into(),
            name: name.into(),
            aliases: aliases.iter().map(|a| (*a).into()).collect(),
            ..School::default()
        };
        let schools = [
            school("甲", "龙池镇中心校", &["龙池", "龙池"]),
            school("乙", "甲", &["龙池镇中心校"]),
            school("丙", "荆山小学", &["荆山"]),
            school("丁", "荆山中学", &["荆山"]),
        ];
        let meant = Meant::new(schools.iter());
        let code = |said: &str| meant.find(said).map(|s| s.code.as_str()).map_err(|why| why.key().to_string());
        assert_eq!(["甲", "龙池镇 中心校", "龙池", "荆山中学"].map(code), [Ok("甲"), Ok("甲"), Ok("甲"), Ok("丁")]);
        assert_eq!(code("荆山"), Err("campaign.school_ambiguous".to_string()));
        assert_eq!(code("清泉"), Err("campaign.school_unknown".to_string()));
    }
}
