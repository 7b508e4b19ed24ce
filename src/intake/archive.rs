//! Archives of files: which bytes are one, and who opens it.

mod gzip;
mod rar;
mod sevenz;
mod tar;
mod zip;

use crate::intake::container::{Content, Key, Opener};

/// All openers. The first that knows the bytes opens them.
const OPENERS: &[&Opener] = &[&zip::OPENER, &rar::OPENER, &sevenz::OPENER, &gzip::OPENER, &tar::OPENER];

/// Looks whether the bytes are an archive of files: its format, and what opening it gave.
pub fn open<'b>(bytes: &'b [u8], key: Key<'b>) -> Option<(&'static str, Content<'b>)> {
    OPENERS.iter().find_map(|opener| Some((opener.format, (opener.open)(bytes, key)?)))
}
