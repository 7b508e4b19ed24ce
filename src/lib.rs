//! # shouqi (收齐): everything is in
//!
//! Each night shouqi reads a folder of school submissions, finds out whose each file is, extracts evidence
//! for each required activity, and writes one workbook that a clerk reviews in the morning.
//!
//! ## The map of the house
//!
//! ```text
//! inbox ──intake──▶ SourceFile ──extract──▶ Document ──detect──▶ Reading ─┐
//!                                               ▲                        ├──judge──▶ Findings ──report──▶ workbook, JSON
//! campaign folder ──campaign──▶ Campaign ───────┴────────────────────────┘
//!                  └────── examine: one file, pure ──────┘ └──── judge: all files, pure ────┘
//! ```
//!
//! | room | what it owns |
//! |---|---|
//! | [`model`] | the plain types that flow, and the catalogue of messages; no I/O |
//! | [`intake`] | the inbox: walking, archives, litter, digests, arrival times; the only reader of the inbox |
//! | [`extract`] | bytes → Document: sniffing, `READERS`, one file per format; third-party parsers live here |
//! | [`campaign`] | the campaign folder: `campaign.toml`, rules, roster, receipts; errors with file and line |
//! | [`ocr`] | pictures of pages → lines of text, by Tesseract where it is installed |
//! | [`detect`] | Document + rules → Reading: clauses, assertion, patterns, tables, dates, counts |
//! | [`judge`] | Readings + Campaign → Findings: attribution, timeliness, completeness, similarity |
//! | [`report`] | Findings → workbook and JSON lines; `xlsx.rs` alone knows `rust_xlsxwriter` |
//! | [`store`] | what is remembered from night to night |
//! | [`review`] | a reviewed workbook → Rulings |
//! | [`letters`] | what stands about schools → Word letters |
//! | [`pipeline`] | the order of the stages: run, examine, judge, the pool of workers |
//! | [`cli`] | talks to a person; alone prints, reads the environment and the clock |
//!
//! A stage imports `model` and no other stage; `pipeline` imports the stages; `cli` imports `pipeline` and
//! what a sub-command needs. `tests/walls.rs` holds that rule.

pub mod campaign;
pub mod cli;
pub mod detect;
pub mod extract;
pub mod intake;
pub mod judge;
pub mod letters;
pub mod model;
pub mod ocr;
pub mod pipeline;
pub mod report;
pub mod review;
pub mod store;
