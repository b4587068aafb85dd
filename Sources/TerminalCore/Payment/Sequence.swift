/// Makes order numbers: terminal id + 13-digit Unix milliseconds, each larger than any before.
///
/// The clock may stand or jump back; a persisted high-water mark keeps the numbers unique all the
/// same. The numbers are the idempotency keys at the platform.
public struct Sequence: Hashable, Sendable {
    public let terminal: String

    /// The largest 13-digit number, in the year 2286.
    static let millisecondsMax: Int64 = 9_999_999_999_999

    /// `terminal` must satisfy ``isTerminalID(_:)``.
    public init(terminal: String) {
        precondition(Self.isTerminalID(terminal))
        self.terminal = terminal
    }

    /// 1 to 12 of `A-Z a-z 0-9`.
    public static func isTerminalID(_ text: String) -> Bool {
        (1...12).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                    || (0x61...0x7A).contains(byte)
            }
    }

    /// The next mark: the clock's milliseconds, or one more than `highWater` when that is larger.
    public func next(now: Timestamp, highWater: Int64) -> Int64 {
        min(max(now.milliseconds, highWater + 1, 1), Self.millisecondsMax)
    }

    /// The order number of `mark`.
    public func seq(of mark: Int64) -> String {
        let digits = String(mark)
        return terminal + String(repeating: "0", count: 13 - digits.utf8.count) + digits
    }
}
