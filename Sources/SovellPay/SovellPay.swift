internal import FoundationEssentials
public import OAuth
public import TerminalCore

/// Payments on the Sovell platform's wire, `/sovellpay/v2`.
public struct SovellPay: Sendable {
    private let baseURL: String
    private let secret: Secret
    private let app: String
    private let tokens: TokenClient
    private let wire: any Wire
    private let timeout: Duration
    private let classification: Classification

    /// How long an order may live at the platform before it is paid: the platform's own default.
    public static let orderLife = Duration.seconds(300)

    /// `app` is the payment channel, `timeout` bounds one call, `refusalReasons` maps the status
    /// codes of a definite "no".
    public init(
        baseURL: String, clientSecret: Secret, app: String, refusalReasons: [Int: Reason],
        tokens: TokenClient, wire: any Wire, timeout: Duration
    ) {
        self.baseURL = baseURL
        secret = clientSecret
        self.app = app
        self.tokens = tokens
        self.wire = wire
        self.timeout = timeout
        classification = Classification(refusalReasons: refusalReasons)
    }

    /// Exchanges the card, or the `code` of a payment without one, and posts the order. A code is
    /// good once: it is exchanged once and posted once.
    ///
    /// `despiteLoss` is asked when the card is reported lost: whether an accepted payment is
    /// submitted all the same. `clearance` is asked for right before each POST, as an exchange
    /// takes its time: it gives the payment with the mark of its send, or nil when none may
    /// leave.
    public func deliver(
        _ payment: Payment, code: OneTimeCode? = nil, despiteLoss: @Sendable () async -> Bool,
        clearance: @Sendable () async -> Payment?
    ) async -> Delivery {
        guard let grant = Grant(payment, code) else { return Delivery(.notSent(.withdrawn)) }
        let first = await attempt(grant, despiteLoss, clearance)
        guard first.wasUnauthorised, !payment.isByCode else { return await settle(first) }
        let second = await attempt(grant, despiteLoss, clearance)
        let delivery = await settle(second)
        // The first POST did leave: a second that did not must not take the mark back.
        guard delivery.answer.saysNothingLeft else { return delivery }
        return Delivery(.unknown, card: delivery.card ?? first.card, note: delivery.note)
    }

    /// One exchange and one POST. Both are empty after a 401, which a fresh token may mend.
    private struct Attempt {
        /// Decided before the POST.
        var delivery: Delivery?
        /// As it was cleared.
        var payment: Payment?
        var response: CallResult?
        var card: CardNews?

        var wasUnauthorised: Bool { delivery == nil && response == nil }
    }

    private func attempt(
        _ grant: Grant, _ despiteLoss: @Sendable () async -> Bool,
        _ clearance: @Sendable () async -> Payment?
    ) async -> Attempt {
        let exchange = await exchange(grant)
        guard case .token(let token) = exchange else {
            return Attempt(delivery: exchange.failure(isByCode: grant.isCode))
        }
        switch token.cardState {
        case nil: break
        case "lost":
            if await !despiteLoss() { return Attempt(delivery: Delivery(.cardLost, card: .lost)) }
        case .some(let state):
            let note = "st is \(state.prefix(32))"
            return Attempt(delivery: Delivery(.cardRefused(.cardNotNormal), note: note))
        }
        let news: CardNews = token.cardState == nil ? .vouched : .lost
        guard let payment = await clearance() else {
            return Attempt(delivery: Delivery(.notSent(.withdrawn), card: news))
        }
        let response = await post(payment, token)
        if case .response(let answer) = response, answer.status == 401 {
            return Attempt(card: news)
        }
        return Attempt(payment: payment, response: response, card: news)
    }

    private func settle(_ attempt: Attempt) async -> Delivery {
        if let delivery = attempt.delivery { return delivery }
        guard let response = attempt.response, let payment = attempt.payment else {
            return Delivery(.unknown, card: attempt.card)
        }
        return Delivery(await classify(response, payment), card: attempt.card)
    }

    /// Asks by order number; `patience` lets the platform hold its answer so long.
    public func ask(_ payment: Payment, patience: Duration?) async -> PlatformAnswer {
        let query = patience.map { "?timeout=\(max(1, $0.components.seconds))s" } ?? ""
        let response = await callAsTerminal { token in
            WireRequest(.get, url(payment.order) + query, headers: [Self.bearer(token)])
        }
        return response.answer { classification.asked($0, of: payment) }
    }

    /// Closes the order, or refunds it in full when it is paid.
    public func reverse(_ payment: Payment) async -> PlatformAnswer {
        let sign = Sign.make([("seq", payment.order)], secret: secret)
        let response = await callAsTerminal { token in
            WireRequest(
                .delete, url(payment.order) + "?sign=" + sign, headers: [Self.bearer(token)])
        }
        return response.answer { classification.reversed($0, of: payment) }
    }

    /// Whether the platform answers at all, by the terminal's own exchange; nil when it does.
    public func probe() async -> Trouble? {
        do {
            _ = try await tokens.renewTerminalToken()
            return nil
        } catch {
            return Trouble(error)
        }
    }

    private func exchange(_ grant: Grant) async -> Exchange {
        do {
            return .token(try await tokens.exchange(grant))
        } catch {
            return .failed(error)
        }
    }

    private func post(_ payment: Payment, _ token: Token) async -> CallResult {
        let fields: [(name: String, value: String)] = [
            ("seq", payment.order), ("title", payment.title), ("app", app),
            ("intent", "pay \(payment.amount.fen)"),
            ("expire", "\(Self.orderLife.components.seconds)s"),
        ]
        var members = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.value) })
        members["sign"] = Sign.make(fields, secret: secret)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(members) else {
            preconditionFailure("texts are always JSON")
        }
        let headers = [Self.bearer(token), WireRequest.Header("Content-Type", "application/json")]
        return await call(
            WireRequest(
                .post, baseURL + "/sovellpay/v2/trade", headers: headers, body: Array(body)))
    }

    /// A POST that ended in 406 is settled by asking for the order.
    private func classify(_ result: CallResult, _ payment: Payment) async -> PlatformAnswer {
        guard case .response(let response) = result else { return result.answer { _ in .unknown } }
        switch response.status {
        case 406:
            let asked = await callAsTerminal { token in
                WireRequest(.get, url(payment.order), headers: [Self.bearer(token)])
            }
            guard case .response(let trade) = asked else { return .unknown }
            return classification.alreadyPaid(trade, of: payment)
        default: return classification.posted(response, of: payment)
        }
    }

    /// Calls with the terminal's token, and once more with a fresh one after a 401.
    private func callAsTerminal(_ request: (Token) -> WireRequest) async -> CallResult {
        do {
            let result = await call(request(try await tokens.terminalToken()))
            guard case .response(let response) = result, response.status == 401 else {
                return result
            }
            return await call(request(try await tokens.renewTerminalToken()))
        } catch {
            return .failed(.notSent(Trouble(error)))
        }
    }

    private func call(_ request: WireRequest) async -> CallResult {
        do {
            return .response(try await wire.send(request, timeout: timeout))
        } catch {
            switch error {
            case .notSent: return .failed(.notSent(.network))
            case .unknown: return .failed(.unknown)
            }
        }
    }

    private func url(_ order: String) -> String {
        baseURL + "/sovellpay/v2/trade/" + Form.encode(order)
    }

    private static func bearer(_ token: Token) -> WireRequest.Header {
        WireRequest.Header("Authorization", "Bearer " + token.access.exposed)
    }
}

private enum CallResult {
    case response(WireResponse)
    case failed(PlatformAnswer)

    func answer(_ classify: (WireResponse) -> PlatformAnswer) -> PlatformAnswer {
        switch self {
        case .response(let response): classify(response)
        case .failed(let answer): answer
        }
    }
}

private enum Exchange {
    case token(Token)
    case failed(TokenError)

    /// What a failed exchange means for the payment: its POST never left.
    func failure(isByCode: Bool) -> Delivery {
        switch self {
        case .failed(.invalidGrant) where isByCode:
            Delivery(
                .cardRefused(.platformRefused), note: "the code is wrong, used or too old")
        // Anybody can scan anything: what the platform has against it is not our own trouble.
        case .failed(.refused) where isByCode:
            Delivery(.cardRefused(.platformRefused), note: "the platform takes no such code")
        case .failed(.invalidGrant): Delivery(.cardRefused(.cardUnknown))
        case .failed(let error): Delivery(.notSent(Trouble(error)))
        case .token: Delivery(.unknown)
        }
    }
}

extension Grant {
    /// What the payer of `payment` is exchanged by; nil when there is neither card nor code.
    fileprivate init?(_ payment: Payment, _ code: OneTimeCode?) {
        if let card = payment.card {
            self = .card(Secret(card.exposed))
        } else if let code {
            self = .code(Secret(code.exposed))
        } else {
            return nil
        }
    }

    fileprivate var isCode: Bool { if case .code = self { true } else { false } }
}

extension PlatformAnswer {
    /// Whether this attempt surely sent no POST.
    fileprivate var saysNothingLeft: Bool {
        switch self {
        case .notSent, .cardLost, .cardRefused: true
        default: false
        }
    }
}

extension Trouble {
    init(_ error: TokenError) {
        switch error {
        case .unreachable: self = .network
        case .invalidClient, .refused, .timeRefused: self = .credentials
        case .later(_, let after): self = .platform(after: after)
        case .malformed, .invalidGrant: self = .platform(after: nil)
        case .redirected(_, let place): self = .redirected(Redirect(to: place))
        case .badSignature, .stateDiffers, .otherPath, .badCallback, .unsupported, .missing,
            .badKey, .namesTaken:
            self = .credentials
        }
    }
}
