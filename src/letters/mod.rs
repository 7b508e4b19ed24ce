//! Findings → Word letters to schools: what is missing and by when.
//!
//! Laid, not yet furnished.
