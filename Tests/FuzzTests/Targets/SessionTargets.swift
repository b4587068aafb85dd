@testable import OAuth

extension FuzzTarget {
    /// The answers about a session whose code is shown.
    static let sessions = [
        FuzzTarget(
            name: "codes of a session", share: 12, samples: [fixture("sovell/session-code.json")],
            verdict: sessionCode),
        FuzzTarget(
            name: "states of a session", share: 12,
            samples: [
                fixture("sovell/session-state-unused.json"),
                fixture("sovell/session-state-used.json"),
            ], verdict: sessionState),
    ]

    @Sendable private static func sessionCode(_ bytes: [UInt8]) -> Verdict {
        do throws(TokenError) {
            let code = try QRSession.code(in: WireResponse(status: 200, body: bytes))
            return code?.exposed.isEmpty == false ? .taken : .broken("there is no code to show")
        } catch {
            return told(error)
        }
    }

    /// A state is only believed when the platform sent its very word.
    @Sendable private static func sessionState(_ bytes: [UInt8]) -> Verdict {
        do throws(TokenError) {
            let state = try QRSession.State.state(in: WireResponse(status: 200, body: bytes))
            let text = String(decoding: bytes, as: UTF8.self)
            let isSaid = text.contains(state.rawValue) || text.contains("\\u")
            return isSaid ? .taken : .broken("nobody said \(state)")
        } catch {
            return told(error)
        }
    }

    /// Where an answer sends us instead of answering.
    static let redirects = [
        FuzzTarget(
            name: "redirects", share: 32,
            samples: [
                "https://user@Pay.Example.com:8443/a?b=//c#d", "//pay.example.com",
                "HTTP://[2001:db8::1]/x",
            ].map { Array($0.utf8) }, verdict: redirect)
    ]

    /// What is repeated to people is a host in small letters, with its scheme and port at most.
    @Sendable private static func redirect(_ bytes: [UInt8]) -> Verdict {
        let location = String(decoding: bytes, as: UTF8.self)
        let response = WireResponse(status: 302, location: location)
        let refusal = told(TokenError(response))
        if case .broken = refusal { return refusal }
        guard let place = response.redirectPlace else { return .refused }
        let isHost = place.wholeMatch(of: /(https?:\/\/)?[a-z0-9._:\[\]\-]{1,128}/) != nil
        return isHost ? .taken : .broken(place)
    }
}
