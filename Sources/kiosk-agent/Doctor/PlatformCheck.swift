internal import AsyncHTTPClient
internal import OAuth
internal import Settings
internal import TerminalCore

/// Asks the platform for the terminal's own token, to check host, TLS and credentials at once; its
/// answer tells its time, too.
struct PlatformCheck {
    let settings: Settings

    /// The lines about the clock and the platform.
    func run() async -> [Finding] {
        let clock = SystemTerminalClock()
        let look = await look(clock)
        return [
            Finding(.clock, ClockCheck.problem(clock.now()) ?? look.clock),
            Finding(.platform, look.problem),
        ]
    }

    /// Why nothing answers at the address; nil when something does, whatever it says.
    func reach() async -> Phrase? {
        await connected { client in
            let request = WireRequest(.get, settings.platform.baseURL)
            do throws(WireFailure) {
                _ = try await HTTPWire(client: client).send(
                    request, timeout: settings.platform.requestTimeout)
                return nil
            } catch {
                return await PlatformCure(settings).phrase(.unreachable(error.trouble))
            }
        }
    }

    private func look(_ clock: SystemTerminalClock) async -> (problem: Phrase?, clock: Phrase?) {
        var lead: Phrase?
        let problem = await connected { client in
            let watch = ClockWatch(HTTPWire(client: client), clock: clock)
            let problem = await ask(watch, clock)
            lead = watch.problem
            return problem
        }
        return (problem, lead)
    }

    private func ask(_ wire: ClockWatch, _ clock: SystemTerminalClock) async -> Phrase? {
        let platform = settings.platform
        let tokens = TokenClient(
            platform: SovellOAuth(platform), wire: wire, timeout: platform.requestTimeout,
            uptime: { clock.uptime() })
        do {
            _ = try await tokens.exchange(.terminal)
            return nil
        } catch {
            return await PlatformCure(settings).phrase(error)
        }
    }

    /// Runs `work` with a connection, and closes that.
    private func connected(_ work: (HTTPClient) async -> Phrase?) async -> Phrase? {
        do {
            let client = try HTTPClient.forPlatform(settings)
            let problem = await work(client)
            try await client.shutdown()
            return problem
        } catch {
            return PlatformWords.noConnection("\(error)")
        }
    }
}
