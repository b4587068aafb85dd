import Foundation
import GRDB
import Sealing
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("Card numbers in the ledger's file")
struct SealedCardTests {
    private static let seal = CardSeal(dataKey: "data key of K001")
    private static let other = CardSeal(dataKey: "data key of K002")
    private let files: TemporaryLedger

    init() throws { files = try TemporaryLedger() }

    private func open(_ seal: CardSeal?) throws -> Ledger { try files.open(cardSeal: seal) }

    private func tap(
        _ ledger: Ledger, _ card: Int = 1, up: Bool = false, policy: OfflinePolicy = OfflinePolicy()
    ) async throws -> Payment {
        try await ledger.recordTap(
            Sample.draft(), card: Sample.card(card),
            rules: Sample.tapRules(up: up, policy: policy), now: Sample.start)
    }

    /// Puts card 1 into every table: paid, seen online, lost by each source, listed.
    private func fill(_ ledger: Ledger) async throws {
        let payment = try await tap(ledger)
        _ = try await ledger.update(payment.seq, now: Sample.start) { _ in
            PaymentUpdate(.settled, card: .vouched)
        }
        _ = try await tap(ledger)
        try await ledger.addLostCard(Sample.card(), now: Sample.start)
        try await ledger.importLostCards((1...3).map(Sample.card), now: Sample.start)
    }

    /// The files of the ledger, archives too, in which the beginning of each number stands.
    private func filesWithNumbers(_ files: TemporaryLedger) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: files.directory)
        return try names.sorted().filter { name in
            let url = URL(filePath: files.directory).appending(path: name)
            return try Data(contentsOf: url).range(of: Data("CARD0".utf8)) != nil
        }
    }

    private func texts(_ table: String, _ ledger: Ledger) async throws -> [String] {
        let pool = await ledger.pool
        return try await pool.read { db in
            try String.fetchAll(db, sql: "SELECT card FROM \(table) ORDER BY card")
        }
    }

    @Test("with a key no file holds a number; without one the ledger does")
    func atRest() async throws {
        let sealed = try open(Self.seal)
        try await fill(sealed)
        #expect(try filesWithNumbers(files) == [])
        let lost = try await sealed.lostCards().map(\.card)
        #expect(lost.count == 4)
        #expect(Set(lost) == Set((1...3).map(Sample.card)))
        let plain = try TemporaryLedger()
        try await fill(try plain.open())
        #expect(try filesWithNumbers(plain) != [])
    }

    @Test("a file tells without a key whether there is one", arguments: [seal, nil])
    func isSealed(seal: CardSeal?) throws {
        #expect(!Ledger.isSealed(at: files.path))
        let ledger = try open(seal)
        #expect(Ledger.isSealed(at: files.path) == (seal != nil))
        withExtendedLifetime(ledger) {}
    }

    @Test("whoever reads the ledger sees the numbers", arguments: [seal, nil])
    func reading(seal: CardSeal?) async throws {
        let ledger = try open(seal)
        try await fill(ledger)
        let payments = try await ledger.payments(PaymentFilter())
        #expect(payments.map(\.card) == [Sample.card(), Sample.card()])
        #expect(try await ledger.owed(after: 0, limit: 9).map(\.card) == [Sample.card()])
    }

    @Test("each rule about one card finds what is known of it", arguments: [seal, nil])
    func rules(seal: CardSeal?) async throws {
        let ledger = try open(seal)
        let waiting = try await tap(ledger, 4, up: true)
        await #expect(throws: LedgerError.cardIsPaying) {
            _ = try await tap(ledger, 4)
        }
        #expect(waiting.state == .pending)
        let limit = OfflinePolicy(cardLimit: Money(fen: 2_000))
        #expect(try await tap(ledger, 5, policy: limit).state == .accepted)
        #expect(try await tap(ledger, 5, policy: limit).reason == .offlineCardLimit)
        let known = OfflinePolicy(knownCardAge: .seconds(60))
        #expect(try await tap(ledger, 6, policy: known).reason == .offlineCardUnknown)
        try await ledger.addLostCard(Sample.card(7), now: Sample.start)
        #expect(try await tap(ledger, 7).reason == .cardLost)
        #expect(try await ledger.removeLostCard(Sample.card(7)))
        #expect(try await tap(ledger, 7).state == .accepted)
    }

    @Test("a sealed ledger does not open without its key, and the key is not exchanged")
    func keys() async throws {
        do { _ = try await tap(try open(Self.seal)) }
        #expect(throws: LedgerError.cardsSealed) { _ = try open(nil) }
        #expect(throws: LedgerError.otherDataKey) { _ = try open(Self.other) }
        #expect(try await open(Self.seal).payments(PaymentFilter()).count == 1)
    }

    @Test("texts of two terminals match under the same key alone")
    func sites() async throws {
        let (twin, stranger) = (try TemporaryLedger(), try TemporaryLedger())
        let ledgers = [
            try open(Self.seal), try twin.open(cardSeal: Self.seal),
            try stranger.open(cardSeal: Self.other),
        ]
        var found: [[String]] = []
        for ledger in ledgers {
            _ = try await tap(ledger)
            found.append(try await texts("payments", ledger))
        }
        #expect(found[0] == [Self.seal.text(of: Sample.card())])
        #expect(found[0] == found[1])
        #expect(found[0] != found[2])
    }

    @Test("the key is wrapped in the ledger for who holds the recovery key, and changes with it")
    func recovery() async throws {
        func opened(_ secret: RecoverySecret) async throws -> String? {
            let ledger = try files.open(cardSeal: Self.seal, recoveryKey: secret.publicKey)
            let pool = await ledger.pool
            let row = try #require(try await pool.read { db in try CardKeyRow.read(db) })
            #expect(row.recovery == secret.publicKey.text)
            return try secret.open(try #require(row.wrapped)).fingerprint
        }
        for first in [UInt8(1), 2] {
            let secret = try #require(RecoverySecret(bytes: Array(first..<first + 32)))
            #expect(try await opened(secret) == Self.seal.fingerprint)
        }
    }

    @Test("what was written before there was a key is found, then sealed while payments go on")
    func migration() async throws {
        do {
            let plain = try open(nil)
            try await fill(plain)
            _ = try await tap(plain, 9)
        }
        let ledger = try open(Self.seal)
        let before = try await ledger.payments(PaymentFilter())
        try await expectOldFacts(ledger)
        while try await ledger.sealSome() {}
        try await expectOldFacts(ledger)
        #expect(Array(try await ledger.payments(PaymentFilter()).suffix(3)) == before)
        let result = try await ledger.verify()
        #expect(result.isSound)
        #expect(result.uncheckedLines == 0)
        // What SQLite freed before there was a key is the one thing that sealing cannot reach.
        let pool = await ledger.pool
        try await pool.vacuum()
        try await ledger.emptyLog()
        #expect(try filesWithNumbers(files) == [])
        #expect(try await ledger.removeLostCard(Sample.card()))
    }

    /// Cards 1 and 3 are lost by ``fill(_:)``; card 9 owes a payment.
    private func expectOldFacts(_ ledger: Ledger) async throws {
        for card in [1, 3] { #expect(try await tap(ledger, card).reason == .cardLost) }
        let limit = OfflinePolicy(cardLimit: Money(fen: 2_000))
        #expect(try await tap(ledger, 9, policy: limit).reason == .offlineCardLimit)
    }

    @Test("the last payment of a card is looked for among its own")
    func plan() async throws {
        let pool = await (try open(Self.seal)).pool
        let plan = try await pool.read { db in
            try Row.fetchAll(
                db,
                sql: "EXPLAIN QUERY PLAN SELECT id FROM payments WHERE " + Ledger.approvedOfCard,
                arguments: ["a", "b", 1]
            ).map { row in row["detail"] as String }
        }
        #expect(plan.contains { $0.contains("INDEX payments_card (card=?)") }, "\(plan)")
    }

    @Test("a payment of before keeps its card when it changes")
    func changing() async throws {
        do { _ = try await tap(try open(nil)) }
        let ledger = try open(Self.seal)
        let owed = try await ledger.owed(after: 0, limit: 1)
        let payment = try #require(owed.first)
        let settled = try await ledger.update(payment.seq, now: Sample.start) { _ in
            PaymentUpdate(.settled, card: .vouched)
        }
        #expect(settled.card == Sample.card())
        while try await ledger.sealSome() {}
        for table in ["payments", "cards"] {
            #expect(try await texts(table, ledger) == [Self.seal.text(of: Sample.card())])
        }
        let pool = await ledger.pool
        for text in ["'CARD0001'", "'$1$AAAA'", "NULL"] {
            await #expect(throws: DatabaseError.self, "\(text)") {
                try await pool.write { db in
                    try db.execute(sql: "UPDATE payments SET card = \(text)")
                }
            }
        }
    }

    @Test("the chain is checked with the key; without it the lines of cards are left out")
    func verifying() async throws {
        let ledger = try open(Self.seal)
        try await fill(ledger)
        let rows: [(seal: CardSeal?, unchecked: Int64)] = [
            (Self.seal, 0), (nil, 3), (Self.other, 3),
        ]
        for (seal, unchecked) in rows {
            let result = try await Ledger.verify(
                file: files.path, keys: [Sample.auditKey], seal: seal, acceptsMissingWAL: false)
            #expect(result.isSound)
            #expect(result.lines == 3)
            #expect((result.uncheckedLines, result.sealedLines) == (unchecked, unchecked))
        }
    }

    @Test("a copy that nobody here can open is read without its cards, and they are handed on")
    func leftSealed() async throws {
        do { try await fill(try open(Self.seal)) }
        let copy = try LedgerCopy(of: files.path, acceptsMissingWAL: true)
        let note = try #require(try copy.reader.cardKey())
        #expect(note == CardKeyNote(Self.seal, for: nil))
        var settings = Sample.settings(copy.path)
        (settings.leavesSealed, settings.clock) = (true, ManualClock())
        let rows = try await Ledger(settings).exported(after: 0, states: [], limit: 9)
        #expect(rows.map(\.payment.card) == [nil, nil])
        let text = Self.seal.text(of: Sample.card())
        #expect(rows.map(\.sealedCard) == [text, text])
        settings.cardSeal = Self.seal
        let opened = try await Ledger(settings).exported(after: 0, states: [], limit: 9)
        #expect(opened.map(\.payment.card) == [Sample.card(), Sample.card()])
        #expect(opened.map(\.sealedCard) == [nil, nil])
    }

    @Test("a sealed number that was exchanged or changed is found", arguments: [2, 0])
    func tampering(card: Int) async throws {
        let ledger = try open(Self.seal)
        _ = try await tap(ledger)
        let text = card == 0 ? "$1$AAAA" : Self.seal.text(of: Sample.card(card))
        let pool = await ledger.pool
        try await pool.write { db in
            try db.execute(sql: "DROP TRIGGER payments_identity")
            try db.execute(sql: "UPDATE payments SET card = ?", arguments: [text])
        }
        #expect(try await ledger.verify().problemCount == 1)
    }

    @Test("an archive holds no number, and is read and checked with the key")
    func archiving() async throws {
        let ledger = try open(Self.seal)
        try await fill(ledger)
        let day = Sample.start..<(Sample.start + .seconds(1))
        let limit = Sample.start + .seconds(86_400)
        #expect(try await ledger.archive(after: 0, olderThan: limit).moved == 1)
        #expect(try filesWithNumbers(files) == [])
        let archived = try await ledger.archivedPayments(madeWithin: day, after: 0, limit: 9)
        #expect(archived.map(\.payment.card) == [Sample.card()])
        let result = try await ledger.verify()
        #expect(result.isSound)
        #expect((result.archivedLines, result.uncheckedLines) == (2, 0))
    }

    @Test("another terminal's payment is sealed with the key of who takes it over")
    func adopting() async throws {
        let ledger = try open(Self.seal)
        let payment = Sample.payment(.accepted)
        #expect(try await ledger.adopt(payment, now: Sample.start) == .taken)
        #expect(try filesWithNumbers(files) == [])
        #expect(try await ledger.payment(payment.seq)?.card == payment.card)
    }
}
