extension String {
    /// How many columns of a terminal or of a printer it takes: East Asian wide letters and
    /// pictures take two.
    public var displayWidth: Int {
        reduce(0) { $0 + ($1.unicodeScalars.first.map(Self.isWide) ?? false ? 2 : 1) }
    }

    /// The wide and fullwidth blocks of Unicode's East Asian Width (UAX #11).
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: scalar.properties.isEmojiPresentation
        }
    }
}
