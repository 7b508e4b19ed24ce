//! What of a package nobody asks for who only wants to know what it says: the pictures of an office file, which its
//! directory fingerprints.

use crate::extract::le::u32_at;
use crate::extract::package::Package;
use crate::extract::package::directory::{LOCAL_BYTES, LOCAL_SIGNATURE, Member};
use crate::extract::parts::is_picture;
use std::ops::Range;

/// Fewer bytes than this are read as fast as passed over.
const LEAST: usize = 32 << 10;
/// What every Office Open XML file has (ECMA-376-2, 6.3), and every OpenDocument file (part 2, 3.2).
const MARKS: [&str; 2] = ["[Content_Types].xml", "META-INF/manifest.xml"];
/// Where office programs keep the pictures of a text, a workbook, slides, an OpenDocument file.
const FOLDERS: [&str; 4] = ["word/media/", "xl/media/", "ppt/media/", "pictures/"];

/// The stretches of a file that hold nothing but pictures of an office file, in order; none in any other file. Of the bytes
/// only those at the start and those of the directory at the end need be there: what is not leads to no stretch.
pub fn needless(bytes: &[u8]) -> Vec<Range<usize>> {
    if u32_at(bytes, 0) != Some(LOCAL_SIGNATURE) {
        return Vec::new();
    }
    let Some(package) = Package::open(bytes).ok().filter(|p| p.shift == 0) else { return Vec::new() };
    if !MARKS.iter().any(|mark| package.member(mark).is_some()) {
        return Vec::new();
    }
    let mut needless: Vec<Range<usize>> = FOLDERS
        .iter()
        .flat_map(|folder| package.members.iter().filter(|m| is_picture(m, folder)))
        .filter_map(data)
        .collect();
    needless.retain(|stretch| stretch.len() >= LEAST && stretch.end <= bytes.len());
    needless.sort_by_key(|stretch| stretch.start);
    needless
}

/// Where at most a member's bytes stand. Its local header may be longer by its name and more, so that its last bytes are
/// left out; no other member begins before the end (`no_overlap`).
fn data(member: &Member) -> Option<Range<usize>> {
    let start = usize::try_from(member.offset).ok()?.checked_add(LOCAL_BYTES)?;
    Some(start..start.checked_add(usize::try_from(member.stored).ok()?)?)
}
