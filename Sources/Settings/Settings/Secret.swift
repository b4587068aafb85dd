/// A value that must not be seen: its description is `****` wherever it is printed.
public struct Secret: Hashable, Sendable {
    /// The value itself, for the wire and for cryptography only.
    public let exposed: String

    /// Wraps `text` as it is.
    public init(_ text: String) { exposed = text }

    /// What stands for a secret in every output.
    public static let mask = "****"
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible {
    /// Always ``mask``.
    public var description: String { Self.mask }
    /// Always ``mask``.
    public var debugDescription: String { Self.mask }
}

extension Secret: CustomReflectable {
    /// Hides the value from `dump` and from debuggers' automatic printing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
