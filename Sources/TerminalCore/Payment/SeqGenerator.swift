/// Makes order numbers: terminal id + 13-digit Unix milliseconds, each larger than any before.
///
/// The clock may stand or jump back; a persisted high-water mark keeps the numbers unique all the
/// same. A clock beyond ``believedMax`` is not believed: it would use up the numbers there are. The
/// numbers are the idempotency keys at the platform.
public struct SeqGenerator: Hashable, Sendable {
    public let terminal: String

    /// The clock is believed up to here, the year 2100. Thirteen digits last until 2286, so that a
    /// clock that ran ahead for a while leaves trillions of numbers.
    public static let believedMax: Int64 = 4_102_444_800_000

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

    /// The next mark: the clock's milliseconds, or one more than `highWater` when that is larger or
    /// the clock cannot be right.
    public func next(now: Timestamp, highWater: Int64) -> Int64 {
        let clock = now.milliseconds < Self.believedMax ? now.milliseconds : 0
        return max(clock, highWater + 1, 1)
    }

    /// The order number of `mark`.
    public func seq(of mark: Int64) -> String {
        let digits = String(mark)
        return terminal + String(repeating: "0", count: 13 - digits.utf8.count) + digits
    }

    /// The terminal whose order number `seq` is; nil when it is none.
    public static func terminal(of seq: String) -> String? {
        let digits = seq.utf8.suffix(13)
        let terminal = String(seq.dropLast(13))
        guard isTerminalID(terminal), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return terminal
    }
}
