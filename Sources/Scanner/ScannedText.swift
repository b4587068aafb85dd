/// What a scanner read: whoever has it can pay with it, so its description hides it.
public struct ScannedText: Hashable, Sendable {
    /// The whole text, for the platform only: printable ASCII.
    public let exposed: String

    /// The longest text that is taken, in characters. No platform states the length of its codes;
    /// those that were seen have at most 36, and a link to a page fits in too.
    public static let lengthMax = 512

    init(_ printable: [UInt8]) {
        exposed = String(decoding: printable, as: UTF8.self)
    }

    /// A text that no scanner read, for whoever stands in for one; nil for what no scanner gives.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard (1...Self.lengthMax).contains(bytes.count),
            bytes.allSatisfy((UInt8(ascii: " ")...UInt8(ascii: "~")).contains)
        else { return nil }
        self.init(bytes)
    }
}

extension ScannedText: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { "a scanned text of \(exposed.utf8.count) characters" }
    public var debugDescription: String { description }
}

extension ScannedText: CustomReflectable {
    /// Hides the text from `dump` and from debuggers' automatic printing.
    public var customMirror: Mirror { Mirror(self, children: ["length": exposed.utf8.count]) }
}
