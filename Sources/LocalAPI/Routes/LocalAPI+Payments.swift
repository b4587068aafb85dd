internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import ServiceLifecycle
internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore

extension LocalAPI {
    func addPaymentRoutes(_ router: Router<APIContext>, _ door: Door) {
        router.post("/v1/payments") { request, _ in try await create(request) }
        router.get("/v1/payments") { request, _ in try await list(request) }
        router.get("/v1/payments/:seq") { request, context in
            try await show(request, door, seq: try context.parameters.require("seq"))
        }
        router.post("/v1/payments/:seq/code") { request, context in
            try await payByCode(request, seq: try context.parameters.require("seq"))
        }
        router.delete("/v1/payments/:seq") { request, context in
            try await end(request, seq: try context.parameters.require("seq"))
        }
    }

    /// An amount in the body; its error says what is allowed, whatever was there.
    private struct Amount: Decodable {
        var fen: Int64

        init(from decoder: any Decoder) throws {
            guard let fen = try? decoder.singleValueContainer().decode(Int64.self) else {
                throw Problem.invalid(
                    "the member amount must be an integer, 1 to \(Money.paymentMax.fen) fen")
            }
            self.fen = fen
        }
    }

    private struct PaymentRequest: Decodable {
        var amount: Amount
        var title: String?
        var reference: String?
        var expiresIn: Int64?
    }

    private func create(_ request: Request) async throws -> Response {
        let draft = try draft(try await JSONAnswer.decode(PaymentRequest.self, from: request))
        switch try await agent.request(draft) {
        case .created(let payment):
            return try await answer(payment, .created, request, isToPOS: true)
        case .existing(let payment):
            return try await answer(payment, .ok, request, isToPOS: true)
        }
    }

    private func draft(_ body: PaymentRequest) throws -> PaymentDraft {
        let amount = Money(fen: body.amount.fen)
        guard amount.isPayable else {
            throw Problem.invalid("amount must be 1 to \(Money.paymentMax.fen) fen, an integer")
        }
        for (name, text) in [("title", body.title), ("reference", body.reference)] {
            guard let text else { continue }
            guard Self.isOneLine(text) else {
                throw Problem.invalid(
                    "\(name) must be one line of 1 to \(APILimits.textMax) characters")
            }
        }
        let seconds = body.expiresIn ?? agent.rules.tapTimeout.components.seconds
        guard APILimits.expirySeconds.contains(seconds) else {
            throw Problem.invalid("expires_in must be 1 to 600 seconds")
        }
        return PaymentDraft(
            amount: amount, title: body.title ?? agent.rules.title, reference: body.reference,
            expiresIn: .seconds(seconds))
    }

    /// Texts come back on terminals and receipts: no control character may hide in them, and a
    /// letter with a thousand accents is longer than it looks.
    static func isOneLine(_ text: String) -> Bool {
        (1...APILimits.textMax).contains(text.count)
            && text.utf8.count <= APILimits.textMax * 8
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
                default: true
                }
            }
    }

    /// The payment, at once when the door holds too many calls already.
    private func show(_ request: Request, _ door: Door, seq: String) async throws -> Response {
        let wait = try seconds(request.uri.queryParameters["wait"])
        if wait > .zero, let place = door.hold() {
            await cancelWhenGracefulShutdown { await agent.waitForOutcome(of: seq, atMost: wait) }
            withExtendedLifetime(place) {}
        }
        guard let payment = try await ledger.payment(seq) else { throw LedgerError.notFound }
        return try await answer(payment, .ok, request)
    }

    private struct CodeBody: Decodable {
        var kind: String
        var code: String
    }

    /// Pays the waiting payment with what its payer shows or types.
    private func payByCode(_ request: Request, seq: String) async throws -> Response {
        let body = try await JSONAnswer.decode(CodeBody.self, from: request)
        guard let kind = OneTimeCode.Kind(rawValue: body.kind) else {
            throw Problem.invalid("kind must be qr or sms")
        }
        guard let code = OneTimeCode(kind, body.code) else {
            throw Problem.invalid(
                "code must be 1 to \(OneTimeCode.lengthMax) printable characters of ASCII, "
                    + "without a space at either end")
        }
        return try await answer(try await agent.pay(seq, with: code), .ok, request, isToPOS: true)
    }

    private func seconds(_ text: Substring?) throws -> Duration {
        guard let text else { return .zero }
        guard let seconds = Int64(text), seconds >= 0 else {
            throw Problem.invalid("wait must be a number of seconds")
        }
        return min(.seconds(seconds), APILimits.waitMax)
    }

    /// A waiting payment may be cancelled by the POS; undoing an approved one takes an operator.
    private func end(_ request: Request, seq: String) async throws -> Response {
        guard let payment = try await ledger.payment(seq) else { throw LedgerError.notFound }
        if payment.state == .awaitingCard {
            let word = try await operators.isOperator(request) ? operatorsWord(request) : nil
            let cancelled = try await agent.cancel(seq, by: word?.by ?? "pos", why: word?.why)
            return try await answer(cancelled, .ok, request)
        }
        let word = try await operatorsWord(request)
        let reversing = try await agent.reverse(seq, by: word.by, why: word.why)
        return try await answer(reversing, .accepted, request)
    }

    /// The payment as an answer to a POS or an operator.
    ///
    /// Its outcome counts as told when it went to a POS: as the answer to its request for a
    /// payment (`isToPOS`), or to a call without the operator's token.
    func answer(
        _ payment: Payment, _ status: HTTPResponse.Status, _ request: Request,
        isToPOS: Bool = false
    ) async throws -> Response {
        let isOperator = operators.isOperator(request)
        let view = isOperator ? try await operatorsView(of: payment) : PaymentView(payment)
        let answer = try JSONAnswer.make(view, status: status)
        return isToPOS || !isOperator ? telling(payment, by: answer) : answer
    }

    /// The payment as an operator sees it.
    private func operatorsView(of payment: Payment) async throws -> PaymentView {
        let cause = await engine.waitingCauses(of: [payment])[payment.seq]
        let history = try await ledger.history(payment.seq)
        return PaymentView(payment, whole: true, waiting: cause, history: history)
    }

    /// The same answer; once it was sent, the outcome of `payment` is told.
    func telling(_ payment: Payment, by answer: Response) -> Response {
        guard payment.state.isDecided, payment.toldAt == nil else { return answer }
        let body = answer.body
        var response = answer
        response.body = ResponseBody(contentLength: body.contentLength) { writer in
            try await body.write(writer)
            await agent.told(payment)
        }
        return response
    }
}
