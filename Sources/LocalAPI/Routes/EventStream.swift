internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import NIOCore
internal import ServiceLifecycle
internal import TerminalAgent
internal import TerminalCore

/// One server-sent event.
private enum StreamItem: Sendable {
    case agent(AgentEvent)
    case payment(LedgerChange)
    case keepAlive
}

extension LocalAPI {
    /// Everything that happens from now on; with `Last-Event-ID` first what was missed.
    func events(_ request: Request) async throws -> Response {
        let items = subscribe()
        let last = request.headers[.lastEventID]
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody { writer in
                for text in try await opening(after: last) {
                    try await writer.write(ByteBuffer(string: text))
                }
                for await item in items.cancelOnGracefulShutdown() {
                    try await writer.write(ByteBuffer(string: try await text(of: item)))
                }
                try await writer.finish(nil)
            })
    }

    /// The first words: what the page should show now, and the payments that were missed.
    private func opening(after last: String?) async throws -> [String] {
        let screen = try event("screen", ScreenView(await agent.screen))
        let texts = ["retry: 1000\n\n", screen]
        guard let last else { return texts }
        guard let id = Int64(last), let missed = try await ledger.changes(after: id, limit: 500),
            missed.count < 500
        else { return texts + ["event: reset\ndata: {}\n\n"] }
        var all = texts
        for change in missed {
            guard let payment = try await ledger.payment(change.seq) else { continue }
            var past = payment
            (past.state, past.reason, past.updatedAt) = (change.to, change.reason, change.at)
            all.append(try event("payment", PaymentView(past), id: change.id))
        }
        return all
    }

    private func text(of item: StreamItem) async throws -> String {
        switch item {
        case .keepAlive: return ": still here\n\n"
        case .agent(.status): return try event("status", try await status())
        case .agent(.screen(let screen)): return try event("screen", ScreenView(screen))
        case .agent(.card(let notice)): return try event("card", CardView(notice))
        case .payment(let change):
            await agent.told(change.payment)
            return try event("payment", PaymentView(change.payment), id: change.id)
        }
    }

    private func event(_ name: String, _ value: some Encodable, id: Int64? = nil) throws -> String {
        let json = String(decoding: try JSONAnswer.encode(value), as: UTF8.self)
        return (id.map { "id: \($0)\n" } ?? "") + "event: \(name)\ndata: \(json)\n\n"
    }

    /// The agent's events, the ledger's changes and a regular sign of life, in one stream.
    private func subscribe() -> AsyncStream<StreamItem> {
        let (agentEvents, changes) = (agent.events(), ledger.changes())
        let clock = clock
        return AsyncStream(bufferingPolicy: .bufferingNewest(256)) { continuation in
            let task = Task {
                await withDiscardingTaskGroup { group in
                    group.addTask {
                        for await event in agentEvents { continuation.yield(.agent(event)) }
                    }
                    group.addTask {
                        for await change in changes { continuation.yield(.payment(change)) }
                    }
                    while (try? await clock.sleep(for: APILimits.keepAlive)) != nil {
                        continuation.yield(.keepAlive)
                    }
                    group.cancelAll()
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}

/// A presented card, without its number.
struct CardView: Encodable {
    var reader: String
    var card: String?
    var problem: String?

    init(_ notice: CardNotice) {
        reader = notice.reader
        card = notice.masked
        problem = notice.problem
    }
}
