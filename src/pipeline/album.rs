//! The photographs of a night made small, by workers: what is hostile in a picture kills one of them at most.

use crate::model::document::Picture;
use crate::model::findings::{FileFindings, FileStatus, Findings};
use crate::model::limits;
use crate::model::message::Message;
use crate::model::reading::Reading;
use crate::model::thumbnail::{Album, Thumbnail};
use crate::msg;
use crate::pipeline::error::PipelineError;
use crate::pipeline::examined;
use crate::pipeline::inboxes::{Inbox, on_disk};
use crate::pipeline::pool::Task;
use crate::pipeline::request::Work;
use crate::pipeline::supervisor::Recipe;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Has the photographs of the files that count made small, from the inboxes as they are now. A file that is no longer what
/// was read this night is said to be so.
///
/// # Errors
/// That no worker can be started: then the night has no pictures, and all else.
pub fn gather(findings: &Findings, inboxes: &[Inbox], jobs: usize, recipe: &Recipe) -> Result<Album, Message> {
    let counting: Vec<&FileFindings> =
        findings.files.iter().filter(|f| f.status == FileStatus::Used && f.pictures > 0).collect();
    let (chosen, left_out) = chosen(findings, &counting);
    let task = |outer: &&str| {
        Some(Task { work: Work::Picture, path: on_disk(outer, inboxes)?, shown: outer.to_string(), len: 0 })
    };
    let tasks: Vec<Task> = chosen.iter().filter_map(task).collect();
    let failed = |e: PipelineError| e.messages().into_iter().next().unwrap_or_default();
    let readings = examined::tasks(&tasks, jobs, recipe, &|_| {}).map_err(failed)?;
    let mut made = BTreeMap::new();
    readings.into_iter().for_each(|reading| spread(reading, &mut made));
    let files = counting
        .iter()
        .filter(|f| chosen.contains(outer(&f.path)))
        .map(|f| (f.path.to_string(), of_file(f, &mut made)));
    Ok(Album { files: files.collect(), left_out })
}

/// The file of the inbox that a path leads into.
fn outer(path: &str) -> &str {
    path.split("!/").next().unwrap_or(path)
}

/// The files of the inbox whose photographs are shown, and how many of the others are not: files are taken by how many
/// photographs of their school stand before them, as long as there is room.
fn chosen<'f>(findings: &'f Findings, counting: &[&'f FileFindings]) -> (BTreeSet<&'f str>, u32) {
    let order: BTreeMap<&str, usize> = findings.schools.iter().map(|s| s.school.code.as_str()).zip(0..).collect();
    let mut sizes: BTreeMap<(Option<usize>, &str), usize> = BTreeMap::new();
    for file in counting {
        let school = file.schools.first().and_then(|code| order.get(code.as_str())).copied();
        *sizes.entry((school, outer(&file.path))).or_default() += file.pictures as usize;
    }
    let mut before: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    let mut ranked: Vec<(usize, Option<usize>, &str, usize)> = Vec::new();
    for ((school, file), pictures) in sizes {
        let rank = before.entry(school).or_default();
        ranked.push((*rank, school, file, pictures));
        *rank += pictures;
    }
    ranked.sort_unstable();
    let (mut taken, mut room, mut left_out) = (BTreeSet::new(), limits::THUMBNAILS, 0);
    for (_, _, file, pictures) in ranked {
        let shown = pictures.min(limits::THUMBNAILS_OF_FILE);
        if shown <= room {
            room -= shown;
            left_out += pictures - shown;
            taken.insert(file);
        } else {
            left_out += pictures;
        }
    }
    (taken, u32::try_from(left_out).unwrap_or(u32::MAX))
}

/// What a worker made, by the path of each file and member.
fn spread(mut reading: Reading, made: &mut BTreeMap<String, Reading>) {
    std::mem::take(&mut reading.members).into_iter().for_each(|member| spread(member, made));
    made.insert(reading.source.path.to_string(), reading);
}

/// The photographs of a file, or why there are none.
fn of_file(file: &FileFindings, made: &mut BTreeMap<String, Reading>) -> Vec<Arc<Thumbnail>> {
    let none = |why: Message| vec![Arc::new(Thumbnail { of: Picture::default(), small: Err(why) })];
    let Some(reading) = made.remove(file.path.as_str()) else { return none(msg!("pipeline.photo_gone")) };
    if reading.source.digest != file.digest {
        let why = reading.problems.first().map(|problem| problem.message());
        return none(why.unwrap_or_else(|| msg!("pipeline.photo_gone")));
    }
    match (reading.thumbnails, reading.problems.first()) {
        (all, _) if !all.is_empty() => all.into_iter().map(Arc::new).collect(),
        (_, Some(problem)) => none(problem.message()),
        // Beyond the limit of the file that it stands in.
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::findings::SchoolFindings;
    use crate::model::school::School;
    use crate::model::source::SourceFile;

    fn file(path: &str, school: &str, pictures: u32) -> FileFindings {
        FileFindings {
            path: path.into(),
            format: "jpeg".into(),
            suffix_fits: true,
            bytes: 1,
            received_at: None,
            received_by: None,
            digest: "D".into(),
            seen: None,
            status: FileStatus::Used,
            schools: vec![school.into()],
            why: Message::default(),
            other: None,
            problems: Vec::new(),
            chars: 0,
            pictures,
            text: Default::default(),
        }
    }

    fn reading(path: &str, digest: &str, pictures: usize) -> Reading {
        let one = Thumbnail { of: Picture::default(), small: Err(Message::default()) };
        let source = SourceFile { path: path.into(), digest: digest.into(), ..SourceFile::default() };
        Reading { source, thumbnails: vec![one; pictures], ..Reading::default() }
    }

    #[test]
    fn each_school_has_a_photograph_before_any_has_many() {
        let mut findings = Findings::default();
        for code in ["1", "2"] {
            let school = Arc::new(School { code: code.into(), ..School::default() });
            findings.schools.push(SchoolFindings { school, ..SchoolFindings::default() });
        }
        let of_file = limits::THUMBNAILS_OF_FILE as u32;
        let files = limits::THUMBNAILS / limits::THUMBNAILS_OF_FILE + 5;
        let mut all: Vec<FileFindings> =
            (0..files).map(|n| file(&format!("inbox/一/{n:03}.zip!/a.docx"), "1", of_file)).collect();
        all.push(file("inbox/二/照片.jpg", "2", 1));
        let (chosen, left_out) = chosen(&findings, &all.iter().collect::<Vec<_>>());
        assert!(chosen.contains("inbox/二/照片.jpg") && chosen.contains("inbox/一/000.zip"));
        let shown = all.iter().filter(|f| chosen.contains(outer(&f.path))).map(|f| f.pictures).sum::<u32>();
        assert!(shown as usize <= limits::THUMBNAILS);
        assert_eq!(shown + left_out, all.iter().map(|f| f.pictures).sum::<u32>(), "none is forgotten");
    }

    #[test]
    fn a_photograph_that_went_away_or_changed_is_said_to_have() {
        let shown = |path: &str, readings: Vec<Reading>| {
            let mut made = BTreeMap::new();
            readings.into_iter().for_each(|reading| spread(reading, &mut made));
            of_file(&file(path, "1", 1), &mut made)
        };
        let why = |all: Vec<Arc<Thumbnail>>| all[0].small.clone().unwrap_err().key().to_string();
        assert_eq!(shown("inbox/a.jpg", vec![reading("inbox/a.jpg", "D", 3)]).len(), 3);
        assert_eq!(why(shown("inbox/a.jpg", vec![reading("inbox/a.jpg", "E", 3)])), "pipeline.photo_gone");
        assert_eq!(why(shown("inbox/a.jpg", Vec::new())), "pipeline.photo_gone");
        let inside = Reading { members: vec![reading("inbox/a.zip!/b.jpg", "D", 1)], ..reading("inbox/a.zip", "Z", 0) };
        assert_eq!(shown("inbox/a.zip!/b.jpg", vec![inside]).len(), 1);
    }
}
