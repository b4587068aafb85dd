extension CardNumberFormat {
    /// The formats seen on printed cards and in back offices, for `kiosk-agent read`.
    public static let common: [CardNumberFormat] = [
        CardNumberFormat(),
        CardNumberFormat(letterCase: .lower),
        CardNumberFormat(byteOrder: .reversed),
        CardNumberFormat(byteOrder: .reversed, letterCase: .lower),
        CardNumberFormat(encoding: .decimal),
        CardNumberFormat(encoding: .decimal, byteOrder: .reversed),
        CardNumberFormat(encoding: .decimal, width: 10, bytes: .first(4)),
        CardNumberFormat(encoding: .decimal, byteOrder: .reversed, width: 10, bytes: .first(4)),
        CardNumberFormat(encoding: .decimal, width: 10, bytes: .last(4)),
        CardNumberFormat(encoding: .decimal, byteOrder: .reversed, width: 10, bytes: .last(4)),
        CardNumberFormat(encoding: .decimal, width: 8, bytes: .last(3)),
        CardNumberFormat(encoding: .decimal, byteOrder: .reversed, width: 8, bytes: .first(3)),
    ]

    /// The common formats that write `uid` as it is printed on the card; spaces do not count.
    ///
    /// Several may agree on one card, as on a number without letters; another card tells more.
    public static func candidates(
        for uid: CardUID, printed: String
    ) -> [CardNumberFormat] {
        let wanted = printed.filter { $0 != " " }
        return common.filter { (try? $0.number(of: uid))?.exposed == wanted }
    }

    /// The settings in words, for example `decimal, reversed, first 4, width 10`.
    public var summary: String {
        var words = [encoding.rawValue]
        if encoding == .hex { words.append(letterCase.rawValue) }
        words.append(byteOrder == .asRead ? "as read" : "reversed")
        words.append(bytes == .all ? "all bytes" : "\(bytes) bytes")
        if width > 0 { words.append("width \(width)") }
        return words.joined(separator: ", ")
    }
}
