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
            seal: signer.seal, head: &bytes)
    }

    /// A payment, the text of its card when nobody here can open that, and the number of its newest
    /// line of history.
    public typealias Entry = (payment: Payment, sealedCard: String?, change: Int64)

    /// The bytes of the next payments; an empty page ends the journal.
    public mutating func take(_ page: [Entry]) throws -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        for line in page {
            bytes += try writer.payment(
                line.payment, sealedCard: line.sealedCard, change: line.change)
            last = line.payment.id
        }
        if page.isEmpty {
            bytes += try writer.end()
            isEnded = true
        }
        return bytes
    }
}
