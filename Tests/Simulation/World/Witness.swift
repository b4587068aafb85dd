/// What people saw, and what they did: noted as it happens, judged at the end.
struct Witness {
    /// What somebody was told about a payment.
    enum Word: String { case approved, declined, cancelled }

    struct Told: Hashable {
        var seq: String
        var word: Word
        /// On the payer's page, otherwise to the POS.
        var isPage: Bool
        var amount: Int64?
        var at: Duration
    }

    /// A tap that was committed, in which life of the process.
    struct Tap: Hashable {
        var card: String
        var at: Duration
        var life: Int
    }

    /// From when until when an operator's block was in force.
    struct Block: Hashable {
        var card: String
        var from: Duration
        var to: Duration?
    }

    private(set) var told: [Told] = []
    private(set) var taps: [String: Tap] = [:]
    private(set) var blocks: [Block] = []
    /// When each life of the process ended; nil for the one that saw the end.
    var ends: [Int: Duration] = [:]
    /// Without an outcome when the process died.
    var pendingAtCrash: Set<String> = []
    var reversedByOperator: Set<String> = []
    /// What was wrong at once.
    var violations: [Violation] = []

    mutating func tell(_ told: Told) { self.told.append(told) }

    mutating func tapped(_ seq: String, _ tap: Tap) {
        if taps[seq] == nil { taps[seq] = tap }
    }

    mutating func block(_ card: String, at now: Duration) {
        guard !blocks.contains(where: { $0.card == card && $0.to == nil }) else { return }
        blocks.append(Block(card: card, from: now))
    }

    mutating func unblock(_ card: String, at now: Duration) {
        guard let index = blocks.firstIndex(where: { $0.card == card && $0.to == nil }) else {
            return
        }
        blocks[index].to = now
    }

    mutating func violated(_ rule: Rule, _ what: String) {
        violations.append(Violation(rule: rule, what: what))
    }
}
