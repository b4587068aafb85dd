internal import CYardstick
internal import CardReader
internal import TerminalCore
internal import VirtualCard

/// Card present → card number over a real pcscd with a virtual card.
///
/// Both sides connect to the same card, ask for its identifier and disconnect, each with a context
/// of its own, on one processor. pcscd's polling for new cards is no part of it.
enum CardBench {
    private static let rounds = Rounds(countMax: 20, time: .seconds(15))
    private static let exchanges = 50
    private static let uid: [UInt8] = [0x04, 0xA2, 0x3B, 0x1C, 0x5D, 0x6E, 0x80]

    static func run() async throws -> Line {
        let code = yardstick_use_one_processor()
        guard code == 0 else { throw BenchFailure("no single processor to run on: errno \(code)") }
        defer { yardstick_use_all_processors() }
        let pairs = try await measure()
        return Line("card: present to number", pairs, unit: " µs", Threshold.cardRatio)
    }

    private static func measure() async throws -> [Pair] {
        let reader = try PrivateReader()
        defer { reader.stop() }
        var yardstick = try reader.waitForReader()
        defer { yardstick_card_close(&yardstick) }
        let card = VirtualCard(port: reader.port, uid: uid)
        try await card.insert()
        try reader.waitForCard(yardstick)
        let ours = try DirectRead(reader: yardstick.name)
        guard try ours.read().uid?.bytes == uid else { throw BenchFailure("another card's number") }
        let pairs = try await rounds.run { round in try measure(round, ours, yardstick) }
        await card.remove()
        return pairs
    }

    private static func measure(
        _ round: Int, _ ours: borrowing DirectRead, _ yardstick: yardstick_card
    ) throws -> Pair {
        if round.isMultiple(of: 2) {
            let plain = try plainC(yardstick)
            return Pair(ours: try swift(ours), yardstick: plain)
        }
        return Pair(ours: try swift(ours), yardstick: try plainC(yardstick))
    }

    /// Microseconds for one exchange.
    private static func swift(_ card: borrowing DirectRead) throws -> Double {
        let start = ContinuousClock.now
        for _ in 0..<exchanges { _ = try card.read() }
        return (ContinuousClock.now - start).microseconds / Double(exchanges)
    }

    /// Microseconds for one exchange.
    private static func plainC(_ card: yardstick_card) throws -> Double {
        var card = card
        let time = try elapsed {
            for _ in 0..<exchanges {
                let code = yardstick_card_read(&card)
                guard code == 0 else { throw BenchFailure.pcsc(code) }
            }
        }
        return time.microseconds / Double(exchanges)
    }
}

extension BenchFailure {
    static func pcsc(_ code: Int) -> BenchFailure {
        BenchFailure("PC/SC failed with 0x\(String(code, radix: 16, uppercase: true))")
    }
}

extension yardstick_card {
    /// The name of its reader.
    var name: String {
        withUnsafeBytes(of: reader) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
