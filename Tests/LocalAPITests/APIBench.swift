import AsyncHTTPClient
import CardReader
import Foundation
import Journal
import Ledger
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import SyncEngine
import TerminalAgent
import TerminalCore
import TerminalTesting
import Testing

@testable import LocalAPI

/// The API over a real ledger, engine and agent; the platform and time are scripted.
struct APIBench: Sendable {
    static let token = "hunter2"
    static let pos = "http://pos.local"
    static let signer = JournalSigner(
        terminal: "K001", platform: Sample.platform, key: JournalKey(clientSecret: "secret"))

    let ledger: Ledger
    let clock = ManualClock()
    let platform = ScriptedPlatform()
    let replayer = ScriptedReplayer()
    let desk = ScriptedDesk()
    let engine: SyncEngine
    let agent: TerminalAgent
    private(set) var port = 0
    /// The API itself, while it serves.
    private(set) var server: LocalAPI?

    fileprivate init(mode: Session.Mode, simulated: Bool, files: TemporaryLedger) throws {
        ledger = try files.open(clock: clock)
        engine = SyncEngine(
            ledger: ledger, platform: platform, identity: Sample.platform, rules: Sample.rules,
            clock: clock, random: SeededGenerator.draws(seed: 7))
        agent = TerminalAgent(
            ledger: ledger, engine: engine,
            rules: AgentRules(
                mode: mode, title: "Canteen",
                schedule: Schedule(periods: [], amount: Money(fen: 1_500), title: "Lunch")),
            clock: clock, takesSimulatedTaps: simulated)
    }

    /// Serves while `body` runs, then stops as a service manager would.
    fileprivate func running(_ body: (APIBench) async throws -> Void) async throws {
        _ = try await ledger.recover(now: clock.now())
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let api = LocalAPI(
            settings: APISettings(
                port: 0, allowedOrigins: [Self.pos], operatorToken: Self.token,
                terminalID: "K001", terminalName: "Canteen", language: "en", version: "1.2.3"),
            ledger: ledger, engine: engine, agent: agent, clock: clock, signer: Self.signer,
            replayer: replayer, desk: desk, logger: quiet
        ) { port.yield($0) }
        let group = ServiceGroup(services: [api], logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await engine.run() }
            tasks.addTask { await agent.run(AsyncStream { _ in }) }
            tasks.addTask {
                defer { port.finish() }
                try await group.run()
            }
            var bench = self
            bench.server = api
            for await bound in ports {
                bench.port = bound
                break
            }
            let end = await Result(catching: { try await body(bench) })
            await group.triggerGracefulShutdown()
            await agent.stop()
            await engine.stop()
            try await tasks.waitForAll()
            try end.get()
        }
        #expect(await platform.violations == [])
    }
}

/// Runs `body` against an API of its own.
func withAPI(
    mode: Session.Mode = .requested, simulated: Bool = true,
    _ body: (APIBench) async throws -> Void
) async throws {
    let files = try TemporaryLedger()
    try await APIBench(mode: mode, simulated: simulated, files: files).running(body)
    withExtendedLifetime(files) {}
}

extension Result where Failure == any Error {
    /// As `Result(catching:)`, for work that waits.
    fileprivate init(catching work: () async throws -> Success) async {
        do {
            self = .success(try await work())
        } catch {
            self = .failure(error)
        }
    }
}

/// An answer of the API.
struct Answer: Sendable {
    var status: Int
    var headers: HTTPHeaders
    var text: String

    /// The members of the body; empty when it is no JSON object.
    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
    }

    /// The stable end of a problem's type.
    var problem: String? {
        let type = json["type"] as? String
        return type?.split(separator: ":").last.map(String.init)
    }
}

extension APIBench {
    /// Calls the API over TCP; `token` makes it an operator's call.
    func call(
        _ method: HTTPMethod, _ path: String, _ body: String? = nil, token: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> Answer {
        let answer = try await open(method, path, body, token: token, headers: headers)
        let bytes = try await answer.body.collect(upTo: 1 << 20)
        return Answer(
            status: Int(answer.status.code), headers: answer.headers, text: String(buffer: bytes))
    }

    func asOperator(
        _ method: HTTPMethod, _ path: String, _ body: String? = nil
    ) async throws -> Answer {
        try await call(method, path, body, token: Self.token)
    }

    /// Begins a call; its body is still to come.
    func open(
        _ method: HTTPMethod, _ path: String, _ body: String? = nil, token: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = method
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        return try await HTTPClient.shared.execute(request, timeout: .seconds(30))
    }

    /// Opens a payment and gives its seq.
    func request(_ fen: Int = 1_500) async throws -> String {
        let answer = try await call(.POST, "/v1/payments", #"{"amount":\#(fen)}"#)
        return try #require(answer.json["seq"] as? String, "\(answer.text)")
    }

    func tap(_ card: CardNumber = Sample.card()) async throws -> Answer {
        try await call(.POST, "/v1/taps", #"{"card":"\#(card.exposed)"}"#)
    }

    /// A payment that was tapped and has its outcome.
    func paid() async throws -> String {
        let seq = try await request()
        _ = try await tap()
        let outcome = try await call(.GET, "/v1/payments/\(seq)?wait=30")
        #expect(outcome.json["state"] as? String == "settled", "\(outcome.text)")
        return seq
    }
}
