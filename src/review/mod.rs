//! A reviewed workbook → [`crate::model::ruling::Ruling`]s.
//!
//! Laid, not yet furnished: the sheet 待核清单 has its human columns and its check column, and nothing reads them back yet.
