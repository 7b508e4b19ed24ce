//! The order of the stages: the only room that knows it.
//!
//! [`run`] is the night: campaign, inbox, workers, judge, report. [`examine`] is the half that looks at one file and
//! knows nothing of the others; [`pool`] has it done in child processes, each a [`worker`] that a hostile file may kill
//! without harm. [`check`] tries the rules on their own examples.

pub mod album;
pub mod check;
pub mod coverage;
pub mod diff;
pub mod error;
pub mod examine;
pub mod examined;
pub mod explain;
mod history;
pub mod inboxes;
pub mod labels;
pub mod learning;
pub mod letters;
pub mod limit;
pub mod manifest;
pub mod memory;
pub mod order;
pub mod pool;
pub mod preview;
pub mod quarantine;
pub mod read;
pub mod readings;
pub mod recognition;
pub mod records;
pub mod request;
pub mod results;
pub mod reviews;
pub mod run;
pub mod scrutiny;
mod shelf;
mod spool;
mod standing;
pub mod supervisor;
pub mod tallies;
pub mod text;
pub mod variants;
pub mod way;
pub mod why;
pub mod worker;
