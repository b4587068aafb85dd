import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import TerminalAgent
import Testing

@testable import LocalAPI

@Suite("The replay of a journal over the API") struct ReplayRouteTests {
    private static let start = "/v1/replay?original_stopped=true"

    @Test("it is begun once, tells how far it is, and is read as a whole")
    func job() async throws {
        try await withAPI { api in
            let none = try await api.asOperator(.GET, "/v1/replay")
            #expect(none.status == 404 && none.problem == "not_found")
            let events = api.agent.events()
            let begun = try await api.asOperator(.POST, Self.start, "journal")
            #expect(begun.status == 202, "\(begun.text)")
            let first = #"{"done":0,"payments":[],"running":true,"terminal":"K009","#
            #expect(begun.text == first + #""torn_line":7,"total":0}"#)
            var told: [[Int]] = []
            for await event in events {
                guard case .replaying(let job) = event else { continue }
                told.append([job.done, job.total])
                if job.done == 1 { break }
            }
            #expect(told == [[0, 0], [0, 2], [1, 2]])
            let second = try await api.asOperator(.POST, Self.start, "journal")
            #expect(second.status == 409 && second.problem == "busy")
            #expect(api.replayer.arrivals.count == 1)
            api.replayer.letGo()
            try await expectEnd(api)
            #expect(try await api.asOperator(.POST, Self.start, "journal").status == 202)
            api.replayer.letGo()
        }
    }

    /// The end is an event without payments; the whole has them.
    private func expectEnd(_ api: APIBench) async throws {
        var whole = try await api.asOperator(.GET, "/v1/replay")
        while whole.json["running"] as? Bool == true {
            whole = try await api.asOperator(.GET, "/v1/replay")
        }
        #expect(
            whole.text == """
                {"done":1,"failure":"1 payments are left — send it again","payments":[\
                {"amount":1500,"created_at":1767614400000,"seq":"K0091767614400000",\
                "state":"accepted"},\
                {"amount":1500,"created_at":1767614400000,"seq":"K0091767614400001",\
                "state":"reversing"}],\
                "running":false,"terminal":"K009","torn_line":7,"total":2}
                """)
        let job = try #require(await api.agent.replaying)
        let event = String(decoding: try JSONAnswer.encode(ReplayView(job)), as: UTF8.self)
        #expect(event.contains(#""failure""#) && !event.contains(#""payments":"#))
    }

    @Test("everybody who listens hears of it, without the payments")
    func stream() async throws {
        try await withAPI { api in
            let stream = try await api.open(.GET, "/v1/events")
            _ = try await api.asOperator(.POST, Self.start, "journal")
            var text = ""
            for try await chunk in stream.body {
                text += String(buffer: chunk)
                if text.contains(#""done":1,"#) { break }
            }
            let data = #"{"done":1,"running":true,"terminal":"K009","torn_line":7,"total":2}"#
            #expect(text.contains("event: replay\ndata: \(data)\n\n"), "\(text)")
            api.replayer.letGo()
        }
    }

    @Test("a dry run says at once what would be done, and begins nothing")
    func plan() async throws {
        try await withAPI { api in
            let plan = try await api.asOperator(.POST, "/v1/replay?dry_run=true", "journal")
            #expect(plan.status == 200, "\(plan.text)")
            let counts = #"{"closed":2,"decide":2,"deliver":1,"payments":["#
            #expect(plan.text.hasPrefix(counts), "\(plan.text)")
            #expect(plan.text.hasSuffix(#"],"terminal":"K009","torn_line":7,"undo":1}"#))
            let entries = plan.json["payments"] as? [[String: Any]] ?? []
            #expect(
                entries.compactMap { $0["would"] as? String } == [
                    "deliver", "undo", "decide", "decide",
                ])
            #expect(try await api.asOperator(.GET, "/v1/replay").status == 404)
        }
    }

    @Test(
        "what is not asked for rightly is not even read",
        arguments: [
            "/v1/replay", "/v1/replay?original_stopped=false", "/v1/replay?original_stopped=1",
            "/v1/replay?original_stopped=true&dry_run=yes",
        ])
    func refused(path: String) async throws {
        try await withAPI { api in
            let answer = try await api.asOperator(.POST, path, "journal")
            #expect(answer.status == 400 && answer.problem == "invalid", "\(answer.text)")
            #expect(api.replayer.arrivals.isEmpty)
        }
    }

    @Test("it is for operators")
    func guarded() async throws {
        try await withAPI { api in
            for token in [nil, "wrong"] {
                let sent = try await api.call(.POST, Self.start, "journal", token: token)
                #expect(sent.status == 401 && sent.problem == "forbidden")
                let asked = try await api.call(.GET, "/v1/replay", token: token)
                #expect(asked.status == 401 && asked.problem == "forbidden")
            }
            #expect(api.replayer.arrivals.isEmpty)
        }
    }

    static let refusals = [("invalid", 400), ("busy", 409), ("unavailable", 503)]

    @Test("why a journal is refused is a problem of its type", arguments: refusals)
    func refusal(kind: String, status: Int) async throws {
        try await withAPI { api in
            for query in ["dry_run=true", "original_stopped=true"] {
                let answer = try await api.asOperator(.POST, "/v1/replay?\(query)", kind)
                #expect(answer.status == status && answer.problem == kind, "\(answer.text)")
            }
            #expect(try await api.asOperator(.GET, "/v1/replay").status == 404)
        }
    }

    @Test("the journal lies in a private file without a name, its key in no answer")
    func secrecy() async throws {
        try await withAPI { api in
            let secret = "the other's secret"
            let long = String(repeating: "line of a journal\n", count: 50_000)
            for journal in [long, "invalid"] {
                let answer = try await api.call(
                    .POST, "/v1/replay?dry_run=true", journal, token: APIBench.token,
                    headers: ["Kiosk-Journal-Key": secret])
                #expect(!answer.text.contains(secret))
            }
            let arrivals = api.replayer.arrivals
            #expect(arrivals.map(\.text) == [long, "invalid"])
            #expect(arrivals.map(\.secret) == [secret, secret])
            #expect(arrivals.map(\.mode) == [0o600, 0o600])
            #expect(arrivals.allSatisfy { $0.place.hasSuffix(" (deleted)") })
            let tooLong = try await api.call(
                .POST, "/v1/replay?dry_run=true", "journal", token: APIBench.token,
                headers: ["Kiosk-Journal-Key": String(repeating: "x", count: 4_097)])
            #expect(tooLong.status == 400 && tooLong.problem == "invalid")
        }
    }
}
