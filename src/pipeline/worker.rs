//! The child's side: requests on standard input, Readings on standard output.
//!
//! First come the [`Settings`](crate::pipeline::examine::Settings), so that a worker never opens the campaign folder. They are answered with [`READY`].

use crate::model::limits::STACK_BYTES;
use crate::model::packed::to_bytes;
use crate::model::reading::Reading;
use crate::pipeline::examine::Examiner;
use crate::pipeline::limit;
use crate::pipeline::request::{READY, Request, Work, greeted, put_frame};
use std::io::{self, BufRead, Write};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// Answers requests until the parent closes the stream or is gone; then it returns at once, even in the middle of a file,
/// so that no worker outlives its parent.
///
/// # Errors
/// Settings that are none, or a stream that breaks.
pub fn serve(mut input: impl BufRead, mut output: impl Write + Send + 'static) -> io::Result<()> {
    let examiner = settled(&mut input)?;
    output.write_all(READY)?;
    output.flush()?;
    let (requests, waiting) = channel();
    thread::Builder::new()
        .name("examiner".to_string())
        .stack_size(STACK_BYTES)
        .spawn(move || answer(&examiner, &waiting, output))?;
    while let Some(request) = Request::read(&mut input)? {
        if requests.send(request).is_err() {
            break;
        }
    }
    Ok(())
}

/// What a parent asks for first.
fn settled(input: &mut impl BufRead) -> io::Result<Examiner> {
    let examiner = Examiner::new(greeted(input)?);
    // Compiling takes as much again as what comes of it.
    limit::give_back();
    examiner
}

fn answer(examiner: &Examiner, requests: &Receiver<Request>, mut output: impl Write) -> io::Result<()> {
    for request in requests {
        let mut kept = Vec::new();
        let reading = match request.work {
            Work::Transcribe => {
                let (reading, transcript) = examiner.transcribe(&request.path, &request.shown, request.recognise);
                kept = transcript.map_or(Ok(Vec::new()), |t| serde_json::to_vec(&t))?;
                reading
            }
            Work::Reread => match serde_json::from_str(&request.transcript) {
                Ok(transcript) => examiner.reread(transcript, &request.path, &request.shown),
                // Kept by another version: the file itself still says what it said.
                Err(_) => examiner.examine(&request.path, &request.shown, true),
            },
            Work::Read => {
                kept = serde_json::to_vec(&examiner.texts(&request.path, &request.shown, request.recognise))?;
                Reading::default()
            }
            Work::Examine => examiner.examine(&request.path, &request.shown, request.recognise),
            Work::Look => examiner.look(&request.path, &request.shown),
            Work::Picture => examiner.picture(&request.path, &request.shown),
            Work::Explain => examiner.scrutinise(&request.path, &request.shown, request.recognise, true),
            Work::Measure => examiner.scrutinise(&request.path, &request.shown, request.recognise, false),
        };
        let mut frames = Vec::new();
        put_frame(&mut frames, &to_bytes(&reading)?)?;
        if request.work.gives_what_was_read() {
            put_frame(&mut frames, &kept)?;
        }
        output.write_all(&frames)?;
        output.flush()?;
    }
    Ok(())
}
