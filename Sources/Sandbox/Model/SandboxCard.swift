/// A card of the sandbox's table.
///
/// None of them is real; numbers are shown whole.
public struct SandboxCard: Hashable, Sendable, Codable {
    /// What a reader hands on, and what the platform knows the card by.
    public let number: String
    /// Whom the panel shows it for.
    public var name: String
    /// What can be spent, in fen.
    public var balance: Int64
    /// The `st` of the card's token answer: `lost`, another word, or nil for a normal card.
    public var st: String?
    /// The identifier in hex for virtual readers; nil when the number itself is one.
    public var uid: String?
    /// The holder's phone, where text messages go; nil for none.
    public var phone: String?

    public init(
        number: String, name: String = "", balance: Int64 = 5_000, st: String? = nil,
        uid: String? = nil, phone: String? = nil
    ) {
        self.number = number
        self.name = name
        self.balance = balance
        self.st = st
        self.uid = uid
        self.phone = phone
    }

    /// The cards of a demonstration: a normal one, a lost one and a poor one.
    public static let demonstration = [
        SandboxCard(number: "04A23B1C5D6E80", name: "Li Lei", phone: "13800000001"),
        SandboxCard(
            number: "04B7C2D3E4F580", name: "Han Meimei", st: "lost", phone: "13800000002"),
        SandboxCard(
            number: "04C1D2E3F4A580", name: "Wang Wei", balance: 100, phone: "13800000003"),
    ]

    /// The identifier a virtual card of it has: ``uid`` or else the number, when it is 4, 7 or
    /// 10 bytes in hex; nil when neither is.
    public var uidBytes: [UInt8]? {
        let digits = Array((uid ?? number).utf8)
        guard [8, 14, 20].contains(digits.count) else { return nil }
        var bytes: [UInt8] = []
        for at in stride(from: 0, to: digits.count, by: 2) {
            guard let high = hexDigit(digits[at]), let low = hexDigit(digits[at + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }
}

/// The value of an ASCII hex digit.
func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
}
