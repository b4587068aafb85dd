import Foundation
import Ledger
import TerminalCore
import TerminalTesting
import Testing

@testable import Journal

/// A day with one fault of the mirror's medium in it, lived on after the medium was mended.
struct FaultyMirrorDay {
    private static let steps = 12
    /// With this step the trouble is over.
    private static let mended = 9
    /// Files that are not the mirror's to remove: of a lost ledger, of another terminal, of people.
    private static let foreign = [
        "K001-1.journal", "K002-1767614400000.journal", "K002-1767614400000.journal.part", "notes",
    ]

    private let plan: FaultPlan
    private let required: Bool
    private let bench: MirrorBench
    /// Payments that the mirror said it holds, and that are still owed.
    private var secured: [String] = []

    init(_ plan: FaultPlan, required: Bool) throws {
        (self.plan, self.required) = (plan, required)
        bench = try MirrorBench(required: required, calls: PlannedCalls { plan.answer($0) })
    }

    /// False when the fault never came: the day has fewer calls.
    mutating func live() async throws -> Bool {
        let foreign = try Self.lostLedgersJournal()
        for name in Self.foreign { try foreign.write(to: file(name)) }
        await begin()
        for number in 1...Self.steps {
            if number == Self.mended { plan.mend() }
            bench.clock.advance(by: .seconds(1))
            try await step(number)
            try checkSecured(number)
            await lookAfter()
        }
        try await checkWhole()
        for name in Self.foreign { #expect(try Data(contentsOf: file(name)) == foreign, "\(name)") }
        return plan.failures > 0
    }

    /// What happens next; it is written when this returns.
    private mutating func step(_ number: Int) async throws {
        switch number % 4 {
        case 0: await bench.ledger.beginMirror()
        case 1: note(try await bench.tap(number), number)
        case 2:
            let pending = try await bench.ledger.recordTap(
                Sample.draft(100), card: Sample.card(number), rules: Sample.tapRules(),
                now: Sample.start)
            let decided = try await bench.ledger.update(pending.seq, now: Sample.start) { _ in
                PaymentUpdate(.accepted, offline: true, send: .ended)
            }
            note(decided, number)
        default:
            if let seq = secured.first {
                secured.removeFirst()
                _ = try await bench.ledger.update(seq, now: Sample.start) { _ in
                    PaymentUpdate(.settled)
                }
            }
        }
        await bench.mirror.drain(within: .seconds(20))
    }

    /// Takes in what a payer would be told.
    private mutating func note(_ payment: Payment, _ number: Int) {
        let isWell = bench.ledger.mirrorProblem == nil
        if required, !isWell { #expect(payment.state != .accepted, "\(plan.after), \(number)") }
        if !required { #expect(payment.state == .accepted, "\(plan.after), \(number)") }
        if payment.state == .accepted, required || isWell { secured.append(payment.seq) }
    }

    /// What was called secure stands in the newest file, rightly signed.
    private func checkSecured(_ number: Int) throws {
        let there = try newest().map { try open(in: $0) } ?? [:]
        let missing = secured.filter { there[$0] == nil }
        #expect(missing == [], "\(plan.after), step \(number)")
    }

    /// As the service does: once the mirror said that it failed, it is to begin anew.
    private func lookAfter() async {
        guard bench.ledger.mirrorProblem != nil else { return }
        #expect(plan.fault.answer != .half, "half a write is no failure")
        while let event = await bench.event() {
            if case .failed = event { break }
        }
        await begin()
    }

    private func begin() async {
        await bench.ledger.beginMirror()
        await bench.mirror.drain(within: .seconds(20))
    }

    /// The trouble is over: the mirror has begun anew and holds what the ledger holds.
    private func checkWhole() async throws {
        #expect(bench.ledger.mirrorProblem == nil, "\(plan.after)")
        let owed = try await bench.ledger.payments(
            PaymentFilter(states: PaymentState.open, limit: 100))
        let states = Dictionary(uniqueKeysWithValues: owed.map { ($0.seq, $0.state) })
        let path = try #require(try newest())
        #expect(try open(in: path) == states, "\(plan.after)")
        await begin()
        let left = try bench.names.filter { !Self.foreign.contains($0) }
        #expect(left.count == 1, "\(plan.after): \(left)")
    }

    private func file(_ name: String) -> URL {
        URL(fileURLWithPath: bench.directory + "/" + name)
    }

    /// The file that an operator would take.
    private func newest() throws -> String? {
        try bench.names.last {
            $0.hasPrefix("K001-") && $0.hasSuffix(".journal") && !Self.foreign.contains($0)
        }.map { bench.directory + "/" + $0 }
    }

    private func open(in path: String) throws -> [String: PaymentState] {
        let payments = try Journal.read(path, key: JournalBench.key).payments
        let open = payments.filter { PaymentState.open.contains($0.state) }
        return Dictionary(uniqueKeysWithValues: open.map { ($0.seq, $0.state) })
    }

    /// A mirror with an open payment that no ledger here knows.
    private static func lostLedgersJournal() throws -> Data {
        var bytes: [UInt8] = []
        var writer = try JournalWriter(
            key: JournalBench.key, header: JournalBench.header(.mirror), head: &bytes)
        var payment = JournalBench.payment(1)
        (payment.seq, payment.order) = ("K0010000000000001", "K0010000000000001")
        return Data(bytes + (try writer.payment(payment, change: 7)))
    }
}
