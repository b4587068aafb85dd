import Ledger
import Logging
import TerminalAgent
import TerminalCore
import TerminalTesting
import Testing

@testable import LocalAPI

@Suite("Each payment event once and in order") struct EventOrderTests {
    /// What one listener was sent.
    private struct Listener {
        var stream: EventStream
        var text = ""

        init(_ api: APIBench) {
            let local = LocalAPI(
                settings: APISettings(
                    terminalID: "K001", terminalName: "Canteen", version: "1.2.3"),
                ledger: api.ledger, engine: api.engine, agent: api.agent, clock: api.clock,
                signer: APIBench.signer, replayer: api.replayer, desk: api.desk,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            stream = EventStream(local, isPayersPage: false)
        }

        mutating func begin(after last: String?) async throws {
            try await stream.begin(after: last)
            try await read()
        }

        private mutating func read() async throws {
            while let word = try await stream.next() { text += word.text }
        }

        /// Takes what waits until `isEnough` of the ids.
        mutating func listen(until isEnough: ([Int]) -> Bool) async throws {
            for await item in stream.items {
                stream.take(item)
                try await read()
                if isEnough(ids) { break }
            }
        }

        /// The ids of the payment events, in the order in which they were sent.
        var ids: [Int] { text.matches(of: /id: (\d+)\nevent: payment/).compactMap { Int($0.1) } }
    }

    /// Makes `count` changes of payments: each is opened and cancelled.
    private func change(_ api: APIBench, count: Int) async throws {
        for _ in 0..<(count / 2) {
            guard case .created(let payment) = try await api.agent.request(Sample.draft(5)) else {
                continue
            }
            _ = try await api.agent.cancel(payment.seq, by: "pos")
        }
    }

    @Test("what happens between listening and the replay is sent once", arguments: [nil, "0", "2"])
    func between(_ last: String?) async throws {
        try await withAPI { api in
            try await change(api, count: 4)
            var listener = Listener(api)
            try await change(api, count: 2)
            try await listener.begin(after: last)
            let replayed = last.flatMap(Int.init).map { Array(($0 + 1)...6) } ?? []
            #expect(listener.ids == replayed)
            try await change(api, count: 2)
            try await listener.listen { $0.last == 8 }
            #expect(listener.ids == replayed + [7, 8])
        }
    }

    @Test("a listener so slow that its buffer ran over misses nothing")
    func slow() async throws {
        try await withAPI { api in
            var listener = Listener(api)
            try await listener.begin(after: nil)
            let count = EventStream.bufferMax * 2
            try await change(api, count: count)
            try await listener.listen { $0.last == count }
            #expect(listener.ids == Array(1...count))
        }
    }

    @Test("a long absence is made up for, page by page")
    func absence() async throws {
        try await withAPI { api in
            let count = EventStream.pageSize * 3 + 2
            try await change(api, count: count)
            var listener = Listener(api)
            try await listener.begin(after: "1")
            #expect(listener.ids == Array(2...count))
            #expect(!listener.text.contains("event: reset"))
        }
    }

    @Test("after a reset the stream goes on from the newest number, which it names")
    func reset() async throws {
        try await withAPI { api in
            try await change(api, count: 2)
            var listener = Listener(api)
            try await listener.begin(after: "77")
            #expect(listener.text.hasSuffix("id: 2\nevent: reset\ndata: {}\n\n"))
            try await change(api, count: 2)
            try await listener.listen { $0.last == 4 }
            #expect(listener.ids == [3, 4])
        }
    }
}
