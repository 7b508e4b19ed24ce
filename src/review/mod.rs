//! A reviewed workbook → decisions: what was typed, whether it may be applied, and the answer to every entry.
//!
//! `table` reads the rows of 待核清单 out of a document, `sense` says what an entry means, `weigh` holds the entries of
//! a night against each other and against the journal, `state` tells what is in force, `answer` what the workbook shows.

pub mod answer;
pub mod entry;
mod sense;
pub mod state;
pub mod table;
pub mod weigh;
