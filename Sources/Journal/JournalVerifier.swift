internal import Sealing
internal import TerminalCore

/// Checks a journal line by line: signatures, order, shape and end; opens its cards. Pure.
struct JournalVerifier {
    /// The most lines that a journal may have.
    static let linesMax = 10_000_000

    private let key: JournalKey?
    private let cards: CardKeys
    private var opening: Result<CardSeal, CardKeyError>?
    private var last: [UInt8] = []
    private var payments = 0
    private(set) var lines = 0
    private(set) var header: JournalHeader?
    private(set) var isEnded = false
    /// The first line that has not the shape of one; only the tail of a mirror may be so.
    private(set) var tornLine: Int?
    /// Why cards are left out that are sealed; nil when none is.
    private(set) var cardProblem: CardKeyError?

    /// Without a key the signatures are not looked at: for finding out whose payments are there,
    /// never for acting on them. `cards` opens what is sealed.
    init(key: JournalKey?, cards: CardKeys = CardKeys()) { (self.key, self.cards) = (key, cards) }

    /// Takes the next line, without its line feed; nil for a torn one.
    mutating func take(
        _ bytes: some Collection<UInt8>, isWhole: Bool = true
    ) throws(JournalError) -> JournalLine? {
        guard lines < Self.linesMax else { throw .tooMany(lines: Self.linesMax) }
        lines += 1
        guard isWhole, let signed = SignedLine(bytes) else { return try torn() }
        if let tornLine { throw .damaged(line: tornLine) }
        if isEnded { throw .altered(line: lines) }
        try verify(signed)
        let line = try decode(signed.text)
        try follow(line)
        return try opened(line)
    }

    /// Call after the last line.
    func finish() throws(JournalError) {
        guard let header else { throw .notAJournal }
        if header.kind != .mirror, !isEnded { throw .unfinished(lines: lines) }
    }

    private mutating func torn() throws(JournalError) -> JournalLine? {
        guard let header else { throw .notAJournal }
        guard header.kind == .mirror else { throw .damaged(line: lines) }
        tornLine = tornLine ?? lines
        return nil
    }

    private mutating func verify(_ line: SignedLine) throws(JournalError) {
        if let key, !key.isMac(line.mac, of: line.text, after: last) {
            throw lines == 1 ? .wrongKey : .altered(line: lines)
        }
        last = line.mac
    }

    private func decode(_ text: [UInt8]) throws(JournalError) -> JournalLine {
        do {
            return try LineText.decode(text)
        } catch let error as JournalError {
            throw error
        } catch {
            throw lines == 1 ? .notAJournal : .invalid(line: lines)
        }
    }

    /// A head first and never again, then payments, and the end with their right number.
    private mutating func follow(_ line: JournalLine) throws(JournalError) {
        switch line {
        case .header(let header):
            guard lines == 1 else { throw .invalid(line: lines) }
            self.header = header
            opening = header.cardKey.map { note in
                Result { () throws(CardKeyError) in try cards.seal(for: note) }
            }
        case .payment:
            guard header != nil else { throw .notAJournal }
            payments += 1
        case .end(let count):
            guard header?.kind != .mirror, count == payments else { throw .invalid(line: lines) }
            isEnded = true
        }
    }

    /// The line with its card, if that is sealed and the key is at hand.
    private mutating func opened(_ line: JournalLine) throws(JournalError) -> JournalLine {
        guard case .payment(var payment, let sealed?, let change) = line else { return line }
        switch opening {
        case .success(let seal)?:
            guard let card = try? seal.number(of: sealed) else { throw .invalid(line: lines) }
            payment.card = card
            return .payment(payment, sealedCard: sealed, change: change)
        case .failure(let problem)?:
            cardProblem = problem
            return line
        case nil: throw .invalid(line: lines)
        }
    }
}
