//! The numbers that schools report in tables, and where one is doubtful.

use crate::model::place::Place;
use ecow::EcoString;
use serde::{Deserialize, Serialize};

/// A number that a school reported in a table, for the statistics.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Id of the activity; empty for an indicator of none.
    pub item: EcoString,
    /// What was counted: the name of the campaign's indicator, or where it declares none the words of the column's head.
    pub indicator: EcoString,
    /// The number.
    pub value: f64,
    /// Where.
    pub place: Place,
    /// The school that the row names, where a table speaks of several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<EcoString>,
}

/// A place where a number of an indicator is doubtful. A hint, never a verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureDoubt {
    /// Id of the activity; empty for an indicator of none.
    pub item: EcoString,
    /// Name of the indicator.
    pub indicator: EcoString,
    /// Where.
    pub place: Place,
    /// The school that the row names, where a table speaks of several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<EcoString>,
    /// What is doubtful.
    pub doubt: Doubt,
}

/// What is doubtful about a number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// What stands there is no number of what was asked for.
    NotANumber(String),
    /// A total is not the sum of what it sums up.
    Total {
        /// The total as it stands there.
        told: f64,
        /// The sum.
        sum: f64,
    },
}
