//! Files that speak for several schools, or for the one that lists the schools below it.

use crate::judge::attribution::said::{Said, Testimonies, Where};
use crate::judge::attribution::words::{claim, conflict, list};
use crate::judge::paper::Claim;
use crate::judge::roster::Roster;
use crate::msg;

/// The claim, if the file lists schools or names several in its name or title.
pub fn several(said: &Testimonies, roster: &Roster<'_>) -> Option<Claim> {
    if let Some(head) = lister(said, roster) {
        return Some(claim(vec![head], msg!("judge.claim_lister", roster.name(head))));
    }
    if said.units.len() > 1 {
        return Some(all_of(
            Where::Units,
            &said.units,
            &[Where::Signature, Where::Title, Where::FileName],
            said,
            roster,
        ));
    }
    if let Said::Several(all) = &said.file_name {
        return Some(all_of(Where::FileName, all, &[Where::Units, Where::Signature], said, roster));
    }
    if let Said::Several(all) = &said.title {
        let author = said.all().into_iter().any(|(_, s)| s.one().is_some());
        return (!author).then(|| all_of(Where::Title, all, &[], said, roster));
    }
    None
}

/// The school that lists those below it: it stands among the units or is named elsewhere, keeps the papers of all others,
/// and nobody else is named.
fn lister(said: &Testimonies, roster: &Roster<'_>) -> Option<usize> {
    if !said.lists_units || said.units.is_empty() {
        return None;
    }
    let named: Vec<usize> = said.all().into_iter().skip(1).filter_map(|(_, s)| s.one()).collect();
    let listed = said.units.iter().filter(|_| said.units.len() > 1);
    let heads = listed.chain(named.iter().filter(|head| said.units != [**head]));
    heads
        .copied()
        .find(|head| said.units.iter().all(|unit| unit == head || roster.houses(*head, *unit)))
        .filter(|head| named.iter().all(|other| other == head || roster.houses(*other, *head)))
}

/// All schools that a place names, unless a weighty one of the others names a stranger to them.
fn all_of(place: Where, schools: &[usize], others: &[Where], said: &Testimonies, roster: &Roster<'_>) -> Claim {
    let stranger = said
        .all()
        .into_iter()
        .filter(|(other, _)| others.contains(other))
        .find_map(|(other, s)| s.one().filter(|one| !schools.contains(one)).map(|one| (other, one)));
    match stranger {
        Some((other, one)) => conflict(place, schools, other, &[one], roster),
        None => {
            claim(schools.to_vec(), msg!("judge.claim_several", place.message(), schools.len(), list(schools, roster)))
        }
    }
}
