public import TerminalCore

/// A whole export, made page by page from the payments in the order of their row numbers.
public struct JournalExport: Sendable {
    private var writer: JournalWriter
    private var bytes: [UInt8] = []
    /// The row number after which the next page begins.
    public private(set) var last: Int64 = 0
    /// Whether the last line is made.
    public private(set) var isEnded = false

    /// `isClosing` says that the terminal does not run.
    public init(_ signer: JournalSigner, at now: Timestamp, isClosing: Bool = false) throws {
        writer = try JournalWriter(
            key: signer.key, header: signer.header(isClosing ? .closing : .export, at: now),
            head: &bytes)
    }

    /// The bytes of the next payments, each with the number of its newest line of history; an empty
    /// page ends the journal.
    public mutating func take(_ page: [(payment: Payment, change: Int64)]) throws -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        for line in page {
            bytes += try writer.payment(line.payment, change: line.change)
            last = line.payment.id
        }
        if page.isEmpty {
            bytes += try writer.end()
            isEnded = true
        }
        return bytes
    }
}
