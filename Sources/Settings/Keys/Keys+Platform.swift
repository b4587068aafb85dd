internal import TerminalCore

extension Keys {
    enum Platform {
        static let baseURL = Key(
            "platform.base_url", .webAddress, default: "https://pass.sovell.com",
            about: "where the payment platform is")
        static let clientID = Key(
            required: "platform.client_id", .text(), standIn: "",
            about: "the name of this client at the platform")
        static let clientSecret = Key(
            required: "platform.client_secret", .secret, standIn: Secret(""), .secret,
            credential: "client_secret", about: "the secret that belongs to client_id")
        static let paymentApp = Key(
            "platform.payment_app", .text(lengthMax: 64), default: "wallet",
            about: "the payment channel of a card payment")
        static let clientAuthentication = Key(
            "platform.client_authentication",
            ScalarType<Settings.Platform.ClientAuthentication>.word, default: "body",
            about: "how client_id and client_secret are sent")
        static let allowPlaintext = Key(
            "platform.allow_plaintext", .boolean, default: "false",
            about: "permits http:// beyond this machine: anyone on the way can read and change it")
        static let caFile = Key<String?>(
            "platform.ca_file", as: .orNull(.path()), default: "null",
            about: "a PEM file with a site's own certificate authority")
        static let refusalReasons = Key<[Int: Reason]>(
            "platform.refusal_reasons", as: .refusalReasons, default: "{402: balance_too_low}",
            about: "what the status codes of a definite no mean")
        static let connectTimeout = Key(
            "platform.connect_timeout", .duration("10ms", "1m"), default: "1s",
            about: "the longest wait for a connection")
        static let requestTimeout = Key(
            "platform.request_timeout", .duration("100ms", "2m"), default: "3s",
            about: "the longest wait for a whole answer")
        static let decisionDeadline = Key(
            "platform.decision_deadline", .duration("100ms", "2m"), default: "4s",
            about: "from tap to answer; then the offline rules decide")

        static let rows = [
            baseURL.row, clientID.row, clientSecret.row, paymentApp.row, clientAuthentication.row,
            allowPlaintext.row, caFile.row, refusalReasons.row, connectTimeout.row,
            requestTimeout.row, decisionDeadline.row,
        ]
    }
}
