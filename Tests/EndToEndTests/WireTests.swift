import AsyncHTTPClient
import NIOCore
import OAuth
import Testing

/// The way to a platform over a real HTTP client and a real socket.
@Suite("the HTTP client on its way to a platform", .timeLimit(.minutes(1)))
struct WireTests {
    /// What a server says, and what comes of it within half a second.
    static let answers: [(said: String, result: Result<WireResponse, WireFailure>)] = [
        (
            "HTTP/1.1 402 No\r\nContent-Length: 2\r\nRetry-After: 7\r\n\r\n{}",
            .success(WireResponse(status: 402, body: [0x7B, 0x7D], retryAfter: .seconds(7)))
        ),
        (
            "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://other/\r\n\r\n",
            .success(WireResponse(status: 302, location: "http://other/"))
        ),
        ("", .failure(.unknown(.noAnswer))),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{", .failure(.unknown(.noAnswer))),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            .failure(.unknown(.noAnswer))
        ),
    ]

    @Test("an answer counts when it is whole in time", arguments: answers)
    func answer(said: String, result: Result<WireResponse, WireFailure>) async throws {
        let server = try await PlainServer(saying: said)
        let found = try await Self.send(to: server.port, within: .milliseconds(500))
        #expect(found == result)
    }

    @Test("an answer that is too long is not read to its end")
    func tooLong() async throws {
        let length = WireResponse.bodyMax + 1
        let chunk = String(length, radix: 16) + "\r\n" + String(repeating: "{", count: length)
        let answers = [
            "Content-Length: \(length)\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n" + chunk,
        ]
        for answer in answers {
            let server = try await PlainServer(saying: "HTTP/1.1 200 OK\r\n" + answer)
            let found = try await Self.send(to: server.port, within: .seconds(50))
            guard case .failure(.unknown) = found else {
                Issue.record("\(found)")
                return
            }
        }
    }

    @Test("a server that says nothing to a TLS client has surely got no order")
    func silentTLS() async throws {
        let server = try await PlainServer(saying: "")
        let found = try await Self.send(
            to: server.port, by: "https", within: .milliseconds(500))
        #expect(found == .failure(.notSent(.noAnswer)))
    }

    @Test("who gives up waits no longer for an answer")
    func cancelled() async throws {
        let server = try await PlainServer(saying: "")
        let sending = Task { try await Self.send(to: server.port, within: .seconds(600)) }
        sending.cancel()
        guard case .failure(let failure) = try await sending.value else {
            Issue.record("an answer came")
            return
        }
        #expect(failure.trouble == .noAnswer)
    }

    /// One POST with a body of three bytes.
    private static func send(
        to port: Int, by scheme: String = "http", within timeout: Duration
    ) async throws -> Result<WireResponse, WireFailure> {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        // What nobody waits for any more ends soon after.
        configuration.timeout.connect = .seconds(1)
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let request = WireRequest(.post, "\(scheme)://127.0.0.1:\(port)/trade", body: [1, 2, 3])
        let result: Result<WireResponse, WireFailure>
        do throws(WireFailure) {
            result = .success(try await HTTPWire(client: client).send(request, timeout: timeout))
        } catch {
            result = .failure(error)
        }
        try await client.shutdown()
        return result
    }
}
