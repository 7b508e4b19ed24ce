//! What a table's numbers come to while it is read.

use crate::model::place::Place;
use crate::model::reading::Doubt;
use std::collections::BTreeMap;

/// So many cells of a column may hold words among fewer numbers; more are a column of names or remarks under a head that
/// only sounds like the indicator's.
pub const FEW: usize = 2;

/// The sums of an indicator as far as a table has been read.
#[derive(Debug, Default)]
pub struct Sums {
    /// Of all rows.
    pub all: f64,
    /// Of the rows since the last subtotal.
    pub since: f64,
    /// How many rows.
    pub rows: u32,
    /// A total before any row that it sums up: at the top of the table, or all that a school filled in.
    pub early: Option<(f64, Place)>,
}

/// What a row says of an indicator.
#[derive(Debug)]
pub struct InRow {
    /// The sum of its numbers.
    pub parts: f64,
    /// How many numbers.
    pub count: u32,
    /// The number that sums them up.
    pub total: Option<f64>,
    /// Where the first stands.
    pub place: Place,
    /// The school that it is of.
    pub unit: Option<String>,
}

/// What a column holds where an indicator's numbers are asked for.
#[derive(Debug, Default)]
pub struct Held {
    /// How many numbers.
    pub numbers: usize,
    /// What is no number: where, whose, and what stands there.
    pub words: Vec<(Place, Option<String>, String)>,
}

/// Takes totals over the schools in its columns out of a row; gives those that do not add up.
pub fn over_schools(row: &mut BTreeMap<(usize, Option<String>), InRow>) -> Vec<(usize, Place, Doubt)> {
    let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
    for ((asked, _), said) in row.iter().filter(|((_, unit), _)| unit.is_some()) {
        *sums.entry(*asked).or_default() += said.parts;
    }
    let mut wrong = Vec::new();
    row.retain(|(asked, unit), said| match (said.total, sums.get(asked)) {
        (Some(told), Some(&sum)) if unit.is_none() && said.count == 0 => {
            if differ(told, sum) {
                wrong.push((*asked, said.place.clone(), Doubt::Total { told, sum }));
            }
            false
        }
        _ => true,
    });
    wrong
}

/// Whether two numbers are not the same but for rounding.
pub fn differ(a: f64, b: f64) -> bool {
    (a - b).abs() > 1e-6 * a.abs().max(b.abs()).max(1.0)
}
