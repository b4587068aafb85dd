public import Sealing
public import TerminalCore

/// Makes the lines of one journal, each signed over all before it. Pure: it only makes bytes.
public struct JournalWriter: Sendable {
    private let key: JournalKey
    private let seal: CardSeal?
    private var last: [UInt8] = []
    private var count = 0

    /// `head` receives the first line; `seal` seals the cards, and `header` says so.
    public init(
        key: JournalKey, header: JournalHeader, seal: CardSeal? = nil, head: inout [UInt8]
    ) throws {
        self.key = key
        self.seal = seal
        head += try line(.header(header))
    }

    /// The next line: `payment` as it is now. `sealedCard` is the text of a card that nobody here
    /// can open.
    public mutating func payment(
        _ payment: Payment, sealedCard: String? = nil, change: Int64?
    ) throws -> [UInt8] {
        count += 1
        let sealed = seal.flatMap { seal in payment.card.map { seal.text(of: $0) } }
        return try line(.payment(payment, sealedCard: sealed ?? sealedCard, change: change))
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
