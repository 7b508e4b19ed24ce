//! Which campaign is meant, and where its results go, when nobody says.

use crate::cli::console::Stop;
use crate::msg;
use std::path::{Path, PathBuf};

/// The campaign that a clone of the repository carries.
const DEMONSTRATION: &str = "fixtures/chengshui-2020";
/// Where its results go.
const BESIDE: &str = "output";
/// The folder of what is remembered from night to night.
const STATE: &str = ".shouqi";

/// The folder that was given, else the present one, else the demonstration.
///
/// # Errors
/// [`Stop`] where none of them is a campaign folder.
pub fn campaign(given: Option<PathBuf>) -> Result<PathBuf, Stop> {
    let is_campaign = |folder: &Path| folder.join("campaign.toml").is_file();
    let implied =
        || [Path::new("."), Path::new(DEMONSTRATION)].into_iter().find(|f| is_campaign(f)).map(Path::to_path_buf);
    match given {
        Some(folder) if !folder.is_dir() => Err(Stop::misuse(msg!("cli.no_such_folder", folder.display().to_string()))),
        Some(folder) => Ok(folder),
        None => implied().ok_or_else(|| Stop::misuse(msg!("cli.no_campaign"))),
    }
}

/// Where nights are remembered: the folder that was given; in the output folder for the repository's demonstration; else in
/// the campaign folder.
pub fn state(given: Option<PathBuf>, campaign_given: bool, campaign: &Path) -> PathBuf {
    given.unwrap_or_else(|| match is_demonstration(campaign_given, campaign) {
        true => Path::new(BESIDE).join(STATE),
        false => campaign.join(STATE),
    })
}

fn is_demonstration(campaign_given: bool, campaign: &Path) -> bool {
    !campaign_given && campaign == Path::new(DEMONSTRATION)
}

/// The output folder: the one that was given; beside the repository's files for its demonstration, so that a clone stays
/// as it is; else in the campaign folder.
pub fn out(given: Option<PathBuf>, campaign_given: bool, campaign: &Path) -> PathBuf {
    let beside = is_demonstration(campaign_given, campaign);
    given.unwrap_or_else(|| if beside { PathBuf::from(BESIDE) } else { campaign.join("output") })
}
