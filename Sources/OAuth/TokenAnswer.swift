/// What every platform's answer comes down to, before it is checked.
struct TokenAnswer {
    var access: String?
    var refresh: String?
    /// How long the token lives, in seconds.
    var life: Int64?
    /// How long the refresh token lives, in seconds.
    var refreshLife: Int64?
    /// Words with spaces between them.
    var scope: String?
    var subject: String?
    /// Words with spaces between them.
    var roles: String?
    var card: String?
    var cardState: String?
    /// How the platform spells its members, for errors.
    var spelling = Spelling()

    struct Spelling {
        var access = "access_token"
        var life = "expires_in"
        var refreshLife = "refresh_expires_in"
    }

    /// A longer life is taken for ten years, so that nobody's sum runs over.
    private static let lifeMaxSeconds: Int64 = 315_360_000

    /// The token; throws when there is none, or when it has ended already.
    func token() throws(TokenError) -> Token {
        guard let access, !access.isEmpty else {
            throw .malformed("it has no \(spelling.access)")
        }
        return Token(
            access: Secret(access), refresh: refresh.flatMap { $0.isEmpty ? nil : Secret($0) },
            expiresIn: try Self.duration(life, spelling.life),
            refreshExpiresIn: try Self.duration(refreshLife, spelling.refreshLife),
            scope: Self.words(scope), subject: subject, roles: Self.words(roles),
            card: card.map(Secret.init), cardState: cardState)
    }

    private static func duration(
        _ seconds: Int64?, _ name: String
    ) throws(TokenError) -> Duration? {
        guard let seconds else { return nil }
        guard seconds > 0 else { throw .malformed("its \(name) is in the past") }
        return .seconds(min(seconds, lifeMaxSeconds))
    }

    private static func words(_ text: String?) -> [String] {
        text?.split(separator: " ").map(String.init) ?? []
    }
}

/// A whole number that some platforms write as a text.
struct LooseNumber: Decodable {
    var value: Int64

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int64.self) {
            value = number
            return
        }
        guard let number = Int64(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "no whole number")
        }
        value = number
    }
}

/// A text that some platforms write as a whole number.
struct LooseText: Decodable {
    var text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.text = text
        } else {
            text = String(try container.decode(Int64.self))
        }
    }
}
