internal import Glibc
internal import Ledger
internal import TerminalCore

/// A million lost cards: how long their import takes, what it leaves in memory, and what they cost
/// a tap.
///
/// One lookup is timed with the statements of a tap in plain C over the ledger's file; the taps of
/// lost cards, which are refused in one durable transaction each, are the ledger's own.
enum LostBench {
    private static let settleSeconds: UInt32 = 3
    /// As many as come with one piece of an upload.
    private static let pieceCards = 5_000
    /// A prime, so that every card comes once, in no order.
    private static let stride = 611_953
    private static let lookups = 20_000
    private static let taps = 100

    static func run(_ effort: Effort, agent: String?) async throws -> [Line] {
        let program = try RunningAgent.program(agent)
        let scratch = try Scratch()
        let path = scratch.path("ledger.sqlite")
        let cards = effort.count(1_000_000)
        // The ledger is left before the agent takes its file.
        let lines = try await measure(effort, cards, path, beside: scratch.path("empty.sqlite"))
        return lines + (try memory(program, cards, path))
    }

    private static func measure(
        _ effort: Effort, _ cards: Int, _ path: String, beside emptyPath: String
    ) async throws -> [Line] {
        let ledger = try Ledger.forBench(path)
        let empty = try Ledger.forBench(emptyPath)
        for card in lostCards(cards) {
            try await empty.addLostCard(card, now: SystemTerminalClock().now())
        }
        let before = try ProcessUsage.memory(getpid()).own
        let time = try await fill(ledger, cards)
        let memory = try ProcessUsage.memory(getpid()).own - before
        let plain = try PlainLedger(path: path)
        let pairs = try await effort.rounds(10, within: .seconds(10)).run { _ in
            let base = try await empty.refuse(lostCards(cards))
            return Pair(ours: try await ledger.refuse(lostCards(cards)), yardstick: base)
        }
        return [
            Line(
                "lost: import of \(cards.grouped)", time / .seconds(1), unit: " s",
                Threshold.lostImportSeconds),
            Line("lost: memory of the import", memory, unit: " MB", Threshold.lostMB),
        ] + (try lookUp(plain, cards)) + [
            Line("lost: refusing a lost card", pairs, unit: " µs", Threshold.lostTapRatio)
        ]
    }

    /// Of an idle agent with this ledger.
    private static func memory(
        _ program: String, _ cards: Int, _ path: String
    ) throws -> [Line] {
        let agent = try RunningAgent(program, ledger: path)
        sleep(settleSeconds)
        let memory = try ProcessUsage.memory(agent.pid)
        agent.end()
        return [
            Line(
                "lost: resident with \(cards.grouped)", memory.resident, unit: " MB",
                Threshold.fullResidentMB),
            Line(
                "lost: private with \(cards.grouped)", memory.own, unit: " MB",
                Threshold.fullPrivateMB),
        ]
    }

    /// Cards that both ledgers list.
    private static func lostCards(_ cards: Int) -> [CardNumber] {
        (0..<taps).map { .forBench($0 * (cards / taps)) }
    }

    /// Imports so many cards; how long it took.
    static func fill(_ ledger: Ledger, _ cards: Int) async throws -> Duration {
        let start = ContinuousClock.now
        let stage = try LostListStage(for: ledger)
        for first in Swift.stride(from: 0, to: cards, by: pieceCards) {
            let piece = (first..<first + pieceCards).map { $0 * stride % cards }
            try await stage.add(piece.map { .forBench($0) })
        }
        let now = SystemTerminalClock().now()
        let list = try await ledger.importLostList(stage, version: "bench", now: now)
        guard list.cards == cards else { throw BenchFailure("\(list.cards) cards imported") }
        return ContinuousClock.now - start
    }

    /// Every second card is a lost one.
    private static func lookUp(_ plain: PlainLedger, _ cards: Int) throws -> [Line] {
        var times: [Double] = []
        for lookup in 0..<lookups {
            let isLost = lookup.isMultiple(of: 2)
            let card = CardNumber.forBench(lookup * stride % cards + (isLost ? 0 : cards))
            let time = try elapsed {
                guard plain.isLost(card) == isLost else { throw BenchFailure("a wrong lookup") }
            }
            times.append(time.microseconds)
        }
        return [
            Line(
                "lost: a lookup, median", times.median, unit: " µs",
                Threshold.lostLookupMicroseconds),
            Line(
                "lost: a lookup, p99", times.p99, unit: " µs", Threshold.lostLookupMicroseconds),
        ]
    }
}

extension Ledger {
    /// The median of refusing these lost cards, in microseconds.
    fileprivate func refuse(_ cards: [CardNumber]) throws -> Double {
        let draft = PaymentDraft(
            amount: Money(fen: 1_500), title: "Lunch", expiresIn: .seconds(60))
        let rules = TapRules(policy: OfflinePolicy(), platformIsUp: false)
        return try cards.map { card in
            try elapsed {
                let now = SystemTerminalClock().now()
                let payment = try recordTap(draft, card: card, rules: rules, now: now)
                guard payment.reason == .cardLost else { throw BenchFailure("a lost card paid") }
            }.microseconds
        }.median
    }
}
