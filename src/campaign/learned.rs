//! `rules/learned.json`: what `shouqi rules learn` has taken from labelled reports. No person writes it.

use crate::campaign::error::CampaignError;
use crate::model::learned::Learned;
use crate::model::place::Place;
use crate::msg;

/// Its name.
pub const FILE: &str = "learned.json";

/// Reads what was learned. What it says of items that the campaign does not have is no error: they may come back.
///
/// # Errors
/// What is no such file, or not whole.
pub fn read(name: &str, text: &str) -> Result<Learned, Vec<CampaignError>> {
    let wrong = |place: Place, why: String| {
        let (what, remedy) = (msg!("campaign.learned_wrong", why), msg!("campaign.learned_wrong_remedy"));
        vec![CampaignError { file: name.to_string(), place, what, remedy }]
    };
    let learned: Learned = serde_json::from_str(text)
        .map_err(|e| wrong(Place::Line(u32::try_from(e.line()).unwrap_or(u32::MAX)), e.to_string()))?;
    if learned.is_whole() { Ok(learned) } else { Err(wrong(Place::Whole, learned.items.join(", "))) }
}
