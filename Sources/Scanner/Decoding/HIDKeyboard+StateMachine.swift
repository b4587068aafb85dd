/// Reads the keys from a keyboard's reports as hidraw gives them.
///
/// A report is that of the boot protocol (HID 1.11, appendix B.1): modifiers, a reserved byte,
/// and up to six keys that are down; before it a number where a device has several kinds.
struct HIDKeyboard {
    /// The length of a report without a number, in bytes.
    static let reportBytes = 8

    private static let shifts: UInt8 = 0x22
    /// The keys below are none: they say that too many are down to tell which.
    private static let firstKey: UInt8 = 4

    private var down: [UInt8] = []

    /// One report came; those of other lengths are of something else in the same device.
    mutating func received(_ report: [UInt8]) -> [ScanInput] {
        guard (Self.reportBytes...Self.reportBytes + 1).contains(report.count) else { return [] }
        let body = report.suffix(Self.reportBytes)
        let modifiers = body[body.startIndex]
        let keys = body.dropFirst(2).filter { $0 != 0 }
        guard keys.allSatisfy({ $0 >= Self.firstKey }) else { return [.illegible] }
        let pressed = keys.filter { !down.contains($0) }
        down = keys
        return pressed.map { key in
            guard modifiers & ~Self.shifts == 0 else { return .illegible }
            return KeyMap.usages.input(key: Int(key), isShifted: modifiers & Self.shifts != 0)
        }
    }
}
