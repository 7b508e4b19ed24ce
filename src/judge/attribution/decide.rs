//! From what the places say to whose the file is. A wrong school is worse than none.

use crate::judge::attribution::said::{Said, Testimonies, Where};
use crate::judge::names::Names;
use crate::judge::paper::Claim;
use crate::judge::roster::Roster;
use crate::model::message::{Arg, Message};
use crate::msg;

/// The most names that a reason lists.
const LISTED: usize = 4;

/// Whose the file is, as far as it says so itself.
pub fn decide(said: &Testimonies, names: &Names, roster: &Roster<'_>) -> Claim {
    if said.all().iter().all(|(_, s)| **s == Said::Nothing) {
        return Claim {
            schools: Vec::new(),
            why: msg!("judge.claim_none"),
            nameless: true,
        };
    }
    several(said, roster)
        .or_else(|| one(said, names, roster))
        .or_else(|| narrowed(said, roster))
        .unwrap_or_else(|| doubtful(said, names, roster))
}

/// Files that speak for several schools, or for the one that lists the schools under it.
fn several(said: &Testimonies, roster: &Roster<'_>) -> Option<Claim> {
    if said.units.len() > 1 {
        let heads = [&said.signature, &said.title, &said.file_name, &said.folder];
        let lister = said
            .units
            .iter()
            .copied()
            .chain(heads.iter().filter_map(|s| s.one()))
            .find(|head| {
                said.units
                    .iter()
                    .all(|u| u == head || roster.houses(*head, *u))
            });
        if let Some(head) = lister.filter(|h| {
            heads
                .iter()
                .filter_map(|s| s.one())
                .all(|s| s == *h || roster.houses(s, *h))
        }) {
            return Some(claim(
                vec![head],
                msg!("judge.claim_lister", roster.name(head)),
            ));
        }
        if let Some((place, stranger)) =
            said.all()
                .into_iter()
                .skip(1)
                .take(3)
                .find_map(|(place, s)| {
                    s.one()
                        .filter(|one| !said.units.contains(one))
                        .map(|one| (place, one))
                })
        {
            let units = list(&said.units, roster);
            return Some(nobody(msg!(
                "judge.claim_conflict",
                Where::Units.message(),
                units,
                place.message(),
                roster.name(stranger)
            )));
        }
        return Some(together(Where::Units, &said.units, roster));
    }
    if let Said::Several(all) = &said.file_name {
        let stranger = [
            (Where::Units, &said.unit),
            (Where::Signature, &said.signature),
        ]
        .into_iter()
        .find_map(|(place, s)| {
            s.one()
                .filter(|one| !all.contains(one))
                .map(|one| (place, one))
        });
        return Some(match stranger {
            Some((place, one)) => nobody(msg!(
                "judge.claim_conflict",
                place.message(),
                roster.name(one),
                Where::FileName.message(),
                list(all, roster)
            )),
            None => together(Where::FileName, all, roster),
        });
    }
    if let Said::Several(all) = &said.title {
        let author = [&said.unit, &said.signature, &said.file_name, &said.folder]
            .into_iter()
            .find_map(|s| s.one());
        if author.is_none() {
            return Some(together(Where::Title, all, roster));
        }
    }
    None
}

/// One school that is named clearly, and by nothing else contradicted.
fn one(said: &Testimonies, names: &Names, roster: &Roster<'_>) -> Option<Claim> {
    let clear: Vec<(Where, usize)> = said
        .all()
        .into_iter()
        .filter_map(|(place, s)| Some((place, s.one()?)))
        .collect();
    let inside = |w: Where| w < Where::FileName;
    let (_, school) = *clear.first()?;

    // Where they do not all agree, the more specific of a 中心校 and a school under it, or two against one.
    let school = match clear.iter().find(|(_, s)| *s != school) {
        None => school,
        Some((place, other)) => {
            let disagreement = msg!(
                "judge.claim_conflict",
                clear.first()?.0.message(),
                roster.name(school),
                place.message(),
                roster.name(*other)
            );
            match reconcile(&clear, roster) {
                Some(school) => school,
                None => return Some(nobody(disagreement)),
            }
        }
    };
    let for_it: Vec<Where> = clear
        .iter()
        .filter(|(_, s)| *s == school)
        .map(|(w, _)| *w)
        .collect();

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
    if let Some((place, s)) = said.all().into_iter().find(|(place, s)| {
        inside(*place) && *place < weightiest && matches!(s, Said::Doubtful(c) if !c.contains(&school) && !c.iter().any(|c| roster.houses(school, *c) || roster.houses(*c, school)))
    }) {
        return Some(nobody(msg!("judge.claim_conflict", place.message(), list(s.candidates(), roster), weightiest.message(), roster.name(school))));
    }
    // A title alone is certain only where the name opens it.
    if for_it == [Where::Title] && !said.title_leads {
        return Some(nobody(msg!("judge.claim_title_only", roster.name(school))));
    }
    let places = places(&for_it);
    let why = match said.folder.one().filter(|f| *f != school) {
        Some(upper) if roster.houses(upper, school) => msg!(
            "judge.claim_below",
            roster.name(school),
            places,
            roster.name(upper)
        ),
        Some(folder) => msg!(
            "judge.claim_misfiled",
            roster.name(school),
            places,
            roster.name(folder)
        ),
        None => msg!("judge.claim_one", roster.name(school), places),
    };
    Some(claim(vec![school], why))
}

/// The school where the clear places differ, if one can be had without guessing.
fn reconcile(clear: &[(Where, usize)], roster: &Roster<'_>) -> Option<usize> {
    let folder = clear
        .iter()
        .find(|(w, _)| *w == Where::Folder)
        .map(|(_, s)| *s);
    let rest: Vec<(Where, usize)> = clear
        .iter()
        .filter(|(w, _)| *w != Where::Folder)
        .copied()
        .collect();
    let agreed = |votes: &[(Where, usize)]| {
        votes
            .first()
            .map(|(_, s)| *s)
            .filter(|s| votes.iter().all(|(_, o)| o == s))
    };

    let inner = match agreed(&rest) {
        Some(school) => school,
        None => {
            let document: Vec<(Where, usize)> = rest
                .iter()
                .filter(|(w, _)| *w < Where::FileName)
                .copied()
                .collect();
            let file_name = rest
                .iter()
                .find(|(w, _)| *w == Where::FileName)
                .map(|(_, s)| *s);
            match (agreed(&document), file_name) {
                // The document is of one mind and the file's name of another: nobody can say.
                (Some(_), _) => return None,
                (None, _) => {
                    let units_or_signature = document
                        .first()
                        .filter(|(w, _)| *w < Where::Title)
                        .map(|(_, s)| *s)?;
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
    votes.iter().map(|(_, s)| *s).find(|lower| {
        votes
            .iter()
            .all(|(_, s)| s == lower || roster.houses(*s, *lower))
    })
}

/// No place is clear, but two doubtful ones leave only one school.
fn narrowed(said: &Testimonies, roster: &Roster<'_>) -> Option<Claim> {
    if said
        .all()
        .iter()
        .any(|(place, s)| matches!(s, Said::Unknown(_)) && *place != Where::Title)
    {
        return None;
    }
    let doubtful: Vec<(Where, &[usize])> = said
        .all()
        .into_iter()
        .filter(|(_, s)| matches!(s, Said::Doubtful(_)))
        .map(|(w, s)| (w, s.candidates()))
        .collect();
    let (_, first) = doubtful.first()?;
    let common: Vec<usize> = first
        .iter()
        .copied()
        .filter(|s| doubtful.iter().all(|(_, c)| c.contains(s)))
        .collect();
    match common.as_slice() {
        [school] if doubtful.len() > 1 => {
            let places = places(&doubtful.iter().map(|(w, _)| *w).collect::<Vec<_>>());
            Some(claim(
                vec![*school],
                msg!("judge.claim_narrowed", roster.name(*school), places),
            ))
        }
        _ => None,
    }
}

fn doubtful(said: &Testimonies, names: &Names, roster: &Roster<'_>) -> Claim {
    if let Some(unknown) = said.all().into_iter().find_map(|(_, s)| {
        if let Said::Unknown(u) = s {
            Some(u)
        } else {
            None
        }
    }) {
        return stranger(unknown, names, roster);
    }
    let Some((place, s)) = said
        .all()
        .into_iter()
        .find(|(_, s)| !s.candidates().is_empty())
    else {
        return nobody(msg!("judge.claim_none"));
    };
    let only_township = place == Where::Folder;
    Claim {
        schools: Vec::new(),
        why: if only_township {
            msg!("judge.claim_none")
        } else {
            msg!(
                "judge.claim_doubtful",
                place.message(),
                list(s.candidates(), roster)
            )
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

fn together(place: Where, schools: &[usize], roster: &Roster<'_>) -> Claim {
    let why = msg!(
        "judge.claim_several",
        place.message(),
        schools.len(),
        list(schools, roster)
    );
    claim(schools.to_vec(), why)
}

fn claim(mut schools: Vec<usize>, why: Message) -> Claim {
    schools.sort_unstable();
    schools.dedup();
    Claim {
        schools,
        why,
        nameless: false,
    }
}

fn nobody(why: Message) -> Claim {
    Claim {
        schools: Vec::new(),
        why,
        nameless: false,
    }
}

/// Places as people list them: 文件名、落款.
fn places(places: &[Where]) -> Message {
    join(places.iter().map(|w| Arg::from(w.message())))
}

/// Names as people list them, the first few.
pub fn list(schools: &[usize], roster: &Roster<'_>) -> Message {
    let named = join(
        schools
            .iter()
            .take(LISTED)
            .map(|s| Arg::from(roster.name(*s))),
    );
    if schools.len() > LISTED {
        msg!("judge.and_more", named, schools.len())
    } else {
        named
    }
}

fn join(items: impl Iterator<Item = Arg>) -> Message {
    let mut joined: Option<Arg> = None;
    for item in items {
        joined = Some(match joined {
            None => item,
            Some(before) => Arg::Message(Message {
                key: "judge.and".into(),
                args: vec![before, item],
            }),
        });
    }
    Message {
        key: "judge.as_is".into(),
        args: joined.into_iter().collect(),
    }
}
