//! The memory that a worker may take. It sets the limit on itself before it opens the first file: a file that would
//! take the machine down takes its worker down.

use std::io;

/// Limits the memory of this process for good.
///
/// # Errors
/// What the operating system says. The worker may work on: the time limit still holds.
#[cfg(unix)]
pub fn limit_memory(bytes: u64) -> io::Result<()> {
    // A lower limit that an administrator set stays.
    let (_, hard) = rlimit::Resource::AS.get()?;
    let bytes = bytes.min(hard);
    rlimit::Resource::AS.set(bytes, bytes)
}

/// Limits the memory of this process for good.
///
/// # Errors
/// What the operating system says. The worker may work on: the time limit still holds.
#[cfg(windows)]
pub fn limit_memory(bytes: u64) -> io::Result<()> {
    let mut limits = win32job::ExtendedLimitInfo::new();
    limits.limit_process_memory(usize::try_from(bytes).unwrap_or(usize::MAX)).limit_kill_on_job_close();
    let job = win32job::Job::create_with_limit_info(&limits).map_err(io::Error::other)?;
    job.assign_current_process().map_err(io::Error::other)?;
    // The job ends this process when its last handle is closed, so the handle must live as long as the process.
    let _ = job.into_handle();
    Ok(())
}

/// Limits the memory of this process for good: not known how on this system.
///
/// # Errors
/// Always.
#[cfg(not(any(unix, windows)))]
pub fn limit_memory(_bytes: u64) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
