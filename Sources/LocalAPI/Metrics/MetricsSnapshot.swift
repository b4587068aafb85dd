internal import Instruments
internal import Ledger
internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore

/// What one scrape tells: gathered first, then made into metrics without another question.
///
/// Labels come from short lists alone (states, reasons, configured devices), never from what a
/// payer, a POS or the platform sends: the number of series is bounded, and no card is among them.
struct MetricsSnapshot: Sendable {
    /// What is known only while the ledger can be read.
    struct Books: Sendable {
        var figures: LedgerFigures
        var doubt: DoubtTotal
        var lostList: LostList?
    }

    var terminal: String
    var version: String
    var startedAt: Timestamp
    var now: Timestamp
    var clockIsSynchronised: Bool
    /// Nil while the ledger cannot be read.
    var books: Books?
    var tally: LedgerTally
    var policy: OfflinePolicy
    var answers: AnswerTimes
    var sync: SyncStatus
    var work: SyncFigures
    var reader: ReaderHealth
    var scanner: ScannerHealth
    var storageIsFine: Bool
    /// Nil without a mirror.
    var mirrorIsFine: Bool?
    var eventStreams: Int

    /// In the order of docs/metrics.md.
    var families: [MetricFamily] {
        [
            program, open, changes, offline, waits, platform, deliveries, devices, storage,
            lostList,
        ].flatMap { $0 }
    }

    private var program: [MetricFamily] {
        [
            MetricFamily(
                "kiosk_build_info", .gauge, "Always 1; the labels tell terminal and version.",
                [MetricSample(1, ["terminal": terminal, "version": version])]),
            MetricFamily(
                "kiosk_start_time_seconds", .gauge, "When the agent began, in Unix seconds.",
                [MetricSample(Double(startedAt.milliseconds) / 1_000)]),
            MetricFamily(
                "kiosk_clock_synchronised", .gauge,
                "Whether a time server keeps the clock right.",
                [MetricSample(clockIsSynchronised)]),
            MetricFamily(
                "kiosk_event_streams", .gauge, "Pages and tills that listen to events.",
                [MetricSample(Double(eventStreams))]),
        ]
    }
}
