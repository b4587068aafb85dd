internal import ArgumentParser
internal import OAuth
internal import Settings
internal import TerminalCore

/// `kiosk-agent token`
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Gets a token, to check credentials and platforms.",
        discussion: Help.text(
            examples: "token get --way terminal", "token inspect --about accounts"),
        subcommands: [
            Get.self, AuthorizeURLCommand.self, ParseCallbackCommand.self, InspectCommand.self,
        ],
        defaultSubcommand: Get.self)

    /// How a token is asked for.
    enum Way: String, CaseIterable, ExpressibleByArgument {
        case terminal, card, sms, qr, code, password, refresh
    }

    /// `kiosk-agent token get`
    struct Get: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "get", abstract: "Gets a token and prints it, masked.",
            discussion: Help.text(
                """
                Passwords, refresh tokens and tokens are read from standard input, one a line: \
                the password or the refresh token, then the old token where the platform \
                (chainup) wants it. --way sms with --phone sends a code and asks for it; --way \
                qr without --code shows a code and waits until somebody has used it.
                """,
                examples: "token get --way card --card 04A23B1C5D6E80",
                "token get --way sms --phone 13800000001"))

        @Option(help: "How to ask.")
        var way: Way
        @Option(help: "The card's number, for --way card.")
        var card: String?
        @Option(help: "The phone that gets a code, for --way sms.")
        var phone: String?
        @Option(help: "The code to redeem, for --way sms, qr or code.")
        var code: String?
        @Option(help: "The state that came with the code, for --way code.")
        var state: String?
        @Option(help: "Whose password it is, for --way password.")
        var username: String?
        @Option(name: .customLong("open-id"), help: "Whose token it is, for --way refresh.")
        var openID: String?
        @Flag(help: "Print secrets, too.")
        var show = false
        @Flag(help: "Keep the refresh token, encrypted with the credential data_key.")
        var keep = false
        @Flag(help: "Refresh what was kept, for --way refresh.")
        var kept = false
        @OptionGroup var platform: PlatformOption
        @OptionGroup var json: JSONFlag

        func validate() throws {
            if let card { _ = try Checked.card(card) }
            let missing: Phrase? =
                switch way {
                case .card where card == nil: Phrase(verbatim: "--card")
                case .sms where phone == nil && code == nil:
                    Phrase(en: "--phone or --code", zh: "--phone 或 --code")
                case .code where code == nil: Phrase(verbatim: "--code")
                case .password where username == nil: Phrase(verbatim: "--username")
                default: nil
                }
            if let missing {
                throw ValidationError(
                    Phrase(
                        en: "--way \(way.rawValue) needs \(missing.en)",
                        zh: "--way \(way.rawValue) 需要 \(missing.zh)"))
            }
            if keep && way == .qr && code == nil {
                throw ValidationError(
                    Phrase(
                        en: "--keep has nothing to keep: whoever scans gets the token",
                        zh: "--keep 没有可保存的令牌：令牌归扫码者所有"))
            }
            if kept && way != .refresh {
                throw ValidationError(
                    Phrase(en: "--kept is for --way refresh", zh: "--kept 仅用于 --way refresh"))
            }
        }

        func run() async throws {
            let client = try platform.client()
            let settings = try platform.config.load().settings
            let store = try keep || kept ? KeptTokens(settings, identity: client.identity) : nil
            let old = try kept ? store?.kept() : nil
            let plan = try TokenPlan(self, old, wantsToken: client.refreshTakesToken)
            let isQuiet = json.isOn
            let token = try await platform.call { tokens, settings in
                try await plan.carryOut(tokens, title: settings.terminal.name, isQuiet: isQuiet)
            }
            guard let token else { return }
            // A platform may end the old refresh token with each use, so the new one is kept, and
            // that first: what cannot be kept is still printed.
            let isKept = keep || (kept && token.refresh != nil)
            let keeping = Result { if isKept { try store?.keep(token, subject: old?.subject) } }
            try TokenOutput(token, now: SystemTerminalClock().now(), shows: show)
                .say(asJSON: json.isOn)
            try keeping.get()
        }
    }
}
