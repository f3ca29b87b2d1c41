use std::{
    io,
    sync::{Arc, Mutex, OnceLock},
};

use tracing_subscriber::fmt::MakeWriter;

/// Everything that any part of the program logs while the tests run, at the finest level.
#[derive(Clone, Default)]
pub struct LogGuard(Arc<Mutex<Vec<u8>>>);

static GUARD: OnceLock<LogGuard> = OnceLock::new();

impl LogGuard {
    /// The one log of this test program; the first call starts it.
    pub fn listen() -> LogGuard {
        GUARD
            .get_or_init(|| {
                let guard = LogGuard::default();
                let log =
                    tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::TRACE).with_writer(guard.clone());
                let _ = log.with_ansi(false).try_init();
                guard
            })
            .clone()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for LogGuard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for LogGuard {
    type Writer = LogGuard;

    fn make_writer(&'a self) -> LogGuard {
        self.clone()
    }
}
