//! The plain types that flow through the house. No I/O, no clock, no opinion.
//!
//! Each type holds the one before it, so that every cell of the workbook can be traced to a place in a file:
//! [`source::SourceFile`] → [`document::Document`] → [`reading::Reading`] → [`findings::Findings`] → [`sheet::Sheet`].

pub mod campaign;
pub mod changes;
pub mod check;
pub mod docket;
pub mod document;
pub mod figure;
pub mod findings;
pub mod flag;
pub mod learned;
pub mod limits;
pub mod marks;
pub mod message;
pub mod moments;
pub mod packed;
pub mod passwords;
pub mod pattern;
pub mod place;
pub mod privacy;
pub mod problem;
pub mod raster;
pub mod reading;
pub mod recognition;
pub mod rules;
pub mod ruling;
pub mod school;
pub mod scrutiny;
pub mod sheet;
pub mod shelf;
pub mod source;
pub mod spool;
pub mod status;
pub mod thumbnail;
pub mod transcript;
