/// Card present → card number over a real pcscd with a virtual card.
///
/// Both sides connect to the same card, ask for its identifier and disconnect, each with a context
/// of its own, on one processor. pcscd's polling for new cards is no part of it.
enum CardBench {
    private static let exchanges = 50

    static func run(_ effort: Effort) async throws -> [Line] {
        let rounds = effort.rounds(20, within: .seconds(15))
        return try await CardOnReader.use { card in
            let pairs = try await rounds.run { round in try exchange(round, card) }
            let python = try PythonAgent.run(["read", "--count", "\(effort.count(500))"])
            return [
                Line("card: present to number", pairs, unit: " µs", Threshold.cardRatio),
                Line("card: in Python", told: python, unit: " µs"),
            ]
        }
    }

    /// Microseconds for one exchange, of both sides.
    static func exchange(_ round: Int, _ card: CardOnReader) throws -> Pair {
        if round.isMultiple(of: 2) {
            let plain = try each { try card.readPlain() }
            return Pair(ours: try each { try card.read() }, yardstick: plain)
        }
        let ours = try each { try card.read() }
        return Pair(ours: ours, yardstick: try each { try card.readPlain() })
    }

    private static func each(_ read: () throws -> Void) throws -> Double {
        try elapsed { for _ in 0..<exchanges { try read() } }.microseconds / Double(exchanges)
    }
}
