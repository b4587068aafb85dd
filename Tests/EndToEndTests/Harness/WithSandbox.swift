import Logging
import Sandbox

/// The cards of these tests: hex numbers that are their own identifiers.
enum Cards {
    static let normal = "04A23B1C5D6E80"
    static let other = "04D1E2F3A4B580"
    static let lost = "04B7C2D3E4F580"
    static let poor = "04C1D2E3F4A580"
    /// What the normal card has at first, in fen.
    static let balance: Int64 = 500_000

    static let all = [
        SandboxCard(number: normal, name: "normal", balance: balance),
        SandboxCard(number: other, name: "other", balance: balance),
        SandboxCard(number: lost, name: "lost", balance: balance, st: "lost"),
        SandboxCard(number: poor, name: "poor", balance: 100),
    ]
}

/// Runs `work` against a sandbox of its own on a free port, with these cards and virtual readers.
func withSandbox(
    cards: [SandboxCard] = Cards.all, readers: [UInt16] = [],
    _ work: (SandboxServer, _ baseURL: String) async throws -> Void
) async throws {
    await Places.kiosks.enter()
    defer { Task { await Places.kiosks.leave() } }
    let sandbox = try await SandboxServer.started(cards: cards, readers: readers)
    try await work(sandbox, try await sandbox.baseURL)
}

extension SandboxServer {
    /// A sandbox that listens on `port`, 0 for a free one.
    ///
    /// Not stopped: a server that stops while an agent connects trips an assertion of NIO
    /// (NIOAsyncWriter without finish), and an idle one costs nothing until the tests end.
    static func started(
        port: UInt16 = 0, cards: [SandboxCard] = Cards.all, readers: [UInt16] = []
    ) async throws -> SandboxServer {
        var logger = Logger(label: "sandbox")
        logger.logLevel = .critical
        let sandbox = try SandboxServer(
            port: Int(port), cards: cards, virtualReaderPorts: readers, logger: logger)
        Task { try await sandbox.run() }
        _ = try await sandbox.port
        return sandbox
    }

    /// How often `card` was charged and how often refunded, over all orders.
    func money(of card: String) async -> (charges: Int, refunds: Int) {
        let trades = await trades().filter { $0.card == card }
        return (trades.map(\.charges).reduce(0, +), trades.map(\.refunds).reduce(0, +))
    }
}
