internal import Journal
internal import Ledger
internal import Sealing
internal import TerminalCore

/// A ledger file that is read on a private copy, whoever wrote it.
struct ForeignLedger {
    private let copy: LedgerCopy
    private let ledger: Ledger
    /// What the file says of the key of its cards; nil when none is sealed.
    let cardKey: CardKeyNote?
    /// What opens them.
    let seal: CardSeal?
    /// Why they cannot be opened; they are left out then.
    let cardProblem: CardKeyError?

    /// The first bytes of every SQLite file.
    static let mark = Array("SQLite format 3\0".utf8)
    private static let pageSize = 500

    init(_ path: String, withoutWAL: Bool, cards: CardKeys) throws {
        do {
            copy = try LedgerCopy(of: path, acceptsMissingWAL: withoutWAL)
            cardKey = try copy.reader.cardKey()
            (seal, cardProblem) = Self.opening(cardKey, cards)
            var settings = LedgerSettings(
                path: copy.path, sequence: SeqGenerator(terminal: "0"),
                platform: PlatformIdentity(host: "", clientID: ""), auditKey: .passing,
                cardSeal: seal)
            settings.leavesSealed = cardProblem != nil
            ledger = try Ledger(settings)
        } catch {
            throw error.failure
        }
    }

    private static func opening(
        _ note: CardKeyNote?, _ cards: CardKeys
    ) -> (CardSeal?, CardKeyError?) {
        guard let note else { return (nil, nil) }
        do throws(CardKeyError) {
            return (try cards.seal(for: note), nil)
        } catch {
            return (nil, error)
        }
    }

    /// The payments after row `id` with their lines of history.
    func page(after id: Int64, states: Set<PaymentState>) async throws -> [JournalExport.Entry] {
        try await ledger.exported(after: id, states: states, limit: Self.pageSize)
            .map { ($0.payment, $0.sealedCard, $0.change) }
    }

    /// The newest payment tells whose ledger it is.
    func newest() async throws -> Payment? {
        try await ledger.payments(PaymentFilter(limit: 1)).first
    }
}

extension AuditKey {
    /// For a copy that is thrown away: nobody checks what it signs.
    fileprivate static var passing: AuditKey {
        AuditKey((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    }
}
