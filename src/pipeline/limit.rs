//! The memory that a worker may take: a file that would take the machine down takes its worker down.
//!
//! The allocator counts, on every system alike; a limit of the operating system would be another one on each, and on some
//! none. An allocation past the limit ends the process, which its parent tells from other deaths.

use cap::Cap;
use mimalloc::MiMalloc;

#[global_allocator]
static MEMORY: Cap<MiMalloc> = Cap::new(MiMalloc, usize::MAX);

/// Limits the memory of this process, in bytes. It is asked at the start, when next to nothing is taken.
pub fn limit_memory(bytes: u64) {
    // Refused only where more is taken already; the time limit still holds then.
    let _ = MEMORY.set_limit(usize::try_from(bytes).unwrap_or(usize::MAX));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::limits::WORKER_BYTES;
    use std::process::Command;

    #[test]
    fn an_allocation_past_the_limit_ends_the_process_and_is_what_it_says_last() {
        let own = std::env::current_exe().unwrap();
        let arguments = ["--exact", "pipeline::limit::tests::takes_more_than_it_may", "--ignored", "--nocapture"];
        let ended = Command::new(own).args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(!ended.status.success() && said.contains("memory allocation of "), "{said}");
    }

    #[test]
    #[ignore = "it ends its process: the test above starts one for it"]
    fn takes_more_than_it_may() {
        limit_memory(WORKER_BYTES);
        std::hint::black_box(Vec::<u8>::with_capacity(WORKER_BYTES as usize + 1));
    }
}
