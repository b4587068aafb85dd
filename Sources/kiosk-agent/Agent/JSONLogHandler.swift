internal import FoundationEssentials
internal import Logging
internal import TerminalCore

/// One JSON object a line on standard error, for collectors.
struct JSONLogHandler: LogHandler {
    var logLevel = Logger.Level.info
    var metadata = Logger.Metadata()
    let label: String

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var members = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { "\($0)" }
        members["level"] = event.level.rawValue
        members["message"] = "\(event.message)"
        members["at"] = "\(SystemTerminalClock().now().milliseconds)"
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let line = try? encoder.encode(members) else { return }
        Terminal.toStandardError(String(decoding: line, as: UTF8.self))
    }
}
