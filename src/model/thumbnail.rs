//! Small pictures of the photographs that came, for who looks at a workbook or a page.

use crate::model::document::Picture;
use crate::model::message::Message;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A photograph, and a small picture of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Thumbnail {
    /// The photograph: name, place, when it was taken.
    pub of: Picture,
    /// The small picture, or why there is none.
    pub small: Result<Small, Message>,
}

/// A picture small enough for a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Small {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// The picture as a JPEG file.
    #[serde(with = "serde_bytes")]
    pub jpeg: Vec<u8>,
}

/// The photographs of a night, where a person asked to see them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Album {
    /// By the path of the file that they are or stand in.
    pub files: BTreeMap<String, Vec<Arc<Thumbnail>>>,
    /// How many more there are that [`crate::model::limits::THUMBNAILS`] leaves out.
    pub left_out: u32,
}
