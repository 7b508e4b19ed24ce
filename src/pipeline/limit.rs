//! The memory that a worker may take: a file that would take the machine down takes its worker down.
//!
//! The allocator counts, on every system alike; a limit of the operating system would be another one on each, and on some
//! none. An allocation past the limit ends the process, which its parent tells from other deaths.

use cap::Cap;
use libmimalloc_sys::mi_option_set;
use mimalloc::MiMalloc;

#[global_allocator]
static MEMORY: Cap<MiMalloc> = Cap::new(MiMalloc, usize::MAX);

/// Limits the memory of this process, in bytes. It is asked at the start, when next to nothing is taken.
pub fn limit_memory(bytes: u64) {
    // Refused only where more is taken already; the time limit still holds then.
    let _ = MEMORY.set_limit(usize::try_from(bytes).unwrap_or(usize::MAX));
}

/// `mi_option_purge_delay` of mimalloc.h, the same in its versions 2 and 3: how many milliseconds memory that is free is kept.
const PURGE_DELAY: i32 = 15;

/// Gives memory back to the system soon after it is free, and not a second later: the stages of a night follow one another,
/// and what one has done with would stand beside what the next takes.
#[allow(unsafe_code, reason = "the allocator's options are set over its C interface only")]
pub fn give_memory_back() {
    // At once would cost a tenth of the time: each return is told to all processors.
    // SAFETY: sets a number that the allocator reads when it frees; any number and any time will do.
    unsafe { mi_option_set(PURGE_DELAY, 10) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::limits::WORKER_BYTES;
    use std::process::{Command, Output};

    /// Runs one of the ignored tests in a process of its own.
    fn alone(test: &str) -> Output {
        let own = std::env::current_exe().unwrap();
        let name = format!("pipeline::limit::tests::{test}");
        Command::new(own).args(["--exact", &name, "--ignored", "--nocapture"]).output().unwrap()
    }

    #[test]
    fn an_allocation_past_the_limit_ends_the_process_and_is_what_it_says_last() {
        let ended = alone("takes_more_than_it_may");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(!ended.status.success() && said.contains("memory allocation of "), "{said}");
    }

    /// How much of this process is in memory, in bytes.
    #[cfg(target_os = "linux")]
    fn resident() -> usize {
        let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
        pages.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_is_free_is_the_systems_again() {
        let ended = alone("frees_what_it_took");
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stdout));
    }

    #[test]
    #[cfg(target_os = "linux")]
    #[ignore = "other tests take memory too: the test above runs it alone"]
    fn frees_what_it_took() {
        give_memory_back();
        let before = resident();
        let taken: Vec<Vec<u8>> = (0..50_000).map(|_| std::hint::black_box(vec![1; 4_000])).collect();
        assert!(resident() > before + 150_000_000, "it was taken");
        drop(taken);
        let kept = resident().saturating_sub(before);
        assert!(kept < 100_000_000, "{kept} of 200 million bytes are still held");
    }

    #[test]
    #[ignore = "it ends its process: the test above starts one for it"]
    fn takes_more_than_it_may() {
        limit_memory(WORKER_BYTES);
        std::hint::black_box(Vec::<u8>::with_capacity(WORKER_BYTES as usize + 1));
    }
}
