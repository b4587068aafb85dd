import Foundation
import Journal
import Ledger
import Sealing
import TerminalCore
import TerminalTesting
import Testing

@Suite("Card numbers in a journal") struct SealedJournalTests {
    private static let seal = CardSeal(dataKey: "data key of K001")
    private static let other = CardSeal(dataKey: "data key of K002")

    private static func secret(_ first: UInt8 = 1) throws -> RecoverySecret {
        try #require(RecoverySecret(bytes: Array(first...first + 31)))
    }

    private func note() throws -> CardKeyNote {
        CardKeyNote(Self.seal, for: try Self.secret().publicKey)
    }

    /// Three payments of the cards 0 to 2.
    private func sealed(_ kind: JournalHeader.Kind = .export) throws -> String {
        try JournalBench.lines(3, kind: kind, seal: Self.seal, cardKey: try note()).joined()
    }

    @Test("they are sealed, and the head says with which key", arguments: ["export", "mirror"])
    func written(kind: String) throws {
        let text = try sealed(try #require(JournalHeader.Kind(rawValue: kind)))
        #expect(!text.contains("CARD"))
        #expect(text.contains("\"card\":\"\(Self.seal.text(of: Sample.card(2)))\""))
        let head = text.prefix { $0 != "\n" }
        #expect(head.contains("\"card_key\":\"\(Self.seal.fingerprint)\""))
        let recovery = try Self.secret().publicKey.text
        #expect(head.contains("\"recovery_key\":\"\(recovery)\""))
        #expect(head.contains("\"version\":2"))
    }

    @Test("the terminal's own key opens them, and so does the private key of the recovery")
    func opened() throws {
        let text = try sealed()
        let secret = try Self.secret()
        for keys in [
            CardKeys(seal: Self.seal), CardKeys(seal: Self.other, secret: secret),
            CardKeys(secret: secret),
        ] {
            let journal = try JournalBench.read(text, cards: keys)
            #expect(journal.payments == (0..<3).map { JournalBench.payment($0) })
            #expect(journal.cardProblem == nil)
        }
    }

    @Test("without a key the journal is checked all the same, and says what it left out")
    func unopened() throws {
        let rows: [(CardKeys, CardKeyError)] = [
            (CardKeys(), .missing), (CardKeys(seal: Self.other), .missing),
            (CardKeys(secret: try Self.secret(2)), .otherKey),
        ]
        for (keys, problem) in rows {
            let journal = try JournalBench.read(try sealed(), cards: keys)
            #expect(journal.cardProblem == problem)
            #expect(journal.payments.map(\.seq) == (0..<3).map { JournalBench.payment($0).seq })
            #expect(journal.payments.allSatisfy { $0.card == nil })
        }
        let edited = try sealed().replacing("\"amount\":1500", with: "\"amount\":1501")
        #expect(throws: JournalError.altered(line: 2)) { try JournalBench.read(edited) }
    }

    @Test("a text that the key does not open is named by its line, although it is signed")
    func foreignText() throws {
        let lines = try JournalBench.lines(2, seal: Self.other, cardKey: try note())
        let keys = CardKeys(seal: Self.seal)
        #expect(throws: JournalError.invalid(line: 2)) {
            try JournalBench.read(lines.joined(), cards: keys)
        }
        let headless = try JournalBench.lines(2, seal: Self.seal)
        #expect(throws: JournalError.invalid(line: 2)) {
            try JournalBench.read(headless.joined(), cards: keys)
        }
    }

    @Test("sealed texts that nobody here can open are handed on as they stand")
    func handedOn() throws {
        let signer = JournalSigner(
            terminal: "K001", platform: Sample.platform, key: JournalBench.key,
            cardKey: try note())
        var export = try JournalExport(signer, at: Sample.start)
        var payment = JournalBench.payment(1)
        let text = Self.seal.text(of: Sample.card(1))
        payment.card = nil
        var bytes = try export.take([(payment, text, 7)])
        bytes += try export.take([])
        let journal = try JournalBench.read(
            String(decoding: bytes, as: UTF8.self), cards: CardKeys(secret: try Self.secret()))
        #expect(journal.payments == [JournalBench.payment(1)])
    }

    @Test("the mirror of a ledger with a key holds no number, and is opened by the recovery")
    func mirror() async throws {
        let signer = JournalSigner(
            terminal: "K001", platform: Sample.platform, key: JournalBench.key, seal: Self.seal,
            cardKey: try note())
        let bench = try MirrorBench(signer: signer)
        for number in 1...2 {
            await bench.ledger.beginMirror()
            _ = try await bench.tap(number)
        }
        let path = bench.directory + "/" + (try bench.names.last ?? "none")
        #expect(try !String(contentsOfFile: path, encoding: .utf8).contains("CARD"))
        let keys = CardKeys(secret: try Self.secret())
        let journal = try Journal.read(path, key: JournalBench.key, cards: keys)
        #expect(journal.payments.map(\.card) == [Sample.card(1), Sample.card(2)])
    }
}
