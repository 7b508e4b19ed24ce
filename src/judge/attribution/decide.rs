//! From what the places say to whose the file is. A wrong school is worse than none.

use crate::judge::attribution::said::{Said, Testimonies, Where};
use crate::judge::attribution::several::several;
use crate::judge::attribution::words::{claim, conflict, list, nobody, places};
use crate::judge::names::Names;
use crate::judge::paper::Claim;
use crate::judge::roster::Roster;
use crate::msg;

/// Whose the file is, as far as it says so itself.
pub fn decide(said: &Testimonies, names: &Names, roster: &Roster<'_>) -> Claim {
    if said.all().iter().all(|(_, s)| **s == Said::Nothing) {
        return Claim { schools: Vec::new(), why: msg!("judge.claim_none"), nameless: true };
    }
    several(said, roster)
        .or_else(|| one(said, names, roster))
        .or_else(|| narrowed(said, roster))
        .unwrap_or_else(|| doubtful(said, names, roster))
}

/// One school that is named clearly, and by nothing else contradicted.
fn one(said: &Testimonies, names: &Names, roster: &Roster<'_>) -> Option<Claim> {
    let clear: Vec<(Where, usize)> = said.all().into_iter().filter_map(|(place, s)| Some((place, s.one()?))).collect();
    let inside = |w: Where| w < Where::FileName;
    let (_, school) = *clear.first()?;

    // Where they do not all agree, the more specific of a 中心校 and a school under it, or two against one.
    let school = match clear.iter().find(|(_, s)| *s != school) {
        None => school,
        Some((place, other)) => {
            let first = clear.first()?.0;
            match reconcile(&clear, roster) {
                Some(school) => school,
                None => return Some(conflict(first, &[school], *place, &[*other], roster)),
            }
        }
    };
    let for_it: Vec<Where> = clear.iter().filter(|(_, s)| *s == school).map(|(w, _)| *w).collect();

    // A name that is not on the roster contradicts unless the document itself is clear in a weightier place.
    let weightiest = *for_it.first()?;
    if let Some((_, unknown)) = said.all().into_iter().find_map(|(place, s)| match s {
        Said::Unknown(u)
            if place != Where::Folder
                && (place != Where::Title || !inside(weightiest))
                && (place < weightiest || place == Where::FileName) =>
        {
            Some((place, u))
        }
        _ => None,
    }) {
        return Some(stranger(unknown, names, roster));
    }
    // A doubtful word of the document that cannot mean this school.
    let kin = |c: &usize| *c == school || roster.houses(school, *c) || roster.houses(*c, school);
    if let Some((place, s)) = said.all().into_iter().find(|(place, s)| {
        inside(*place) && *place < weightiest && matches!(s, Said::Doubtful(c) if !c.iter().any(kin))
    }) {
        return Some(conflict(place, s.candidates(), weightiest, &[school], roster));
    }
    // A title alone is certain only where the name opens it.
    if for_it == [Where::Title] && !said.title_leads {
        return Some(nobody(msg!("judge.claim_title_only", roster.name(school))));
    }
    let places = places(&for_it);
    let why = match said.folder.one().filter(|f| *f != school) {
        Some(upper) if roster.houses(upper, school) => {
            msg!("judge.claim_below", roster.name(school), places, roster.name(upper))
        }
        Some(folder) => msg!("judge.claim_misfiled", roster.name(school), places, roster.name(folder)),
        None => msg!("judge.claim_one", roster.name(school), places),
    };
    Some(claim(vec![school], why))
}

/// The school where the clear places differ, if one can be had without guessing.
fn reconcile(clear: &[(Where, usize)], roster: &Roster<'_>) -> Option<usize> {
    let folder = clear.iter().find(|(w, _)| *w == Where::Folder).map(|(_, s)| *s);
    let rest: Vec<(Where, usize)> = clear.iter().filter(|(w, _)| *w != Where::Folder).copied().collect();
    let agreed =
        |votes: &[(Where, usize)]| votes.first().map(|(_, s)| *s).filter(|s| votes.iter().all(|(_, o)| o == s));

    let inner = match agreed(&rest) {
        Some(school) => school,
        None => {
            let document: Vec<(Where, usize)> = rest.iter().filter(|(w, _)| *w < Where::FileName).copied().collect();
            let file_name = rest.iter().find(|(w, _)| *w == Where::FileName).map(|(_, s)| *s);
            match (agreed(&document), file_name) {
                // The document is of one mind and the file's name of another: nobody can say.
                (Some(_), _) => return None,
                (None, _) => {
                    let units_or_signature = document.first().filter(|(w, _)| *w < Where::Title).map(|(_, s)| *s)?;
                    let others = document.iter().filter(|(_, s)| *s != units_or_signature);
                    // 填报单位 names the village school, the stamp is the 中心校's.
                    if let Some(lower) = specific(&document, roster)
                        .filter(|l| file_name.is_none_or(|f| f == *l || roster.houses(f, *l)))
                    {
                        lower
                    } else if file_name == Some(units_or_signature)
                        && others.into_iter().all(|(w, _)| *w == Where::Title)
                    {
                        // Signed and named alike; the title speaks of a partner.
                        units_or_signature
                    } else {
                        return None;
                    }
                }
            }
        }
    };
    match folder {
        None => Some(inner),
        Some(f) if f == inner || roster.houses(f, inner) => Some(inner),
        // In another school's folder, but name and document agree.
        Some(_) if rest.iter().any(|(w, _)| *w == Where::FileName) && rest.len() > 1 => Some(inner),
        Some(_) => None,
    }
}

/// The one school that all others that are named keep papers for.
fn specific(votes: &[(Where, usize)], roster: &Roster<'_>) -> Option<usize> {
    votes.iter().map(|(_, s)| *s).find(|lower| votes.iter().all(|(_, s)| s == lower || roster.houses(*s, *lower)))
}

/// No place is clear, but two doubtful ones leave only one school.
fn narrowed(said: &Testimonies, roster: &Roster<'_>) -> Option<Claim> {
    if said.all().iter().any(|(place, s)| matches!(s, Said::Unknown(_)) && *place != Where::Title) {
        return None;
    }
    let doubtful: Vec<(Where, &[usize])> = said
        .all()
        .into_iter()
        .filter(|(_, s)| matches!(s, Said::Doubtful(_)))
        .map(|(w, s)| (w, s.candidates()))
        .collect();
    let (_, first) = doubtful.first()?;
    let common: Vec<usize> = first.iter().copied().filter(|s| doubtful.iter().all(|(_, c)| c.contains(s))).collect();
    match common.as_slice() {
        [school] if doubtful.len() > 1 => {
            let places = places(&doubtful.iter().map(|(w, _)| *w).collect::<Vec<_>>());
            Some(claim(vec![*school], msg!("judge.claim_narrowed", roster.name(*school), places)))
        }
        _ => None,
    }
}

fn doubtful(said: &Testimonies, names: &Names, roster: &Roster<'_>) -> Claim {
    if let Some(unknown) =
        said.all().into_iter().find_map(|(_, s)| if let Said::Unknown(u) = s { Some(u) } else { None })
    {
        return stranger(unknown, names, roster);
    }
    let Some((place, s)) = said.all().into_iter().find(|(_, s)| !s.candidates().is_empty()) else {
        return nobody(msg!("judge.claim_none"));
    };
    let only_township = place == Where::Folder;
    Claim {
        schools: Vec::new(),
        why: if only_township {
            msg!("judge.claim_none")
        } else {
            msg!("judge.claim_doubtful", place.message(), list(s.candidates(), roster))
        },
        nameless: only_township,
    }
}

fn stranger(unknown: &str, names: &Names, roster: &Roster<'_>) -> Claim {
    let near = names.nearest(unknown);
    nobody(if near.is_empty() {
        msg!("judge.claim_unknown", unknown)
    } else {
        msg!("judge.claim_unknown_near", unknown, list(&near, roster))
    })
}
