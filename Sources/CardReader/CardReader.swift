/// Watches the readers of this machine and tells what happens there.
///
/// Start order does not matter: without pcscd or without a reader it waits for them. All PC/SC
/// calls block and therefore run on threads of their own: one watches all readers, and one per
/// reader reads its cards, so that a reader that hangs stops nobody's tap but its own.
public final class CardReader: Sendable {
    /// What happens; for one consumer. Ends when ``run()`` returns.
    ///
    /// A consumer that falls behind by more than ``eventsMax`` loses the oldest events: a tap
    /// that old must not be charged any more.
    public let events: AsyncStream<CardEvent>

    /// How many events wait for a slow consumer.
    public static let eventsMax = 256

    private let continuation: AsyncStream<CardEvent>.Continuation
    private let monitor: ReaderMonitor

    public init(settings: ReaderSettings) {
        let (events, continuation) = AsyncStream.makeStream(
            of: CardEvent.self, bufferingPolicy: .bufferingNewest(Self.eventsMax))
        self.events = events
        self.continuation = continuation
        monitor = ReaderMonitor(settings: settings) { continuation.yield($0) }
    }

    /// Watches until the task is cancelled; to be called once.
    ///
    /// Returns when all threads ended, but waits for a call that hangs in pcscd or in a driver
    /// at most 2 s: its thread is then left to the end of the process.
    public func run() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { monitor.start(whenEnded: $0) }
        } onCancel: {
            monitor.stop()
        }
        continuation.finish()
    }

    /// How often the watching thread came round; for a watchdog.
    ///
    /// Grows at least every 20 s, also without pcscd; it stands when pcscd hangs.
    public var turns: UInt64 { monitor.turns }
}
