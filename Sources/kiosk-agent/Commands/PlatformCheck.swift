internal import AsyncHTTPClient
internal import OAuth
internal import Settings
internal import TerminalCore

/// Asks the platform for the terminal's own token, to check host, TLS and credentials at once.
struct PlatformCheck {
    let settings: Settings

    func run() async -> Finding {
        do {
            let client = try HTTPClient.forPlatform(settings)
            let problem = await problem(client)
            try await client.shutdown()
            return Finding("platform", problem)
        } catch {
            return Finding(
                "platform", "its connection cannot be set up — \(error) — check platform.ca_file")
        }
    }

    /// Why nothing answers at the address; nil when something does, whatever it says.
    func reach() async -> String? {
        do {
            let client = try HTTPClient.forPlatform(settings)
            let problem = await reach(client)
            try await client.shutdown()
            return problem
        } catch {
            return "its connection cannot be set up — \(error) — check platform.ca_file"
        }
    }

    private func reach(_ client: HTTPClient) async -> String? {
        let request = WireRequest(.get, settings.platform.baseURL)
        do throws(WireFailure) {
            _ = try await HTTPWire(client: client).send(
                request, timeout: settings.platform.requestTimeout)
            return nil
        } catch {
            switch error {
            case .notSent(let why), .unknown(let why):
                return TokenError.unreachable(why).description
            }
        }
    }

    private func problem(_ client: HTTPClient) async -> String? {
        let platform = settings.platform
        let clock = SystemTerminalClock()
        let tokens = TokenClient(
            platform: SovellOAuth(platform), wire: HTTPWire(client: client),
            timeout: platform.requestTimeout, uptime: { clock.uptime() })
        do {
            _ = try await tokens.exchange(.terminal)
            return nil
        } catch {
            return error.description
        }
    }
}
