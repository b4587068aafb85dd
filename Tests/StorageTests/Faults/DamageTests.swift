import Foundation
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("A damaged ledger is neither used nor deleted")
struct DamageTests {
    /// A closed ledger with payments in it.
    private func filled() async throws -> TemporaryLedger {
        let files = try TemporaryLedger()
        let ledger = try files.open()
        for card in 1...60 {
            _ = try await ledger.recordTap(
                Sample.draft(100), card: Sample.card(card), rules: Sample.tapRules(up: false),
                now: Sample.start)
        }
        return files
    }

    private func bytes(_ path: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: path))
    }

    /// How many pages a ledger without payments has: its schema and the roots of its tables.
    private func schemaPages() throws -> Int {
        let files = try TemporaryLedger()
        do { _ = try files.open() }
        return try bytes(files.path).count / 4_096
    }

    /// Overwrites all pages but the first `intact`.
    private func damage(_ files: TemporaryLedger, intact: Int) throws {
        var data = try bytes(files.path)
        for index in (intact * 4_096)..<data.count { data[index] = 0xA5 }
        try files.place(Array(data))
    }

    private func setAside(_ files: TemporaryLedger) async throws -> String {
        try Ledger.setAside(Sample.settings(files.path), now: Sample.start)
    }

    @Test("damage that is met at run time stops new payments at once, and stays known")
    func atRunTime() async throws {
        let files = try await filled()
        try damage(files, intact: try schemaPages())
        let ledger = try files.open()
        let error = await #expect(throws: LedgerError.self) {
            for card in 1...60 {
                _ = try await ledger.recordTap(
                    Sample.draft(), card: Sample.card(card), rules: Sample.tapRules(),
                    now: Sample.start)
            }
        }
        #expect(error?.trouble == .corrupt)
        #expect(ledger.health.trouble == .corrupt)
        #expect(await ledger.probe().trouble == .corrupt)
        await #expect(throws: LedgerError.self) {
            _ = try await ledger.open(Sample.draft(), now: Sample.start)
        }
    }

    @Test("a start on a damaged file is refused and changes nothing")
    func start() async throws {
        let files = try await filled()
        try damage(files, intact: 0)
        let before = try bytes(files.path)
        let error = #expect(throws: LedgerError.self) { _ = try files.open() }
        #expect(error?.trouble == .corrupt)
        #expect(error?.description.contains(files.path) == true)
        #expect(try bytes(files.path) == before)
    }

    @Test("set aside, it keeps its bytes under a new name, and the terminal works again")
    func putAway() async throws {
        let files = try await filled()
        try damage(files, intact: 0)
        let before = try bytes(files.path)
        let name = try await setAside(files)
        #expect(name == "\(files.path).corrupt-1767614400")
        #expect(try bytes(name) == before)
        let ledger = try files.open()
        _ = try await ledger.open(Sample.draft(), now: Sample.start)
    }

    @Test("the new ledger goes on above the old order numbers when they can be read")
    func sequence() async throws {
        let files = try await filled()
        let mark = try await files.open().sequenceMark()
        try damage(files, intact: try schemaPages())
        _ = try await setAside(files)
        #expect(try await files.open().sequenceMark() == mark)
    }

    @Test("a whole ledger, and one in use, stay where they are")
    func refused() async throws {
        let files = try await filled()
        await #expect(throws: LedgerError.whole(files.path)) { _ = try await setAside(files) }
        let ledger = try files.open()
        await #expect(throws: LedgerError.locked(files.path + ".lock")) {
            _ = try await setAside(files)
        }
        #expect(try await ledger.everyPayment().count == 60)
    }
}
