internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import NIOCore
internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore

/// An error as RFC 9457 says: a stable type, and words for people: what, why, what to do.
struct Problem: Error, Hashable {
    var status: HTTPResponse.Status
    /// The stable suffix of `type`.
    var kind: String
    var detail: String
    /// The payment that stands in the way.
    var seq: String?
    /// How long to wait before the same call may succeed.
    var retryAfter: Duration?

    init(
        _ status: HTTPResponse.Status, _ kind: String, _ detail: String, seq: String? = nil,
        retryAfter: Duration? = nil
    ) {
        self.status = status
        self.kind = kind
        self.detail = detail
        self.seq = seq
        self.retryAfter = retryAfter
    }

    /// A request that cannot be taken as it is; `why` names the member.
    static func invalid(_ why: String) -> Problem {
        Problem(.badRequest, "invalid", "the request cannot be taken — \(why) — correct it")
    }
    static func forbidden(_ detail: String) -> Problem { Problem(.forbidden, "forbidden", detail) }
    static let tooSlow = Problem(
        .requestTimeout, "invalid",
        "the request cannot be taken — it took too long to arrive — send it again")
    static let tooLong = Problem(
        .contentTooLarge, "invalid",
        "the request cannot be taken — its body is too long for this call — send a shorter one")
    static let tooMany = Problem(
        .tooManyRequests, "busy",
        "the call is not taken — too many come at once — send it again in a second")
    static let noSuchCall = Problem(
        .notFound, "not_found",
        "there is no such call — this path or method is unknown — see the documentation")
    static let notFound = Problem(
        .notFound, "not_found", LedgerError.notFound.description)
}

extension Problem {
    init(_ error: RequestError) {
        switch error {
        case .busy(let seq):
            self.init(
                .conflict, "busy",
                "the terminal is busy — another payment waits for its card — "
                    + "cancel it or let it end first",
                seq: seq)
        case .fixedMode:
            self.init(
                .conflict, "fixed_mode",
                "nothing can be asked for — each tap pays here — "
                    + "tap a card, or set payment.mode to requested")
        case .ledger(let error): self.init(error)
        }
    }

    init(_ error: DecisionError) {
        switch error {
        case .ledger(let error): self.init(error)
        case .busy:
            self.init(
                .conflict, "busy",
                "the payment is in hand — the platform is being asked about it — try again")
        case .unreachable:
            self.init(
                .serviceUnavailable, "unavailable",
                "nothing was decided — the platform must be asked first and does not answer — "
                    + "try again later")
        case .forbidden(let text): self.init(.conflict, "busy", text)
        }
    }

    init(_ error: LedgerError) {
        switch error {
        case .notFound: self = .notFound
        case .referenceConflict(let seq):
            self.init(.conflict, "reference_conflict", error.description, seq: seq)
        case .wrongState, .cardIsPaying, .importing: self.init(.conflict, "busy", error.description)
        case .storage, .locked, .unusable, .notDurable, .tooNew, .walMissing, .beingWritten,
            .whole, .mirrorMissing, .cardsSealed, .otherDataKey:
            self.init(.serviceUnavailable, "unavailable", error.description)
        }
    }
}

extension Problem: HTTPResponseError {
    func response(from request: Request, context: some RequestContext) throws -> Response {
        let document = Document(
            type: "urn:kiosk-agent:problem:\(kind)", title: status.reasonPhrase,
            status: status.code, detail: detail, seq: seq)
        var response = try JSONAnswer.make(document, status: status)
        response.headers[.contentType] = "application/problem+json"
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        let wait = retryAfter ?? (status == .tooManyRequests ? .seconds(1) : nil)
        if let wait { response.headers[.retryAfter] = Self.seconds(wait) }
        return response
    }

    /// Whole seconds, rounded up: whoever waits so long has waited long enough.
    private static func seconds(_ wait: Duration) -> String {
        String(max(1, (wait.wholeMilliseconds + 999) / 1_000))
    }
}

/// The members of RFC 9457, and the payment in the way.
private struct Document: Encodable {
    var type: String
    var title: String
    var status: Int
    var detail: String
    var seq: String?
}
