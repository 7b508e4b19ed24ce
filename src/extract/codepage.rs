//! Code pages of Windows and of the old Mac, font character sets and language ids, and the encoding that each stands for.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, GBK, MACINTOSH, SHIFT_JIS, UTF_8, UTF_16LE, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};

/// The encoding of a code page of Windows or of the old Mac; `None` where it is not known.
pub fn of_code_page(number: u32) -> Option<&'static Encoding> {
    Some(match number {
        874 => WINDOWS_874,
        932 | 10001 => SHIFT_JIS,
        936 | 10008 => GBK,
        949 | 10003 => EUC_KR,
        950 | 10002 => BIG5,
        1200 => UTF_16LE,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        // 437 and 850 differ from 1252 in accents and lines only, which no Chinese report lives by.
        437 | 850 | 1252 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        54936 => GB18030,
        65001 => UTF_8,
        _ => return None,
    })
}

/// The encoding of a font's character set (`\fcharset` of RTF, `chs` of a Word font); `None` for the default, symbol and
/// unknown sets.
pub fn of_charset(number: u32) -> Option<&'static Encoding> {
    of_code_page(match number {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

/// The double-byte encoding of an East Asian language id ([MS-LCID]); `None` for languages of single bytes.
pub fn of_east_asian_language(lid: u16) -> Option<&'static Encoding> {
    of_code_page(match lid {
        0x0804 | 0x1004 | 0x0004 => 936,
        0x0404 | 0x0C04 | 0x1404 => 950,
        0x0411 => 932,
        0x0412 => 949,
        _ => return None,
    })
}
