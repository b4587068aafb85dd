internal import Foundation

/// How long, from which seed, and with which programs.
struct PeakOrder: Sendable {
    var minutes: Int
    var seed: UInt64
    /// Paths of the built programs.
    var agent: String
    var sandbox: String
}

/// Where the agent runs, for whoever watches it.
struct PeakPlace: Sendable {
    let pid: Int32
    let configuration: String
    let ledger: String
    /// The text of the configuration, up to the limits.
    fileprivate let text: String

    /// Writes the configuration anew, with the largest offline payment in fen.
    func configure(paymentLimit: Int) throws {
        try Self.write(text, paymentLimit, to: configuration)
    }

    fileprivate static func write(
        _ text: String, _ paymentLimit: Int, to path: String
    ) throws {
        let whole = text + "offline: {payment_limit: \(paymentLimit)}\n"
        try whole.write(toFile: path, atomically: false, encoding: .utf8)
    }
}

/// The built agent and the built sandbox in a directory of their own.
final class PeakSite {
    private static let client = "bench"
    /// Of each card but the poor one, in fen: more than any soak takes.
    static let balance: Int64 = 1_000_000_000
    static let poorBalance: Int64 = 100
    /// After so long without an answer they are given up.
    private static let openMax = Duration.seconds(20)
    /// What the agent logs after each SIGHUP.
    private static let reloadWord = "the configuration was read again"

    let wire: PeakWire
    let place: PeakPlace
    private let scratch: Scratch
    private let sandbox: Child
    private let agent: Child

    init(_ order: PeakOrder) throws {
        scratch = try Scratch()
        let port = try FreePort.find()
        let address = "127.0.0.1:\(port)"
        wire = PeakWire(socket: scratch.path("api.sock"), platform: "http://\(address)")
        sandbox = try Child(
            [
                order.sandbox, "serve", "--listen", address, "--client-id", Self.client,
                "--client-secret", Self.client, "--seed", "\(order.seed)",
            ], log: scratch.path("sandbox.log"))
        let configuration = scratch.path("config.yaml")
        let text = Self.text(scratch, wire)
        try PeakPlace.write(text, PeakOffice.limits[0], to: configuration)
        agent = try Child(
            [order.agent, "run", "--config", configuration], log: scratch.path("agent.log"))
        place = PeakPlace(
            pid: agent.pid, configuration: configuration, ledger: scratch.path("ledger.sqlite"),
            text: text)
    }

    /// As a site has it, but for shorter times of the backlog, so that the end comes soon.
    private static func text(_ scratch: Scratch, _ wire: PeakWire) -> String {
        """
        terminal: {id: K001, name: Peak, language: en}
        platform:
          base_url: \(wire.platform)
          client_id: \(client)
          client_secret: \(client)
        reader: {source: simulated}
        sync: {retry_max: 30s, late_arrival: 1m}
        ledger: {path: \(scratch.path("ledger.sqlite"))}
        api:
          listen: 127.0.0.1:0
          socket: \(wire.socket)
          operator_token: \(PeakWire.operatorToken)

        """
    }

    /// Waits until both programs answer, and gives out the cards.
    func open() async throws {
        let end = ContinuousClock.now + Self.openMax
        while true {
            let isThere = (try? await wire.sandbox("GET", "/admin/network").isGood) ?? false
            if isThere, (try? await wire.agent("GET", "/healthz").isGood) ?? false { break }
            guard ContinuousClock.now < end else {
                throw BenchFailure("agent or sandbox does not answer\n\(lastWords)")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        for card in Crowd.cards {
            let balance = card == Crowd.poor ? Self.poorBalance : Self.balance
            let status = card == Crowd.lost ? #""lost""# : "null"
            try await wire.order(
                "PUT", "/admin/cards/\(card)", #"{"balance":\#(balance),"st":\#(status)}"#)
        }
    }

    var isRunning: Bool { agent.isRunning && sandbox.isRunning }

    /// What both said last.
    var lastWords: String { "\(agent.lastWords)\n\(sandbox.lastWords)" }

    /// How often the agent's log says that the configuration was read again.
    var reloads: Int {
        let log = (try? String(contentsOfFile: scratch.path("agent.log"), encoding: .utf8)) ?? ""
        return log.split(separator: "\n").count { $0.contains(Self.reloadWord) }
    }

    /// Ends both, by their process ids.
    func end() {
        agent.end(signal: true)
        sandbox.end(signal: true)
    }
}
