/// The unique identifier that an ISO 14443-A card tells its reader.
///
/// Only identifiers that name one card for ever are accepted: 4, 7 or 10 bytes
/// (ISO/IEC 14443-3, single, double and triple size).
public struct CardUID: Hashable, Sendable {
    /// The bytes in the order the reader gives them, first byte first.
    public let bytes: [UInt8]

    /// The sizes of ISO/IEC 14443-3, in bytes.
    public static let sizes: Set<Int> = [4, 7, 10]

    /// First byte of a 4-byte identifier that is drawn anew at each tap (ISO/IEC 14443-3, 6.5.4).
    static let randomMark: UInt8 = 0x08

    /// The cascade tag; as first byte of 4 it is the cut-off head of a longer identifier.
    static let cascadeTag: UInt8 = 0x88

    /// Checks `bytes` and keeps them.
    ///
    /// Throws ``CardError/unexpectedLength(_:)``, ``CardError/randomUID`` or
    /// ``CardError/truncatedUID``: such a card must never become a card number.
    public init(_ bytes: [UInt8]) throws(CardError) {
        guard Self.sizes.contains(bytes.count) else { throw .unexpectedLength(bytes.count) }
        if bytes.count == 4 {
            if bytes[0] == Self.randomMark { throw .randomUID }
            if bytes[0] == Self.cascadeTag { throw .truncatedUID }
        }
        self.bytes = bytes
    }
}

extension CardUID: CustomStringConvertible {
    /// Redacted: an identifier is as good as a card number.
    public var description: String { "CardUID(\(bytes.count) bytes)" }
}
