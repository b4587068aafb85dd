@testable import OAuth

extension FuzzTarget {
    /// The answers to a token call.
    static let tokens = [
        token(
            "tokens of Sovell", 100,
            SovellOAuth(baseURL: "https://p", clientID: "id", clientSecret: Secret("s")),
            [fixture("sovell/token-card-lost.json")]),
        token(
            "tokens of tf56", 80,
            TF56OAuth(
                baseURL: "https://p", clientID: "id", clientSecret: Secret("s"), redirectURI: nil),
            [fixture("tf56/token.json"), fixture("tf56/token-joined.json")]),
        token("tokens of RealShark", 80, realShark, [fixture("realshark/token.json")]),
    ]

    static let realShark = RealSharkOAuth(
        baseURL: "https://p", appKey: "id", appSecret: Secret("s"),
        redirectURI: "https://kiosk.example/cb", makeState: { "s1" })

    private static func token(
        _ name: String, _ share: Int, _ platform: any OAuthPlatform, _ samples: [[UInt8]]
    ) -> FuzzTarget {
        FuzzTarget(name: name, share: share, samples: samples) { bytes in
            let refusal = told(TokenError(WireResponse(status: 400, body: bytes)))
            if case .broken = refusal { return refusal }
            return token(platform, bytes)
        }
    }

    /// What a platform makes of a success with this body.
    static func token(_ platform: any OAuthPlatform, _ body: [UInt8]) -> Verdict {
        do throws(TokenError) {
            return sound(try platform.token(in: WireResponse(status: 200, body: body)))
        } catch {
            return told(error)
        }
    }

    /// A token is a text, and its lives are to come.
    static func sound(_ token: Token) -> Verdict {
        if token.access.exposed.isEmpty { return .broken("a token is empty") }
        let lives = [token.expiresIn, token.refreshExpiresIn].compactMap(\.self)
        let isAlive = lives.allSatisfy { $0 > .zero && $0 <= .seconds(315_360_000) }
        return isAlive ? .taken : .broken("a token lives for \(lives)")
    }

    /// An error is one line in three parts, whatever the platform put into it.
    static func told(_ error: TokenError) -> Verdict {
        let text = error.description
        let isVisible = text.unicodeScalars.allSatisfy {
            $0.properties.generalCategory != .control
        }
        guard isVisible, text.contains(" — "), text.unicodeScalars.count < 400 else {
            return .broken("an error is no short line: \(text)")
        }
        return .refused
    }
}

extension FuzzTarget {
    /// ChainUp's answers, from outside and from within the seal. RSA is slow.
    static let chainUp = [
        FuzzTarget(
            name: "tokens of ChainUp", share: 4, samples: [fixture("chainup/token.json")]
        ) { bytes in
            guard let platform = chainUpPlatform else { return .broken("the keys are no keys") }
            return token(platform, bytes)
        },
        FuzzTarget(
            name: "what ChainUp seals", share: 4,
            samples: [
                #"{"openId":"o-17","expireIn":"1700007200","refreshToken":"r-1","token":"t-1"}"#
            ].map { Array($0.utf8) }
        ) { bytes in
            guard let platform = chainUpPlatform, let sealed = try? chainUpSeal?.seal(bytes)
            else { return .broken("it cannot be sealed") }
            let body = #"{"code":"0","data":"\#(sealed.data)","sign":"\#(sealed.sign)"}"#
            return token(platform, Array(body.utf8))
        },
    ]

    private static let chainUpPlatform = seal("platform-public", "ours").map { seal in
        ChainUpOAuth(
            baseURL: "https://p", appID: "id", seal: seal, redirectURI: nil,
            now: { 1_700_000_000_000 })
    }
    /// The other side of ``chainUpPlatform``.
    private static let chainUpSeal = seal("ours-public", "platform")

    private static func seal(_ theirs: String, _ ours: String) -> RSASeal? {
        let text = { (name: String) in
            String(decoding: fixture("chainup/\(name).pem"), as: UTF8.self)
        }
        return try? RSASeal(
            theirKey: text(theirs), theirName: "theirs", ourKey: Secret(text(ours)),
            ourName: "ours")
    }
}
