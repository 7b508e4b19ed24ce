//! The memory that a worker may take: a file that would take the machine down takes its worker down.
//!
//! The allocator counts, on every system alike; a limit of the operating system would be another one on each, and on some
//! none. An allocation past the limit ends the process, which its parent tells from other deaths.

use cap::Cap;
use std::alloc::System;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// Limits the memory of this process, in bytes. It is asked at the start, when next to nothing is taken.
pub fn limit_memory(bytes: u64) {
    // Refused only where more is taken already; the time limit still holds then.
    let _ = MEMORY.set_limit(usize::try_from(bytes).unwrap_or(usize::MAX));
}
