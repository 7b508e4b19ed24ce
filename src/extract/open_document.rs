//! What OpenDocument packages have in common, text and spreadsheets alike (ODF 1.2 part 3).

use crate::extract::package::Package;
use crate::extract::parts::pictures;
use crate::extract::properties::properties;
use crate::extract::reader::Failure;
use crate::model::document::Body;

/// Opens a package; gives it with a body that has its pictures and properties.
///
/// # Errors
/// [`Failure::Encrypted`] where the manifest says so (4.16.1), and what a package may fail with.
pub fn open(bytes: &[u8]) -> Result<(Package<'_>, Body), Failure> {
    let package = Package::open(bytes)?;
    let manifest = package.read("META-INF/manifest.xml").unwrap_or_default();
    if manifest.windows(15).any(|w| w == b"encryption-data") {
        return Err(Failure::Encrypted);
    }
    let properties = properties(package.read("meta.xml").ok().as_deref(), None);
    let body = Body { pictures: pictures(&package, "pictures/"), properties, ..Body::default() };
    Ok((package, body))
}
