internal import Logging
internal import Settings
internal import Synchronization

/// The least important messages that this process logs; it may change while it runs.
final class LogThreshold: Sendable {
    private let level: Mutex<Logger.Level>

    init(_ level: Settings.Log.Level) { self.level = Mutex(Logger.Level(level)) }

    var now: Logger.Level { level.withLock { $0 } }

    func set(_ level: Settings.Log.Level) {
        let wanted = Logger.Level(level)
        self.level.withLock { $0 = wanted }
    }
}

extension Logger.Level {
    /// The words are the same.
    fileprivate init(_ level: Settings.Log.Level) { self = Self(rawValue: level.rawValue) ?? .info }
}

/// Logs what is at the threshold or above it, wherever the copies of its logger have gone.
struct ThresholdLogHandler: LogHandler {
    private var handler: any LogHandler
    private let threshold: LogThreshold
    /// What one logger wants for itself; it only makes that one quieter.
    private var floor = Logger.Level.trace

    init(_ handler: any LogHandler, _ threshold: LogThreshold) {
        self.handler = handler
        self.threshold = threshold
        self.handler.logLevel = .trace
    }

    var logLevel: Logger.Level {
        get { max(floor, threshold.now) }
        set { floor = newValue }
    }

    var metadata: Logger.Metadata {
        get { handler.metadata }
        set { handler.metadata = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { handler[metadataKey: key] }
        set { handler[metadataKey: key] = newValue }
    }

    func log(event: LogEvent) { handler.log(event: event) }
}
