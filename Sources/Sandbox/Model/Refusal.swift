/// A "no" of the platform: a status code and a JSON body in the manner of RFC 6749 §5.2.
struct Refusal: Error, Hashable, Sendable {
    let status: Int
    let error: String
    let description: String

    static let unauthorised = Refusal(
        status: 401, error: "invalid_token", description: "the token is unknown or over")
    static let wrongSign = Refusal(
        status: 400, error: "invalid_sign", description: "the sign does not fit the fields")
    static let alreadyPaid = Refusal(
        status: 406, error: "already_paid", description: "an order with this seq is paid")
    static let unknownOrder = Refusal(
        status: 404, error: "not_found", description: "no order has this seq")

    static func badRequest(_ description: String) -> Refusal {
        Refusal(status: 400, error: "invalid_request", description: description)
    }
}
