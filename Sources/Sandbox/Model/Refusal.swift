/// A "no" of the platform: a status code and a JSON body in the manner of RFC 6749 §5.2.
struct Refusal: Error, Hashable, Sendable {
    let status: Int
    let error: String
    let description: String

    static let unauthorised = Refusal(
        status: 401, error: "invalid_token", description: "the token is unknown or over")
    static let invalidClient = Refusal(
        status: 401, error: "invalid_client", description: "wrong client or secret")
    static let wrongSign = Refusal(
        status: 400, error: "invalid_sign", description: "the sign does not fit the fields")
    static let alreadyPaid = Refusal(
        status: 406, error: "already_paid", description: "an order with this seq is paid")
    static let unknownOrder = notFound("no order has this seq")

    static func badRequest(_ description: String) -> Refusal {
        Refusal(status: 400, error: "invalid_request", description: description)
    }

    static func invalidGrant(_ description: String) -> Refusal {
        Refusal(status: 400, error: "invalid_grant", description: description)
    }

    static func unsupportedGrant(_ known: String) -> Refusal {
        Refusal(
            status: 400, error: "unsupported_grant_type",
            description: "the sandbox knows \(known)")
    }

    static func notFound(_ description: String) -> Refusal {
        Refusal(status: 404, error: "not_found", description: description)
    }
}
