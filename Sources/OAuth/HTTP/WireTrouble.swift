internal import Glibc

/// What kept an answer from coming, told apart so that each can be mended.
public enum WireTrouble: Hashable, Sendable {
    case noAnswer
    /// No name server knows the host.
    case unknownHost(String)
    /// The system refused, with this `errno`.
    case system(Int32)
    /// The certificate does not lead to an authority that is trusted here, or not now.
    case untrusted
    /// The certificate belongs to another host.
    case otherHost
    /// `platform.ca_file` is missing, or holds no certificate.
    case noAuthorities
    /// Something listens there that does not speak TLS.
    case noTLS
    /// Both speak TLS, and not the same.
    case notAgreed
    /// Anything else, in the library's words.
    case other(String)
}

extension WireTrouble: CustomStringConvertible {
    /// The middle of a sentence: it says why, and names hosts but never headers or bodies.
    public var description: String {
        switch self {
        case .noAnswer: "no answer in time"
        case .unknownHost(let host): "the name \(host) is not known"
        case .system(let code): String(cString: strerror(code)).lowercased()
        // An expired certificate is often a wrong clock.
        case .untrusted:
            "its certificate is expired or of an unknown authority, or the clock is off"
        case .otherHost: "its certificate belongs to another host"
        case .noAuthorities: "platform.ca_file is no file of PEM certificates"
        case .noTLS: "it does not speak TLS at this port"
        case .notAgreed: "no TLS connection could be agreed on"
        case .other(let text): text
        }
    }
}

/// So that a scripted wire may fail with any words.
extension WireTrouble: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self = .other(text) }
}
