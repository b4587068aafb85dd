/// What ChainUp's calls bring; `data` is sealed.
struct ChainUpRequest: Decodable, Sendable {
    /// Unix milliseconds, as a number (stated by the demo) or as text (by the page's type).
    struct Time: Decodable, Sendable {
        let milliseconds: Int64

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let number = try? value.decode(Int64.self) {
                milliseconds = number
            } else if let number = Int64(try value.decode(String.self)) {
                milliseconds = number
            } else {
                throw DecodingError.dataCorruptedError(
                    in: value, debugDescription: "not Unix milliseconds")
            }
        }
    }

    var app_id: String?
    var time: Time?
    var data: String?
    var sign: String?
}

/// What is sealed in a request: `code` for a token, the others for a refresh.
struct ChainUpOrder: Decodable, Sendable {
    var code: String?
    var refreshToken: String?
    var token: String?
    var openId: String?
}

/// What is sealed in an answer.
struct ChainUpGrant: Encodable, Hashable, Sendable {
    let openId: String
    /// When the token ends, in Unix seconds: a moment, not a length.
    let expireIn: String
    let refreshToken: String
    let token: String
}

/// An answer; `data` and `sign` are there when `code` is 0.
struct ChainUpAnswer: Encodable, Hashable, Sendable {
    /// As text or as a number; a client reads both.
    enum Code: Encodable, Hashable, Sendable {
        case text(String)
        case number(Int)

        func encode(to encoder: any Encoder) throws {
            var value = encoder.singleValueContainer()
            switch self {
            case .text(let text): try value.encode(text)
            case .number(let number): try value.encode(number)
            }
        }
    }

    let code: Code
    let msg: String
    var data: String?
    var sign: String?

    init(_ refusal: ChainUpRefusal) {
        code = .text(refusal.code)
        msg = refusal.msg
    }

    init(code: Code, sealed: (data: String, sign: String)) {
        self.code = code
        msg = "success"
        data = sealed.data
        sign = sealed.sign
    }
}

/// A "no" of ChainUp, with HTTP 200.
///
/// Assumed: only that another code than 0 is an error with a `msg` is stated.
struct ChainUpRefusal: Error, Hashable, Sendable {
    let code: String
    let msg: String

    static let unknownApp = ChainUpRefusal(code: "10001", msg: "app_id is unknown")
    static let wrongTime = ChainUpRefusal(
        code: "10002", msg: "time is more than 5 minutes off")
    static let unreadable = ChainUpRefusal(code: "10003", msg: "data cannot be decrypted")
    static let wrongSign = ChainUpRefusal(code: "10004", msg: "sign is wrong")
    static let incomplete = ChainUpRefusal(code: "10005", msg: "a member is missing")
    static let unknownCode = ChainUpRefusal(
        code: "10006", msg: "code is unknown, used or over")
    static let unknownToken = ChainUpRefusal(
        code: "10007", msg: "refreshToken is unknown, used, over, or another token's")
    static let ownTrouble = ChainUpRefusal(code: "99999", msg: "system error")
}
