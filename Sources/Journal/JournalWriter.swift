public import TerminalCore

/// Makes the lines of one journal, each signed over all before it. Pure: it only makes bytes.
public struct JournalWriter: Sendable {
    private let key: JournalKey
    private var last: [UInt8] = []
    private var count = 0

    /// `head` receives the first line.
    public init(key: JournalKey, header: JournalHeader, head: inout [UInt8]) throws {
        self.key = key
        head += try line(.header(header))
    }

    /// The next line: `payment` as it is now.
    public mutating func payment(_ payment: Payment, change: Int64?) throws -> [UInt8] {
        count += 1
        return try line(.payment(payment, change: change))
    }

    /// The last line of an export.
    public mutating func end() throws -> [UInt8] { try line(.end(count: count)) }

    private mutating func line(_ line: JournalLine) throws -> [UInt8] {
        let text = try LineText.encode(line)
        let mac = key.mac(of: text, after: last)
        last = mac
        return SignedLine(text: text, mac: mac).bytes
    }
}
