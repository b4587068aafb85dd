import AsyncHTTPClient
import Ledger
import NIOCore
import NIOHTTP1
import TerminalAgent
import TerminalCore
import TerminalTesting
import Testing

@testable import LocalAPI

@Suite("To whom an outcome counts as told") struct ToldTests {
    /// Reads a stream until the payment was approved on the screen, doing `then` when it is open.
    private func listen(
        _ api: APIBench, _ path: String, until last: String, whenOpen: () async throws -> Void
    ) async throws {
        let stream = try await api.open(.GET, path)
        var (text, isOpen) = ("", false)
        for try await chunk in stream.body {
            text += String(buffer: chunk)
            if !isOpen, text.contains("event: screen") {
                isOpen = true
                try await whenOpen()
            }
            if text.contains(last) { break }
        }
    }

    /// When the outcome was told, as an operator reads it, which itself tells nobody.
    private func told(_ api: APIBench, _ seq: String) async throws -> Int? {
        let answer = try await api.asOperator(.GET, "/v1/payments/\(seq)")
        #expect(answer.json["state"] as? String == "settled", "\(answer.text)")
        return answer.json["told_at"] as? Int
    }

    /// A settled payment that a stream at `path` saw.
    private func seen(_ api: APIBench, by path: String) async throws -> String {
        var seq = ""
        try await listen(api, path, until: #""kind":"approved""#) {
            seq = try await api.request()
            _ = try await api.tap()
        }
        await api.agent.waitForOutcome(of: seq, atMost: .seconds(30))
        return seq
    }

    @Test("a program that listens to the events, and an operator who looks, are no payer")
    func listeners() async throws {
        try await withAPI { api in
            let seq = try await seen(api, by: "/v1/events")
            #expect(try await told(api, seq) == nil)
            #expect(try await told(api, seq) == nil)
            _ = try await api.asOperator(.GET, "/v1/payments")
            #expect(try await told(api, seq) == nil)
        }
    }

    @Test("a POS that asks for it")
    func pos() async throws {
        try await withAPI { api in
            let seq = try await seen(api, by: "/v1/events")
            _ = try await api.call(.GET, "/v1/payments/\(seq)")
            #expect(try await told(api, seq) != nil)
        }
    }

    @Test(
        "a POS that repeats its reference, with whatever token", arguments: [nil, APIBench.token])
    func repeated(_ token: String?) async throws {
        try await withAPI { api in
            let body = #"{"amount":1500,"reference":"r-1"}"#
            let made = try await api.call(.POST, "/v1/payments", body)
            let seq = try #require(made.json["seq"] as? String)
            _ = try await api.tap()
            await api.agent.waitForOutcome(of: seq, atMost: .seconds(30))
            #expect(try await told(api, seq) == nil)
            _ = try await api.call(.POST, "/v1/payments", body, token: token)
            #expect(try await told(api, seq) != nil)
        }
    }

    @Test("the payer's page, once it was sent the screen with the outcome")
    func page() async throws {
        try await withAPI { api in
            let changes = api.ledger.changes()
            let stream = try await api.open(.GET, "/v1/events?page=payer")
            let seq = try await api.request()
            _ = try await api.tap()
            for await change in changes where change.payment.state == .settled { break }
            var text = ""
            for try await chunk in stream.body {
                text += String(buffer: chunk)
                // The stream says "approved" first and notes it before it says anything else.
                if text.contains(#""kind":"approved""#) {
                    api.clock.advance(by: APILimits.keepAlive)
                }
                if text.contains(": still here") { break }
            }
            #expect(try await told(api, seq) != nil)
        }
    }

    @Test("the page that the agent serves says that it is the payer's")
    func script() {
        #expect(PayerPage.text("/payer.js").contains("'/v1/events?page=payer'"))
    }

    @Test("a silent stream to the payer's page says by an event that it is alive")
    func alive() async throws {
        try await withAPI { api in
            let stream = try await api.open(.GET, "/v1/events?page=payer")
            await api.clock.waitForSleepers(1, within: APILimits.keepAlive)
            api.clock.advance(by: APILimits.keepAlive)
            var text = ""
            for try await chunk in stream.body {
                text += String(buffer: chunk)
                if text.contains(": still here") { break }
            }
            #expect(text.hasSuffix(": still here\nevent: alive\ndata: {}\n\n"))
        }
    }
}
