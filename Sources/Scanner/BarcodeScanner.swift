internal import Dispatch

/// Reads a barcode scanner and tells what it read.
///
/// Start order does not matter: without the device it waits for it, at the start and whenever it
/// is pulled. All calls that block run on a thread of its own.
public final class BarcodeScanner: Sendable {
    /// What happens; for one consumer. Ends when ``run()`` returns.
    ///
    /// A consumer that falls behind by more than ``eventsMax`` loses the oldest events: a scan
    /// that old must not be charged any more.
    public let events: AsyncStream<ScanEvent>

    /// How many events wait for a slow consumer.
    public static let eventsMax = 16

    private let continuation: AsyncStream<ScanEvent>.Continuation
    private let monitor: ScannerMonitor
    /// Serial, so that its one block has a thread for as long as it runs.
    private let thread = DispatchQueue(label: "kiosk-agent.scanner")

    public init(source: ScannerSource) {
        let (events, continuation) = AsyncStream.makeStream(
            of: ScanEvent.self, bufferingPolicy: .bufferingNewest(Self.eventsMax))
        self.events = events
        self.continuation = continuation
        monitor = ScannerMonitor(source: source) { continuation.yield($0) }
    }

    /// Reads until the task is cancelled; to be called once.
    public func run() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (ended: CheckedContinuation<Void, Never>) in
                thread.async { [monitor] in
                    monitor.run()
                    ended.resume()
                }
            }
        } onCancel: {
            monitor.stop()
        }
        continuation.finish()
    }
}
