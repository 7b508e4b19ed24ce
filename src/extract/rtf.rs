//! RTF.
use crate::extract::reader::{Failure, Format, Reader};
use crate::model::document::Body;
/// Reads `.rtf`.
pub const READER: Reader = Reader { name: "rtf", version: 1, formats: &[Format::Rtf], read };
fn read(_bytes: &[u8], _format: Format) -> Result<Body, Failure> { Ok(Body::default()) }
