//! The memory that a worker may take: a file that would take the machine down takes its worker down.
//!
//! The allocator counts, on every system alike; a limit of the operating system would be another one on each, and on some
//! none. An allocation past the limit ends the process, which its parent tells from other deaths.

use libmimalloc_sys::{mi_collect, mi_option_set};
use mimalloc::MiMalloc;
use std::alloc::{GlobalAlloc, Layout};
use std::sync::atomic::{AtomicBool, AtomicIsize, Ordering};

#[global_allocator]
static MEMORY: Limited = Limited { counts: AtomicBool::new(false), left: AtomicIsize::new(isize::MAX) };

/// Limits the memory of this process, in bytes. It is asked at the start, when next to nothing is taken.
pub fn limit_memory(bytes: u64) {
    take_small_pages();
    MEMORY.left.store(isize::try_from(bytes).unwrap_or(isize::MAX), Ordering::Relaxed);
    MEMORY.counts.store(true, Ordering::Relaxed);
}

/// An allocator that refuses what passes a limit. Where none is set it does not count: threads that take turns at one
/// counter would wait for each other at every piece of memory, a tenth of the time of a night.
struct Limited {
    counts: AtomicBool,
    /// What may still be taken, in bytes.
    left: AtomicIsize,
}

impl Limited {
    fn counts(&self) -> bool {
        self.counts.load(Ordering::Relaxed)
    }

    /// Whether so many bytes may be taken; they are then.
    fn take(&self, bytes: usize) -> bool {
        // No layout is larger than isize::MAX.
        let bytes = bytes as isize;
        let may = self.left.fetch_sub(bytes, Ordering::Relaxed) >= bytes;
        if !may {
            self.give(bytes as usize);
        }
        may
    }

    fn give(&self, bytes: usize) {
        self.left.fetch_add(bytes as isize, Ordering::Relaxed);
    }
}

// SAFETY: each call is mimalloc's own, with the same arguments; what is refused is null, and nothing is taken then.
#[allow(
    unsafe_code,
    reason = "an allocator is unsafe by its contract; only it sees every piece of memory on every system"
)]
unsafe impl GlobalAlloc for Limited {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if self.counts() && !self.take(layout.size()) {
            return std::ptr::null_mut();
        }
        // SAFETY: as our caller promises.
        unsafe { MiMalloc.alloc(layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if self.counts() && !self.take(layout.size()) {
            return std::ptr::null_mut();
        }
        // SAFETY: as our caller promises.
        unsafe { MiMalloc.alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        if self.counts() {
            self.give(layout.size());
        }
        // SAFETY: as our caller promises.
        unsafe { MiMalloc.dealloc(memory, layout) }
    }

    #[inline]
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if self.counts() {
            if size > layout.size() && !self.take(size - layout.size()) {
                return std::ptr::null_mut();
            }
            self.give(layout.size().saturating_sub(size));
        }
        // SAFETY: as our caller promises.
        unsafe { MiMalloc.realloc(memory, layout, size) }
    }
}

/// Has memory come in small pages. The allocator asks Linux for pages of two megabytes, which are taken whole for the first
/// byte in them: a night takes half as much without, and a thirtieth more time. Other systems give none unasked.
fn take_small_pages() {
    // One that refuses goes on as it is, and so do the processes that are started from here.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

/// `mi_option_purge_delay` of mimalloc.h, the same in its versions 2 and 3: how many milliseconds memory that is free is kept.
const PURGE_DELAY: i32 = 15;

/// Gives memory back to the system soon after it is free, and not a second later: the stages of a night follow one another,
/// and what one has done with would stand beside what the next takes.
#[allow(unsafe_code, reason = "the allocator's options are set over its C interface only")]
pub fn give_memory_back() {
    take_small_pages();
    // At once would cost a tenth of the time: each return is told to all processors.
    // SAFETY: sets a number that the allocator reads when it frees; any number and any time will do.
    unsafe { mi_option_set(PURGE_DELAY, 10) }
}

/// Gives back what a stage has done with, wherever it is: memory that one thread took and another freed stays with the first
/// until it takes some again.
pub fn give_back_of_all_threads() {
    rayon::broadcast(|_| give_back());
    give_back();
}

/// The same for the thread that calls it.
#[allow(unsafe_code, reason = "the allocator collects over its C interface only")]
pub fn give_back() {
    // SAFETY: looks through the memory of the thread that calls it, at any time.
    unsafe { mi_collect(true) };
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
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        assert!(!status.contains("THP_enabled:\t1"), "pages of two megabytes");
        // How much is still held of two hundred million bytes, when a little more has been taken and freed so often.
        let held_after = |times: usize| {
            let before = resident();
            let take =
                |pieces: usize| -> Vec<Vec<u8>> { (0..pieces).map(|_| std::hint::black_box(vec![1; 4_000])).collect() };
            let taken = take(50_000);
            assert!(resident() > before + 150_000_000, "it was taken");
            drop(taken);
            let goes_on = |_| {
                drop(take(1_000));
                resident().saturating_sub(before)
            };
            (0..times).map(goes_on).find(|held| *held < 100_000_000)
        };
        // What was freed before the delay was set waits a second; from then on nothing does.
        assert!(held_after(50_000).is_some(), "more than 100 of 200 million bytes are still held");
        assert!(held_after(2_000).is_some(), "they are held for long");
    }

    #[test]
    fn what_is_given_back_may_be_taken_again() {
        let ended = alone("takes_and_gives_back");
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    }

    #[test]
    #[ignore = "it limits its process: the test above runs it alone"]
    fn takes_and_gives_back() {
        limit_memory(WORKER_BYTES);
        let half = WORKER_BYTES as usize / 2;
        for _ in 0..8 {
            let mut taken = Vec::<u8>::with_capacity(half / 2);
            taken.reserve_exact(half);
            taken.shrink_to(half / 4);
            std::hint::black_box(vec![0_u8; half]);
            std::hint::black_box(taken);
        }
    }

    #[test]
    #[ignore = "it ends its process: the test above starts one for it"]
    fn takes_more_than_it_may() {
        limit_memory(WORKER_BYTES);
        std::hint::black_box(Vec::<u8>::with_capacity(WORKER_BYTES as usize + 1));
    }
}
