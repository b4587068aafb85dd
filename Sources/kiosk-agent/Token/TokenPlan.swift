internal import OAuth
internal import TerminalCore

/// What one call of `kiosk-agent token get` does, once all secrets are read.
enum TokenPlan: Sendable {
    case ask(Grant)
    /// Have a code sent, and redeem it.
    case sendCode(Secret)
    /// Show a code until somebody has used it.
    case showCode

    /// `old` is what was kept; `wantsToken` is whether a refresh needs the old token as well.
    init(_ options: TokenCommand.Get, _ old: TokenVault.Kept?, wantsToken: Bool) throws {
        let code = options.code.map { Grant.code(Secret($0), state: options.state) }
        switch options.way {
        case .terminal: self = .ask(.terminal)
        case .card: self = .ask(.card(Secret(options.card ?? "")))
        case .sms: self = code.map(TokenPlan.ask) ?? .sendCode(Secret(options.phone ?? ""))
        case .qr: self = code.map(TokenPlan.ask) ?? .showCode
        case .code: self = .ask(code ?? .code(Secret("")))
        case .password:
            self = .ask(
                .password(user: options.username ?? "", try SecretInput.line(SecretWords.password)))
        case .refresh:
            let refresh = try old?.refresh ?? SecretInput.line(SecretWords.refreshToken)
            let token: Secret? =
                try wantsToken ? old?.access ?? SecretInput.line(SecretWords.token) : nil
            self = .ask(.refresh(refresh, token: token, openID: options.openID ?? old?.subject))
        }
    }

    /// The token; nil where there is none to come, and that is well. `title` is what a message to a
    /// phone is about.
    func carryOut(_ tokens: TokenClient, title: String, isQuiet: Bool) async throws -> Token? {
        switch self {
        case .ask(let grant): return try await tokens.exchange(grant)
        case .sendCode(let phone):
            try await tokens.sendCode(to: phone, title: title)
            if !isQuiet {
                Terminal.say(Phrase(en: "the code was sent", zh: "验证码已发送").text)
            }
            return try await tokens.exchange(.code(try SecretInput.line(SecretWords.code)))
        case .showCode:
            try await Self.showCode(tokens, isQuiet: isQuiet)
            return nil
        }
    }

    /// The code is meant to be seen: whoever scans it redeems it.
    private static func showCode(_ tokens: TokenClient, isQuiet: Bool) async throws {
        let pause: Pause = { (try? await Task.sleep(for: $0)) != nil }
        let session = try await tokens.openSession(pause: pause, makeName: RandomName.make)
        let line = "show this as a QR code: \(session.code.exposed)"
        if isQuiet { Terminal.toStandardError(line) } else { Terminal.say(line) }
        let state = try await tokens.waitUntilUsed(session, pause: pause)
        guard state == .used else {
            throw CommandFailure(
                .no,
                Phrase(
                    en: "nobody used the code — its time is over — begin again",
                    zh: "没有人使用该码 — 已超时 — 请重新开始"))
        }
        Terminal.say(isQuiet ? #"{"session":"\#(session.name)","state":"used"}"# : "it was used")
    }
}
