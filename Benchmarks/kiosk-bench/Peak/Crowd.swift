internal import TerminalTesting

/// Who comes to pay next, drawn from a seed: a payer each second on average, some in bursts.
struct Crowd: Sendable {
    /// One payer.
    struct Payer: Sendable {
        var card: String
        var fen: Int
        /// Shows a code on a phone instead of the card.
        var paysByCode: Bool
        /// How long after the one before.
        var gap: Duration
    }

    /// Its token says that it is lost.
    static let lost = number(0)
    /// It has less than the cheapest meal.
    ///
    /// Two cards that the platform refuses, not more: three in a row stop the forwarding, as they
    /// must.
    static let poor = number(1)
    static let cards = (0..<300).map(number)
    /// The payers who came last are not drawn, so that none comes while the last payment of the
    /// card has no outcome.
    private static let resting = 32
    /// The cheapest meal and the dearest, in fen.
    private static let prices = 300...2_500
    /// One of so many payers follows at once.
    private static let burstShare = 4
    /// The others follow after at most so long, which makes a second on average over all.
    private static let gapMilliseconds = 0...2_667
    /// One of so many payers has a code.
    private static let codeShare = 20

    private var random: SeededGenerator
    /// Who came last is at the end.
    private var order = Crowd.cards

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func next() -> Payer {
        let place = Int.random(in: 0..<order.count - Self.resting, using: &random)
        let card = order.remove(at: place)
        order.append(card)
        let isBurst = Int.random(in: 0..<Self.burstShare, using: &random) == 0
        let pause = isBurst ? 0 : Int.random(in: Self.gapMilliseconds, using: &random)
        let fen = Int.random(in: Self.prices, using: &random)
        let paysByCode = Int.random(in: 0..<Self.codeShare, using: &random) == 0
        return Payer(card: card, fen: fen, paysByCode: paysByCode, gap: .milliseconds(pause))
    }

    private static func number(_ index: Int) -> String {
        let digits = String(index, radix: 16, uppercase: true)
        return "04" + String(repeating: "0", count: 12 - digits.count) + digits
    }
}
