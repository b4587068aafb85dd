/// A reader and what is in it.
public struct ReaderState: Hashable, Sendable {
    /// The name that pcscd gave it.
    public var name: String
    /// Whether a card lies on it.
    public var hasCard: Bool
    /// The card's answer to reset; empty without a card, or when the card does not answer.
    public var atr: [UInt8]
    /// Whether a program holds the card for itself alone.
    public var isHeld: Bool

    public init(name: String, hasCard: Bool, atr: [UInt8] = [], isHeld: Bool = false) {
        self.name = name
        self.hasCard = hasCard
        self.atr = atr
        self.isHeld = isHeld
    }

    /// Whether ``ReaderSettings/namePattern`` means this reader.
    public func matches(namePattern: String) -> Bool {
        ReaderPattern(namePattern).matches(name)
    }

    /// A pattern that goes on meaning this kind of reader at another USB port: pcscd puts two
    /// numbers of two digits behind each name, which follow the order of plugging in.
    public var proposedPattern: String {
        guard let numbers = name.firstMatch(of: /\ \d\d\ \d\d$/) else { return name }
        return String(name[..<numbers.range.lowerBound]) + "*"
    }
}

/// The readers of this machine, for `kiosk-agent readers` and `doctor`.
public enum ReaderList {
    /// All readers, whatever their name; empty when there is none.
    ///
    /// Throws ``PCSCError/noService`` when pcscd does not answer, and
    /// ``PCSCError/securityViolation`` when polkit does not let this user in.
    public static func list() async throws(PCSCError) -> [ReaderState] {
        let result = await withCheckedContinuation { continuation in
            BlockingThread.start { continuation.resume(returning: read()) }
        }
        return try result.get()
    }

    private static func read() -> Result<[ReaderState], PCSCError> {
        Result { () throws(PCSCError) -> [ReaderState] in
            let context = try PCSCContext()
            let table = StatusTable()
            table.fill(with: try context.readerNames())
            switch table.wait(in: context, upTo: .zero) {
            case .changed, .timeout: return table.states
            case .cancelled: throw .cancelled
            case .unknownReader: throw .unknownReader
            case .failed(let error): throw error
            }
        }
    }
}
