import Foundation
import Journal
import Ledger
import Sealing
import TerminalCore
import TerminalTesting

/// Journals of sample payments, and a directory to put them in.
struct JournalBench {
    static let key = JournalKey(clientSecret: "secret of K001")
    static let signer = JournalSigner(terminal: "K001", platform: Sample.platform, key: key)
    static let header = header(.export)

    static func header(
        _ kind: JournalHeader.Kind, cardKey: CardKeyNote? = nil
    ) -> JournalHeader {
        JournalHeader(
            kind: kind, terminal: "K001", platform: Sample.platform, createdAt: Sample.start,
            cardKey: cardKey)
    }

    /// Payment `number`, accepted offline and never sent.
    static func payment(_ number: Int, state: PaymentState = .accepted) -> Payment {
        let seq = "K001\(Sample.start.milliseconds + Int64(number))"
        return Payment(
            id: 0, seq: seq, state: state, reason: .platformUnreachable,
            amount: Money(fen: 1_500), title: "Lunch", card: Sample.card(number), offline: true,
            decision: .approve, createdAt: Sample.start, updatedAt: Sample.start,
            expiresAt: Sample.start + .seconds(60), platform: Sample.platform, order: seq)
    }

    /// The lines of a journal with `count` payments, each with its line feed.
    static func lines(
        _ count: Int, kind: JournalHeader.Kind = .export, key: JournalKey = key,
        seal: CardSeal? = nil, cardKey: CardKeyNote? = nil
    ) throws -> [String] {
        var head: [UInt8] = []
        var writer = try JournalWriter(
            key: key, header: header(kind, cardKey: cardKey), seal: seal, head: &head)
        var lines = [head]
        for number in 0..<count { lines.append(try writer.payment(payment(number), change: 7)) }
        if kind == .export { lines.append(try writer.end()) }
        return lines.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Reads `text` as a file.
    static func read(
        _ text: String, key: JournalKey = key, cards: CardKeys = CardKeys()
    ) throws -> Journal {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "journal-\(UUID().uuidString)")
        try Data(text.utf8).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        return try Journal.read(path.path, key: key, cards: cards)
    }
}
