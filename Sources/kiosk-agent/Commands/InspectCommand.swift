internal import ArgumentParser
internal import OAuth
internal import Settings
internal import SovellPay
internal import TerminalCore

/// `kiosk-agent token inspect`
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Prints what the platform knows of a token, as JSON.",
        discussion: Help.text(
            "The token is read from standard input.",
            examples: "token inspect --about vouchers --limit 10"))

    /// What is asked for.
    enum Subject: String, CaseIterable, ExpressibleByArgument {
        case token, user, accounts, vouchers
    }

    @Option(help: "What to ask for.")
    var about = Subject.token
    @Option(help: "Leave out so many vouchers at the beginning.")
    var skip = 0
    @Option(help: "At most this many vouchers, 1 to 1000.")
    var limit = 100
    @Flag(help: "Print card, phone, name and tokens, too.")
    var show = false
    @OptionGroup var platform: PlatformOption

    func validate() throws {
        guard skip >= 0, (1...1_000).contains(limit) else {
            throw ValidationError(
                Phrase(
                    en: "--skip must be 0 or more, --limit 1 to 1000",
                    zh: "--skip 必须大于或等于 0，--limit 必须为 1 至 1000"))
        }
        // A token of another platform must not go to the payment platform's host.
        let isPayment = about == .accounts || about == .vouchers
        guard !isPayment || platform.platform.name == PlatformChoice.sovell.name else {
            throw ValidationError(
                Phrase(
                    en: "--about \(about.rawValue) is for --platform sovell",
                    zh: "--about \(about.rawValue) 仅用于 --platform sovell"))
        }
    }

    /// The members that name a person or let somebody in, whatever is in them.
    private static var secrets: Regex<(Substring, Substring)> {
        /"(\w*(?i:card|phone|mobile|name|email|token))"\s*:\s*(?:"(?:\\.|[^"\\])*"|[^,}\]\s]+)/
    }

    static func masked(_ json: String) -> String {
        json.replacing(secrets) { "\"\($0.1)\":\"****\"" }
    }

    func run() async throws {
        let (about, skip, limit) = (self.about, self.skip, self.limit)
        let token = try SecretInput.line(SecretWords.token)
        let answer = try await platform.call { tokens, settings in
            let base = settings.platform.baseURL
            return switch about {
            case .token: try await tokens.inspect(token)
            case .user: try await tokens.user(of: token)
            case .accounts: try await tokens.call(SovellPay.accounts(base), with: token)
            case .vouchers:
                try await tokens.call(
                    SovellPay.vouchers(base, skip: skip, limit: limit), with: token)
            }
        }
        let text = String(decoding: answer.body, as: UTF8.self)
        Terminal.say(show ? text : Self.masked(text))
        if let total = answer.totalCount { Terminal.toStandardError("\(total) in all") }
    }
}
