//! What each place of a file says of its school.

use crate::judge::names::{Found, Names};
use crate::judge::paper::Paper;
use crate::judge::paths;
use crate::judge::roster::Roster;
use crate::model::message::Message;
use crate::model::place::Line;
use crate::msg;

/// What one place says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Said {
    /// Nothing.
    #[default]
    Nothing,
    /// One school, beyond doubt.
    One(usize),
    /// Several schools, beyond doubt.
    Several(Vec<usize>),
    /// One of these, perhaps.
    Doubtful(Vec<usize>),
    /// A school that is not on the roster.
    Unknown(String),
}

impl Said {
    /// The one school, if it is one beyond doubt.
    pub fn one(&self) -> Option<usize> {
        match self {
            Said::One(one) => Some(*one),
            _ => None,
        }
    }

    /// All schools that may be meant.
    pub fn candidates(&self) -> &[usize] {
        match self {
            Said::One(one) => std::slice::from_ref(one),
            Said::Several(all) | Said::Doubtful(all) => all,
            Said::Nothing | Said::Unknown(_) => &[],
        }
    }
}

/// The places that vote, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// The cell beside 填报单位.
    Units,
    /// The signature.
    Signature,
    /// The title.
    Title,
    /// The file's name.
    FileName,
    /// The folders and archives that it lies in.
    Folder,
}

impl Where {
    /// The word for a person.
    pub fn message(self) -> Message {
        match self {
            Where::Units => msg!("judge.where_units"),
            Where::Signature => msg!("judge.where_signature"),
            Where::Title => msg!("judge.where_title"),
            Where::FileName => msg!("judge.where_file_name"),
            Where::Folder => msg!("judge.where_folder"),
        }
    }
}

/// What all places of one file say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Testimonies {
    /// Every school that a units cell names, before the covering school is taken out.
    pub units: Vec<usize>,
    /// The cells go on beyond one: a list of schools, of which the roster may lack some.
    pub lists_units: bool,
    /// The same, as one word.
    pub unit: Said,
    /// The signature.
    pub signature: Said,
    /// The title.
    pub title: Said,
    /// The title begins with the name, as a title of the school's own does.
    pub title_leads: bool,
    /// The file's name.
    pub file_name: Said,
    /// The folder.
    pub folder: Said,
}

impl Testimonies {
    /// Hears all places of a paper.
    pub fn hear(paper: &Paper, names: &Names, roster: &Roster<'_>) -> Testimonies {
        let masthead = &paper.reading.masthead;
        let units: Vec<Found> = masthead.units.iter().map(|l| names.find(&l.text)).collect();
        let signatures: Vec<Found> = masthead.signatures.iter().map(|l| names.find(&l.text)).collect();
        let (title, title_leads) = title(&masthead.titles, names, roster);
        let mut all_units: Vec<usize> = units.iter().flat_map(|f| f.clear.iter().copied()).collect();
        all_units.sort_unstable();
        all_units.dedup();
        Testimonies {
            units: all_units,
            lists_units: units.len() > 1,
            unit: match together(&units, roster) {
                // A row of a list may well be a teaching point that no roster has.
                Said::Unknown(_) if units.len() > 1 => Said::Nothing,
                said => said,
            },
            // A signature is one school's; bylines that name two decide nothing.
            signature: match together(&signatures, roster) {
                Said::Several(all) => Said::Doubtful(all),
                said => said,
            },
            title,
            title_leads,
            file_name: together(&[names.find(paths::without_suffix(paths::file_name(paper.path())))], roster),
            folder: folder(paper.path(), names, roster),
        }
    }

    /// All places with their words, the weightiest first.
    pub fn all(&self) -> [(Where, &Said); 5] {
        [
            (Where::Units, &self.unit),
            (Where::Signature, &self.signature),
            (Where::Title, &self.title),
            (Where::FileName, &self.file_name),
            (Where::Folder, &self.folder),
        ]
    }
}

fn together(found: &[Found], roster: &Roster<'_>) -> Said {
    let mut clear: Vec<usize> = found.iter().flat_map(|f| f.clear.iter().copied()).collect();
    clear.sort_unstable();
    clear.dedup();
    // 龙池中心校王庄小学 is 王庄小学, which lies under 龙池中心校.
    let mut own: Vec<usize> = clear.clone();
    own.retain(|s| !clear.iter().any(|other| roster.covers(*s, *other)));
    match own.as_slice() {
        [] => {}
        [one] => return Said::One(*one),
        _ => return Said::Several(own),
    }
    let mut doubtful: Vec<usize> = found.iter().flat_map(|f| f.doubtful.iter().copied()).collect();
    doubtful.sort_unstable();
    doubtful.dedup();
    if let Some(unknown) = found.iter().find_map(|f| f.unknown.clone()) {
        return Said::Unknown(unknown);
    }
    if doubtful.is_empty() { Said::Nothing } else { Said::Doubtful(doubtful) }
}

/// The first title line that names a school speaks for the title: those below it may be running text already.
fn title(lines: &[Line], names: &Names, roster: &Roster<'_>) -> (Said, bool) {
    let mut found: Vec<Found> = lines.iter().map(|l| names.find(&l.text)).collect();
    if let Some(first) = found.iter().position(|f| !f.clear.is_empty()) {
        let first = found.swap_remove(first);
        let leads = first.leads;
        return (together(&[first], roster), leads);
    }
    (together(&found, roster), false)
}

/// The innermost folder that names a school speaks; a township's folder only narrows.
fn folder(path: &str, names: &Names, roster: &Roster<'_>) -> Said {
    let mut narrowing = Said::Nothing;
    for name in paths::folders(path) {
        match together(&[names.find(name)], roster) {
            Said::Nothing => {
                if narrowing == Said::Nothing
                    && let Some(schools) = names.township_folder(name)
                {
                    narrowing = Said::Doubtful(schools.to_vec());
                }
            }
            said => return said,
        }
    }
    narrowing
}
