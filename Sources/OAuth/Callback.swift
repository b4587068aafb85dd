/// What a browser brought back from a login.
public enum Callback: Hashable, Sendable {
    /// To be redeemed as ``Grant/code(_:state:)``.
    case code(Secret)
    case token(Token)
}

extension OAuthPlatform {
    /// Reads the address that the browser was sent to after a login that was begun with `state`.
    ///
    /// Throws when it is not ``redirectURI`` or that is not known, when its state differs, when the
    /// platform refused, or when it brings neither a code nor a token.
    public func callback(_ url: String, state: String) throws(TokenError) -> Callback {
        guard let redirectURI else { throw .missing("the option --redirect-uri") }
        let address = try CallbackAddress(url)
        let home = try CallbackAddress(redirectURI)
        guard home.place.utf8.elementsEqual(address.place.utf8) else { throw .otherPath }
        let fragment = try FormFields(address.fragment)
        let fields = try FormFields(address.query).joined(with: fragment)
        guard !state.isEmpty, let returned = try fields.value("state"),
            returned.utf8.elementsEqual(state.utf8)
        else { throw .stateDiffers }
        if let error = try fields.value("error") { throw .refused(saying: error) }
        if let code = try fields.value("code"), !code.isEmpty { return .code(Secret(code)) }
        guard let access = try fragment.value("access_token"), !access.isEmpty else {
            throw .badCallback("it has neither a code nor a token")
        }
        return .token(try token(inFragment: fragment))
    }
}

/// An address taken apart: where it is, and what it carries.
///
/// Told by bytes: an accent behind a separator would hide that, and letters that are equal to
/// people are other hosts.
private struct CallbackAddress {
    /// Scheme, host and port in lower case without the scheme's own port, then the path.
    var place: String
    var query: Substring
    var fragment: Substring

    init(_ text: String) throws(TokenError) {
        let bytes = text.utf8
        let hash = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.endIndex
        fragment = Substring(bytes[hash...].dropFirst())
        let mark = bytes[..<hash].firstIndex(of: UInt8(ascii: "?")) ?? hash
        query = Substring(bytes[mark..<hash].dropFirst())
        guard let separator = text[..<mark].firstRange(of: "://") else {
            throw .badCallback("it is no whole address")
        }
        let scheme = Self.lowercased(text[..<separator.lowerBound])
        let rest = text[separator.upperBound..<mark]
        let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        var authority = Self.lowercased(rest[..<slash])
        let ownPort = ["https": ":443", "http": ":80"][scheme] ?? "\0"
        if authority.hasSuffix(ownPort) { authority.removeLast(ownPort.count) }
        let path = String(rest[slash...])
        place = "\(scheme)://\(authority)\(path.isEmpty ? "/" : path)"
    }

    private static func lowercased(_ text: Substring) -> String {
        let bytes = text.utf8.map { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
