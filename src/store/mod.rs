//! What is remembered from night to night: readings by content and rules, first arrivals, the history of runs, rulings.
//!
//! Laid, not yet furnished: a run today remembers nothing, and every arrival is known by receipt or by the file's own times.
