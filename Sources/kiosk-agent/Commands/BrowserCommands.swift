internal import ArgumentParser
internal import FoundationEssentials
internal import OAuth
internal import TerminalCore

/// The state of a login: without it anybody's answer would do.
struct StateOption: ParsableArguments {
    @Option(help: "Text that nobody can guess; it must come back with the answer.")
    var state: String

    func validate() throws {
        guard (1...512).contains(state.utf8.count) else {
            throw ValidationError(
                Phrase(
                    en: "--state must be 1 to 512 bytes",
                    zh: "--state 必须为 1 至 512 字节"))
        }
    }
}

/// `kiosk-agent token authorize-url`
struct AuthorizeURLCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authorize-url", abstract: "Prints the address that a person logs in at.",
        discussion: Help.text(examples: "token authorize-url --state 9f3c61d0"))

    /// What the browser brings back.
    enum Answer: String, CaseIterable, ExpressibleByArgument {
        case code, token

        var onWire: BrowserAnswer { self == .code ? .code : .token }
    }

    @Option(
        name: .customLong("response-type"),
        help: "What comes back: a code, or the token itself (realshark).")
    var answer = Answer.code
    @OptionGroup var state: StateOption
    @OptionGroup var platform: PlatformOption

    func run() async throws {
        let client = try platform.client()
        do {
            Terminal.say(try client.authorizeURL(state: state.state, answer: answer.onWire))
        } catch {
            throw CommandFailure(error, client.names)
        }
    }
}

/// `kiosk-agent token parse-callback URL`
struct ParseCallbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse-callback",
        abstract: "Prints what a browser brought back, after checking its state.",
        discussion: Help.text(examples: "token parse-callback URL --state 9f3c61d0"))

    @Argument(help: "The address that the browser was sent to.")
    var url: String
    @Flag(help: "Print a token, too. A code is good once and always printed.")
    var show = false
    @OptionGroup var state: StateOption
    @OptionGroup var platform: PlatformOption
    @OptionGroup var json: JSONFlag

    private struct CodeOutput: Encodable { var code: String }

    func run() async throws {
        switch try callback() {
        case .code(let code): try say(code)
        case .token(let token):
            try TokenOutput(token, now: SystemTerminalClock().now(), shows: show)
                .say(asJSON: json.isOn)
        }
    }

    private func callback() throws -> Callback {
        let client = try platform.client()
        do {
            return try client.callback(url, state: state.state)
        } catch {
            throw CommandFailure(error, client.names)
        }
    }

    private func say(_ code: OAuth.Secret) throws {
        guard json.isOn else { return Terminal.say(code.exposed) }
        let output = try JSONEncoder().encode(CodeOutput(code: code.exposed))
        Terminal.say(String(decoding: output, as: UTF8.self))
    }
}
