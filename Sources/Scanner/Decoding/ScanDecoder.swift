internal import CInput

/// What the bytes of a scanner are, and what it sent so far.
enum ScanDecoder {
    /// Reports of a keyboard, one at a time.
    case reports(HIDKeyboard)
    /// Events of a keyboard.
    case events(EventKeyboard)
    /// The characters themselves.
    case characters

    mutating func received(_ bytes: [UInt8]) -> [ScanInput] {
        switch self {
        case .reports(var keyboard):
            defer { self = .reports(keyboard) }
            return keyboard.received(bytes)
        case .events(var keyboard):
            defer { self = .events(keyboard) }
            return keyboard.received(bytes, size: Int(CInput_EVENT_SIZE))
        case .characters: return bytes.map(ScanInput.character)
        }
    }
}
