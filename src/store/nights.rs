//! The history of nights: every gap and every verdict, each as the nights from which and until which it stood.
//!
//! Nights are told apart by the moment they were judged as of. A run as of the last night's moment is that night again and takes its place; one
//! as of an earlier moment looks back, compares with the night before that moment, and is not remembered.

use crate::model::changes::{Change, Changes, Gap, Standing, Turn, Turned};
use crate::model::findings::Findings;
use crate::model::flag::{Flag, FlagKind};
use crate::store::error::StoreError;
use crate::store::sightings;
use crate::store::state::Store;
use crate::store::words::Words;
use chrono::{DateTime, FixedOffset};
use ecow::EcoString;
use rusqlite::{Row, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A night that is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Night {
    id: i64,
    /// The moment that it was judged as of.
    pub as_of: DateTime<FixedOffset>,
}

/// What stood in one night.
#[derive(Default)]
struct Snapshot<'f> {
    gaps: Gaps<'f>,
    verdicts: Words<'f>,
}

/// Gaps by the id of their flag.
type Gaps<'f> = BTreeMap<Cow<'f, str>, Stood<'f>>;

struct Stood<'f> {
    fingerprint: Cow<'f, str>,
    /// The night that it came up; none where that is tonight.
    first: Option<i64>,
    told: Told<'f>,
}

/// What is known of a gap: of one that was found tonight all, and nothing is copied before it is asked for.
enum Told<'f> {
    Flag(&'f Flag),
    Gap(Box<Gap>),
    Nothing,
}

impl Stood<'_> {
    fn gap(&self) -> Option<Gap> {
        match &self.told {
            Told::Gap(gap) => Some(gap.as_ref().clone()),
            Told::Flag(flag) => Some(Gap {
                id: flag.id.to_string(),
                kind: flag.kind,
                school: flag.school.to_string(),
                item: flag.item.as_deref().map(str::to_string),
                message: flag.message.clone(),
                files: flag.files.iter().map(ToString::to_string).collect(),
                nights: 0,
            }),
            Told::Nothing => None,
        }
    }
}

impl Store {
    /// All nights, the oldest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn nights(&self) -> Result<Vec<Night>, StoreError> {
        let mut statement = self.connection.prepare("SELECT id, as_of FROM nights ORDER BY id")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        let night = |(id, as_of): (i64, String)| {
            Ok(Night { id, as_of: DateTime::parse_from_rfc3339(&as_of).unwrap_or_default() })
        };
        rows.map(|row| night(row?)).collect()
    }

    /// The last night before a moment.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn night_before(&self, as_of: DateTime<FixedOffset>) -> Result<Option<Night>, StoreError> {
        Ok(self.nights()?.into_iter().rfind(|n| n.as_of < as_of))
    }

    /// What is different tonight from the night before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn changes(&self, findings: &Findings) -> Result<Changes, StoreError> {
        let before = self.night_before(findings.as_of)?;
        self.compare(before, &of_findings(findings), None)
    }

    /// What is different in a night from an earlier one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn between(&self, earlier: Night, later: Night) -> Result<Changes, StoreError> {
        self.compare(Some(earlier), &self.snapshot(later, &|_| true)?, Some(later))
    }

    /// How many nights in a row each file has had a gap of these kinds, the last night included.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn standing(&self, kinds: &[FlagKind]) -> Result<BTreeMap<String, u32>, StoreError> {
        let nights = self.nights()?;
        let Some(last) = nights.last() else { return Ok(BTreeMap::new()) };
        let of =
            |stood: &Stood<'_>| nights.iter().filter(|n| stood.first.is_some_and(|first| n.id >= first)).count() as u32;
        let snapshot = self.snapshot(*last, &|_| true)?;
        let gaps = snapshot.gaps.values().filter_map(|s| Some((s.gap()?, of(s))));
        let stands = gaps.filter(|(gap, _)| kinds.contains(&gap.kind));
        Ok(stands.flat_map(|(gap, nights)| gap.files.into_iter().map(move |f| (f, nights))).collect())
    }

    fn compare(&self, before: Option<Night>, now: &Snapshot<'_>, night: Option<Night>) -> Result<Changes, StoreError> {
        let Some(before) = before else {
            let standing = Standing { change: Change::New, nights: 1 };
            return Ok(Changes {
                standing: now.gaps.keys().map(|id| (id.as_ref().into(), standing)).collect(),
                ..Changes::default()
            });
        };
        let then = self.snapshot(before, &|flag| !now.gaps.contains_key(flag))?;
        let ids: Vec<i64> = self.nights()?.iter().map(|n| n.id).collect();
        // Tonight is not among the nights yet, or is their last.
        let upto = night.map_or(before.id, |n| n.id);
        let nights_to = |last: i64, first: Option<i64>| {
            ids.iter().filter(|id| first.is_some_and(|first| (first..=last).contains(id))).count() as u32
        };
        let stood = |first| nights_to(upto, first);
        let tonight = u32::from(night.is_none());
        let standing = now.gaps.iter().map(|(id, gap)| {
            let standing = match then.gaps.get(id) {
                None => Standing { change: Change::New, nights: night.map_or(1, |_| stood(gap.first)) },
                Some(old) if old.fingerprint == gap.fingerprint => {
                    Standing { change: Change::Still, nights: stood(old.first) + tonight }
                }
                Some(old) => Standing { change: Change::Altered, nights: stood(old.first) + tonight },
            };
            (id.as_ref().into(), standing)
        });
        let standing: BTreeMap<EcoString, Standing> = standing.collect();
        let gone = then.gaps.iter().filter(|(id, _)| !now.gaps.contains_key(*id));
        let gone =
            gone.filter_map(|(_, old)| Some(Gap { nights: nights_to(before.id, old.first), ..old.gap()? })).collect();
        let so = |change: Change| {
            let so = standing.iter().filter(|(_, s)| s.change == change);
            let gap =
                |(id, s): (&EcoString, &Standing)| Some(Gap { nights: s.nights, ..now.gaps.get(id.as_str())?.gap()? });
            so.filter_map(gap).collect()
        };
        let turned = now.verdicts.iter().filter_map(|(school, item, status)| {
            let old = then.verdicts.get(school, item);
            let what = (old != Some(status)).then(|| turned(item, old, status))??;
            Some(Turn { school: school.to_string(), what })
        });
        let (new, altered) = (in_order(so(Change::New)), in_order(so(Change::Altered)));
        Ok(Changes {
            since: Some(before.as_of),
            new,
            altered,
            gone: in_order(gone),
            turned: turned.collect(),
            standing,
        })
    }

    /// What stood in a night; of gaps that are not `told` no more than how long they have stood.
    fn snapshot(&self, night: Night, told: &dyn Fn(&str) -> bool) -> Result<Snapshot<'static>, StoreError> {
        let mut snapshot = Snapshot::default();
        let stood = "since <= ?1 AND (until IS NULL OR until > ?1)";
        let mut gaps =
            self.connection.prepare(&format!("SELECT flag, fingerprint, first, gap FROM gaps WHERE {stood}"))?;
        let mut rows = gaps.query([night.id])?;
        while let Some(row) = rows.next()? {
            let flag: String = row.get(0)?;
            let told = match told(&flag) {
                true => Told::Gap(Box::new(serde_json::from_str(&row.get::<_, String>(3)?)?)),
                false => Told::Nothing,
            };
            let fingerprint = Cow::Owned(row.get(1)?);
            snapshot.gaps.insert(Cow::Owned(flag), Stood { fingerprint, first: Some(row.get(2)?), told });
        }
        let mut verdicts =
            self.connection.prepare(&format!("SELECT school, item, status FROM verdicts WHERE {stood}"))?;
        let mut rows = verdicts.query([night.id])?;
        while let Some(row) = rows.next()? {
            let [school, item, status] = verdict(row)?;
            snapshot.verdicts.insert(Cow::Owned(school), &item, &status);
        }
        Ok(snapshot)
    }

    /// Remembers a night: what was found, and what was seen for the first time. `false` where it looks back on a moment
    /// before the last night, and is not remembered.
    ///
    /// # Errors
    /// [`StoreError`]; nothing of the night is then remembered.
    pub fn remember(&mut self, findings: &Findings) -> Result<bool, StoreError> {
        let last = self.nights()?.last().copied();
        if last.is_some_and(|l| l.as_of > findings.as_of) {
            return Ok(false);
        }
        let transaction = self.connection.transaction()?;
        let id = match last.filter(|l| l.as_of == findings.as_of) {
            Some(again) => {
                for table in ["gaps", "verdicts"] {
                    transaction.execute(&format!("DELETE FROM {table} WHERE since = ?1"), [again.id])?;
                    transaction.execute(&format!("UPDATE {table} SET until = NULL WHERE until = ?1"), [again.id])?;
                }
                again.id
            }
            None => {
                let moment = findings.as_of.timestamp_millis();
                transaction.execute(
                    "INSERT INTO nights (moment, as_of) VALUES (?1, ?2)",
                    params![moment, findings.as_of.to_rfc3339()],
                )?;
                transaction.last_insert_rowid()
            }
        };
        // One after the other: neither need stand in memory beside the other.
        record_gaps(&transaction, id, gaps_of(findings))?;
        record_verdicts(&transaction, id, verdicts_of(findings))?;
        // Members of archives are seen with their archives.
        let seen = findings.files.iter().filter_map(|f| Some((f.path.as_str(), f.digest.as_str(), f.seen?)));
        sightings::record(&transaction, seen)?;
        transaction.commit()?;
        Ok(true)
    }
}

fn in_order(mut gaps: Vec<Gap>) -> Vec<Gap> {
    gaps.sort_by(|a, b| (&a.school, &a.item, a.kind, &a.id).cmp(&(&b.school, &b.item, b.kind, &b.id)));
    gaps
}

/// Keeps those that are new or altered, and ends those that stand no more as they were.
fn record_gaps(transaction: &Transaction<'_>, night: i64, mut new: Gaps<'_>) -> Result<(), StoreError> {
    let mut ended: Vec<String> = Vec::new();
    let mut open = transaction.prepare("SELECT flag, fingerprint, first FROM gaps WHERE until IS NULL")?;
    let mut rows = open.query([])?;
    while let Some(row) = rows.next()? {
        let (flag, fingerprint): (String, String) = (row.get(0)?, row.get(1)?);
        match new.get_mut(flag.as_str()) {
            Some(gap) if gap.fingerprint == fingerprint => drop(new.remove(flag.as_str())),
            Some(gap) => {
                gap.first = Some(row.get(2)?);
                ended.push(flag);
            }
            None => ended.push(flag),
        }
    }
    let mut close = transaction.prepare("UPDATE gaps SET until = ?1 WHERE flag = ?2 AND until IS NULL")?;
    let mut insert = transaction.prepare("INSERT INTO gaps VALUES (?1, ?2, NULL, ?3, ?4, ?5)")?;
    for flag in ended {
        close.execute(params![night, flag])?;
    }
    for (flag, gap) in new {
        let first = gap.first.unwrap_or(night);
        insert.execute(params![flag, night, first, gap.fingerprint, serde_json::to_string(&gap.gap())?])?;
    }
    Ok(())
}

/// Keeps those that are new, and ends those that stand no more.
fn record_verdicts(transaction: &Transaction<'_>, night: i64, mut new: Words<'_>) -> Result<(), StoreError> {
    let mut ended = Vec::new();
    let mut open = transaction.prepare("SELECT school, item, status FROM verdicts WHERE until IS NULL")?;
    let mut rows = open.query([])?;
    while let Some(row) = rows.next()? {
        let [school, item, status] = verdict(row)?;
        if !new.take(&school, &item, &status) {
            ended.push((school, item));
        }
    }
    let mut close =
        transaction.prepare("UPDATE verdicts SET until = ?1 WHERE school = ?2 AND item = ?3 AND until IS NULL")?;
    let mut insert = transaction.prepare("INSERT INTO verdicts VALUES (?1, ?2, ?3, ?4, NULL)")?;
    for (school, item) in ended {
        close.execute(params![night, school, item])?;
    }
    for (school, item, status) in new.iter() {
        insert.execute(params![school, item, status, night])?;
    }
    Ok(())
}

/// School, item and word of a row.
fn verdict(row: &Row<'_>) -> rusqlite::Result<[String; 3]> {
    Ok([row.get(0)?, row.get(1)?, row.get(2)?])
}

fn of_findings(findings: &Findings) -> Snapshot<'_> {
    Snapshot { gaps: gaps_of(findings), verdicts: verdicts_of(findings) }
}

fn gaps_of(findings: &Findings) -> Gaps<'_> {
    let gaps = findings.flags.iter().map(|flag| {
        let stood = Stood { fingerprint: Cow::Borrowed(&flag.fingerprint), first: None, told: Told::Flag(flag) };
        (Cow::Borrowed(flag.id.as_str()), stood)
    });
    gaps.collect()
}

fn verdicts_of(findings: &Findings) -> Words<'_> {
    let mut verdicts = Words::default();
    for school in &findings.schools {
        let code = school.school.code.as_str();
        verdicts.insert(code.into(), "", &word(&school.submission.status));
        school.verdicts.iter().for_each(|v| verdicts.insert(code.into(), &v.item, v.status.word()));
    }
    verdicts
}

fn turned(item: &str, old: Option<&str>, new: &str) -> Option<Turned> {
    Some(match item {
        "" => Turned::Submission(old.and_then(meant), meant(new)?),
        item => Turned::Verdict(item.to_string(), old.and_then(meant), meant(new)?),
    })
}

/// The word that JSON has for a value.
fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The value that a word of JSON stands for.
fn meant<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(Value::String(word.to_string())).ok()
}
