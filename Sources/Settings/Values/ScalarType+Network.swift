extension ScalarType where Value == WebAddress {
    /// A base address; whether plain http is permitted is checked when all is read.
    static let webAddress = Self(
        allowed: "https://host[:port][/path], or http:// to this machine; no query"
    ) { text throws(Flaw) in
        if text == Raw.placeholder { throw .placeholder }
        return try WebAddress(text)
    }
}

extension ScalarType where Value == String {
    /// The origin of a web page, as browsers send it.
    static let origin = Self(allowed: "https://host[:port] or http://host[:port], nothing after") {
        text throws(Flaw) in
        let address = try WebAddress(text)
        guard address.path.isEmpty else { throw Flaw(what: "has a path, which no origin has") }
        return address.origin
    }
}

extension ScalarType where Value == Authority {
    /// A loopback host with a port to listen on.
    static let loopback = Self(
        allowed: "a loopback host:port, as 127.0.0.1:7717, [::1]:7717 or localhost:7717; "
            + "port 0 takes any free one"
    ) { text throws(Flaw) in
        if text.isEmpty { throw .empty }
        let authority = try Authority(text[...], ports: 0...65_535)
        guard authority.port != nil else { throw Flaw(what: "has no port") }
        guard authority.host.isLoopback else { throw Flaw(what: "is open to other machines") }
        return authority
    }
}
