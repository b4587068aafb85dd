internal import ArgumentParser
internal import AsyncHTTPClient
internal import OAuth
internal import Settings
internal import TerminalCore

/// The platform that a `token` command talks to.
struct PlatformOption: ParsableArguments {
    @Option(help: "The platform.")
    var platform = PlatformChoice.sovell
    @Option(
        name: .customLong("redirect-uri"),
        help: "Where the browser returns to, instead of the configured address.")
    var redirectURI: String?
    @OptionGroup var config: ConfigOption

    /// The platform's client for what needs no connection.
    func client() throws -> any OAuthPlatform {
        do {
            return try platform.make(try settings(), redirectURI)
        } catch let error as TokenError {
            throw CommandFailure(error, SovellOAuth.names)
        }
    }

    /// Runs `work` with a connection to the platform, and closes that.
    func call<Value: Sendable>(
        _ work: @Sendable (TokenClient, Settings) async throws -> Value
    ) async throws -> Value {
        let (settings, client) = (try self.settings(), try self.client())
        let connection: HTTPClient
        do {
            connection = try HTTPClient.forPlatform(
                settings, isOther: platform.name != PlatformChoice.sovell.name)
        } catch {
            throw CommandFailure(
                .configuration,
                Phrase(
                    en: "the connection cannot be set up — \(error) — check platform.ca_file",
                    zh: "无法建立连接 — \(error) — 请检查 platform.ca_file"))
        }
        let clock = SystemTerminalClock()
        let watch = ClockWatch(HTTPWire(client: connection), clock: clock)
        let tokens = TokenClient(
            platform: client, wire: watch, timeout: settings.platform.requestTimeout,
            uptime: { clock.uptime() })
        let result: Result<Value, any Error>
        do {
            result = .success(try await work(tokens, settings))
        } catch {
            result = .failure(error)
        }
        try? await connection.shutdown()
        return try Self.end(result, client.names, watch)
    }

    /// A clock that is off is told besides what the platform says: it explains nothing but a
    /// refusal for the time, whose place it takes.
    private static func end<Value>(
        _ result: Result<Value, any Error>, _ names: PlatformNames, _ watch: ClockWatch
    ) throws -> Value {
        if let problem = watch.problem {
            if case .failure(let error as TokenError) = result, case .timeRefused = error {
                throw CommandFailure(.configuration, problem)
            }
            Terminal.warn(problem)
        }
        do {
            return try result.get()
        } catch let error as TokenError {
            throw CommandFailure(error, names)
        }
    }

    private func settings() throws -> Settings { try config.load().settings }
}

extension CommandFailure {
    /// Why there is no token, with the exit code that belongs to it.
    init(_ error: TokenError, _ names: PlatformNames) {
        let code: Code =
            switch error {
            case .unreachable: .unreachable
            case .invalidGrant, .refused, .stateDiffers, .otherPath, .badSignature: .no
            case .invalidClient, .timeRefused, .redirected, .missing, .badKey: .configuration
            case .later, .namesTaken: .tryLater
            case .malformed, .badCallback: .data
            case .unsupported: .usage
            }
        self.init(code, error.phrase(names))
    }
}
