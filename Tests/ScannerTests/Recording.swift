/// What devices send, written short.
enum Recording {
    /// A report of 8 bytes: `modifiers key key …`, in hexadecimal.
    static func report(_ text: String) -> [UInt8] {
        var bytes = text.split(separator: " ").map { UInt8($0, radix: 16) ?? 0 }
        bytes.insert(0, at: 1)
        return bytes + [UInt8](repeating: 0, count: 8 - bytes.count)
    }

    /// Events as ``KeyboardTests/keyed(_:)`` has them, `size` bytes each.
    static func events(_ text: String, size: Int) -> [UInt8] {
        text.split(separator: " ").flatMap { word -> [UInt8] in
            let code = UInt16(word.drop { "+-=".contains($0) }) ?? 0
            switch word.first {
            case "S": return event(0, 0, 0, size)
            case "D": return event(0, 3, 0, size)
            case "+": return event(1, code, 1, size)
            case "-": return event(1, code, 0, size)
            case "=": return event(1, code, 2, size)
            // A key comes with its scan code, as most keyboards send it.
            default:
                return event(4, 4, 0x7_0004, size) + event(1, code, 1, size)
                    + event(1, code, 0, size)
            }
        }
    }

    private static func event(
        _ type: UInt16, _ code: UInt16, _ value: Int32, _ size: Int
    ) -> [UInt8] {
        var bytes = [UInt8](repeating: 0x55, count: size - 8)
        withUnsafeBytes(of: type) { bytes += $0 }
        withUnsafeBytes(of: code) { bytes += $0 }
        withUnsafeBytes(of: value) { bytes += $0 }
        return bytes
    }
}
