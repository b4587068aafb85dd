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
        let request = try platform.sessionStateRequest(name)
        return try QRSession.State.state(in: try await callAsTerminal(request))
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
        let request = try platform.sessionRequest(name)
        return try QRSession.code(in: try await callAsTerminal(request))
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
