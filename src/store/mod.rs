//! What is remembered from night to night, in one SQLite file and one journal under the campaign's `.shouqi/`.
//!
//! Four memories that know nothing of each other: [`cache`] of what files said, [`sightings`] of when they were first seen,
//! [`nights`] with every gap and verdict, and [`shelf`] of results that a quiet night need not make again. None of it was typed by a person: where the file is lost or damaged a night takes longer and
//! first arrivals are rebuilt from earlier results, and that is all. What people typed stands beside it in plain text: [`accepted`] and
//! [`decisions`]. [`lock`] lets one run at a time have it.

pub mod accepted;
pub mod cache;
pub mod decisions;
pub mod error;
pub mod journal;
pub mod lock;
pub mod nights;
mod schema;
pub mod shelf;
pub mod sightings;
mod state;
mod words;

pub use state::Store;

#[cfg(test)]
mod tests;
