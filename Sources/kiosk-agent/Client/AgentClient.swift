internal import AsyncHTTPClient
internal import FoundationEssentials
internal import NIOCore
internal import NIOHTTP1
internal import Settings
internal import TerminalCore

/// Talks to the running agent over its Unix socket.
struct AgentClient {
    private let base: String
    private let socket: String
    private let token: String?

    init(_ settings: Settings.API) {
        socket = settings.socket
        base = "http+unix://" + PercentEncoding.encode(settings.socket)
        token = settings.operatorToken?.exposed ?? Self.tokenFile(settings.operatorTokenFile)
    }

    private init(socket: String, base: String, token: String?) {
        (self.socket, self.base, self.token) = (socket, base, token)
    }

    /// The same agent, called as a POS calls it: without the operator's token.
    var asPOS: AgentClient { AgentClient(socket: socket, base: base, token: nil) }

    /// An answer of the agent: its status and its body.
    struct Answer {
        var status: Int
        var body: Data

        func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            do {
                return try decoder.decode(type, from: body)
            } catch {
                throw CommandFailure(
                    .data,
                    Phrase(
                        en: "the agent's answer is not understood — its version differs — update "
                            + "both",
                        zh: "无法理解终端程序的应答 — 版本不一致 — 请更新两者"))
            }
        }
    }

    /// Calls and returns the answer of a success; throws a ``CommandFailure`` for everything else.
    func call(
        _ method: String, _ path: String, body: (any Encodable & Sendable)? = nil,
        patience: Duration = .seconds(10)
    ) async throws -> Answer {
        try await send(try request(method, path, body: body), patience: patience)
    }

    /// Sends a file piece by piece; otherwise as ``call(_:_:body:patience:)``.
    func upload(_ file: FilePieces, to path: String, patience: Duration) async throws -> Answer {
        var request = try request("POST", path)
        request.headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
        request.body = .stream(file, length: .known(file.length))
        return try await send(request, patience: patience)
    }

    /// Sends a request; the body of its answer is still to come.
    func begin(
        _ method: String, _ path: String, body: (any Encodable & Sendable)?,
        patience: Duration = .seconds(60)
    ) async throws -> HTTPClientResponse {
        try await execute(try request(method, path, body: body), patience: patience)
    }

    private func request(
        _ method: String, _ path: String, body: (any Encodable & Sendable)? = nil
    ) throws -> HTTPClientRequest {
        var request = HTTPClientRequest(url: base + path)
        request.method = .init(rawValue: method)
        request.headers.add(name: "Host", value: "localhost")
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let body {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: try encoder.encode(body)))
        }
        return request
    }

    private func send(_ request: HTTPClientRequest, patience: Duration) async throws -> Answer {
        let response = try await execute(request, patience: patience)
        let answer: Answer
        do {
            let bytes = try await response.body.collect(upTo: 64 * 1024 * 1024)
            answer = Answer(
                status: Int(response.status.code), body: Data(bytes.readableBytesView))
        } catch {
            throw unreachable
        }
        guard (200..<300).contains(answer.status) else { throw failure(answer) }
        return answer
    }

    private func execute(
        _ request: HTTPClientRequest, patience: Duration
    ) async throws -> HTTPClientResponse {
        do {
            return try await Self.http.execute(
                request, timeout: .nanoseconds(patience.components.seconds * 1_000_000_000))
        } catch {
            throw unreachable
        }
    }

    private var unreachable: CommandFailure {
        CommandFailure(
            .unreachable,
            Phrase(
                en: "the agent does not answer — nothing listens on \(socket), or this user may "
                    + "not connect — start it with kiosk-agent run, or join its group",
                zh: "终端程序没有应答 — \(socket) 上没有程序监听，或当前用户无权连接 — "
                    + "请用 kiosk-agent run 启动，或加入其用户组"))
    }

    func failure(_ answer: Answer) -> CommandFailure {
        struct Problem: Decodable {
            var type: String
            var detail: String
            var seq: String?
        }
        let problem = try? answer.decode(Problem.self)
        let kind = problem?.type.split(separator: ":").last.map(String.init) ?? ""
        // Another payment is in the way; it ends by itself.
        let isBusy = kind == "busy" && problem?.seq != nil
        let words =
            problem.map { ProblemWords.phrase(kind, $0.detail, seq: $0.seq) }
            ?? ProblemWords.unknown(answer.status)
        let code: CommandFailure.Code =
            switch answer.status {
            case 400, 413: .data
            case 429, 503: .tryLater
            case 409 where isBusy: .tryLater
            default: .no
            }
        return CommandFailure(code, words)
    }

    /// Says at once when nobody listens, instead of trying again until the time is over.
    private static let http: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    private static func tokenFile(_ path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: path), data.count < 4_096 else {
            return nil
        }
        let text = String(decoding: data, as: UTF8.self).filter { !$0.isWhitespace }
        return text.isEmpty ? nil : text
    }
}
