import TerminalCore

extension FuzzTarget {
    /// Lists of lost cards.
    static let lists = [
        FuzzTarget(
            name: "lost lists", share: 36,
            samples: [
                "# version: 2026-01 上\n# cards: 3\n\nCARD0001\r\n CARD0002\t\nCARD0003",
                "\u{FEFF}CARD0001\n# a remark\nCARD0002\n",
            ].map { Array($0.utf8) }, verdict: lostList)
    ]

    private static let cardMax = 6

    /// However it arrives, the list is the same, and it keeps to its bounds.
    @Sendable private static func lostList(_ bytes: [UInt8]) -> Verdict {
        let whole = parsed([bytes[...]])
        let halves = parsed([bytes.prefix(bytes.count / 2), bytes.dropFirst(bytes.count / 2)])
        guard whole == halves else { return .broken("it depends on how it arrives") }
        guard case .success(let list) = whole else { return .refused }
        let isShort = list.cards.count <= cardMax && (list.version ?? "").unicodeScalars.count <= 64
        return isShort ? .taken : .broken("\(list.cards.count) cards")
    }

    private struct List: Hashable {
        var version: String?
        var cards: [CardNumber]
    }

    private static func parsed(_ parts: [ArraySlice<UInt8>]) -> Result<List, LostListError> {
        var (parser, cards) = (LostListParser(cardMax: cardMax), [CardNumber]())
        do throws(LostListError) {
            for part in parts { cards += try parser.take(part) }
            if let last = try parser.finish() { cards.append(last) }
            return .success(List(version: parser.version, cards: cards))
        } catch {
            return .failure(error)
        }
    }
}
