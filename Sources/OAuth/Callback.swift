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
        guard try CallbackAddress(redirectURI).place == address.place else { throw .otherPath }
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
private struct CallbackAddress {
    /// Scheme, host and port in lower case without the scheme's own port, then the path.
    var place: String
    var query: Substring
    var fragment: Substring

    init(_ text: String) throws(TokenError) {
        let hash = text.firstIndex(of: "#") ?? text.endIndex
        fragment = text[hash...].dropFirst()
        let mark = text[..<hash].firstIndex(of: "?") ?? hash
        query = text[mark..<hash].dropFirst()
        guard let separator = text[..<mark].firstRange(of: "://") else {
            throw .badCallback("it is no whole address")
        }
        let scheme = text[..<separator.lowerBound].lowercased()
        let rest = text[separator.upperBound..<mark]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        var authority = rest[..<slash].lowercased()
        let ownPort = ["https": ":443", "http": ":80"][scheme] ?? "\0"
        if authority.hasSuffix(ownPort) { authority.removeLast(ownPort.count) }
        let path = String(rest[slash...])
        place = "\(scheme)://\(authority)\(path.isEmpty ? "/" : path)"
    }
}
