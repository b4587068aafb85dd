internal import TerminalCore

extension Keys {
    /// The section `card_number`.
    enum Card {
        /// Where the number comes from.
        enum Source: String, Sendable, CaseIterable { case uid, apdu }

        static let source = Key(
            "card_number.source", ScalarType<Source>.word, default: "uid",
            about: "the card's identifier, or a file on the card")
        static let encoding = Key(
            "card_number.encoding", ScalarType<CardNumberFormat.Encoding>.word, default: "hex",
            about: "the number system of the identifier")
        static let byteOrder = Key(
            "card_number.byte_order", ScalarType<CardNumberFormat.ByteOrder>.word,
            default: "as_read", about: "whether the bytes are used as read or last first")
        static let letterCase = Key(
            "card_number.case", ScalarType<CardNumberFormat.LetterCase>.word, default: "upper",
            about: "the letters of hex digits")
        static let width = Key(
            "card_number.width",
            .integer(
                0...CardNumberFormat.widthMax, zero: Phrase(en: "no padding", zh: "不补位")),
            default: "0", about: "pads with zeros on the left to this many digits")
        static let bytes = Key(
            "card_number.bytes", .chosenBytes, default: "all",
            about: "which bytes of the identifier are used")
        static let apdus = Key<[[UInt8]]>(
            "card_number.apdus", as: .list(.command, countMax: CardFile.commandsMax),
            default: "[]", about: "source apdu: the commands sent to the card, in order")
        static let slice = Key<CardFile.Slice?>(
            "card_number.slice", as: .slice, default: "{}",
            about: "source apdu: where the number stands in the answers")

        static let rows = [
            source.row, encoding.row, byteOrder.row, letterCase.row, width.row, bytes.row,
            apdus.row, slice.row,
        ]
    }
}
