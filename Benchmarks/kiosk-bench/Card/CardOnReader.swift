internal import CYardstick
internal import CardReader
internal import TerminalCore
internal import VirtualCard

/// A virtual card that lies on a private reader, to be read by both sides.
final class CardOnReader {
    private static let uid: [UInt8] = [0x04, 0xA2, 0x3B, 0x1C, 0x5D, 0x6E, 0x80]

    private var plain: yardstick_card
    private let ours: DirectRead

    private init(_ plain: yardstick_card) throws {
        self.plain = plain
        ours = try DirectRead(reader: plain.name)
    }

    /// Makes the reader, one of at least `readers`, and lays the card on it while `work` runs.
    ///
    /// pcscd, which gives each client a thread of its own, stays on one processor: where the
    /// kernel puts such a thread is chance, lasts for long, and would move one side.
    static func use<Found>(
        readers: Int = 1, _ work: (CardOnReader) async throws -> Found
    ) async throws -> Found {
        let code = yardstick_use_one_processor()
        guard code == 0 else { throw BenchFailure("no single processor to run on: errno \(code)") }
        defer { yardstick_use_all_processors() }
        let reader = try PrivateReader(readers: readers)
        defer { reader.stop() }
        var plain = try reader.waitForReader()
        defer { yardstick_card_close(&plain) }
        let card = VirtualCard(port: reader.port, uid: uid)
        try await card.insert()
        try reader.waitForCard(plain)
        let both = try CardOnReader(plain)
        guard try both.ours.read().uid?.bytes == uid else {
            throw BenchFailure("another card's number")
        }
        let found = try await work(both)
        await card.remove()
        return found
    }

    /// Connects, asks and disconnects as the agent does.
    func read() throws { _ = try ours.read() }

    /// The same in plain C.
    func readPlain() throws {
        let code = yardstick_card_read(&plain)
        guard code == 0 else { throw BenchFailure.pcsc(code) }
    }
}

extension BenchFailure {
    static func pcsc(_ code: Int) -> BenchFailure {
        BenchFailure("PC/SC failed with 0x\(String(code, radix: 16, uppercase: true))")
    }
}

extension yardstick_card {
    /// The name of its reader.
    fileprivate var name: String {
        withUnsafeBytes(of: reader) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
