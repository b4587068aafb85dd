/// What a check of the ledger found.
struct VerificationAnswer: Decodable {
    struct Problem: Decodable {
        var line: Int64?
        var seq: String?
        var text: String
    }

    struct Total: Decodable {
        var count: Int
        var fen: Int64
    }

    var sound: Bool
    var problems: [Problem]
    var problemCount: Int
    var payments: Int
    var lines: Int64
    var archivedLines: Int64
    var absentLines: Int64
    var uncheckedLines: Int64
    /// Nil from an agent of 0.2.
    var sealedLines: Int64?
    var uncheckedFrom: Int64?
    var uncheckedTo: Int64?
    var totals: [String: Total]
}

/// How far a check has come.
struct VerificationProgressAnswer: Decodable {
    var done: Int64
    var total: Int64
}
