import Foundation
import GRDB
import TerminalCore
import TerminalTesting
import Testing

@testable import Journal
@testable import Ledger

@Suite("The mirror") struct MirrorTests {
    @Test("an accepted payment stands in it when the tap returns")
    func accepted() async throws {
        let bench = try MirrorBench()
        await bench.ledger.beginMirror()
        for number in 1...5 {
            let payment = try await bench.tap(number)
            var mirrored = payment
            mirrored.id = 0
            // The clocks of one machine mean nothing on another.
            mirrored.createdBootTime = nil
            mirrored.clockWasSynchronised = false
            #expect(try bench.journal().payments.last == mirrored)
        }
    }

    @Test("nobody can read of an approval before the medium had its time")
    func unseen() async throws {
        let bench = try MirrorBench(patience: .milliseconds(300))
        let pending = try await bench.ledger.recordTap(
            Sample.draft(), card: Sample.card(), rules: Sample.tapRules(), now: Sample.start)
        let hang = Hang()
        bench.mirror.begin(hang)
        hang.untilCaught()
        async let update = bench.ledger.update(pending.seq, now: Sample.start) { _ in
            PaymentUpdate(.accepted, offline: true, send: .ended)
        }
        var seen = try await bench.ledger.payment(pending.seq)?.state
        while seen == .pending { seen = try await bench.ledger.payment(pending.seq)?.state }
        #expect(seen == .accepted)
        #expect(bench.ledger.mirrorProblem != nil)
        hang.end()
        _ = try await update
    }

    @Test("it has the mode 0600")
    func mode() async throws {
        let bench = try MirrorBench()
        await bench.ledger.beginMirror()
        _ = try await bench.tap(1)
        #expect(try bench.files.mode(of: "medium/" + (bench.names.last ?? "")) == 0o600)
    }

    @Test("send marks and later changes follow, in the order of the commits")
    func order() async throws {
        let bench = try MirrorBench()
        await bench.ledger.beginMirror()
        let seq = try await bench.tap(1).seq
        _ = try await bench.ledger.markSend(seq, now: Sample.start)
        _ = try await bench.ledger.update(seq, now: Sample.start) { _ in
            PaymentUpdate(send: .ended)
        }
        _ = try await bench.ledger.update(seq, now: Sample.start) { _ in
            PaymentUpdate(.reversing, reason: .cancelled, by: "operator")
        }
        _ = try await bench.ledger.update(seq, now: Sample.start) { _ in PaymentUpdate(.reversed) }
        await bench.mirror.drain(within: .seconds(20))
        let text = try String(
            contentsOfFile: bench.directory + "/" + (try bench.names.last ?? ""), encoding: .utf8)
        let marks = text.matches(of: /"attempts":(\d).*"in_flight":(\w+).*"state":"(\w+)"/)
            .map { "\($0.1) \($0.2) \($0.3)" }
        #expect(
            marks == [
                "0 false accepted", "1 true accepted", "1 false accepted", "1 false reversing",
                "1 false reversed",
            ])
    }

    @Test("payments that are never open are not in it")
    func online() async throws {
        let bench = try MirrorBench()
        await bench.ledger.beginMirror()
        let payment = try await bench.ledger.recordTap(
            Sample.draft(), card: Sample.card(), rules: Sample.tapRules(), now: Sample.start)
        _ = try await bench.ledger.update(payment.seq, now: Sample.start) { _ in
            PaymentUpdate(.settled, send: .answered)
        }
        await bench.mirror.drain(within: .seconds(20))
        #expect(try bench.journal().payments.isEmpty)
    }

    @Test("a new file begins with what is open and takes the place of the old one")
    func rotation() async throws {
        let bench = try MirrorBench(fileMin: 4_000)
        await bench.ledger.beginMirror()
        #expect(await bench.event() == .ready)
        let first = try bench.names
        var open: [String] = []
        for number in 1...8 {
            let seq = try await bench.tap(number).seq
            if number.isMultiple(of: 2) {
                _ = try await bench.ledger.update(seq, now: Sample.start) { _ in
                    PaymentUpdate(.settled)
                }
            } else {
                open.append(seq)
            }
        }
        #expect(await bench.event() == .full)
        await bench.ledger.beginMirror()
        #expect(await bench.event() == .ready)
        #expect(try bench.names.count == 1)
        #expect(try bench.names != first)
        #expect(try bench.journal().payments.map(\.seq) == open)
    }

    @Test("without its medium payments go on, and it says why")
    func missing() async throws {
        let bench = try MirrorBench(missing: true)
        await bench.ledger.beginMirror()
        #expect(try await bench.tap(1).state == .accepted)
        guard case .failed(let problem)? = await bench.event() else {
            Issue.record("no alarm")
            return
        }
        #expect(problem.contains("No such file or directory"))
        #expect(bench.ledger.mirrorProblem == problem)
    }

    @Test("when the medium is back, what was missed is written from the ledger")
    func back() async throws {
        let bench = try MirrorBench(missing: true)
        await bench.ledger.beginMirror()
        let (one, two) = (try await bench.tap(1), try await bench.tap(2))
        _ = await bench.event()
        try MirrorBench.make(bench.directory)
        await bench.ledger.beginMirror()
        #expect(await bench.event() == .ready)
        #expect(bench.ledger.mirrorProblem == nil)
        let three = try await bench.tap(3)
        #expect(try bench.journal().payments.map(\.seq) == [one, two, three].map(\.seq))
    }

    @Test("a required mirror that is away refuses offline payments, before and after")
    func required() async throws {
        let bench = try MirrorBench(required: true, missing: true)
        await bench.ledger.beginMirror()
        let first = try await bench.tap(1)
        #expect(first.state == .refused)
        #expect(first.reason == .storageFailed)
        let second = try await bench.tap(2)
        #expect(second.state == .refused)
        #expect(second.reason == .storageFailed)
        try MirrorBench.make(bench.directory)
        await bench.ledger.beginMirror()
        await bench.mirror.drain(within: .seconds(20))
        #expect(try await bench.tap(3).state == .accepted)
    }

    @Test("a medium that hangs makes one payer wait for a moment, and nobody after")
    func hanging() async throws {
        let bench = try MirrorBench(patience: .milliseconds(50))
        let hang = Hang()
        bench.mirror.begin(hang)
        hang.untilCaught()
        let (one, two) = (try await bench.tap(1), try await bench.tap(2))
        #expect([one, two].map(\.state) == [.accepted, .accepted])
        #expect(bench.ledger.mirrorProblem?.contains("did not answer") == true)
        #expect(await bench.event() == .slow)
        hang.end()
        #expect(await bench.event() == .ready)
        #expect(bench.ledger.mirrorProblem == nil)
        #expect(try bench.journal().payments.map(\.seq) == [one, two].map(\.seq))
    }

    @Test("what a hanging medium cannot keep in memory is written anew when it answers")
    func overflow() async throws {
        let bench = try MirrorBench(patience: .zero)
        let hang = Hang()
        bench.mirror.begin(hang)
        hang.untilCaught()
        let payment = try await bench.tap(1)
        for _ in 0..<MirrorQueue.itemsMax { bench.mirror.note(payment, change: nil) }
        hang.end()
        await bench.mirror.drain(within: .seconds(20))
        #expect(bench.ledger.mirrorProblem != nil)
        await bench.ledger.beginMirror()
        await bench.mirror.drain(within: .seconds(20))
        #expect(bench.ledger.mirrorProblem == nil)
        #expect(try bench.journal().payments.map(\.seq) == [payment.seq])
    }

    @Test("a medium that hangs within a beginning does not hold the ledger's log")
    func log() async throws {
        let gate = Gate()
        let calls = PlannedCalls { call in
            if call == .write { gate.pass() }
            return .honest
        }
        let bench = try MirrorBench(patience: .milliseconds(50), calls: calls)
        defer { gate.open() }
        var seqs = [try await bench.tap(1).seq]
        await bench.ledger.beginMirror()
        gate.untilCaught()
        for number in 2...9 { seqs.append(try await bench.tap(number).seq) }
        let pool = await bench.ledger.pool
        // It would be busy with a reader in the way.
        try await pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
        let log = URL(fileURLWithPath: bench.files.path + "-wal")
        #expect(try Data(contentsOf: log).isEmpty)
        gate.open()
        await bench.mirror.drain(within: .seconds(20))
        #expect(try bench.journal().payments.map(\.seq) == seqs)
    }

    @Test("a beginning of more than one page holds every open payment, oldest first")
    func pages() async throws {
        let bench = try MirrorBench()
        var seqs: [String] = []
        for number in 1...300 { seqs.append(try await bench.tap(number).seq) }
        await bench.ledger.beginMirror()
        await bench.mirror.drain(within: .seconds(20))
        #expect(try bench.journal().payments.map(\.seq) == seqs)
    }

    @Test("a required mirror that fails under a payment has it withdrawn before anybody is told")
    func withdrawn() async throws {
        let bench = try MirrorBench(required: true, patience: .milliseconds(50))
        let pending = try await bench.ledger.recordTap(
            Sample.draft(), card: Sample.card(), rules: Sample.tapRules(), now: Sample.start)
        let changes = bench.ledger.changes()
        let hang = Hang()
        bench.mirror.begin(hang)
        hang.untilCaught()
        defer { hang.end() }
        let payment = try await bench.ledger.update(pending.seq, now: Sample.start) { _ in
            PaymentUpdate(.accepted, offline: true, send: .ended)
        }
        #expect(payment.state == .reversing)
        #expect(payment.reason == .storageFailed)
        for await change in changes {
            #expect(change.payment == payment)
            break
        }
        let history = try await bench.ledger.history(pending.seq)
        #expect(history.map(\.to) == [.awaitingCard, .pending, .reversing])
    }

    @Test("an approval that reaches a slow medium too late has its refusal behind it")
    func late() async throws {
        let bench = try MirrorBench(required: true, patience: .milliseconds(50))
        let hang = Hang()
        bench.mirror.begin(hang)
        hang.untilCaught()
        let payment = try await bench.tap(1)
        #expect(payment.state == .refused)
        hang.end()
        await bench.mirror.drain(within: .seconds(20))
        #expect(try bench.states() == [payment.seq: .refused])
        let text = try String(
            contentsOfFile: bench.directory + "/" + (try bench.names.last ?? ""), encoding: .utf8)
        let states = text.matches(of: /"state":"(\w+)"/).map { String($0.1) }
        #expect(states == ["accepted", "refused"])
    }

    @Test("a lost ledger's mirror is kept until somebody replays it")
    func foreign() async throws {
        let bench = try MirrorBench()
        await bench.ledger.beginMirror()
        let lost = try await bench.tap(1)
        let name = try bench.names[0]
        let files = try TemporaryLedger()
        try FileManager.default.copyItem(
            atPath: bench.directory, toPath: files.directory + "/medium")
        let second = try MirrorBench(files: files)
        await second.ledger.beginMirror()
        #expect(await second.event() == .foreign(path: second.directory + "/" + name))
        #expect(await second.event() == .ready)
        #expect(try second.names.count == 2)
        let kept = try Journal.read(second.directory + "/" + name, key: JournalBench.key)
        #expect(kept.payments.map(\.seq) == [lost.seq])
    }

    @Test("a restart replaces the file by one with the same open payments")
    func restart() async throws {
        let files = try TemporaryLedger()
        var seqs: [String] = []
        for number in 1...3 {
            let bench = try MirrorBench(files: files)
            await bench.ledger.beginMirror()
            seqs.append(try await bench.tap(number).seq)
            #expect(try bench.journal().payments.map(\.seq) == seqs)
            #expect(try bench.names.count == 1)
        }
    }
}
