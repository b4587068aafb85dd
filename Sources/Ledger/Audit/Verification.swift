public import TerminalCore

/// What a check of the whole ledger found.
public struct Verification: Hashable, Sendable {
    /// Something that is not as the agent wrote it.
    public struct Problem: Hashable, Sendable {
        /// The number of the line of history, where it is about one.
        public var line: Int64?
        /// The payment, where it is known.
        public var seq: String?
        public var text: String
    }

    /// At most ``problemsMax``, in the order of their finding.
    public internal(set) var problems: [Problem] = []
    /// How many there are in all.
    public internal(set) var problemCount = 0
    public internal(set) var payments = 0
    /// Lines of history, in the ledger and in the archives.
    public internal(set) var lines: Int64 = 0
    /// Of them, lines that were read from archives.
    public internal(set) var archivedLines: Int64 = 0
    /// Lines that only a checkpoint vouches for, as their archive is not here.
    public internal(set) var absentLines: Int64 = 0
    /// Lines that could not be checked: another key signed them or sealed their cards, or the line
    /// before is missing.
    public internal(set) var uncheckedLines: Int64 = 0
    /// Of them, lines of cards that are sealed with a key that is not at hand.
    public internal(set) var sealedLines: Int64 = 0
    /// The first and the last line that could not be checked.
    public internal(set) var unchecked: ClosedRange<Int64>?
    /// Count and fen of each state, in the ledger.
    public internal(set) var totals: [PaymentState: StateTotal] = [:]

    static let problemsMax = 20

    /// Whether nothing is wrong with what could be checked.
    public var isSound: Bool { problemCount == 0 }

    mutating func add(_ text: String, line: Int64? = nil, seq: String? = nil) {
        problemCount += 1
        guard problems.count < Self.problemsMax else { return }
        problems.append(Problem(line: line, seq: seq, text: text))
    }

    mutating func addUnchecked(_ id: Int64) {
        uncheckedLines += 1
        unchecked = (unchecked?.lowerBound ?? id)...id
    }
}
