import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Sandbox

/// The agent ended instead of opening its API.
struct DidNotStart: Error {
    var output: [String]
    /// The exit code, or minus the signal that ended it.
    var end: Int32
}

/// A kiosk of its own: a directory with configuration and ledger, and the built agent on it.
final class Kiosk: Sendable {
    let directory: URL
    let environment: [String: String]

    /// `platform` is the sandbox's address; `yaml` is added to the configuration as it is.
    init(
        platform: String, yaml: String = "", deadline: String = "2s",
        environment: [String: String] = [:]
    ) throws {
        directory = FileManager.default.temporaryDirectory
            .appending(path: "kiosk-\(UUID().uuidString.prefix(8))")
        self.environment = environment
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try configure(platform: platform, yaml: yaml, deadline: deadline)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    /// Writes the configuration anew; takes effect at the next start.
    func configure(platform: String, yaml: String = "", deadline: String = "2s") throws {
        let isFile = yaml.contains("reader:")
        let text = """
            terminal: {id: K001, name: Canteen, language: en}
            platform:
              base_url: \(platform)
              client_id: \(SandboxServer.testClientID)
              client_secret: \(SandboxServer.testClientSecret)
              connect_timeout: 1s
              request_timeout: 1s
              decision_deadline: \(deadline)
            ledger: {path: \(directory.path)/ledger.sqlite}
            api: {listen: "127.0.0.1:0", socket: \(socket), operator_token: operator}
            \(isFile ? "" : "reader: {source: simulated}")
            \(yaml)
            """
        try text.write(to: configuration, atomically: true, encoding: .utf8)
    }

    /// Says at once when nobody listens; never shut down, like the process that it serves.
    private static let http: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    var configuration: URL { directory.appending(path: "config.yaml") }
    var socket: String { directory.appending(path: "api.sock").path }

    /// Starts the agent and waits until its API is open, or until it ended.
    func start(under wrapper: [String] = []) async throws -> Program {
        let agent = Program.products.appending(path: "kiosk-agent").path
        let line = wrapper + [agent, "run", "--config", configuration.path]
        let program = try Program(
            URL(filePath: line[0]), Array(line.dropFirst()), environment: environment)
        await program.wait { lines in lines.contains { $0.contains("the local API is open") } }
        guard program.output.contains(where: { $0.contains("the local API is open") }) else {
            throw DidNotStart(output: program.output, end: await program.end())
        }
        return program
    }

    /// Runs one command of the built agent to its end.
    func command(_ arguments: String...) async throws -> (code: Int32, text: String) {
        try await command(arguments)
    }

    func command(_ arguments: [String]) async throws -> (code: Int32, text: String) {
        let program = try Program(
            Program.products.appending(path: "kiosk-agent"),
            arguments + ["--config", configuration.path], environment: environment)
        let code = await program.end()
        return (code, program.output.joined(separator: "\n"))
    }

    /// A call of the API over the socket, as an operator.
    func call(
        _ method: String, _ path: String, _ body: [String: any Sendable]? = nil
    ) async throws -> (status: Int, json: [String: Any]) {
        let encoded = socket.replacingOccurrences(of: "/", with: "%2F")
        var request = HTTPClientRequest(url: "http+unix://\(encoded)\(path)")
        request.method = HTTPMethod(rawValue: method)
        request.headers.add(name: "Host", value: "localhost")
        request.headers.add(name: "Authorization", value: "Bearer operator")
        if let body {
            ForbiddenWords.shared.add(body: body)
            request.body = .bytes(
                ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: body)))
        }
        let answer = try await Self.http.execute(request, timeout: .seconds(70))
        let bytes = try await answer.body.collect(upTo: 1 << 20)
        let json = try? JSONSerialization.jsonObject(with: Data(bytes.readableBytesView))
        return (Int(answer.status.code), json as? [String: Any] ?? [:])
    }

    /// Opens a payment and gives its seq.
    func request(_ fen: Int, reference: String? = nil) async throws -> String {
        var body: [String: any Sendable] = ["amount": fen]
        if let reference { body["reference"] = reference }
        let answer = try await call("POST", "/v1/payments", body)
        return answer.json["seq"] as? String ?? ""
    }

    func tap(_ card: String) async throws {
        _ = try await call("POST", "/v1/taps", ["card": card])
    }

    /// The state of a payment once its payer has an answer.
    func outcome(_ seq: String) async throws -> (state: String, reason: String?) {
        let answer = try await call("GET", "/v1/payments/\(seq)?wait=30")
        return (answer.json["state"] as? String ?? "none", answer.json["reason"] as? String)
    }

    /// Waits until a payment's newest state is one of `states`, following the event stream.
    func wait(for seq: String, _ states: Set<String>, seconds: Int = 30) async throws -> String {
        let encoded = socket.replacingOccurrences(of: "/", with: "%2F")
        var request = HTTPClientRequest(url: "http+unix://\(encoded)/v1/events")
        request.headers.add(name: "Host", value: "localhost")
        request.headers.add(name: "Last-Event-ID", value: "0")
        let stream = try await Self.http.execute(
            request, deadline: .now() + .seconds(Int64(seconds)))
        return try await bounded(seconds) {
            var text = ""
            for try await chunk in stream.body {
                text += String(buffer: chunk)
                for state in states where text.contains(Self.event(seq, state)) { return state }
            }
            return "the stream ended"
        }
    }

    /// The part of an event's data that names payment and state; the members are sorted.
    private static func event(_ seq: String, _ state: String) -> String {
        "\"seq\":\"\(seq)\",\"state\":\"\(state)\""
    }

    /// The sleep only ends a wait for an event that never comes; what comes ends the sleep.
    private func bounded(
        _ seconds: Int, _ work: @escaping @Sendable () async throws -> String
    ) async throws -> String {
        try await withThrowingTaskGroup(of: String.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                return "not in \(seconds) s"
            }
            defer { group.cancelAll() }
            return try await group.next() ?? ""
        }
    }
}
