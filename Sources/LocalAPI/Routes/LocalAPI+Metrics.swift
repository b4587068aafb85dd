internal import HTTPTypes
internal import Hummingbird
internal import Instruments
internal import Ledger
internal import NIOCore
internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore

extension LocalAPI {
    func addMetricsRoute(_ router: Router<APIContext>) {
        router.get("/metrics") { _, _ in await metrics() }
    }

    private func metrics() async -> Response {
        let text = MetricText.text(await snapshot().families)
        return Response(
            status: .ok,
            headers: [
                .contentType: MetricText.contentType, .cacheControl: "no-store",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// What is to be told now. A ledger that cannot be read says so, and the rest is told.
    func snapshot() async -> MetricsSnapshot {
        let now = clock.now()
        let books = try? await books(now)
        return MetricsSnapshot(
            terminal: settings.terminalID, version: settings.version, startedAt: startedAt,
            now: now, clockIsSynchronised: clock.isSynchronised, books: books,
            tally: ledger.tally, policy: agent.rules.policy, answers: await agent.answers,
            sync: await engine.status, work: await engine.figures, reader: await agent.reader,
            scanner: await agent.scanner,
            storageIsFine: books != nil && ledger.health == .fine,
            mirrorIsFine: ledger.isMirrored ? ledger.mirrorProblem == nil : nil,
            eventStreams: streams.now)
    }

    private func books(_ now: Timestamp) async throws -> MetricsSnapshot.Books {
        MetricsSnapshot.Books(
            figures: try await ledger.figures(now: now), doubt: try await ledger.doubt(),
            lostList: try await ledger.lostList())
    }
}
