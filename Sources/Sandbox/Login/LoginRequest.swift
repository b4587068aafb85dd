/// A browser at a platform's login page, whatever names the platform gives to the same things.
struct LoginRequest: Hashable, Sendable {
    /// What a platform calls the members of the address of its login page.
    struct Names: Sendable {
        let client: String
        let redirect: String
        /// The values of `response_type`; empty when the platform has no such member.
        let responseTypes: [String]
    }

    /// Where the browser goes when it is done.
    let redirectURI: String
    /// Goes back with the browser as it came.
    let state: String?
    let responseType: String
    /// The card whose holder signed in; empty for a "no", nil while nobody has decided.
    let card: String?

    /// Reads the fields of the address; a wrong client or address is told to the person at the
    /// browser and never sent on (RFC 6749 §4.1.2.1).
    init(_ fields: [String: String], names: Names, clientID: String) throws(Refusal) {
        guard fields[names.client] == clientID else {
            throw .badRequest("\(names.client) is missing or unknown")
        }
        guard let redirect = fields[names.redirect], CallbackRule.allows(redirect) else {
            throw .badRequest("\(names.redirect) is missing or not at the registered site")
        }
        let type = fields["response_type"] ?? ""
        guard names.responseTypes.isEmpty || names.responseTypes.contains(type) else {
            let types = names.responseTypes.joined(separator: " or ")
            throw .badRequest("response_type is not \(types)")
        }
        redirectURI = redirect
        state = fields["state"]
        responseType = type
        card = fields["login"]
    }

    /// The address of the callback with these fields and the state.
    func callback(_ fields: [(String, String)], inFragment: Bool = false) -> String {
        var all = fields
        if let state { all.append(("state", state)) }
        let text = all.map { name, value in name + "=" + FormBody.encode(value) }
            .joined(separator: "&")
        if inFragment { return redirectURI + "#" + text }
        return redirectURI + (redirectURI.contains("?") ? "&" : "?") + text
    }
}

/// Which addresses a browser may be sent back to.
///
/// RealShark states that the top domain must be that of the registered callback; the others are
/// assumed to ask for the same.
enum CallbackRule {
    /// The site that the sandbox's client is registered with; this machine is always allowed.
    static let site = "kiosk.example.com"

    static func allows(_ address: String) -> Bool {
        // Printable ASCII without a fragment: it becomes a header.
        guard (1...512).contains(address.utf8.count),
            address.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }),
            let host = host(of: address)
        else { return false }
        return isLoopback(host) || topDomain(of: host) == topDomain(of: site)
    }

    private static func host(of address: String) -> String? {
        for scheme in ["http://", "https://"] where address.hasPrefix(scheme) {
            let authority = address.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" }
            return authority.contains("@") ? nil : hostName(inAuthority: String(authority))
        }
        return nil
    }

    /// The last two labels.
    private static func topDomain(of host: String) -> String {
        host.lowercased().split(separator: ".").suffix(2).joined(separator: ".")
    }
}
