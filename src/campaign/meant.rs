//! Which school a person means who writes a code, a name or an alias.

use crate::model::message::Message;
use crate::model::school::School;
use crate::msg;
use std::borrow::Borrow;

/// The one school that a person means by a code, a name or an alias: codes before names, names before aliases.
///
/// # Errors
/// What is wrong, where it is none or several.
pub fn find<'s, S: Borrow<School>>(schools: &'s [S], meant: &str) -> Result<&'s School, Message> {
    let meant = joined(meant);
    let schools = || schools.iter().map(|school| school.borrow());
    let by_code = schools().find(|s: &&School| s.code == meant);
    if let Some(school) = by_code.or_else(|| schools().find(|s| s.name == meant)) {
        return Ok(school);
    }
    let mut by_alias = schools().filter(|s| s.aliases.contains(&meant));
    match (by_alias.next(), by_alias.next()) {
        (Some(school), None) => Ok(school),
        (Some(one), Some(other)) => Err(msg!("campaign.school_ambiguous", meant, &one.name, &other.name)),
        (None, _) => Err(msg!("campaign.school_unknown", meant)),
    }
}

/// White space inside a Chinese name is layout (龙池镇　中心校); in a name of Latin letters it parts words.
pub fn joined(text: &str) -> String {
    if text.is_ascii() { text.trim().to_string() } else { text.split_whitespace().collect() }
}
