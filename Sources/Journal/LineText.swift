internal import FoundationEssentials
internal import Sealing
internal import TerminalCore

/// The JSON of a line, member by member.
enum LineText {
    static let format = "kiosk-agent journal"
    /// Of a journal with sealed cards, which older programs cannot read, and of one without.
    static let version = 2
    static let plainVersion = 1

    struct Header: Codable {
        var kind: String
        var format: String
        var version: Int
        var terminal: String
        var platform: String
        var client_id: String
        var created_at: Int64
        /// What ``CardKeyNote`` has: the fingerprint, the public key, and what is wrapped to it.
        var card_key: String?
        var recovery_key: String?
        var wrapped_key: String?
    }

    struct Entry: Codable {
        var kind: String
        var seq: String
        var order: String
        var change: Int64?
        var revision: Int
        var state: String
        var reason: String?
        var amount: Int64
        var title: String
        var reference: String?
        var card: String?
        var offline: Bool
        var decision: String?
        var created_at: Int64
        var updated_at: Int64
        var expires_at: Int64
        var told_at: Int64?
        var platform: String
        var client_id: String
        var attempts: Int
        var unresolved: Int
        var in_flight: Bool
        var sent_at: Int64?
        var trade_id: String?
        var paid_amount: Int64?
        var balance: Int64?
    }

    struct End: Codable {
        var kind: String
        var count: Int
    }

    struct Kind: Decodable { var kind: String }

    static let payment = "payment"
    static let end = "end"

    static func encode(_ line: JournalLine) throws -> [UInt8] {
        switch line {
        case .header(let header): try encode(Header(header))
        case .payment(let payment, let sealedCard, let change):
            try encode(Entry(payment, sealedCard, change))
        case .end(let count): try encode(End(kind: end, count: count))
        }
    }

    private static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    /// Throws when a member is missing or has a value that is not allowed.
    static func decode(_ text: [UInt8]) throws -> JournalLine {
        let (data, decoder) = (Data(text), JSONDecoder())
        switch try decoder.decode(Kind.self, from: data).kind {
        case payment: return try decoder.decode(Entry.self, from: data).line
        case end: return .end(count: try decoder.decode(End.self, from: data).count)
        default: return .header(try decoder.decode(Header.self, from: data).header)
        }
    }
}

extension LineText.Header {
    init(_ header: JournalHeader) {
        self.init(
            kind: header.kind.rawValue, format: LineText.format,
            version: header.cardKey == nil ? LineText.plainVersion : LineText.version,
            terminal: header.terminal, platform: header.platform.host,
            client_id: header.platform.clientID, created_at: header.createdAt.milliseconds,
            card_key: header.cardKey?.fingerprint, recovery_key: header.cardKey?.recovery,
            wrapped_key: header.cardKey?.wrapped)
    }

    var header: JournalHeader {
        get throws {
            guard format == LineText.format, let kind = JournalHeader.Kind(rawValue: kind),
                SeqGenerator.isTerminalID(terminal)
            else { throw JournalError.notAJournal }
            guard (LineText.plainVersion...LineText.version).contains(version) else {
                throw JournalError.otherVersion(version)
            }
            return JournalHeader(
                kind: kind, terminal: terminal,
                platform: PlatformIdentity(host: platform, clientID: client_id),
                createdAt: Timestamp(milliseconds: created_at),
                cardKey: card_key.map {
                    CardKeyNote(fingerprint: $0, recovery: recovery_key, wrapped: wrapped_key)
                })
        }
    }
}
