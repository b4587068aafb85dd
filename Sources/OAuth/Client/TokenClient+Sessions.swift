extension TokenClient {
    /// Begins a session and gets the code to show.
    ///
    /// `makeName` must give a name that nobody else has; when the platform knows it already (409),
    /// another one is tried at once. Other failures are tried again after a wait, unless they
    /// are about the terminal itself.
    public func openSession(
        pace: SessionPace = SessionPace(), pause: Pause, makeName: @Sendable () -> String
    ) async throws(TokenError) -> QRSession {
        var (names, failures) = (0, 0)
        while true {
            let name = makeName()
            do throws(TokenError) {
                let code = try await self.code(of: name)
                if let code { return QRSession(name: name, code: code) }
                names += 1
                if names == pace.namesMax { throw .namesTaken }
            } catch {
                failures += 1
                guard error.mayPass, failures < pace.failuresMax,
                    await pause(pace.backoff(after: failures))
                else { throw error }
            }
        }
    }

    /// What became of a session, asked once.
    public func state(ofSession name: String) async throws(TokenError) -> QRSession.State {
        struct Answer: Decodable { var code: String }
        let response = try await callAsTerminal(try platform.sessionStateRequest(name))
        if response.status == 404 || response.status == 410 { return .expired }
        let answer = try response.success(Answer.self, "a session's state")
        guard let state = QRSession.State(rawValue: answer.code) else {
            throw .malformed("the session's state is unknown")
        }
        return state
    }

    /// Asks until the code was used, or until its time is over.
    ///
    /// A failure that may pass is borne until then: whoever scanned the code has paid all the same.
    public func waitUntilUsed(
        _ session: QRSession, pace: SessionPace = SessionPace(), pause: Pause
    ) async throws(TokenError) -> QRSession.State {
        let end = uptime() + pace.life
        var failures = 0
        while uptime() < end {
            do throws(TokenError) {
                let state = try await self.state(ofSession: session.name)
                if state != .unused { return state }
                failures = 0
            } catch {
                failures += 1
                guard error.mayPass else { throw error }
            }
            let wait = failures == 0 ? pace.poll : pace.backoff(after: failures)
            guard await pause(wait) else { return .expired }
        }
        return .expired
    }

    /// The code of a new session; nil when its name is taken.
    private func code(of name: String) async throws(TokenError) -> Secret? {
        struct Answer: Decodable { var code: String? }
        let response = try await callAsTerminal(try platform.sessionRequest(name))
        if response.status == 409 { return nil }
        let answer = try response.success(Answer.self, "a session")
        guard let code = answer.code, !code.isEmpty else {
            throw .malformed("the session has no code")
        }
        return Secret(code)
    }
}

extension TokenError {
    /// Whether the same request may succeed a little later.
    var mayPass: Bool {
        switch self {
        case .unreachable, .later, .malformed: true
        default: false
        }
    }
}
