//! When a photograph was taken, as its camera wrote it down (Exif 2.32, tag 0x9003 `DateTimeOriginal`): local time.

use chrono::{NaiveDate, NaiveDateTime};
use exif::{DateTime, In, Reader, Tag, Value};
use std::io::Cursor;

/// The moment; none where the file does not say, or says nothing that a calendar holds. Looks at the head of a JPEG only,
/// which is where it stands.
pub fn taken(bytes: &[u8]) -> Option<NaiveDateTime> {
    let mut reader = Reader::new();
    // Cameras break the standard in places that do not matter here.
    reader.continue_on_error(true);
    let read = reader.read_from_container(&mut Cursor::new(bytes));
    let exif = read.or_else(|error| error.distill_partial_result(|_| ())).ok()?;
    let Value::Ascii(texts) = &exif.get_field(Tag::DateTimeOriginal, In::PRIMARY)?.value else { return None };
    let said = DateTime::from_ascii(texts.first()?).ok()?;
    NaiveDate::from_ymd_opt(said.year.into(), said.month.into(), said.day.into())?.and_hms_opt(
        said.hour.into(),
        said.minute.into(),
        said.second.into(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A TIFF header whose directory leads to an Exif directory with one moment.
    fn tiff(moment: &str) -> Vec<u8> {
        let mut out = b"II*\0\x08\0\0\0".to_vec();
        // One entry: ExifIFDPointer (0x8769), LONG, at 26; no next directory.
        out.extend(b"\x01\0\x69\x87\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0");
        // One entry: DateTimeOriginal (0x9003), ASCII, 20 bytes at 44.
        out.extend(b"\x01\0\x03\x90\x02\0\x14\0\0\0\x2c\0\0\0\0\0\0\0");
        out.extend(moment.as_bytes());
        out.push(0);
        out
    }

    fn jpeg(moment: &str) -> Vec<u8> {
        let exif = [b"Exif\0\0".as_slice(), &tiff(moment)].concat();
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [b"\xFF\xD8\xFF\xE1".as_slice(), &length, &exif, b"\xFF\xDA\0\x02"].concat()
    }

    #[test]
    fn the_camera_says_when() {
        let when = NaiveDate::from_ymd_opt(2019, 6, 2).and_then(|d| d.and_hms_opt(9, 30, 5));
        assert_eq!(taken(&jpeg("2019:06:02 09:30:05")), when);
        assert_eq!(taken(&tiff("2019:06:02 09:30:05")), when);
    }

    #[test]
    fn what_is_no_moment_is_none() {
        assert_eq!(taken(&jpeg("0000:00:00 00:00:00")), None);
        assert_eq!(taken(&jpeg("    :  :     :  :  ")), None);
        assert_eq!(taken(b"\xFF\xD8\xFF\xE1\xFF\xFFExif\0\0II*\0"), None);
        assert_eq!(taken(b""), None);
    }
}
