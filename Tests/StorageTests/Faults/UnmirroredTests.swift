import Synchronization
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("An approval that a required mirror may not hold never stands")
struct UnmirroredTests {
    /// How a payer comes to an offline "yes".
    enum Approval: CaseIterable {
        case atTheDeadline, ofAWaitingPayment, ofATap

        /// The payments of the ledger when nothing could be written.
        var before: [PaymentState] {
            switch self {
            case .atTheDeadline: [.pending]
            case .ofAWaitingPayment: [.awaitingCard]
            case .ofATap: [.awaitingCard]
            }
        }

        /// What the next start makes of them.
        var recovered: [PaymentState] {
            switch self {
            case .atTheDeadline: [.reversing]
            case .ofAWaitingPayment, .ofATap: [.cancelled]
            }
        }
    }

    @Test(
        "when the disk is full in that moment too, the caller is told and the payment is as it was",
        arguments: Approval.allCases, [false, true])
    func both(approval: Approval, isKept: Bool) async throws {
        let files = try TemporaryLedger()
        let disk = DiskUnderTest(files.directory)
        let mirror = ScriptedMirror(isKept: isKept) {
            disk.fail(.growing, after: 0, lasting: true, full: true)
        }
        let ledger = try open(files, mirror)
        let seq = try await prepare(approval, ledger)
        let error = await #expect(throws: LedgerError.self) {
            try await approve(approval, seq, ledger)
        }
        #expect(error?.trouble == .full)
        let killed = try files.copy()
        disk.mend()
        #expect(try await ledger.everyPayment().map(\.state) == approval.before)
        #expect(mirror.states.contains(.accepted) == isKept)
        #expect(mirror.states.last == approval.before.first ?? .awaitingCard)
        let restarted = try killed.open()
        _ = try await restarted.recover(now: Sample.start)
        #expect(try await restarted.everyPayment().map(\.state) == approval.recovered)
    }

    @Test("when only the mirror fails, one line says refused, and its reference is free")
    func mirrorAlone() async throws {
        let files = try TemporaryLedger()
        let mirror = ScriptedMirror(isKept: false) {}
        let ledger = try open(files, mirror)
        let draft = Sample.draft(reference: "bill 7")
        guard case .created(let waiting) = try await ledger.open(draft, now: Sample.start) else {
            Issue.record("not created")
            return
        }
        let before = try await ledger.newestChange()
        var published = ledger.changes().makeAsyncIterator()
        try await approve(.ofAWaitingPayment, waiting.seq, ledger)
        let payment = try #require(try await ledger.payment(waiting.seq))
        #expect(payment.state == .refused)
        #expect(payment.reason == .storageFailed)
        #expect(payment.decision == .refuse(.storageFailed))
        #expect(!payment.offline)
        let news = await published.next()
        #expect(news?.payment.state == .refused)
        let lines = try #require(try await ledger.changes(after: before, limit: 10))
        #expect(lines.map(\.to) == [.refused])
        #expect(lines.first?.from == .awaitingCard)
        #expect(lines.first?.id == news?.id)
        #expect(mirror.states == [.refused])
        let again = try await ledger.open(draft, now: Sample.start)
        guard case .created(let second) = again else {
            Issue.record("\(again)")
            return
        }
        #expect(second.seq != payment.seq)
    }

    @Test("in fixed mode, too, nothing is approved and nothing is to be undone")
    func fixed() async throws {
        let files = try TemporaryLedger()
        let mirror = ScriptedMirror(isKept: false) {}
        let ledger = try open(files, mirror)
        try await approve(.ofATap, "", ledger)
        let payment = try #require(try await ledger.everyPayment().first)
        #expect(payment.state == .refused)
        #expect(payment.reason == .storageFailed)
        let history = try await ledger.history(payment.seq)
        #expect(history.map(\.to) == [.awaitingCard, .refused])
        #expect(mirror.states == [.refused])
    }

    @Test(
        "at the deadline it is a no, and only what may have been charged is to be undone",
        arguments: [SendNote.ended, .neverLeft])
    func deadline(send: SendNote) async throws {
        let files = try TemporaryLedger()
        let mirror = ScriptedMirror(isKept: false) {}
        let ledger = try open(files, mirror)
        let seq = try await prepare(.atTheDeadline, ledger)
        let payment = try await ledger.update(seq, now: Sample.start) { _ in
            PaymentUpdate(.accepted, offline: true, send: send)
        }
        let end: PaymentState = send == .ended ? .reversing : .refused
        #expect(payment.state == end)
        #expect(payment.reason == .storageFailed)
        #expect(!payment.offline)
        let history = try await ledger.history(seq)
        #expect(history.map(\.to) == [.awaitingCard, .pending, end])
        #expect(mirror.states == [end])
    }

    @Test("a tap of fixed mode that could not be written is closed as soon as the disk works")
    func abandoned() async throws {
        let files = try TemporaryLedger()
        let disk = DiskUnderTest(files.directory)
        let mirror = ScriptedMirror(isKept: true) {
            disk.fail(.growing, after: 0, lasting: true, full: true)
        }
        let ledger = try open(files, mirror)
        await #expect(throws: LedgerError.self) { try await approve(.ofATap, "", ledger) }
        await #expect(throws: LedgerError.self) {
            try await ledger.closeAbandoned(now: Sample.start)
        }
        disk.mend()
        try await ledger.closeAbandoned(now: Sample.start)
        let payment = try #require(try await ledger.everyPayment().first)
        #expect(payment.state == .cancelled)
        #expect(payment.reason == .storageFailed)
        let lines = try await ledger.newestChange()
        try await ledger.closeAbandoned(now: Sample.start)
        #expect(try await ledger.newestChange() == lines)
    }

    private func open(
        _ files: TemporaryLedger, _ mirror: ScriptedMirror
    ) throws(LedgerError) -> Ledger {
        var settings = Sample.settings(files.path)
        settings.clock = ManualClock()
        settings.mirror = mirror
        return try Ledger(settings)
    }

    /// The payment that is there before; its number.
    private func prepare(_ approval: Approval, _ ledger: Ledger) async throws -> String {
        switch approval {
        case .atTheDeadline:
            return try await ledger.recordTap(
                Sample.draft(), card: Sample.card(), rules: Sample.tapRules(), now: Sample.start
            ).seq
        case .ofAWaitingPayment:
            let opened = try await ledger.open(Sample.draft(), now: Sample.start)
            guard case .created(let payment) = opened else { return "" }
            return payment.seq
        case .ofATap: return ""
        }
    }

    private func approve(_ approval: Approval, _ seq: String, _ ledger: Ledger) async throws {
        let rules = Sample.tapRules(up: false)
        switch approval {
        case .atTheDeadline:
            _ = try await ledger.update(seq, now: Sample.start) { _ in
                PaymentUpdate(.accepted, offline: true, send: .ended)
            }
        case .ofAWaitingPayment:
            _ = try await ledger.recordTap(
                seq, card: Sample.card(), rules: rules, now: Sample.start)
        case .ofATap:
            _ = try await ledger.recordTap(
                Sample.draft(), card: Sample.card(), rules: rules, now: Sample.start)
        }
    }
}

/// A required mirror that keeps every approval or none, and tells when it is asked to.
final class ScriptedMirror: PaymentMirror {
    let isRequired = true
    let refusesOffline = false
    let problem: String? = nil
    private let isKept: Bool
    private let asked: @Sendable () -> Void
    private let lines = Mutex<[PaymentState]>([])

    init(isKept: Bool, asked: @escaping @Sendable () -> Void) {
        (self.isKept, self.asked) = (isKept, asked)
    }

    /// What was written, in order.
    var states: [PaymentState] { lines.withLock { $0 } }

    func note(_ payment: Payment, change: Int64?) { lines.withLock { $0.append(payment.state) } }

    func secure(_ payment: Payment, change: Int64?) -> Bool {
        asked()
        if isKept { note(payment, change: change) }
        return isKept
    }

    func begin(_ open: any OpenPayments) {}
}
