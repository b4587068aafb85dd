import Foundation
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("Setting a ledger aside loses nothing, wherever the power is cut")
struct SetAsideTests {
    /// The highest order number of ``damaged()``; it stands in the log only.
    private static let mark = Sample.start.milliseconds + 21

    /// A ledger that cannot be read any more, with its newest payments in its log only.
    private func damaged() async throws -> TemporaryLedger {
        let files = try TemporaryLedger()
        let ledger = try files.open()
        for number in 1...22 {
            if number == 21 { try await ledger.checkpoint(hard: true) }
            _ = try await ledger.recordTap(
                Sample.draft(100), card: Sample.card(number), rules: Sample.tapRules(up: false),
                now: Sample.start)
        }
        let copy = try files.copy()
        try copy.place([UInt8](repeating: 0xA5, count: bytes(copy.path).count))
        withExtendedLifetime(ledger) {}
        return copy
    }

    private func bytes(_ path: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: path))
    }

    private func name(_ files: TemporaryLedger) -> String { "\(files.path).corrupt-1767614400" }

    private func settings(
        _ files: TemporaryLedger, _ calls: any DirectoryCalls = SystemDirectoryCalls()
    ) -> LedgerSettings {
        var settings = Sample.settings(files.path)
        settings.clock = ManualClock()
        settings.directoryCalls = calls
        return settings
    }

    /// The notes of what is to be done.
    private func notes(_ files: TemporaryLedger) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: files.directory).filter {
            $0.hasPrefix("ledger.sqlite.set-aside")
        }
    }

    @Test(
        "cut before each call, with each of what was not synced lost or kept, it is finished",
        arguments: [false, true])
    func cut(byTheNextStart: Bool) async throws {
        let source = try await damaged()
        var (count, isDone, points) = (0, false, 0)
        while !isDone {
            var (bits, end) = (0, 1)
            while bits < end {
                let files = try source.copy()
                let calls = CutCalls(after: count)
                let done = try? Ledger.setAside(settings(files, calls), now: Sample.start)
                (isDone, end, points) = (done != nil, 1 << calls.unsynced, points + 1)
                try calls.takeBack(bits)
                try finish(files, byTheNextStart: byTheNextStart)
                try await check(files, against: source, "cut \(count), lost \(bits)")
                bits += 1
            }
            count += 1
        }
        #expect(count > 10)
        #expect(points > 20)
    }

    /// The command again, unless a start will do what is left.
    private func finish(_ files: TemporaryLedger, byTheNextStart: Bool) throws {
        let isBegun = try notes(files).contains { !$0.hasSuffix(".part") }
        let isOver = !isBegun && FileManager.default.fileExists(atPath: name(files))
        if isOver || isBegun && byTheNextStart { return }
        #expect(try Ledger.setAside(settings(files), now: Sample.start) == name(files))
    }

    private func check(
        _ files: TemporaryLedger, against source: TemporaryLedger, _ place: String
    ) async throws {
        let ledger = try Ledger(settings(files))
        #expect(try await ledger.everyPayment().isEmpty, "\(place)")
        #expect(try await ledger.sequenceMark() == Self.mark, "\(place)")
        for end in ["", "-wal"] {
            let (old, new) = (try bytes(source.path + end), try bytes(name(files) + end))
            #expect(old == new, "\(place)\(end)")
        }
        #expect(try notes(files).isEmpty, "\(place)")
    }

    @Test("order numbers that only the mirror knows are not given out again")
    func mirror() async throws {
        let files = try await damaged()
        let medium = files.directory + "/medium"
        #expect(throws: LedgerError.mirrorMissing(medium)) {
            try Ledger.setAside(settings(files), mirror: medium, now: Sample.start)
        }
        #expect(try notes(files).isEmpty)
        try FileManager.default.createDirectory(
            atPath: medium, withIntermediateDirectories: false)
        for (file, seq) in [
            ("K001-1.journal", "K0011767614400999"), ("K001-2.journal", "K0011767614400500"),
            ("K002-1.journal", "K0011767614409999"),
        ] {
            let line = Data("{\"kind\":\"payment\",\"seq\":\"\(seq)\"".utf8)
            try line.write(to: URL(fileURLWithPath: "\(medium)/\(file)"))
        }
        _ = try Ledger.setAside(settings(files), mirror: medium, now: Sample.start)
        let ledger = try Ledger(settings(files))
        let opened = try await ledger.open(
            Sample.draft(), now: Sample.start + .seconds(-3_600))
        guard case .created(let payment) = opened else {
            Issue.record("\(opened)")
            return
        }
        #expect(payment.seq == "K0011767614401000")
    }

    @Test("an older ledger that was set aside in the same second is not replaced")
    func older() async throws {
        let files = try await damaged()
        try Data("older".utf8).write(to: URL(fileURLWithPath: name(files)))
        let new = try Ledger.setAside(settings(files), now: Sample.start)
        #expect(new == "\(files.path).corrupt-1767614401")
        #expect(try bytes(name(files)) == Data("older".utf8))
    }

    @Test("a note that nobody can read stops the start, and names the file")
    func unreadableNote() throws {
        let files = try TemporaryLedger()
        let note = files.path + ".set-aside"
        try Data("{".utf8).write(to: URL(fileURLWithPath: note))
        let error = #expect(throws: LedgerError.self) { _ = try Ledger(settings(files)) }
        #expect(error?.description.contains(note) == true)
    }

    @Test(
        "an order number is found wherever it stands in a damaged file",
        arguments: [0, 7, (1 << 20) - 16, (1 << 20) - 1, 1 << 20, (2 << 20) - 9, 3 << 20])
    func scan(offset: Int) throws {
        let files = try TemporaryLedger()
        var content = [UInt8](repeating: UInt8(ascii: "K"), count: offset)
        content += Array("K0011767614400123K0019999999999999K0011767614400122K00217676144".utf8)
        try files.place(content)
        let numbers = OrderNumbers(of: Sample.terminal)
        #expect(try numbers.highest(ofLedger: files.path) == 1_767_614_400_123)
        try files.place(Array(repeating: UInt8(ascii: "K"), count: offset))
        #expect(try numbers.highest(ofLedger: files.path) == nil)
    }
}
