/// Reads the keys from the events of `/dev/input/event*`.
struct EventKeyboard {
    // The names are those of `linux/input-event-codes.h`.
    private enum Kind {
        static let synchronisation: UInt16 = 0  // EV_SYN
        static let key: UInt16 = 1  // EV_KEY
    }
    /// The kernel's queue ran over: events are missing up to the next report (SYN_DROPPED).
    private static let dropped: UInt16 = 3
    /// KEY_LEFTSHIFT, KEY_RIGHTSHIFT.
    private static let shifts: Set<UInt16> = [42, 54]
    /// Control, Alt and Meta, left and right: with them a key is no character.
    private static let otherModifiers: Set<UInt16> = [29, 97, 56, 100, 125, 126]

    private var held: Set<UInt16> = []
    private var isMissing = false

    /// One event came. A key's value is 1 when it goes down, 0 when it comes up, 2 when it repeats.
    mutating func received(type: UInt16, code: UInt16, value: Int32) -> ScanInput? {
        switch type {
        case Kind.synchronisation:
            isMissing = code == Self.dropped
            guard isMissing else { return nil }
            held = []
            return .illegible
        case Kind.key where !isMissing: return keyed(code, value)
        default: return nil
        }
    }

    private mutating func keyed(_ code: UInt16, _ value: Int32) -> ScanInput? {
        if Self.shifts.contains(code) || Self.otherModifiers.contains(code) {
            if value == 0 { held.remove(code) } else { held.insert(code) }
            return nil
        }
        guard value == 1 else { return nil }
        guard held.isDisjoint(with: Self.otherModifiers) else { return .illegible }
        return KeyMap.eventCodes.input(
            key: Int(code), isShifted: !held.isDisjoint(with: Self.shifts))
    }
}

extension EventKeyboard {
    /// What type, code and value take at the end of an event; the time before them depends on
    /// the machine.
    static let tailBytes = 8

    /// Events came, of `size` bytes each; what is left over at the end is no event.
    mutating func received(_ bytes: [UInt8], size: Int) -> [ScanInput] {
        precondition(size >= Self.tailBytes, "an event has at least its type, code and value")
        return bytes.withUnsafeBytes { bytes in
            stride(from: 0, through: bytes.count - size, by: size).compactMap { start in
                let tail = start + size - Self.tailBytes
                return received(
                    type: bytes.loadUnaligned(fromByteOffset: tail, as: UInt16.self),
                    code: bytes.loadUnaligned(fromByteOffset: tail + 2, as: UInt16.self),
                    value: bytes.loadUnaligned(fromByteOffset: tail + 4, as: Int32.self))
            }
        }
    }
}
