internal import TerminalCore

/// The doctor's look at the clock alone; the platform's is compared by ``ClockWatch``.
enum ClockCheck {
    /// 2024-01-01: a clock before it was surely never set.
    private static let earliest = Timestamp(milliseconds: 1_704_067_200_000)

    /// A clock that was never set makes ages and reports wrong, and certificates not begun.
    static func problem(_ now: Timestamp) -> Phrase? {
        now < earliest ? PlatformWords.neverSet : nil
    }
}
