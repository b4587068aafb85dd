import AsyncHTTPClient
import Ledger
import NIOCore
import NIOHTTP1
import TerminalAgent
import TerminalCore
import TerminalTesting
import Testing

@testable import LocalAPI

@Suite("The stream of events") struct EventRouteTests {
    /// What the stream said until it said `last`.
    private func text(
        _ api: APIBench, after id: String? = nil, until last: String,
        whenOpen: () async throws -> Void = {}
    ) async throws -> String {
        let headers = id.map { ["Last-Event-ID": $0] } ?? [:]
        let stream = try await api.open(.GET, "/v1/events", headers: headers)
        #expect(stream.headers.first(name: "content-type") == "text/event-stream")
        var text = ""
        var isOpen = false
        for try await chunk in stream.body {
            text += String(buffer: chunk)
            if !isOpen, text.contains("event: screen") {
                isOpen = true
                try await whenOpen()
            }
            if text.contains(last) { break }
        }
        return text
    }

    @Test("it begins with the screen, then tells the card, the payment and each new screen")
    func story() async throws {
        try await withAPI { api in
            let text = try await text(api, until: #""state":"settled""#) {
                _ = try await api.request()
                _ = try await api.tap()
            }
            let first = "retry: 1000\n\nevent: screen\ndata: {\"kind\":\"idle\"}\n\n"
            #expect(text.hasPrefix(first))
            #expect(text.contains("event: card\ndata: {\"card\":\"****0001\",\"reader\":"))
            for (id, state) in ["awaiting_card", "pending", "settled"].enumerated() {
                let payment = text.firstRange(of: "id: \(id + 1)\nevent: payment\ndata: {")
                let word = text.firstRange(of: "\"state\":\"\(state)\"")
                #expect(payment != nil && word != nil, "\(text)")
            }
            #expect(!text.contains("CARD0001"))
        }
    }

    @Test("another name and language are shown, and a page that is open is told")
    func renamed() async throws {
        try await withAPI { api in
            let text = try await text(api, until: #""version":"1.2.3""#) {
                try #require(api.server).adopt(name: "Lane 4", language: "zh")
                await api.agent.adopt(api.agent.rules)
            }
            #expect(text.contains(#""language":"zh""#) && text.contains(#""name":"Lane 4""#))
        }
    }

    @Test("who was away hears what was missed, once, and nothing else")
    func resume() async throws {
        try await withAPI { api in
            _ = try await api.paid()
            let missed = try await text(api, after: "1", until: #""state":"settled""#)
            #expect(!missed.contains("id: 1\n"))
            #expect(missed.components(of: "id: 2\n") == 1)
            #expect(missed.components(of: "id: 3\n") == 1)
            #expect(!missed.contains("event: reset"))
            let none = try await text(api, after: "3", until: "id: 4\n") {
                _ = try await api.request()
            }
            #expect(!none.contains("id: 3\n") && !none.contains("event: reset"))
        }
    }

    @Test(
        "an id that was never given gets a reset",
        arguments: ["4", "-1", "abc", "1.0", "9223372036854775808"])
    func reset(_ id: String) async throws {
        try await withAPI { api in
            _ = try await api.paid()
            let text = try await text(api, after: id, until: "event: reset\ndata: {}\n\n")
            #expect(!text.contains("event: payment"))
        }
    }

    @Test("a silent stream says a word now and then")
    func keepAlive() async throws {
        try await withAPI { api in
            let text = try await text(api, until: ": still here\n\n") {
                await api.clock.waitForSleepers(1, within: APILimits.keepAlive)
                api.clock.advance(by: APILimits.keepAlive)
            }
            #expect(text.hasSuffix(": still here\n\n"))
        }
    }
}

extension String {
    /// How often `part` is in this text.
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
