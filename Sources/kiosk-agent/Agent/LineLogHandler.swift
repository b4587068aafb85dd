internal import Instruments
internal import Logging
internal import Settings
internal import TerminalCore

/// One line on standard error for each event, for people or for collectors.
struct LineLogHandler: LogHandler {
    let format: Settings.Log.Format
    var logLevel = Logger.Level.info
    var metadata = Logger.Metadata()

    init(_ format: Settings.Log.Format) { self.format = format }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let now = SystemTerminalClock().now()
        let line = LogLine(
            at: now.milliseconds, time: now.localText, level: event.level.rawValue,
            event: "\(event.message)",
            members: metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { "\($0)" })
        Terminal.toStandardError(format == .json ? line.json : line.text)
    }
}
