//! Does the campaign folder hold together?

use crate::cli::doctor::check::{Case, Line, bad, good};
use crate::msg;

/// Errors that are listed; `shouqi check` lists them all.
const LISTED: usize = 3;

/// The campaign.
pub fn check(case: &Case<'_>) -> Vec<Line> {
    match case.campaign {
        Ok(campaign) => {
            vec![good(msg!("doctor.campaign", &campaign.title, campaign.schools.len(), campaign.rules.items.len()))]
        }
        Err(error) => {
            let messages = error.messages();
            let line = |what| bad(msg!("doctor.campaign_wrong", what), msg!("doctor.campaign_remedy"));
            messages.into_iter().take(LISTED).map(line).collect()
        }
    }
}
