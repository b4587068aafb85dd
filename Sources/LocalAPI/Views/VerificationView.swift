public import FoundationEssentials
public import Ledger
internal import TerminalCore

/// A check of the ledger as `verify` prints it.
public struct VerificationView: Encodable {
    struct Problem: Encodable {
        var line: Int64?
        var seq: String?
        var text: String
    }

    struct Total: Encodable {
        var count: Int
        var fen: Int64
    }

    let sound: Bool
    let problems: [Problem]
    let problemCount: Int
    let payments: Int
    let lines: Int64
    let archivedLines: Int64
    let absentLines: Int64
    let uncheckedLines: Int64
    let sealedLines: Int64
    let uncheckedFrom: Int64?
    let uncheckedTo: Int64?
    let totals: [String: Total]

    public init(_ result: Verification) {
        sound = result.isSound
        problems = result.problems.map { Problem(line: $0.line, seq: $0.seq, text: $0.text) }
        problemCount = result.problemCount
        payments = result.payments
        lines = result.lines
        archivedLines = result.archivedLines
        absentLines = result.absentLines
        uncheckedLines = result.uncheckedLines
        sealedLines = result.sealedLines
        uncheckedFrom = result.unchecked?.lowerBound
        uncheckedTo = result.unchecked?.upperBound
        totals = Dictionary(
            uniqueKeysWithValues: result.totals.map { state, total in
                (state.rawValue, Total(count: total.count, fen: total.amount.fen))
            })
    }

    /// The body of the API's answer.
    public func json() throws -> Data { try JSONAnswer.encode(self) }
}

/// How far a check has come, while it runs.
struct VerificationProgressView: Encodable {
    var done: Int64
    var total: Int64
    /// In events alone; who asks hears it by the status of the answer.
    var running: Bool?
}
