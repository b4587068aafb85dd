/// A body of `application/x-www-form-urlencoded`.
public struct Form: Sendable {
    private var pairs: [String] = []

    public init(_ fields: [(String, String)] = []) {
        for (name, value) in fields { add(name, value) }
    }

    public mutating func add(_ name: String, _ value: String) {
        pairs.append(Self.encode(name) + "=" + Self.encode(value))
    }

    public var encoded: String { pairs.joined(separator: "&") }

    /// The form as a request's body.
    var body: [UInt8] { Array(encoded.utf8) }

    /// What a request with a form says of itself and of the answer that it wants.
    static let headers = [
        WireRequest.Header("Content-Type", "application/x-www-form-urlencoded"), .acceptJSON,
    ]

    /// `text` with every byte but `A-Z a-z 0-9 - . _ ~` written as `%XX`, in a query as in a body.
    public static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension WireRequest.Header {
    static let acceptJSON = WireRequest.Header("Accept", "application/json")
}
