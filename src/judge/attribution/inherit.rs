//! What a nameless file takes from its neighbours: the school of its archive, or of the folder that it lies in.

use crate::judge::names::Names;
use crate::judge::paper::{Claim, Kind, Paper};
use crate::judge::paths;
use crate::judge::roster::Roster;
use crate::msg;
use std::collections::BTreeMap;

/// Folders where the papers of many schools are put together, so that neighbours prove nothing.
const COLLECTIVE: [&str; 16] = [
    "汇总",
    "各校",
    "各学校",
    "收件",
    "邮箱",
    "邮件",
    "微信",
    "qq",
    "其他",
    "其它",
    "待",
    "未分类",
    "临时",
    "下载",
    "报送",
    "上报",
];

/// Whose the named papers below a folder are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    One(usize),
    Many,
}

/// Lets nameless papers inherit, archives from their members first, then files from folders and archives.
pub fn inherit(papers: &mut [Paper], names: &Names, roster: &Roster<'_>) {
    let owners = owners(papers);
    let mut given: Vec<(usize, usize)> = Vec::new();
    for (i, paper) in papers.iter().enumerate() {
        if !paper.claim.nameless || paper.is_litter() {
            continue;
        }
        let inside = holds(paper).then(|| owners.get(format!("{}!", paper.path()).as_str())).flatten();
        match inside {
            Some(Owner::One(school)) => given.push((i, *school)),
            Some(Owner::Many) => {}
            None => given.extend(from_folders(paper.path(), &owners, names).map(|school| (i, school))),
        }
    }
    for (i, school) in given {
        if let Some(paper) = papers.get_mut(i) {
            let name = roster.name(school);
            let why =
                if holds(paper) { msg!("judge.claim_members", name) } else { msg!("judge.claim_neighbours", name) };
            paper.claim = Claim { schools: vec![school], why, nameless: true };
        }
    }
}

/// Whether it is what its members are: an archive, an e-mail.
fn holds(paper: &Paper) -> bool {
    paper.kind() == Kind::Archive || paper.is_mail()
}

/// The owner of every folder and archive that holds a named paper at any depth.
fn owners(papers: &[Paper]) -> BTreeMap<String, Owner> {
    let mut owners: BTreeMap<String, Owner> = BTreeMap::new();
    for paper in papers.iter().filter(|p| !p.claim.nameless && !p.is_litter()) {
        let owner = match paper.claim.schools.as_slice() {
            [one] => Owner::One(*one),
            // A neighbour that nobody could be found for spoils the folder too: it may be another school's.
            _ => Owner::Many,
        };
        // What an e-mail says of its sender is true of what is attached to it.
        let inside = format!("{}!", paper.path());
        let mut folder = if paper.is_mail() { inside.as_str() } else { paths::folder_of(paper.path()) };
        while !folder.is_empty() {
            match owners.get_mut(folder) {
                Some(known) if *known == Owner::Many => break,
                Some(known) if *known != owner => *known = Owner::Many,
                Some(_) => {}
                None => {
                    owners.insert(folder.to_string(), owner);
                }
            }
            folder = paths::folder_of(folder);
        }
    }
    owners
}

fn from_folders(path: &str, owners: &BTreeMap<String, Owner>, names: &Names) -> Option<usize> {
    let mut folder = paths::folder_of(path);
    while folder.contains('/') && lends(paths::file_name(folder), names) {
        match owners.get(folder) {
            Some(Owner::One(school)) => return Some(*school),
            Some(Owner::Many) => return None,
            None => folder = paths::folder_of(folder),
        }
    }
    None
}

/// Whether a folder is one sender's: no township's, no day's, no collection.
fn lends(folder: &str, names: &Names) -> bool {
    let name = folder.to_lowercase();
    let of_a_day = name.chars().all(|c| c.is_ascii_digit() || "年月日号.-_~ 至".contains(c));
    names.township_folder(folder).is_none() && !of_a_day && !COLLECTIVE.iter().any(|w| name.contains(w))
}
