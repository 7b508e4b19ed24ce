//! The limits that hostile or broken files run into, all in one place; the sheet 规则与口径 shows them.

/// The largest file that is read at all, in bytes.
pub const FILE_BYTES: u64 = 512 << 20;
/// The largest member of a package or archive after inflating, in bytes.
pub const MEMBER_BYTES: u64 = 256 << 20;
/// The most that all members of one archive may inflate to, in bytes.
pub const ARCHIVE_BYTES: u64 = 2 << 30;
/// The most members of an archive.
pub const ARCHIVE_MEMBERS: usize = 10_000;
/// How deep archives may lie in archives.
pub const ARCHIVE_DEPTH: u32 = 4;
/// The highest ratio of inflated to stored bytes of a member longer than a megabyte.
pub const INFLATE_RATIO: u64 = 1_000;
/// The most memory that unpacking a 7z or RAR member may take, in bytes.
pub const UNPACKING_BYTES: u64 = 512 << 20;
/// The most passwords that are tried on a file: some formats take a second for each.
pub const PASSWORDS: usize = 50;
/// The most wrong passwords that are tried on the members of one archive.
pub const WRONG_PASSWORDS: usize = 200;
/// The most characters kept of one file's text.
pub const TEXT_CHARS: usize = 4_000_000;
/// The most cells kept of one workbook.
pub const SHEET_CELLS: usize = 1_000_000;
/// So many times as much is kept of a campaign's own registers: a province's roster has half a million rows.
pub const REGISTER_TIMES: usize = 16;
/// The most pages read of a PDF.
pub const PDF_PAGES: usize = 2_000;
/// The most pictures counted on one page of a PDF.
pub const PDF_PICTURES: usize = 200;
/// The most pixels of a picture that is unpacked.
pub const PICTURE_PIXELS: u64 = 100_000_000;
/// The most pictures of one file that are looked at for text (OCR).
pub const OCR_PAGES: usize = 50;
/// Seconds that the recognition of one page may take (OCR).
pub const OCR_SECONDS: u64 = 60;
/// The most pixels on the longer side of a photograph's small picture (`--thumbnails`).
pub const THUMBNAIL_SIDE: u32 = 160;
/// The most photographs of one file, its members included, that are shown small.
pub const THUMBNAILS_OF_FILE: usize = 60;
/// The most photographs that are shown small, the first of each school before the second of any.
pub const THUMBNAILS: usize = 4_000;
/// How deep elements of a document may nest.
pub const NESTING: usize = 256;
/// Seconds that a worker may take for one file, unless `--timeout` says otherwise.
pub const SECONDS_PER_FILE: u64 = 60;
/// Days of which every dated copy of the workbook is kept.
pub const HISTORY_DAYS: i64 = 30;
/// Days of which the last copy of each week is kept; of those before, the last of each month.
pub const HISTORY_WEEKLY_DAYS: i64 = 366;
/// Days that workbooks are kept in which somebody had typed when they were written over.
pub const HISTORY_TYPED_DAYS: i64 = 732;
/// The most copies that one night removes: each is looked through for what somebody typed.
pub const HISTORY_REMOVED: usize = 20;
/// The most characters of one document that the page 汇总表.html shows; a longer one is cut around its evidence.
pub const PAGE_DOCUMENT_CHARS: usize = 20_000;
/// The most characters of all documents together there: with many of them each shows less.
pub const PAGE_CHARS: usize = 8_000_000;
/// As many characters of each are shown however many they are.
pub const PAGE_FEW_CHARS: usize = 400;
/// Stack of a thread that reads files, in bytes: the same on every system, whatever the system gives to `main`.
pub const STACK_BYTES: usize = 16 << 20;
/// Memory that a worker may take, in bytes.
pub const WORKER_BYTES: u64 = 2 << 30;
