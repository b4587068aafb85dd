/// What a payer shows or types instead of a card: a scanned QR code, or the code of a text message.
///
/// It is good for one exchange at the platform, at once; whoever has it can pay with it. So it is
/// never written down, and its description hides it.
public struct OneTimeCode: Hashable, Sendable {
    /// Where the payer has it from.
    public enum Kind: String, Sendable, CaseIterable {
        case qr, sms
    }

    public let kind: Kind
    /// The whole code, for the platform only.
    public let exposed: String

    /// The longest code that is taken, in characters. No platform states the length of its codes;
    /// those that were seen have at most 36, and a link to a page fits in too.
    public static let lengthMax = 512

    /// Takes 1 to ``lengthMax`` printable characters of ASCII without a space at either end; nil
    /// for anything else.
    public init?(_ kind: Kind, _ text: String) {
        let bytes = text.utf8
        guard (1...Self.lengthMax).contains(bytes.count),
            bytes.allSatisfy((UInt8(ascii: " ")...UInt8(ascii: "~")).contains),
            text.first != " ", text.last != " "
        else { return nil }
        self.kind = kind
        exposed = text
    }
}

extension OneTimeCode: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String {
        switch kind {
        case .qr: "a scanned code"
        case .sms: "a typed code"
        }
    }
    public var debugDescription: String { description }
}

extension OneTimeCode: CustomReflectable {
    /// Hides the code from `dump` and from debuggers' automatic printing.
    public var customMirror: Mirror { Mirror(self, children: ["kind": kind]) }
}
