internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import NIOCore
internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore

extension LocalAPI {
    func addStatusRoutes(_ router: Router<APIContext>, _ door: Door) {
        router.get("/v1/status") { _, _ in try JSONAnswer.make(try await status()) }
        router.get("/v1/events") { request, _ in try events(request, door) }
        router.get("/healthz") { _, _ in plain("ok\n") }
        router.get("/readyz") { _, _ in try await ready() }
    }

    func status() async throws -> StatusView {
        let now = clock.now()
        let totals = try await ledger.totals()
        let doubt = try await ledger.doubt()
        let reader = await agent.reader
        let sync = await engine.status
        let problem = await agent.storageProblem
        return StatusView(
            terminal: .init(
                id: settings.terminalID, name: settings.terminalName,
                language: settings.language, version: settings.version,
                mode: agent.rules.mode == .fixed ? "fixed" : "requested"),
            reader: .init(
                ready: reader.isReady, service: reader.serviceIsUp, simulated: reader.isSimulated,
                names: reader.readers, problem: reader.lastProblem),
            scanners: await agent.scanner.troubles.sorted { $0.key < $1.key }.map {
                .init(device: $0, ready: $1 == nil, problem: $1)
            },
            platform: .init(
                state: sync.platform.rawValue, sinceMs: sync.since.wholeMilliseconds,
                credentialsRefused: sync.credentialsRefused, problem: sync.platformProblem),
            storage: .init(
                ok: problem == nil, trouble: ledger.health.trouble?.rawValue, problem: problem,
                mirror: mirror),
            cards: .init(sealed: ledger.sealsCards, recoverable: ledger.isRecoverable),
            clock: .init(synchronised: clock.isSynchronised),
            queue: queue(totals, now),
            inDoubt: .init(count: doubt.count, fen: doubt.amount.fen),
            sync: .init(
                delivering: sync.inHand, waiting: sync.backingOff, stopped: sync.drainStopped),
            limits: .init(
                offlineEnabled: agent.rules.policy.enabled,
                totalUsed: try await ledger.totalExposure().fen,
                totalLimit: agent.rules.policy.totalLimit.fen),
            lostList: try await lostListView(now),
            screen: ScreenView(await agent.screen),
            now: now.milliseconds)
    }

    private var mirror: StatusView.Mirror? {
        guard ledger.isMirrored else { return nil }
        let problem = ledger.mirrorProblem
        return StatusView.Mirror(ok: problem == nil, problem: problem)
    }

    private func queue(
        _ totals: [PaymentState: StateTotal], _ now: Timestamp
    ) -> [String: StatusView.Total] {
        Dictionary(
            uniqueKeysWithValues: totals.map { state, total in
                (
                    state.rawValue,
                    StatusView.Total(
                        count: total.count, fen: total.amount.fen,
                        oldestAgeMs: (now - total.oldest).wholeMilliseconds)
                )
            })
    }

    /// Ready means: a tap would be served, online or offline.
    private func ready() async throws -> Response {
        let reader = await agent.reader
        let scanner = await agent.scanner
        let problem = await agent.storageProblem
        if reader.isReady || scanner.isReady, problem == nil { return plain("ready\n") }
        throw Problem(
            .serviceUnavailable, "unavailable",
            problem
                ?? "no card can pay — no card reader can be used — see kiosk-agent doctor")
    }

    func plain(_ text: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8", .cacheControl: "no-store",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
