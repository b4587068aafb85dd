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

    /// A tap or code that was committed, in which life of the process.
    struct Tap: Hashable {
        /// Nil for a code.
        var card: String?
        var at: Duration
        var life: Int
    }

    /// From when until when an operator's block was in force.
    struct Block: Hashable {
        var card: String
        var from: Duration
        var to: Duration?
    }

    /// A scan of a code, in which life of the process.
    struct Scan: Hashable {
        var at: Duration
        var life: Int
    }

    /// What became of a code at the terminal.
    private struct Code {
        /// The payments that it was typed for, and the scans that may be payments.
        var uses: Set<String> = []
        var exchanges = 0
        var lastScan: Scan?
    }

    private(set) var told: [Told] = []
    private(set) var taps: [String: Tap] = [:]
    private(set) var blocks: [Block] = []
    private var codes: [String: Code] = [:]
    /// How many POSTs left of a payment by code.
    private var codePosts: [String: Int] = [:]
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

    mutating func typed(_ code: String, for seq: String) {
        codes[code, default: Code()].uses.insert(seq)
    }

    /// A code that is read again within `window` is one presentation.
    mutating func scanned(_ code: String, _ scan: Scan, window: Duration) {
        let last = codes[code]?.lastScan
        codes[code, default: Code()].lastScan = scan
        if let last, last.life == scan.life, scan.at - last.at < window { return }
        codes[code, default: Code()].uses.insert("scan at \(scan.at)")
    }

    /// Whether `text` was given to the terminal as a code.
    func isCode(_ text: String) -> Bool { codes[text] != nil }

    /// A code leaves for the platform.
    mutating func exchanged(_ code: String) {
        codes[code, default: Code()].exchanges += 1
        guard let known = codes[code], known.exchanges > known.uses.count else { return }
        violated(
            .codeIsExchangedOnce, "\(code): \(known.exchanges) times, given \(known.uses.count)")
    }

    /// A POST of a payment by code leaves.
    mutating func codePosted(_ seq: String) {
        codePosts[seq, default: 0] += 1
        if let count = codePosts[seq], count > 1 {
            violated(.codeIsPostedOnce, "\(seq): \(count) times")
        }
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
