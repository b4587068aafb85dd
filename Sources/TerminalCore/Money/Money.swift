/// An amount in integer fen (1/100 yuan). There is no floating point anywhere near it.
public struct Money: Hashable, Sendable {
    public let fen: Int64

    public init(fen: Int64) { self.fen = fen }

    public static let zero = Money(fen: 0)

    /// The largest single payment, in fen: one million yuan, far above any meal.
    public static let paymentMax = Money(fen: 100_000_000)

    /// Whether a payment of this amount may be asked for: 1 fen to ``paymentMax``.
    public var isPayable: Bool { fen >= 1 && self <= .paymentMax }
}

extension Money: Comparable {
    public static func < (left: Money, right: Money) -> Bool { left.fen < right.fen }
}

extension Money: AdditiveArithmetic {
    public static func + (left: Money, right: Money) -> Money { Money(fen: left.fen + right.fen) }
    public static func - (left: Money, right: Money) -> Money { Money(fen: left.fen - right.fen) }
}

extension Money: CustomStringConvertible {
    /// In yuan with two digits, for example `12.50`.
    public var description: String {
        let cents = String(fen.magnitude % 100)
        let sign = fen < 0 ? "-" : ""
        return "\(sign)\(fen.magnitude / 100).\(cents.utf8.count == 1 ? "0" : "")\(cents)"
    }
}

extension Money {
    /// Reads what a person types: yuan as `12`, `12.5` or `12.50`, or fen as `1250fen`.
    ///
    /// Nil for signs, other letters, more than two decimals, and anything too long to be an amount.
    public init?(_ text: String) {
        guard text.utf8.count <= 16 else { return nil }
        if text.hasSuffix("fen") {
            guard let fen = Self.digits(text.dropLast(3)) else { return nil }
            self.init(fen: fen)
            return
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let yuan = Self.digits(parts[0]) else { return nil }
        var cents: Int64 = 0
        if parts.count == 2 {
            guard (1...2).contains(parts[1].utf8.count), let decimals = Self.digits(parts[1]) else {
                return nil
            }
            cents = parts[1].utf8.count == 1 ? decimals * 10 : decimals
        }
        self.init(fen: yuan * 100 + cents)
    }

    private static func digits(_ text: Substring) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int64(text).flatMap { $0 <= Int64.max / 100 - 1 ? $0 : nil }
    }
}
