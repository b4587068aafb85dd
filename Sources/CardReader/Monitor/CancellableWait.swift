import CPCSC

/// The context that the monitor waits in, for the thread that wakes it.
///
/// The lock keeps a context from being released between being read here and being cancelled.
/// A cancel that meets no wait answers `SCARD_E_INVALID_HANDLE` or nothing at all: no error.
final class CancellableWait: Sendable {
    private let context = Guarded<SCARDCONTEXT?>(nil)

    func began(in context: SCARDCONTEXT) {
        self.context.withLock { $0 = context }
    }

    func ended() {
        context.withLock { $0 = nil }
    }

    /// Wraps `SCardCancel`.
    func cancel() {
        context.withLock { context in
            if let context { SCardCancel(context) }
        }
    }
}
