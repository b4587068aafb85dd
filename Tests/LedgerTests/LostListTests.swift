import GRDB
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("The imported lost list")
struct LostListTests {
    let bench: LedgerBench
    var ledger: Ledger { bench.ledger }

    init() throws { bench = try LedgerBench() }

    private func isRefused(_ card: Int, now: Timestamp = Sample.start) async throws -> Bool {
        let payment = try await ledger.recordTap(
            Sample.draft(1), card: Sample.card(card), rules: Sample.tapRules(up: false), now: now)
        return payment.reason == .cardLost
    }

    /// As a stop would leave it: staged cards beside the list in force.
    private func leaveHalfAnImport() async throws {
        try await bench.run(
            "INSERT INTO lost_lists (imported_at, cards, in_force) VALUES (0, 0, 0)",
            "INSERT INTO listed_cards SELECT max(id), 'CARD0007' FROM lost_lists")
    }

    @Test("a list has a version, an age and each card once")
    func list() async throws {
        #expect(try await ledger.lostList() == nil)
        let later = Sample.start + .seconds(60)
        let list = try await ledger.importLostCards(
            [3, 1, 3, 2].map(Sample.card), version: "2026-11", now: later)
        #expect(list == LostList(version: "2026-11", cards: 3, importedAt: later))
        #expect(try await ledger.lostList() == list)
        #expect(try await isRefused(3))
        #expect(try await !isRefused(4))
    }

    @Test("of two lists the later is in force, and nothing is left of the first")
    func replaces() async throws {
        let cards = (1...(Ledger.listStep * 2 + 7)).map(Sample.card)
        try await ledger.importLostCards(cards, version: "a", now: Sample.start)
        #expect(try await bench.number("SELECT count(*) FROM listed_cards") == cards.count)
        try await ledger.importLostCards([Sample.card(5)], now: Sample.start + .seconds(-9))
        #expect(try await bench.number("SELECT count(*) FROM listed_cards") == 1)
        #expect(try await bench.number("SELECT count(*) FROM lost_lists") == 1)
        let list = try #require(try await ledger.lostList())
        #expect((list.version, list.cards) == (nil, 1))
        #expect(list.importedAt == Sample.start + .seconds(-9))
        #expect(try await !isRefused(4))
    }

    @Test("an import that was cut off changes nothing, and the next one clears it away")
    func cutOff() async throws {
        try await ledger.importLostCards([Sample.card(1)], version: "old", now: Sample.start)
        try await leaveHalfAnImport()
        #expect(try await !isRefused(7))
        #expect(try await isRefused(1))
        #expect(try await ledger.lostCards().map(\.card) == [Sample.card(1)])
        #expect(try await ledger.lostList()?.version == "old")
        try await ledger.importLostCards([Sample.card(2)], now: Sample.start)
        #expect(try await bench.number("SELECT count(*) FROM listed_cards") == 1)
        #expect(try await bench.number("SELECT count(*) FROM lost_lists") == 1)
    }

    /// Every committed state of the files during an import, as a loss of power would leave them.
    @Test("at each moment of an import exactly one whole list is in force")
    func everyMoment() async throws {
        let old = (1...3).map(Sample.card)
        let new = (20_000...(20_000 + Ledger.listStep * 3)).map(Sample.card)
        try await ledger.importLostCards(old, version: "old", now: Sample.start)
        let stage = try LostListStage(for: ledger)
        try await stage.add(new)
        let seen = try await withThrowingTaskGroup(of: Void.self) { group in
            let ledger = ledger
            group.addTask {
                _ = try await ledger.importLostList(stage, version: "new", now: Sample.start)
            }
            var seen: [LostList?] = []
            repeat {
                let files = try LedgerCopy(of: bench.files.path, acceptsMissingWAL: false)
                let copy = try Ledger(Sample.settings(files.path))
                let list = try await copy.lostList()
                let counted = try await copy.lostCardCount()
                let cards = try await copy.lostCards(limit: 2)
                #expect(cards.map(\.card) == (list?.version == "old" ? old : new).prefix(2) + [])
                #expect(counted == list?.cards)
                seen.append(list)
            } while try await ledger.lostList()?.version == "old"
            try await group.waitForAll()
            return seen
        }
        let versions = Set(seen.map { $0?.version })
        #expect(versions.subtracting(["old", "new"]).isEmpty)
        #expect(!seen.contains(nil))
        #expect(try await ledger.lostList()?.cards == new.count)
    }

    @Test("while a list is on its way in, payments go on and a second import is refused")
    func meanwhile() async throws {
        let ledger = ledger
        let stage = try LostListStage(for: ledger)
        try await stage.add((1...(Ledger.listStep * 4)).map(Sample.card))
        let other = try LostListStage(for: ledger)
        async let list = ledger.importLostList(stage, version: "new", now: Sample.start)
        var taps = 0
        while try await ledger.lostList() == nil {
            if try await bench.number("SELECT count(*) FROM lost_lists") == 1, taps == 0 {
                await #expect(throws: LedgerError.importing) {
                    _ = try await ledger.importLostList(other, version: nil, now: Sample.start)
                }
            }
            taps += 1
            _ = try await ledger.recordTap(
                Sample.draft(1), card: Sample.card(900_000 + taps),
                rules: Sample.tapRules(up: false), now: Sample.start)
        }
        #expect(try await list.cards == Ledger.listStep * 4)
        #expect(taps > 1)
    }

    @Test("the list is paged in the order of the cards, whatever their source")
    func pages() async throws {
        try await ledger.importLostCards([2, 4, 6].map(Sample.card), now: Sample.start)
        for card in [1, 4, 9] { try await ledger.addLostCard(Sample.card(card), now: Sample.start) }
        var found: [LostCard] = []
        while true {
            let page = try await ledger.lostCards(skipping: found.count, limit: 2)
            if page.isEmpty { break }
            found += page
        }
        #expect(found.map(\.card) == [1, 2, 4, 4, 6, 9].map(Sample.card))
        #expect(
            found.map(\.source) == [.operator, .import, .import, .operator, .import, .operator])
        #expect(try await ledger.lostCardCount() == 6)
    }

    @Test("neither a lookup nor a page looks at the whole list")
    func plans() async throws {
        let pool = await ledger.pool
        let plan = try await pool.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + LostCards.page, arguments: [1, 1])
                .map { $0["detail"] as String }
        }
        #expect(plan.contains { $0.hasPrefix("SEARCH listed_cards USING PRIMARY KEY (list=?)") })
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    }

    @Test("a list of the first schema is taken over with its age")
    func migration() async throws {
        let files = try TemporaryLedger()
        do {
            let pool = try DatabasePool(path: files.path)
            try Schema.migrator(Sample.auditKey).migrate(pool, upTo: "0.1")
            try await pool.write { db in
                try db.execute(sql: "INSERT INTO marks VALUES ('lost_list', 77)")
                for (card, source) in [("A1", "import"), ("A2", "import"), ("A2", "operator")] {
                    try db.execute(
                        sql: "INSERT INTO lost_cards VALUES (?, ?, 5)", arguments: [card, source])
                }
            }
        }
        let ledger = try files.open()
        let list = LostList(version: nil, cards: 2, importedAt: Timestamp(milliseconds: 77))
        #expect(try await ledger.lostList() == list)
        let cards = try await ledger.lostCards()
        #expect(cards.map(\.card.exposed) == ["A1", "A2", "A2"])
        #expect(cards.map(\.source) == [.import, .import, .operator])
    }

    @Test("without a list, or with one that is too old, nothing is approved offline, if so wished")
    func age() async throws {
        let policy = OfflinePolicy(lostListMaxAge: .seconds(3_600))
        func reason(_ card: Int, after seconds: Int, _ policy: OfflinePolicy) async throws
            -> Reason?
        {
            try await ledger.recordTap(
                Sample.draft(1), card: Sample.card(card),
                rules: Sample.tapRules(up: false, policy: policy),
                now: Sample.start + .seconds(seconds)
            ).reason
        }
        #expect(try await reason(1, after: 0, policy) == .offlineListTooOld)
        #expect(try await reason(2, after: 0, OfflinePolicy()) == .platformUnreachable)
        try await ledger.importLostCards([], now: Sample.start)
        #expect(try await reason(3, after: 3_600, policy) == .platformUnreachable)
        #expect(try await reason(4, after: 3_601, policy) == .offlineListTooOld)
        try await ledger.importLostCards([], now: Sample.start + .seconds(3_000))
        #expect(try await reason(5, after: 3_601, policy) == .platformUnreachable)
    }

    @Test("an import after the clock went back counts from the clock that is")
    func clockWentBack() async throws {
        let policy = OfflinePolicy(lostListMaxAge: .seconds(3_600))
        try await ledger.importLostCards([], now: Sample.start + .seconds(1 << 30))
        try await ledger.importLostCards([], now: Sample.start)
        let late = try await ledger.recordTap(
            Sample.draft(1), card: Sample.card(), rules: Sample.tapRules(up: false, policy: policy),
            now: Sample.start + .seconds(7_200))
        #expect(late.reason == .offlineListTooOld)
    }
}
