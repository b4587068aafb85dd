import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("The reserve lets a full disk finish what is in flight", .timeLimit(.minutes(2)))
struct ReserveTests {
    private func reserve(_ files: TemporaryLedger) -> ReserveFile {
        ReserveFile(path: files.path + ".reserve")
    }

    @Test("it takes its room with the first opening and keeps it over restarts")
    func made() throws {
        let files = try TemporaryLedger()
        for _ in 0..<2 {
            let ledger = try files.open()
            #expect(ledger.health == .fine)
            #expect(reserve(files).isThere)
            #expect(try files.mode(of: "ledger.sqlite.reserve") == 0o600)
        }
        reserve(files).release()
        #expect(!reserve(files).isThere)
        #expect(reserve(files).make() == nil)
        #expect(reserve(files).isThere)
    }

    @Test("what cannot be allocated says why")
    func notMade() {
        let lost = ReserveFile(path: "/nonexistent/x.reserve")
        #expect(lost.make() != nil)
        #expect(!lost.isThere && !lost.hasRoom)
    }

    @Test("a full disk: new payments are refused, a begun one ends, room brings all back")
    func inFlight() async throws {
        let files = try TemporaryLedger()
        let disk = DiskUnderTest(files.directory)
        let ledger = try files.open()
        let begun = try await ledger.recordTap(
            Sample.draft(), card: Sample.card(), rules: Sample.tapRules(), now: Sample.start)
        disk.fail(.growing, after: 0, lasting: true, full: true)
        let refused = await #expect(throws: LedgerError.self) {
            _ = try await ledger.open(Sample.draft(), now: Sample.start)
        }
        #expect(refused?.trouble == .full)
        #expect(reserve(files).isThere, "the reserve is not for new payments")
        disk.fail(.growing, after: 0, lasting: false, full: true)
        let settled = try await ledger.update(begun.seq, now: Sample.start) { _ in
            PaymentUpdate(.settled, send: .answered)
        }
        #expect(settled.state == .settled)
        #expect(!reserve(files).isThere, "its room went to what was in flight")
        #expect(ledger.health.trouble == .full, "full until the reserve is whole again")
        disk.mend()
        _ = try await ledger.open(Sample.draft(), now: Sample.start)
        #expect(reserve(files).isThere)
        #expect(ledger.health == .fine)
    }

    @Test("each change of health is told, once")
    func told() async throws {
        let files = try TemporaryLedger()
        let disk = DiskUnderTest(files.directory)
        let ledger = try files.open()
        var changes = ledger.healthChanges().makeAsyncIterator()
        disk.fail(.all, after: 0, lasting: true, full: false)
        for _ in 0..<2 {
            await #expect(throws: LedgerError.self) {
                _ = try await ledger.open(Sample.draft(), now: Sample.start)
            }
        }
        #expect(await changes.next()?.trouble == .failing)
        disk.mend()
        #expect(await ledger.probe() == .fine)
        #expect(await changes.next() == .fine)
    }
}
