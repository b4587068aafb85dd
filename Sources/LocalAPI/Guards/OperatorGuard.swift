internal import HTTPTypes
internal import Hummingbird

/// Lets operators in by their token, compared in constant time.
struct OperatorGuard: Sendable {
    private let token: [UInt8]?

    init(token: String?) { self.token = token.map { Array($0.utf8) } }

    /// Whether the request carries the operator's token.
    func isOperator(_ request: Request) -> Bool {
        guard let token, let given = bearer(request) else { return false }
        return Self.equal(Array(given.utf8), token)
    }

    /// Whether the request brings something in the place of the token that is not it.
    func isWrong(_ request: Request) -> Bool {
        token != nil && request.headers[.authorization] != nil && !isOperator(request)
    }

    /// Throws a ``Problem`` unless the request comes from an operator.
    func check(_ request: Request) throws {
        guard token != nil else {
            throw Problem.forbidden(
                "operator calls are off — no operator token is configured — "
                    + "set api.operator_token")
        }
        guard isOperator(request) else {
            throw Problem(
                .unauthorized, "forbidden",
                "the call is for operators — it brought no valid token — "
                    + "send Authorization: Bearer <operator token>")
        }
    }

    private func bearer(_ request: Request) -> Substring? {
        guard let value = request.headers[.authorization], value.hasPrefix("Bearer ") else {
            return nil
        }
        return value.dropFirst(7)
    }

    /// Takes the same time wherever two texts of one length differ; only the length can be learnt.
    static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
