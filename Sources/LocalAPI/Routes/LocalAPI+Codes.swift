internal import HTTPTypes
internal import Hummingbird
internal import QRCode
internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore

extension LocalAPI {
    func addCodeRoutes(_ router: Router<APIContext>) {
        router.post("/v1/sms-codes") { request, _ in try await sendCode(request) }
        router.post("/v1/qr-sessions") { _, _ in try await openSession() }
        router.get("/v1/qr-sessions/:session") { _, context in
            try await showState(of: try context.parameters.require("session"))
        }
    }

    private struct MessageBody: Decodable { var phone: String }

    /// The bound is asked after all that is free: only what goes to the platform counts.
    private func sendCode(_ request: Request) async throws -> Response {
        let body = try await JSONAnswer.decode(MessageBody.self, from: request)
        guard let phone = PhoneNumber(body.phone) else {
            throw Problem.invalid("phone must be 5 to 20 digits, with or without a leading +")
        }
        try await checkPlatform()
        if let wait = codes.takeMessage(to: phone, at: clock.uptime()) {
            throw Problem.tooSoon(wait)
        }
        let title = settings.terminalName
        try await inTime { [desk] in try await desk.sendCode(to: phone, title: title) }
        return Response(status: .noContent)
    }

    private func openSession() async throws -> Response {
        try await checkPlatform()
        let shown = try await inTime { [desk] in try await desk.openSession() }
        guard let picture = try? QRCode(shown.code) else { throw Problem.noPicture }
        codes.began(shown.session)
        return try JSONAnswer.make(
            QRSessionView(session: shown.session, code: shown.code, svg: picture.svg),
            status: .created)
    }

    /// Tells of our own sessions only, so that nobody learns here of other terminals'.
    private func showState(of session: String) async throws -> Response {
        guard let known = codes.state(of: session) else { throw Problem.unknownSession }
        if known == .used { return try JSONAnswer.make(QRStateView(state: known.rawValue)) }
        try await checkPlatform()
        let state = try await inTime { [desk] in try await desk.state(of: session) }
        let latest = codes.note(state, of: session)
        return try JSONAnswer.make(QRStateView(state: latest.rawValue))
    }

    /// Nobody waits for a platform that is known to be away.
    private func checkPlatform() async throws {
        guard await engine.platformIsUp else { throw Problem.codesNeedPlatform }
    }

    /// Asks the desk for as long as a payer waits for an answer; then it is given up.
    private func inTime<Value: Sendable>(
        _ ask: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let deadline = agent.rules.decisionDeadline
        do {
            return try await withThrowingTaskGroup(of: Value?.self) { group in
                group.addTask { try await ask() }
                group.addTask { [clock] in
                    try await clock.sleep(for: deadline)
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let value = first else {
                    throw Problem.noAnswer
                }
                return value
            }
        } catch let refusal as CodeRefusal {
            throw Problem(refusal)
        }
    }
}

extension Problem {
    fileprivate static let codesNeedPlatform = Problem(
        .serviceUnavailable, "unavailable",
        "there is no code — codes need the platform, which cannot be reached now — "
            + "take a card, or try again later")
    fileprivate static let noAnswer = Problem(
        .serviceUnavailable, "unavailable",
        "there is no code — the platform did not answer in time — take a card, or try again")
    fileprivate static let noPicture = Problem(
        .serviceUnavailable, "unavailable",
        "there is no QR code — the platform's code does not fit into one — take a card, and ask "
            + "the platform's support")
    fileprivate static let unknownSession = Problem(
        .notFound, "not_found",
        "there is no such session — this agent did not begin it, or began many since — begin a "
            + "new one")

    /// `wait` is how long it takes until a message may be sent.
    fileprivate static func tooSoon(_ wait: Duration) -> Problem {
        Problem(
            .tooManyRequests, "busy",
            "no code was sent — this phone just got one, or this terminal asked for too many — "
                + "wait, then try again",
            retryAfter: wait)
    }

    init(_ refusal: CodeRefusal) {
        switch refusal.kind {
        case .offline: self.init(.serviceUnavailable, "unavailable", refusal.text)
        case .notOffered: self.init(.conflict, "unavailable", refusal.text)
        case .busy:
            self.init(.serviceUnavailable, "busy", refusal.text, retryAfter: refusal.after)
        case .refused: self.init(.badRequest, "invalid", refusal.text)
        }
    }
}
