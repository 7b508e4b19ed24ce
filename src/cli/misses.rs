//! The rules on their own examples: what does not come out as it should, for a person.

use crate::cli::console::{Console, Stop};
use crate::model::campaign::Campaign;
use crate::msg;
use crate::pipeline::check;
use crate::pipeline::error::PipelineError;

/// Tells of each example that comes out otherwise than it should. How many examples there are, where all hold.
///
/// # Errors
/// A rule that cannot be compiled.
pub fn none(campaign: &Campaign, console: &Console) -> Result<Option<usize>, Stop> {
    let (examples, misses) = check::check(campaign).map_err(PipelineError::from)?;
    for miss in &misses {
        console.complain(&msg!("cli.check_miss", &miss.file, miss.line, &miss.wanted, miss.got, &miss.text));
    }
    if misses.is_empty() {
        return Ok(Some(examples));
    }
    console.complain(&msg!("cli.check_misses", misses.len(), examples));
    Ok(None)
}
