import Foundation
import Testing

/// What a refused caller can still do to the connection.
@Suite("a refused connection") struct RefusalTests {
    /// Heads that are refused, each promising a body that never comes in full.
    private static let heads = [
        "POST /v1/payments HTTP/1.1\r\nHost: evil.com\r\nContent-Length: 1000\r\n\r\n{",
        "POST /v1/payments HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.com\r\n"
            + "Content-Length: 1000\r\n\r\n{",
        "POST /v1/payments HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n5\r\n{",
        "OPTIONS /v1/payments HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.com\r\n"
            + "Content-Length: 1000\r\n\r\n{",
    ]

    @Test("it is closed at once, its dripping body is not waited for")
    func drips() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            for head in Self.heads {
                let connection = try await RawConnection(port: kiosk.port(of: agent))
                try await connection.write(head)
                let began = ContinuousClock.now
                let answer = try await connection.read(toTheClose: true)
                #expect(answer.ending == .closed, "\(head)")
                #expect(answer.status == 403 && answer.problem == "forbidden", "\(head)")
                #expect(answer.header("connection") == "close", "\(head)")
                #expect(ContinuousClock.now - began < .seconds(3), "\(head)")
            }
            #expect(agent.isRunning)
        }
    }

    @Test("the preflight of an allowed page that brings a body is closed after its answer")
    func preflight() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(
                platform: url, environment: ["KIOSK_API_ALLOWED_ORIGINS": "http://pos.local"])
            let agent = try await kiosk.start()
            let connection = try await RawConnection(port: kiosk.port(of: agent))
            try await connection.write(
                "OPTIONS /v1/payments HTTP/1.1\r\nHost: localhost\r\nOrigin: http://pos.local\r\n"
                    + "Content-Length: 1000\r\n\r\n{")
            let answer = try await connection.read(toTheClose: true)
            #expect(answer.status == 204 && answer.ending == .closed)
            #expect(agent.isRunning)
        }
    }
}
