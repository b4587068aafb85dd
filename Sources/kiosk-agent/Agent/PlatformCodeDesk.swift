internal import LocalAPI
internal import OAuth
internal import TerminalCore

/// The platform's one-time codes for the local API, over the client that the payments use.
struct PlatformCodeDesk: CodeDesk {
    let tokens: TokenClient
    let clock: any TerminalClock
    /// Begins the name of each session.
    let terminal: String
    /// 128 random bits in hex, others at each call.
    let random: @Sendable () -> String

    func sendCode(to phone: PhoneNumber, title: String) async throws(CodeRefusal) {
        do {
            try await tokens.sendCode(to: OAuth.Secret(phone.exposed), title: title)
        } catch {
            throw CodeRefusal(ofMessage: error)
        }
    }

    func openSession() async throws(CodeRefusal) -> ShownCode {
        let session: QRSession
        do {
            session = try await tokens.openSession(
                pause: { [clock] in (try? await clock.sleep(for: $0)) != nil },
                makeName: { [terminal, random] in terminal + "-" + random() })
        } catch {
            throw CodeRefusal(error, "no QR code was made")
        }
        return ShownCode(session: session.name, code: session.code.exposed)
    }

    func state(of session: String) async throws(CodeRefusal) -> ShownCode.State {
        let state: QRSession.State
        do {
            state = try await tokens.state(ofSession: session)
        } catch {
            throw CodeRefusal(error, "nobody knows whether the code was used")
        }
        switch state {
        case .unused: return .unused
        case .used: return .used
        case .expired: return .expired
        }
    }
}

extension CodeRefusal {
    /// Why no message was sent. What the platform says is left out: it may repeat the phone.
    fileprivate init(ofMessage error: TokenError) {
        switch error {
        case .refused, .invalidGrant:
            self.init(
                .refused,
                "no code was sent — the platform sends none to this phone — check its number")
        default: self.init(error, "no code was sent")
        }
    }

    /// `what` is what did not happen, as `no code was sent`.
    fileprivate init(_ error: TokenError, _ what: String) {
        switch error {
        case .unsupported:
            self.init(.notOffered, "\(what) — the platform has no such codes — take a card")
        case .later(let status, let after):
            self.init(
                .busy, "\(what) — the platform answered \(status) — try again later",
                after: after)
        case .namesTaken:
            self.init(.busy, "\(what) — each name for it was taken — try again")
        case .refused, .invalidGrant:
            self.init(
                .offline,
                "\(what) — the platform refuses this terminal's request — see kiosk-agent doctor")
        default: self.init(.offline, error.description)
        }
    }
}
