internal import Dispatch
internal import Synchronization

/// Asks the service manager for more time while a start takes long, such as that of a ledger with
/// years in it after an upgrade.
///
/// Otherwise the manager ends whoever is not ready after `TimeoutStartSec`, at each start anew. On
/// a queue of its own: what takes long holds the thread that it runs on.
public final class StartPatience: Sendable {
    /// Between two requests, in seconds.
    public static let pauseSeconds = 30.0
    /// How many requests there are at most: two hours of them, as a start that hangs must end.
    public static let requestsMax = 240
    /// Each asks for three pauses in microseconds: one may be lost, one may be late.
    static let request = "EXTEND_TIMEOUT_USEC=90000000\nSTATUS=still starting"

    private static let queue = DispatchQueue(label: "kiosk-agent.start", qos: .utility)

    private let socket: NotifySocket
    private let pauseSeconds: Double
    private let requestsMax: Int
    private let isOver = Mutex(false)

    /// Nil when no manager listens.
    public init?(
        environment: [String: String], pauseSeconds: Double = StartPatience.pauseSeconds,
        requestsMax: Int = StartPatience.requestsMax
    ) {
        guard let socket = NotifySocket(environment: environment) else { return nil }
        self.socket = socket
        self.pauseSeconds = pauseSeconds
        self.requestsMax = requestsMax
    }

    /// The start begins; the first request is due after a pause.
    public func begin() { wait(asked: 0) }

    /// The start has ended: nothing is asked for any more.
    public func end() { isOver.withLock { $0 = true } }

    private func wait(asked count: Int) {
        Self.queue.asyncAfter(deadline: .now() + pauseSeconds) {
            if self.ask(asked: count) { self.wait(asked: count + 1) }
        }
    }

    /// Asks once more after `count` requests; false when that is over.
    func ask(asked count: Int) -> Bool {
        isOver.withLock { isOver in
            guard !isOver, count < requestsMax else { return false }
            // One that nobody takes in is followed by the next.
            _ = socket.send(Self.request)
            return true
        }
    }
}
