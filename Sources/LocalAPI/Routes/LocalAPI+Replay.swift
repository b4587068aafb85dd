internal import HTTPTypes
internal import Hummingbird
internal import TerminalAgent

extension LocalAPI {
    func addReplayRoutes(_ router: Router<APIContext>) {
        router.post("/v1/replay") { request, _ in try await replay(request) }
        router.get("/v1/replay") { request, _ in
            try operators.check(request)
            guard let job = await agent.replaying else {
                throw Problem(.notFound, "not_found", "nothing was replayed since the start")
            }
            return try JSONAnswer.make(ReplayView(job, whole: true))
        }
    }

    /// What stands beside the journal.
    private struct ReplayOrder {
        var isDryRun: Bool
        var secret: String?
    }

    /// The body is read to its end in any case, as that of an imported list is.
    private func replay(_ request: Request) async throws -> Response {
        let asked: Result<ReplayOrder, any Error>
        do {
            asked = .success(try await replayOrder(request))
        } catch {
            asked = .failure(error)
        }
        let file = try await JournalIntake.take(request.body, refusal: asked.map { _ in () })
        let order = try asked.get()
        let replay = try await read(file, order)
        if order.isDryRun { return try JSONAnswer.make(ReplayPlanView(replay)) }
        guard let job = await agent.replay(replay) else { throw Problem.replaying }
        return try JSONAnswer.make(ReplayView(job, whole: true), status: .accepted)
    }

    private func replayOrder(_ request: Request) async throws -> ReplayOrder {
        try operators.check(request)
        let isDryRun = try flag("dry_run", of: request)
        guard try flag("original_stopped", of: request) || isDryRun else {
            throw Problem(
                .badRequest, "invalid",
                "a living terminal must not be replayed — it would deliver the same payments once "
                    + "more — make sure that it has stopped for good, then add "
                    + "original_stopped=true")
        }
        let secret = request.headers[.journalKey]
        if let secret, !(1...APILimits.secretMax).contains(secret.utf8.count) {
            throw Problem.invalid(
                "Kiosk-Journal-Key must be the client_secret of the journal's terminal")
        }
        if !isDryRun, let job = await agent.replaying, !job.isOver { throw Problem.replaying }
        return ReplayOrder(isDryRun: isDryRun, secret: secret)
    }

    /// A switch in the query; off when it is left out.
    func flag(_ name: Substring, of request: Request) throws -> Bool {
        let word = request.uri.queryParameters[name] ?? "false"
        guard ["true", "false"].contains(word) else {
            throw Problem.invalid("\(name) must be true or false")
        }
        return word == "true"
    }

    private func read(_ file: NamelessFile, _ order: ReplayOrder) async throws -> any Replay {
        defer { withExtendedLifetime(file) {} }
        do throws(ReplayRefusal) {
            return try await replayer.read(file.path, secret: order.secret)
        } catch {
            throw Problem(error)
        }
    }
}

extension Problem {
    fileprivate static let replaying = Problem(
        .conflict, "busy", "a replay is under way — wait until it has ended")

    init(_ refusal: ReplayRefusal) {
        switch refusal.kind {
        case .invalid: self.init(.badRequest, "invalid", refusal.text)
        case .busy: self.init(.conflict, "busy", refusal.text)
        case .unavailable: self.init(.serviceUnavailable, "unavailable", refusal.text)
        }
    }
}

extension HTTPField.Name {
    /// The `client_secret` of the terminal whose journal is sent; never in an answer or a log.
    fileprivate static let journalKey = HTTPField.Name("Kiosk-Journal-Key")!
}
