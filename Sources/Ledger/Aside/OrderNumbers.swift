internal import FoundationEssentials
internal import Glibc
internal import TerminalCore

/// Finds the highest order number of a terminal in the bytes of files, whatever is left of them.
///
/// Ledgers and journals hold each number as plain text. Something else that looks like one only has
/// the new numbers begin higher.
struct OrderNumbers {
    private static let chunkBytes = 1 << 20
    private static let digits = 13

    private let terminal: [UInt8]

    init(of sequence: SeqGenerator) { terminal = Array(sequence.terminal.utf8) }

    /// Nil when there is none, in the ledger and in its log.
    func highest(ofLedger path: String) throws(LedgerError) -> Int64? {
        let log = access(path + "-wal", F_OK) == 0 ? try highest(in: path + "-wal") : nil
        return Self.higher(try highest(in: path), log)
    }

    /// The same in the journals of this terminal in a directory.
    func highest(ofMirror directory: String) throws(LedgerError) -> Int64? {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            throw .mirrorMissing(directory)
        }
        let prefix = String(decoding: terminal, as: UTF8.self) + "-"
        var mark: Int64?
        for name in names where name.hasPrefix(prefix) {
            mark = Self.higher(mark, try highest(in: "\(directory)/\(name)"))
        }
        return mark
    }

    private func highest(in path: String) throws(LedgerError) -> Int64? {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw LedgerError(errno: errno, path) }
        defer { close(file) }
        var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
        var (mark, kept): (Int64?, Int) = (nil, 0)
        while true {
            let count = chunk.withUnsafeMutableBytes { bytes in
                let free = UnsafeMutableRawBufferPointer(rebasing: bytes[kept...])
                return read(file, free.baseAddress, free.count)
            }
            guard count >= 0 else { throw LedgerError(errno: errno, path) }
            if count == 0 { return mark }
            let end = kept + count
            mark = Self.higher(mark, highest(of: chunk[..<end]))
            // A number may lie across the end.
            kept = min(end, terminal.count + Self.digits - 1)
            chunk.replaceSubrange(..<kept, with: Array(chunk[(end - kept)..<end]))
        }
    }

    private func highest(of bytes: ArraySlice<UInt8>) -> Int64? {
        bytes.withUnsafeBufferPointer { bytes in
            var mark: Int64?
            let last = bytes.count - terminal.count - Self.digits
            for start in 0..<max(0, last + 1) where bytes[start] == terminal[0] {
                mark = Self.higher(mark, number(at: start, bytes))
            }
            return mark
        }
    }

    /// A number that no clock gives is none.
    private func number(at start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        for index in terminal.indices where bytes[start + index] != terminal[index] { return nil }
        var number: Int64 = 0
        for index in 0..<Self.digits {
            let digit = bytes[start + terminal.count + index]
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return number < SeqGenerator.believedMax ? number : nil
    }

    private static func higher(_ one: Int64?, _ other: Int64?) -> Int64? {
        guard let one, let other else { return one ?? other }
        return max(one, other)
    }
}
