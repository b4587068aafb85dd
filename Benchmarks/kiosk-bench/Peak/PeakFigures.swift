internal import Foundation
internal import PeakBooks

/// What the agent takes at one moment.
struct PeakFigures: Sendable {
    /// Since the beginning.
    var seconds: Double
    var memory: ProcessUsage.Memory
    /// Open file descriptors.
    var descriptors: Double
    var threads: Double
    /// SQLite's log, in MB of 1,000,000 bytes.
    var wal: Double
    /// The ledger's file, in MB.
    var ledger: Double

    /// Throws when the agent has ended.
    init(of place: PeakPlace, at seconds: Double) throws {
        self.seconds = seconds
        memory = try ProcessUsage.memory(place.pid)
        descriptors = try Self.entries("/proc/\(place.pid)/fd")
        threads = try Self.entries("/proc/\(place.pid)/task")
        wal = Self.megabytes(place.ledger + "-wal")
        ledger = Self.megabytes(place.ledger)
    }

    private static func entries(_ folder: String) throws -> Double {
        Double(try FileManager.default.contentsOfDirectory(atPath: folder).count)
    }

    /// 0 for a file that is not there.
    private static func megabytes(_ path: String) -> Double {
        Double(FileFacts(path)?.bytes ?? 0) / 1_000_000
    }
}

extension [PeakFigures] {
    func highest(_ figure: (PeakFigures) -> Double) -> Double { map(figure).max() ?? 0 }

    /// See ``Trend/growthPerDay(_:)``.
    func growthPerDay(_ figure: (PeakFigures) -> Double) -> Double? {
        Trend.growthPerDay(map { Trend.Point(seconds: $0.seconds, value: figure($0)) })
    }
}
