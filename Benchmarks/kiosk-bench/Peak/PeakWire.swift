internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import PeakBooks

/// The agent's local API over its socket, and the sandbox's control panel.
struct PeakWire: Sendable {
    /// What came back.
    struct Answer: Sendable {
        var status: Int
        var body: Data

        var isGood: Bool { (200..<300).contains(status) }

        func decoded<Value: Decodable>(_ type: Value.Type) throws -> Value {
            try JSONDecoder().decode(type, from: body)
        }
    }

    /// What operator calls carry; any text will do for a platform on loopback.
    static let operatorToken = "bench"
    /// Longer than the longest wait for an outcome, in seconds.
    private static let patienceSeconds: Int64 = 70
    /// The lists of the longest soak stay below, in bytes.
    private static let bodyMax = 64 << 20

    /// The path of the agent's socket.
    let socket: String
    /// The sandbox's address.
    let platform: String

    /// Never shut down, like the process that it serves.
    private static let http: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        // Before the server's end closes them; and streams must not keep calls waiting.
        configuration.connectionPool.idleTimeout = .seconds(20)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 48
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// One call of the agent; a POS carries no operator's token.
    func agent(
        _ method: String, _ path: String, _ body: String? = nil, asOperator: Bool = false
    ) async throws -> Answer {
        var request = agentRequest(path)
        if asOperator {
            request.headers.add(name: "Authorization", value: "Bearer \(Self.operatorToken)")
        }
        return try await send(method, request, body)
    }

    /// One call of the control panel.
    func sandbox(_ method: String, _ path: String, _ body: String? = nil) async throws -> Answer {
        try await send(method, HTTPClientRequest(url: platform + path), body)
    }

    /// As ``sandbox(_:_:_:)``, for what must be done.
    func order(_ method: String, _ path: String, _ body: String) async throws {
        let answer = try await sandbox(method, path, body)
        guard answer.isGood else {
            throw BenchFailure("the sandbox answers \(answer.status) to \(method) \(path)")
        }
    }

    private func agentRequest(_ path: String) -> HTTPClientRequest {
        let name = socket.replacingOccurrences(of: "/", with: "%2F")
        var request = HTTPClientRequest(url: "http+unix://\(name)\(path)")
        request.headers.add(name: "Host", value: "localhost")
        return request
    }

    private func send(
        _ method: String, _ request: HTTPClientRequest, _ body: String?
    ) async throws -> Answer {
        var request = request
        request.method = HTTPMethod(rawValue: method)
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let answer = try await Self.http.execute(
            request, timeout: .seconds(Self.patienceSeconds))
        let bytes = try await answer.body.collect(upTo: Self.bodyMax)
        return Answer(status: Int(answer.status.code), body: Data(bytes.readableBytesView))
    }
}

extension PeakWire {
    private struct Page: Decodable {
        var payments: [Books.Payment]
        var next: String?
    }

    /// The agent's payments in one of these states, divided by commas; all of them without.
    func payments(in states: String = "") async throws -> [Books.Payment] {
        var (all, cursor): ([Books.Payment], String?) = ([], nil)
        repeat {
            let query =
                (states.isEmpty ? "" : "&state=\(states)") + (cursor.map { "&after=\($0)" } ?? "")
            let answer = try await agent(
                "GET", "/v1/payments?limit=500\(query)", asOperator: true)
            guard answer.isGood else {
                throw BenchFailure("the agent answers \(answer.status) for its payments")
            }
            let page = try answer.decoded(Page.self)
            all += page.payments
            cursor = page.next
        } while cursor != nil
        return all
    }

    /// Follows the events for a time; returns the last id that was seen, `last` if there was none.
    ///
    /// Who `sleeps` is connected and takes nothing in.
    func listen(
        for time: Duration, page: String, after last: Int64?, sleeps: Bool
    ) async -> Int64? {
        await withTaskGroup(of: Int64?.self) { group in
            group.addTask { await follow(page, last, sleeps: sleeps) }
            group.addTask {
                try? await Task.sleep(for: time)
                return nil
            }
            var newest = last
            for await id in group {
                newest = id ?? newest
                group.cancelAll()
            }
            return newest
        }
    }

    /// Reads until it is cancelled or the stream ends.
    private func follow(_ page: String, _ last: Int64?, sleeps: Bool) async -> Int64? {
        var request = agentRequest("/v1/events\(page)")
        if let last { request.headers.add(name: "Last-Event-ID", value: String(last)) }
        var newest = last
        do {
            let stream = try await Self.http.execute(request, deadline: .distantFuture)
            if sleeps { try await Task.sleep(for: .seconds(3_600)) }
            for try await chunk in stream.body {
                let lines = String(buffer: chunk).split(separator: "\n")
                let ids = lines.filter { $0.hasPrefix("id: ") }
                    .compactMap { Int64($0.dropFirst(4)) }
                // A number that a chunk cut in two is a smaller one.
                if let id = ids.max() { newest = max(id, newest ?? id) }
            }
        } catch {
            return newest
        }
        return newest
    }
}
