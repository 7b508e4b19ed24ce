use crate::model::changes::{Change, Turned};
use crate::model::findings::{
    FileFindings, FileStatus, Findings, ItemKind, SchoolFindings, Status, Submission, SubmissionStatus, Verdict,
};
use crate::model::flag::{Flag, FlagKind, Severity};
use crate::model::message::Message;

use crate::model::school::School;
use crate::model::shelf::{Closed, whole};
use crate::model::source::Sighting;
use crate::store::Store;
use crate::store::cache::{Cache, Known, Outside};
use crate::store::error::StoreError;
use crate::store::lock::{Lock, LockError};
use chrono::{DateTime, Duration, FixedOffset};
use std::fs;
use std::sync::Arc;

fn night(n: i64) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2020-10-18T02:00:00+08:00").unwrap() + Duration::days(n)
}

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    (folder, store)
}

/// A night with gaps, given as id and fingerprint, and one school.
fn findings(n: i64, gaps: &[(&str, &str)], submission: SubmissionStatus, meeting: Status) -> Findings {
    let flag = |(id, fingerprint): &(&str, &str)| Flag {
        id: (*id).into(),
        kind: FlagKind::Missing,
        severity: Severity::High,
        school: "1001".into(),
        item: Some("meeting".into()),
        message: Message::keyed("judge.flag_missing".into()),
        files: Vec::new(),
        fingerprint: (*fingerprint).into(),
        shared: Vec::new(),
    };
    let verdict = Verdict {
        item: "meeting".into(),
        kind: ItemKind::Activity,
        status: meeting,
        why: Message::default(),
        evidence: Box::default(),
        nearest: None,
        ruled: None,
    };
    let school = SchoolFindings {
        school: Arc::new(School { code: "1001".into(), ..School::default() }),
        submission: Submission { status: submission, ..Submission::default() },
        verdicts: vec![verdict],
        evidence: Vec::new(),
        handed_in: Vec::new(),
    };
    Findings { as_of: night(n), schools: vec![school], flags: gaps.iter().map(flag).collect(), ..Findings::default() }
}

#[test]
fn a_gap_is_new_then_still_there_then_on_other_evidence_then_gone() {
    let (_folder, mut store) = store();
    let nights = [
        (&[("F-1", "a")][..], Some((Change::New, 1))),
        (&[("F-1", "a")], Some((Change::Still, 2))),
        (&[("F-1", "b")], Some((Change::Altered, 3))),
        (&[("F-1", "b"), ("F-2", "x")], Some((Change::Still, 4))),
        (&[("F-2", "x")], None),
        (&[("F-1", "b")], Some((Change::New, 1))),
    ];
    for ((gaps, wanted), n) in nights.into_iter().zip(0..) {
        let tonight = findings(n, gaps, SubmissionStatus::Missing, Status::Missing);
        let changes = store.changes(&tonight).unwrap();
        let standing = changes.standing.get("F-1").map(|s| (s.change, s.nights));
        assert_eq!(standing, wanted, "night {n}");
        assert_eq!(changes.since, (n > 0).then(|| night(n - 1)));
        let gone: Vec<_> = changes.gone.iter().map(|g| (g.id.as_str(), g.nights)).collect();
        let wanted: &[(&str, u32)] = match n {
            4 => &[("F-1", 4)],
            5 => &[("F-2", 2)],
            _ => &[],
        };
        assert_eq!(gone, wanted, "night {n}");
        assert!(store.remember(&tonight).unwrap());
    }
}

#[test]
fn the_same_night_again_takes_the_place_of_the_first_and_a_look_back_none() {
    let (_folder, mut store) = store();
    let missing = |n, gaps: &[(&str, &str)]| findings(n, gaps, SubmissionStatus::Missing, Status::Missing);
    store.remember(&missing(0, &[("F-1", "a")])).unwrap();
    store.remember(&missing(1, &[])).unwrap();
    // The second night again, with a mended roster: the gap had never gone.
    let again = missing(1, &[("F-1", "a")]);
    assert_eq!(store.changes(&again).unwrap().standing["F-1"].nights, 2);
    store.remember(&again).unwrap();
    assert_eq!(store.nights().unwrap().len(), 2);
    let third = missing(2, &[("F-1", "a")]);
    let standing = store.changes(&third).unwrap().standing["F-1"];
    assert_eq!((standing.change, standing.nights), (Change::Still, 3));
    assert!(!store.remember(&missing(0, &[])).unwrap(), "a look back is no night");
    assert_eq!(store.changes(&third).unwrap().standing["F-1"].nights, 3);
}

#[test]
fn what_turned_between_any_two_nights() {
    let (_folder, mut store) = store();
    for (n, submission, meeting) in [
        (0, SubmissionStatus::Missing, Status::Missing),
        (1, SubmissionStatus::OnTime, Status::Weak),
        (2, SubmissionStatus::OnTime, Status::Done),
    ] {
        store.remember(&findings(n, &[], submission, meeting)).unwrap();
    }
    let nights = store.nights().unwrap();
    let turned = |a: usize, b: usize| {
        let changes = store.between(nights[a], nights[b]).unwrap();
        changes.turned.into_iter().map(|t| t.what).collect::<Vec<_>>()
    };
    let meeting = |a, b| Turned::Verdict("meeting".into(), Some(a), b);
    let came = Turned::Submission(Some(SubmissionStatus::Missing), SubmissionStatus::OnTime);
    assert_eq!(turned(0, 2), [came.clone(), meeting(Status::Missing, Status::Done)]);
    assert_eq!(turned(0, 1), [came, meeting(Status::Missing, Status::Weak)]);
    assert_eq!(turned(1, 2), [meeting(Status::Weak, Status::Done)]);
    assert_eq!(turned(2, 2), []);
}

fn file(path: &str, content: &str, seen: Sighting) -> FileFindings {
    FileFindings {
        path: path.into(),
        format: "docx".into(),
        suffix_fits: true,
        bytes: 7,
        received_at: None,
        received_by: None,
        digest: content.into(),
        seen: Some(seen),
        status: FileStatus::Used,
        schools: Vec::new(),
        why: Message::default(),
        other: None,
        problems: Vec::new(),
        chars: 0,
        pictures: 0,
        text: Vec::new().into(),
    }
}

#[test]
fn a_file_keeps_its_first_sighting_when_it_is_mended_or_moved() {
    let (_folder, mut store) = store();
    let sighting = |n: i64| Sighting { first: night(n), after: (n > 0).then(|| night(n - 1)) };
    let mut see = |n: i64, files: &[(&str, &str)]| {
        let seen = store.sightings(files, sighting(n)).unwrap();
        let mut tonight = findings(n, &[], SubmissionStatus::Missing, Status::Missing);
        tonight.files = files.iter().zip(&seen).map(|((path, content), seen)| file(path, content, *seen)).collect();
        store.remember(&tonight).unwrap();
        seen.into_iter().map(|s| s.first).collect::<Vec<_>>()
    };
    assert_eq!(see(0, &[("a.docx", "A"), ("b.docx", "B")]), [night(0), night(0)]);
    assert_eq!(see(1, &[("a.docx", "A2"), ("c.docx", "C")]), [night(0), night(1)], "mended in its place");
    assert_eq!(see(2, &[("龙池/b.docx", "B"), ("d.docx", "C")]), [night(0), night(1)], "moved");
    assert_eq!(
        see(3, &[("d.docx", "C"), ("e.docx", "C")]),
        [night(1), night(1)],
        "c.docx is gone, and e.docx has its words"
    );
    assert_eq!(see(4, &[("d.docx", "C"), ("e.docx", "C"), ("f.docx", "F")]), [night(1), night(1), night(4)]);
}

fn outside(path: &str, modified: i64) -> Outside {
    Outside { path: path.into(), len: 7, modified, changed: 5 }
}

#[test]
fn a_file_that_looks_as_it_did_is_known_for_the_same_rules_only() {
    let (_folder, mut store) = store();
    let mut cache = Cache::new(&mut store, b"rules".to_vec(), b"readers".to_vec());
    cache.keep(Some(&outside("a", 1)), "C", b"what it said", Some(b"what was read")).unwrap();
    cache.settle().unwrap();
    assert_eq!(cache.known(&outside("a", 1)).unwrap(), Some(Known::Reading(b"what it said".to_vec())));
    assert_eq!(cache.known(&outside("a", 2)).unwrap(), None);
    assert_eq!(cache.known(&outside("b", 1)).unwrap(), None);

    let cache = Cache::new(&mut store, b"other rules".to_vec(), b"readers".to_vec());
    assert_eq!(cache.known(&outside("a", 1)).unwrap(), Some(Known::Content("C".into())));
    assert_eq!(cache.transcript("C").unwrap(), Some(b"what was read".to_vec()));
    let cache = Cache::new(&mut store, b"other rules".to_vec(), b"better readers".to_vec());
    assert_eq!(cache.transcript("C").unwrap(), None);

    // Written just now: what it looks like says nothing yet, what it holds does.
    let mut cache = Cache::new(&mut store, b"rules".to_vec(), b"readers".to_vec());
    cache.keep(None, "D", b"what it said", Some(b"the new text")).unwrap();
    cache.settle().unwrap();
    store.forget_all_but([("b", "D")].into_iter()).unwrap();
    let cache = Cache::new(&mut store, b"rules".to_vec(), b"readers".to_vec());
    assert_eq!((cache.known(&outside("a", 1)).unwrap(), cache.transcript("C").unwrap()), (None, None));
    assert_eq!(cache.transcript("D").unwrap(), Some(b"the new text".to_vec()));
}

#[test]
fn a_damaged_file_is_set_aside_and_a_later_one_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.sqlite");
    fs::write(
        &file,
        "no database at all, and longer than the head of one, which has a hundred bytes of its own at the start"
            .repeat(9),
    )
    .unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert!(store.is_new() && store.notes().len() == 1);
    drop(store);
    assert!(folder.path().join("state.sqlite.damaged-1").exists());
    let again = Store::open(folder.path()).unwrap();
    assert!(!again.is_new() && again.notes().is_empty());
    drop(again);

    rusqlite::Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(&file).unwrap();
    assert!(matches!(Store::open(folder.path()), Err(StoreError::Later(99, _))));
    assert!(fs::read(&file).unwrap() == before);
}

#[test]
fn one_run_at_a_time_and_a_dead_one_holds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let held = Lock::take(folder.path(), "进程号 7").unwrap();
    assert!(matches!(Lock::take(folder.path(), "second"), Err(LockError::Held(by)) if by == "进程号 7"));
    drop(held);
    // What a killed run leaves behind keeps nobody out.
    fs::write(folder.path().join("lock-owner"), "a run that was killed").unwrap();
    assert!(Lock::take(folder.path(), "third").is_ok());
}

#[test]
fn a_piece_that_cannot_be_written_whole_leaves_none() {
    /// A text that can be had so many times.
    struct Fading(std::cell::Cell<u32>);
    impl serde::Serialize for Fading {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            self.0.set(self.0.get().checked_sub(1).ok_or(serde::ser::Error::custom("gone"))?);
            serializer.serialize_str("说的话")
        }
    }
    let (_folder, mut store) = store();
    let kept = |store: &Store, made_from: &[u8]| {
        let mut piece = None;
        store.piece("page", made_from, &mut |bytes| piece = whole(bytes)).unwrap();
        piece
    };
    store.keep_piece("page", b"first", &Closed::bytes("page")).unwrap();
    assert_eq!(kept(&store, b"first"), Some(b"page".to_vec()));
    // It is had once to be counted, and once to be written.
    let value = (1, Fading(1.into()));
    let closed = Closed::value(&value).unwrap();
    assert!(matches!(store.keep_piece("page", b"second", &closed), Err(StoreError::Piece(_))));
    assert_eq!((kept(&store, b"second"), kept(&store, b"first")), (None, Some(b"page".to_vec())));
    let value = (1, Fading(2.into()));
    store.keep_piece("page", b"second", &Closed::value(&value).unwrap()).unwrap();
    assert!(kept(&store, b"second").is_some_and(|piece| piece.len() == 12));
}
