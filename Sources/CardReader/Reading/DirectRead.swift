internal import CPCSC
package import TerminalCore

/// Reads the card that lies on one reader, at once and on the caller's thread; for benchmarks.
///
/// The exchange is the one of ``ReadWorker``, without its waits and further tries.
package struct DirectRead: ~Copyable {
    private let context: PCSCContext
    private let scan: CardScan

    package init(reader: String, reading: CardReading = .uid(CardNumberFormat())) throws {
        context = try PCSCContext()
        scan = CardScan(
            reader: reader, reading: reading, buffer: .allocate(capacity: CPCSC_ANSWER_MAX))
    }

    deinit { scan.buffer.deallocate() }

    /// Connects, asks and disconnects.
    package borrowing func read() throws -> CardTap { try scan.scan(in: context) }
}
