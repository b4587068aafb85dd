import Foundation
import TerminalTesting
import Testing

@testable import Ledger

/// One operation of the disk fails, or all from it on; then the disk works again.
///
/// Quick by default: every few operations. `SOAK=n` fails each one.
@Suite("A failing disk costs a refusal, never a payment", .timeLimit(.minutes(30)))
struct FaultTests {
    /// How the disk fails.
    struct Fault: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var kinds: DiskUnderTest.Kinds
        var lasting: Bool
        var full: Bool
    }

    static let faults = [
        Fault(testDescription: "EIO once", kinds: .all, lasting: false, full: false),
        Fault(testDescription: "EIO from then on", kinds: .all, lasting: true, full: false),
        Fault(testDescription: "syncs fail from then on", kinds: .sync, lasting: true, full: false),
        Fault(testDescription: "ENOSPC once", kinds: .growing, lasting: false, full: true),
        Fault(testDescription: "ENOSPC from then on", kinds: .growing, lasting: true, full: true),
    ]
    static let isSoak = ProcessInfo.processInfo.environment["SOAK"] != nil
    static let callsPerDay = 25

    /// One of so many operations fails; there are few syncs.
    static func stride(_ fault: Fault) -> Int { isSoak || fault.kinds == .sync ? 1 : 11 }

    @Test("each operation of a day fails in its turn", arguments: faults)
    func everyOperation(fault: Fault) async throws {
        var (after, points) = (0, 0)
        while try await FaultyDay(fault: fault, after: after, calls: Self.callsPerDay).live() {
            points += 1
            after += Self.stride(fault)
        }
        #expect(points > 5)
        print("disk faults: \(fault.testDescription): \(points) points")
    }

    @Test("each operation of a start fails in its turn", arguments: faults)
    func everyOperationOfAStart(fault: Fault) async throws {
        let files = try TemporaryLedger()
        var till = Till(ledger: try files.open(), seed: 7)
        for _ in 0..<Self.callsPerDay {
            let call = try await till.nextCall()
            till.announce(call)
            try await till.make(call)
        }
        var (after, points) = (0, 0)
        while try await Self.start(files.copy(), fault, after, till) {
            points += 1
            after += Self.stride(fault)
        }
        #expect(points > 1)
        print("disk faults in a start: \(fault.testDescription): \(points) points")
    }

    /// Starts on `files` with the fault, then without; false when the fault never came.
    private static func start(
        _ files: TemporaryLedger, _ fault: Fault, _ after: Int, _ till: Till
    ) async throws -> Bool {
        let disk = DiskUnderTest(files.directory)
        disk.fail(fault.kinds, after: after, lasting: fault.lasting, full: fault.full)
        do throws(LedgerError) {
            let ledger = try files.open()
            _ = try await ledger.recover(now: Sample.start)
        } catch {
            #expect(error.trouble != nil, "\(after): \(error)")
        }
        disk.mend()
        let ledger = try files.open()
        _ = try await ledger.recover(now: Sample.start)
        #expect(try await till.promises.broken(in: ledger) == [], "\(after)")
        return disk.failures > 0
    }
}

/// A day with one fault in it, lived on after the disk was mended.
struct FaultyDay {
    let fault: FaultTests.Fault
    /// How many operations succeed before the fault.
    let after: Int
    let calls: Int

    /// False when the fault never came: the day has fewer operations.
    func live() async throws -> Bool {
        let files = try TemporaryLedger()
        let disk = DiskUnderTest(files.directory)
        let ledger = try files.open()
        try await ledger.checkpointOften(pages: 12)
        var till = Till(ledger: ledger, seed: 7)
        disk.fail(fault.kinds, after: after, lasting: fault.lasting, full: fault.full)
        for _ in 0..<calls {
            let before = try await disk.spared { try await ledger.content() }
            let call = try await disk.spared { try await till.nextCall() }
            till.announce(call)
            do throws(LedgerError) {
                try await till.make(call)
            } catch {
                disk.mend()
                try await check(error, files, ledger, before)
                try await till.make(call)
            }
        }
        disk.mend()
        await ledger.probe()
        #expect(ledger.health == .fine, "\(after)")
        #expect(try await till.promises.broken(in: ledger) == [], "\(after)")
        return disk.failures > 0
    }

    /// A failed call says why, nothing of it is to be seen, and a killed agent does not find it.
    private func check(
        _ error: LedgerError, _ files: TemporaryLedger, _ ledger: Ledger, _ before: String
    ) async throws {
        #expect(error.trouble != nil, "\(after): \(error)")
        let killed = try files.copy()
        #expect(try await ledger.content() == before, "\(after): half done")
        // A disk that syncs nothing and then takes no write either cannot be overwritten.
        if fault.kinds == .all, fault.lasting { return }
        let restarted = try await killed.open().content()
        #expect(restarted == before, "\(after): a killed agent would go by what was refused")
    }
}
