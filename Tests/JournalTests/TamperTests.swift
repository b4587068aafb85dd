import Foundation
import Journal
import TerminalTesting
import Testing

/// Lines are counted from 1, the head; three payments are lines 2 to 4, the end is line 5.
@Suite("A journal that was tampered with") struct TamperTests {
    /// What somebody does to the lines, and what is said about it.
    struct Tamper: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var error: JournalError
        var change: @Sendable (inout [String]) -> Void

        init(
            _ name: String, _ error: JournalError,
            _ change: @escaping @Sendable (inout [String]) -> Void
        ) {
            (testDescription, self.error, self.change) = (name, error, change)
        }
    }

    static let tampers = [
        Tamper("an amount is edited", .altered(line: 3)) {
            $0[2].replace("\"amount\":1500", with: "\"amount\":1501")
        },
        Tamper("a state is edited", .altered(line: 2)) {
            $0[1].replace("accepted", with: "settled")
        },
        Tamper("a signature is edited", .altered(line: 4)) {
            let end = $0[3].index($0[3].endIndex, offsetBy: -4)
            $0[3].replaceSubrange(end...end, with: $0[3][end] == "0" ? "1" : "0")
        },
        Tamper("a line is removed", .altered(line: 3)) { $0.remove(at: 2) },
        Tamper("two lines are exchanged", .altered(line: 2)) { $0.swapAt(1, 2) },
        Tamper("a line is repeated", .altered(line: 3)) { $0.insert($0[1], at: 2) },
        Tamper("the last payment is removed", .altered(line: 4)) { $0.remove(at: 3) },
        Tamper("the head is edited", .wrongKey) { $0[0].replace("K001", with: "K002") },
        Tamper("the head is removed", .wrongKey) { $0.removeFirst() },
        Tamper("the end is removed", .unfinished(lines: 4)) { $0.removeLast() },
        Tamper("the tail is cut off in a line", .damaged(line: 4)) {
            $0 = Array($0[..<3]) + [String($0[3].prefix(100))]
        },
        Tamper("the last line feed is missing", .damaged(line: 5)) { $0[4].removeLast() },
        Tamper("something follows the end", .altered(line: 6)) { $0.append($0[4]) },
        Tamper("a line is overwritten", .damaged(line: 3)) { $0[2] = "\0\0\0\n" },
        Tamper("the file is empty", .notAJournal) { $0 = [] },
        Tamper("it is another file", .notAJournal) { $0 = ["ledger:\n", "  path: x\n"] },
    ]

    @Test("an export is refused as a whole, and the line is named", arguments: tampers)
    func export(tamper: Tamper) throws {
        var lines = try JournalBench.lines(3)
        #expect(try JournalBench.read(lines.joined()).payments.count == 3)
        tamper.change(&lines)
        #expect(throws: tamper.error) { try JournalBench.read(lines.joined()) }
    }

    @Test("every single flipped bit is found", arguments: 0..<8)
    func bits(bit: Int) throws {
        let bytes = Array(try JournalBench.lines(2).joined().utf8)
        var random = SeededGenerator(seed: UInt64(bit))
        for _ in 0..<200 {
            var changed = bytes
            changed[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << bit
            let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            try Data(changed).write(to: path)
            defer { try? FileManager.default.removeItem(at: path) }
            #expect(throws: JournalError.self) {
                try Journal.read(path.path, key: JournalBench.key)
            }
        }
    }

    @Test("another key is said to be one")
    func wrongKey() throws {
        let text = try JournalBench.lines(1).joined()
        #expect(throws: JournalError.wrongKey) {
            try JournalBench.read(text, key: JournalKey(clientSecret: "another"))
        }
    }

    @Test("a mirror may break off anywhere after its head, and what stands before counts")
    func torn() throws {
        let lines = try JournalBench.lines(3, kind: .mirror)
        let text = lines.joined()
        for size in lines[0].utf8.count...text.utf8.count {
            let cut = String(decoding: text.utf8.prefix(size), as: UTF8.self)
            let journal = try JournalBench.read(cut)
            let whole = cut.split(separator: "\n", omittingEmptySubsequences: false).count - 2
            #expect(journal.payments.count == whole)
            #expect(journal.tornLine == (cut.hasSuffix("\n") ? nil : whole + 2))
        }
    }

    @Test("a mirror with zeros at its end is torn, with zeros in its middle it is damaged")
    func zeros() throws {
        var lines = try JournalBench.lines(3, kind: .mirror)
        #expect(try JournalBench.read(lines.joined() + "\0\0\n\0\0").tornLine == 5)
        lines[2] = "\0\0\0\n"
        #expect(throws: JournalError.damaged(line: 3)) { try JournalBench.read(lines.joined()) }
    }

    @Test("a mirror with an edited last line is not taken for a torn one")
    func editedTail() throws {
        var lines = try JournalBench.lines(3, kind: .mirror)
        lines[3].replace("1500", with: "1501")
        #expect(throws: JournalError.altered(line: 4)) { try JournalBench.read(lines.joined()) }
    }
}
