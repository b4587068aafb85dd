internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore
internal import ServiceLifecycle

/// The control panel and the calls behind it.
struct AdminRoutes: Sendable {
    /// How long a tapped card stays unless told otherwise, in seconds.
    static let tapSeconds = 1.5

    let platform: SandboxPlatform
    let readers: VirtualReaders

    func add(to router: Router<SandboxContext>) {
        router.get("/admin") { _, _ in PanelPage.response }
        router.get("/admin/state") { _, _ in Response.json(await state()) }
        router.get("/admin/events") { _, _ in await events() }
        router.get("/admin/cards") { _, _ in Response.json(await platform.model.cards) }
        router.put("/admin/cards/:number") { try await putCard($0, $1) }
        router.post("/admin/taps") { request, _ in try await tap(request) }
        router.get("/admin/faults") { _, _ in Response.json(await platform.faults.faults) }
        router.put("/admin/faults") { request, _ in try await putFaults(request) }
        router.delete("/admin/faults") { _, _ in await clearFaults() }
        router.get("/admin/network") { _, _ in await network() }
        router.put("/admin/network") { request, _ in try await putNetwork(request) }
        router.get("/admin/trades") { _, _ in Response.json(await platform.model.tradeList) }
        router.get("/admin/platforms") { request, _ in await platforms(request) }
        router.get("/admin/requests") { _, _ in Response.json(await platform.journal.requests) }
    }

    private func putCard(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let number = context.parameters.get("number") ?? ""
        guard (1...64).contains(number.utf8.count), number.utf8.allSatisfy(isNumberByte) else {
            return .problem(.badRequest, "a card number has 1 to 64 of A-Z a-z 0-9 . _ : -")
        }
        guard let change = try await request.json(CardChange.self) else {
            return .problem(.badRequest, "the body is some of {balance, st, name, uid, phone}")
        }
        if let problem = change.problem { return .problem(.badRequest, problem) }
        let card = await platform.change { model, _ -> SandboxCard? in
            var card = model.card(number) ?? SandboxCard(number: number)
            change.apply(to: &card)
            return model.put(card) ? card : nil
        }
        return card.map { Response.json($0) } ?? .problem(.conflict, "the card table is full")
    }

    private func tap(_ request: Request) async throws -> Response {
        guard let order = try await request.json(TapOrder.self) else {
            return .problem(.badRequest, "the body is {card, seconds, reader}, card is needed")
        }
        let seconds = order.seconds ?? Self.tapSeconds
        do throws(SandboxError) {
            guard let card = await platform.model.card(order.card) else { throw .unknownCard }
            guard let uid = card.uidBytes else { throw .noIdentifier }
            let reader = try await readers.tap(uid: uid, seconds: seconds, port: order.reader)
            return .json(TapAnswer(reader: reader, seconds: seconds), status: .accepted)
        } catch {
            return .problem(error)
        }
    }

    private func putFaults(_ request: Request) async throws -> Response {
        guard let faults = try await request.json([SandboxFault].self) else {
            let modes = SandboxFault.Mode.allCases.map(\.rawValue).joined(separator: ", ")
            return .problem(.badRequest, "the body is a list of faults; mode is one of \(modes)")
        }
        guard faults.count <= FaultPlan.faultsMax else {
            return .problem(.badRequest, "at most \(FaultPlan.faultsMax) faults")
        }
        if let problem = faults.compactMap(\.problem).first {
            return .problem(.badRequest, problem)
        }
        await platform.setFaults(faults)
        return .json(faults)
    }

    private func clearFaults() async -> Response {
        await platform.setFaults([])
        return Response(status: .noContent)
    }

    private func network() async -> Response {
        .json(NetworkSwitch(up: await platform.isNetworkUp))
    }

    private func putNetwork(_ request: Request) async throws -> Response {
        guard let wanted = try await request.json(NetworkSwitch.self) else {
            return .problem(.badRequest, "the body is {\"up\": true} or {\"up\": false}")
        }
        await platform.setNetwork(up: wanted.up)
        return .json(wanted)
    }

    /// The agent's settings for the other platforms; YAML reads them as they are.
    private func platforms(_ request: Request) async -> Response {
        do throws(SandboxError) {
            let keys = try await platform.chainUpKeys()
            let model = await platform.model
            return .json(
                PlatformSettings(
                    base: "http://" + (request.head.authority ?? ""), keys: keys,
                    clientID: model.clientID, clientSecret: model.clientSecret))
        } catch {
            return .problem(error)
        }
    }

    private func state() async -> PanelState {
        let busy = await readers.busyPorts
        return await platform.panelState(
            readers: readers.ports.map { .init(port: $0, busy: busy.contains($0)) })
    }

    /// Server-sent events without content: each says that the state is worth another look.
    private func events() async -> Response {
        let (id, changes) = await platform.listen()
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { [platform] writer in
                do {
                    for await _ in changes.cancelOnGracefulShutdown() {
                        try await writer.write(ByteBuffer(string: "event: change\ndata: {}\n\n"))
                    }
                    await platform.forget(listener: id)
                } catch {
                    await platform.forget(listener: id)
                    throw error
                }
                try await writer.finish(nil)
            })
    }
}

extension SandboxPlatform {
    /// What the panel shows.
    func panelState(readers: [PanelState.Reader]) -> PanelState {
        PanelState(
            client_id: model.clientID, up: isNetworkUp, readers: readers, cards: model.cards,
            faults: faults.faults,
            messages: model.messages.suffix(PanelState.rowsMax).reversed(),
            sessions: sessions(PanelState.rowsMax),
            trades: model.lastTrades(PanelState.rowsMax),
            requests: journal.requests.suffix(PanelState.rowsMax).reversed())
    }
}

extension PlatformModel {
    /// The newest trades, newest first.
    func lastTrades(_ count: Int) -> [SandboxTrade] {
        tradeOrder.suffix(count).reversed().compactMap { trades[$0] }
    }
}
