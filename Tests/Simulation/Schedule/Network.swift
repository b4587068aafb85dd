import OAuth

/// Draws how each call fares, from the weather.
struct Network {
    /// A POST surfaces at most this long after it left: less than `sync.late_arrival`.
    static let lateMax = 280_000
    private static let page = Array("<html><body>Please log in</body></html>".utf8)

    var weather = Weather.fine
    private var dice: Dice

    init(seed: UInt64) { dice = Dice(seed: seed, .network) }

    mutating func passage(of request: WireRequest, timeout: Duration) -> Passage {
        var passage = Passage(there: dice.milliseconds(2...150), back: dice.milliseconds(2...250))
        switch weather {
        case .fine: break
        case .rough(let percent):
            if dice.chance(percent) { apply(dice.pick(Fault.allCases), to: &passage, timeout) }
        case .down: apply(.refused, to: &passage, timeout)
        case .silent: apply(.hang, to: &passage, timeout)
        case .portal: replace(&passage, "portal", portalAnswer())
        case .wrongKey:
            guard request.method == .post, request.url.hasSuffix("/trade") else { break }
            replace(&passage, "wrong key", WireResponse(status: 403, body: Array("{}".utf8)))
        }
        return passage
    }

    /// How long a request that outlived its sender is still on its way; nil when it is gone.
    mutating func orphanDelay() -> Duration? {
        dice.chance(50) ? dice.milliseconds(1...Self.lateMax) : nil
    }

    private mutating func apply(_ fault: Fault, to passage: inout Passage, _ timeout: Duration) {
        passage.name = fault.rawValue
        switch fault {
        case .refused: passage.isRefused = true
        case .resetBefore:
            passage.arrives = false
            passage.answer = .lost
        case .resetAfter: passage.answer = .lost
        case .hang:
            passage.arrives = false
            passage.back = timeout * 2
        case .late: passage.there = timeout + dice.milliseconds(1...Self.lateMax)
        case .repeated: passage.arrivesTwice = true
        case .slow: passage.there = timeout - dice.milliseconds(-500...1_500)
        case .truncated: passage.answer = .truncated
        case .serverErrorAfter: passage.answer = .other(WireResponse(status: 502))
        case .serverError, .tooMany, .nonsense, .unauthorised:
            passage.arrives = false
            passage.answer = .other(answer(of: fault))
        }
    }

    private mutating func answer(of fault: Fault) -> WireResponse {
        switch fault {
        case .tooMany: WireResponse(status: 429, retryAfter: .seconds(dice.number(1...90)))
        case .nonsense: WireResponse(status: 200, body: Self.page)
        case .unauthorised: WireResponse(status: 401)
        default: WireResponse(status: dice.pick([500, 502, 503, 504]))
        }
    }

    private mutating func portalAnswer() -> WireResponse {
        WireResponse(status: dice.pick([200, 302, 403, 404, 511]), body: Self.page)
    }

    private func replace(_ passage: inout Passage, _ name: String, _ response: WireResponse) {
        passage.name = name
        passage.arrives = false
        passage.answer = .other(response)
    }
}
