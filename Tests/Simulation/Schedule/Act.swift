/// Something that the world does to the terminal at a moment of the scenario.
enum Act {
    /// Somebody buys something: asked for by the POS in requested mode, a bare tap or scan in fixed
    /// mode.
    case purchase(Purchase)
    case weather(Weather)
    /// The process dies after so many more steps of any of its tasks.
    case crash(afterSteps: Int)
    /// The process is stopped by its service manager and started again.
    case restart
    /// The wall clock jumps by this much.
    case clockJump(Duration)
    /// The card is reported lost at the platform, or the report is lifted.
    case lost(card: Int, Bool)
    /// An operator blocks the card here, or lifts the block.
    case blocked(card: Int, Bool)
    /// An operator undoes the n-th payment from the end.
    case reversal(Int)
    /// An operator wants everything tried now.
    case sync
    /// A cloned terminal uses our next order number first.
    case clone(Clone)
}

/// One purchase.
struct Purchase {
    var number: Int
    var card: Int
    /// Fen.
    var amount: Int64
    /// From the request to the tap or to the code; nil when nobody comes.
    var tapAfter: Duration?
    var tapsTwice: Bool
    var liesFor: Duration
    /// Whether the POS asks again after a restart, until it knows the outcome.
    var isRepeated: Bool
    /// Nil when the card is tapped; otherwise its owner has a code instead.
    var code: CodeHabit?

    var reference: String { "R\(number)" }
}

/// How somebody pays with a code that is good once.
struct CodeHabit {
    /// The POS gives it for its payment; otherwise a scanner reads it.
    var isTyped: Bool
    /// The platform never gave it out.
    var isWrong: Bool
    /// Who is asked again shows the same code again instead of a fresh one.
    var isKept: Bool
}

/// Another terminal with our id.
enum Clone {
    /// It sells to its own payers.
    case stranger
    /// It delivers our own payments, as a replay does.
    case twin
}
