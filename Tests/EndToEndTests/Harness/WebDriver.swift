import AsyncHTTPClient
import Foundation
import Glibc
import NIOCore
import NIOHTTP1

/// A chromedriver on a free port of its own, with one headless Chromium; both end with ``quit()``.
///
/// It speaks WebDriver (W3C) over HTTP.
final class WebDriver: Sendable {
    /// chromedriver's word for what it could not do.
    struct Refused: Error, Hashable {
        let error: String
        let message: String
    }

    /// One of the two programs did not come up.
    struct DidNotOpen: Error {
        var output: [String]
    }

    private let program: Program
    private let profile: URL
    /// The address of the session's calls.
    private let session: String
    private let chromium: pid_t

    private init(_ program: Program, _ profile: URL, _ session: String, _ chromium: pid_t) {
        (self.program, self.profile) = (program, profile)
        (self.session, self.chromium) = (session, chromium)
    }

    /// Starts both with a fresh profile.
    static func start() async throws -> WebDriver {
        let profile = FileManager.default.temporaryDirectory
            .appending(path: "browser-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: profile, withIntermediateDirectories: true)
        do {
            let (program, port) = try await open(profile)
            let address = "http://127.0.0.1:\(port)/session"
            let made = try await begin(at: address, profile)
            return WebDriver(program, profile, "\(address)/\(made.sessionId)", made.chromium)
        } catch {
            try? FileManager.default.removeItem(at: profile)
            throw error
        }
    }

    /// chromedriver takes a free port for IPv6, which may be taken for IPv4: it is tried again.
    private static func open(_ profile: URL) async throws -> (Program, port: Int) {
        var attempts = 0
        while true {
            let program = try Program(
                URL(filePath: "/usr/bin/chromedriver"), ["--port=0"],
                environment: ["HOME": profile.path, "TMPDIR": profile.path])
            attempts += 1
            do {
                return (program, try await port(of: program))
            } catch {
                guard attempts < 5 else { throw error }
            }
        }
    }

    private static func port(of program: Program) async throws -> Int {
        let isUp: @Sendable ([String]) -> Bool = { lines in
            lines.contains { $0.contains("started successfully on port") }
        }
        await program.wait(until: isUp)
        let text = program.output.joined(separator: "\n")
        guard let found = text.firstMatch(of: /started successfully on port (\d+)/),
            let port = Int(found.1)
        else { throw DidNotOpen(output: program.output) }
        return port
    }

    private struct Made: Decodable {
        struct Capabilities: Decodable {
            let pid: pid_t

            private enum CodingKeys: String, CodingKey { case pid = "goog:processID" }
        }

        let sessionId: String
        let capabilities: Capabilities

        var chromium: pid_t { capabilities.pid }
    }

    /// Headless and without the sandbox, as tests run as root in a container; without calls to the
    /// browser's maker.
    private static func begin(at address: String, _ profile: URL) async throws -> Made {
        let flags = [
            "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
            "--mute-audio", "--no-first-run", "--no-default-browser-check", "--disable-sync",
            "--disable-breakpad", "--disable-component-update", "--disable-background-networking",
            "--password-store=basic", "--user-data-dir=\(profile.path)",
        ]
        let list = flags.map { "\"\($0)\"" }.joined(separator: ",")
        let wish = """
            {"capabilities": {"alwaysMatch": {
              "timeouts": {"script": 30000, "pageLoad": 30000},
              "goog:chromeOptions": {"binary": "/usr/bin/chromium", "args": [\(list)]}
            }}}
            """
        return try await decode(send(.POST, address, Data(wish.utf8)))
    }

    /// Gives an order whose answer does not matter.
    func tell(_ path: String, _ body: some Encodable) async throws {
        _ = try await Self.send(.POST, "\(session)/\(path)", JSONEncoder().encode(body))
    }

    /// Gives an order and takes its answer.
    func ask<Value: Decodable>(_ path: String, _ body: some Encodable) async throws -> Value {
        try await Self.decode(
            Self.send(.POST, "\(session)/\(path)", JSONEncoder().encode(body)))
    }

    /// What there is to read at `path`.
    func get<Value: Decodable>(_ path: String) async throws -> Value {
        try await Self.decode(Self.send(.GET, "\(session)/\(path)", nil))
    }

    /// Ends both programs and removes the profile, whatever state they are in.
    func quit() async {
        _ = try? await Self.send(.DELETE, session, nil)
        if isChromiumLeft { kill(chromium, SIGKILL) }
        program.signal(SIGKILL)
        await program.end()
        try? FileManager.default.removeItem(at: profile)
    }

    /// Whether the process is still ours: a number is used again after its end.
    private var isChromiumLeft: Bool {
        let line = try? String(contentsOfFile: "/proc/\(chromium)/cmdline", encoding: .utf8)
        return line?.contains(profile.path) == true
    }

    private struct Reply<Value: Decodable>: Decodable {
        let value: Value
    }

    private struct Refusal: Decodable {
        let error: String
        let message: String
    }

    private static func decode<Value: Decodable>(_ data: Data) throws -> Value {
        try JSONDecoder().decode(Reply<Value>.self, from: data).value
    }

    private static func send(
        _ method: HTTPMethod, _ address: String, _ body: Data?
    ) async throws -> Data {
        var request = HTTPClientRequest(url: address)
        request.method = method
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let data = Data(try await answer.body.collect(upTo: 1 << 26).readableBytesView)
        guard answer.status == .ok else {
            let refusal: Refusal = try decode(data)
            throw Refused(error: refusal.error, message: refusal.message)
        }
        return data
    }
}
