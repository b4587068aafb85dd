internal import FoundationEssentials

/// Base64 with the letters of either alphabet, with or without padding.
enum Base64Text {
    /// Without padding and with `-` and `_`.
    static func encodeURLSafe(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    /// Nil for anything else; spaces and ends of lines do not count.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var letters: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"): letters.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): letters.append(UInt8(ascii: "/"))
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
                continue
            default: letters.append(byte)
            }
        }
        while letters.last == UInt8(ascii: "=") { letters.removeLast() }
        letters += [UInt8](repeating: UInt8(ascii: "="), count: (4 - letters.count % 4) % 4)
        return Data(base64Encoded: Data(letters)).map { Array($0) }
    }
}

/// The text of a key, with or without PEM's armour.
enum RSAKeyText {
    /// The DER of the key; nil when the text is neither base64 nor PEM.
    static func der(_ text: String) -> [UInt8]? {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }
        guard let first = lines.first else { return nil }
        guard first.hasPrefix("-----") else { return Base64Text.decode(lines.joined()) }
        guard first.hasPrefix("-----BEGIN "), lines.count > 2,
            lines[lines.count - 1].hasPrefix("-----END ")
        else { return nil }
        return Base64Text.decode(lines[1..<(lines.count - 1)].joined())
    }
}
