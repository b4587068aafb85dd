public import Ledger
public import TerminalCore

/// What a page or a POS may want to hear at once. Payments come from the ledger's own changes.
public enum AgentEvent: Hashable, Sendable {
    /// What the payer should see now.
    case screen(Screen)
    /// What became of a presented card, without its number.
    case card(CardNotice)
    /// The reader, the storage or another part changed.
    case status
    /// How far the comparison with the platform is.
    case reconciling(ReconcileJob)
    /// How far the replay of another terminal's payments is.
    case replaying(ReplayJob)
    /// How far the check of the ledger is; the last one says that it is over.
    case verifying(VerificationProgress, isOver: Bool)
}

/// A presented card, for people.
public struct CardNotice: Hashable, Sendable {
    public var reader: String
    /// `****` and the last characters; nil when there is no number.
    public var masked: String?
    /// Why the card gave no number, or why its tap meant nothing.
    public var problem: String?
    /// The payment that it is for, when one waited.
    public var seq: String?

    public init(
        reader: String, masked: String? = nil, problem: String? = nil, seq: String? = nil
    ) {
        self.reader = reader
        self.masked = masked
        self.problem = problem
        self.seq = seq
    }
}

/// How the barcode scanners are.
public struct ScannerHealth: Hashable, Sendable {
    /// Each configured device and why it cannot be read; nil when it can.
    public var troubles: [String: String?] = [:]

    /// Whether a code could be scanned now.
    public var isReady: Bool { troubles.values.contains(nil) }
}

/// How the readers are.
public struct ReaderHealth: Hashable, Sendable {
    /// Whether pcscd can be reached; nil before the first word.
    public var serviceIsUp: Bool?
    public var readers: [String] = []
    /// The last failed reading, until a card was read.
    public var lastProblem: String?
    /// Taps come from a program instead of a reader.
    public var isSimulated = false

    /// Whether a card could be read now.
    public var isReady: Bool { isSimulated || (serviceIsUp == true && !readers.isEmpty) }
}
